import Model
import Testing

@testable import Feed

@Suite struct FeedReplayTests {
  /// Two files of a feed, with a torn line in each and the beginning of a line at the end.
  private func folder() throws -> (TemporaryFolder, [PathBytes]) {
    let folder = try TemporaryFolder()
    let lines = Samples.lines(count: 900).split(separator: 0x0A).map { Array($0) + [0x0A] }
    let torn = { (number: Int) in Array(#"{"v":1,"seq":\#(number),"id":"ab","torn":true}"#.utf8) + [0x0A] }
    try folder.write(lines[..<400].flatMap { $0 } + torn(401) + lines[400..<500].flatMap { $0 }, to: "first")
    try folder.write(torn(501) + lines[500...].flatMap { $0 } + lines[0].prefix(90), to: "second")
    return (folder, [folder.path.appending("first"), folder.path.appending("second")])
  }

  @Test(arguments: [1, 2, 5]) func linesComeInTheirOrder(lanes: Int) throws {
    let (folder, files) = try folder()
    var seen: [UInt64] = []
    try FeedReplay.read(files, from: .beginning, lanes: lanes) { record in
      record
    } take: { record in
      seen.append(record.sequence)
      #expect(record.file == "sub/\(record.sequence).txt")
      #expect(record.text == nil || record.text == Array(Samples.text.utf8))
      #expect((record.text == nil) == (record.sequence == 2))
    }
    #expect(seen == (1...900).map { UInt64($0) })
    // From within the first file on.
    var position = FeedReader.Position.beginning
    let first = try folder.read("first")
    position.offset = try #require(first.firstIndex(of: 0x0A)) + 1
    position.sequence = 1
    seen = []
    try FeedReplay.read(files, from: position, lanes: lanes) {
      $0.sequence
    } take: {
      seen.append($0)
    }
    #expect(seen == (2...900).map { UInt64($0) })
  }

  @Test func spansAreReadBack() throws {
    let (folder, files) = try folder()
    var first: StoredRecord?
    try withExtendedLifetime(folder) {
      try FeedReplay.read(files, from: .beginning) {
        $0
      } take: {
        if $0.sequence == 1 { first = $0 }
      }
    }
    let record = try #require(first)
    // In code points: a vowel sign is one.
    #expect(record.mentions[0].span == ByteSpan(6, 10))
    #expect(record.events[0].trigger == ByteSpan(0, 5))
    #expect(record.events[0].sentence == ByteSpan(0, 11))
    #expect(record.clusters[0]?.id == EventID(high: 1, low: 2))
  }

  @Test func aBadLineIsNamed() throws {
    let folder = try TemporaryFolder()
    var lines = Samples.lines(count: 300).split(separator: 0x0A).map { Array($0) + [0x0A] }
    lines[249][2] = UInt8(ascii: "w")
    try folder.write(lines.flatMap { $0 }, to: "reports.jsonl")
    var seen = 0
    #expect {
      try FeedReplay.read([folder.path.appending("reports.jsonl")], from: .beginning, lanes: 2) {
        $0
      } take: { _ in
        seen += 1
      }
    } throws: { error in
      (error as? FeedReader.BadLine)?.sequence == 250
        && (error as? FeedReader.BadLine)?.offset == lines[..<249].reduce(0) { $0 + $1.count }
    }
    #expect(seen < 250)
  }

  @Test func whatTakeThrowsEndsIt() throws {
    struct Enough: Error {}
    let (folder, files) = try folder()
    _ = withExtendedLifetime(folder) {
      #expect(throws: Enough.self) {
        try FeedReplay.read(files, from: .beginning, lanes: 2) {
          $0.sequence
        } take: {
          if $0 == 5 { throw Enough() }
        }
      }
    }
  }
}
