import Foundation
import Model
import Testing

@testable import Feed

@Suite struct FeedRecoveryTests {
  @Test func aFeedCutAtAnyByteGoesOnWithoutLossOrChange() throws {
    let whole = Samples.lines(count: 3)
    let second = try #require(whole.split(separator: 0x0A, omittingEmptySubsequences: false).first).count + 1
    for cut in stride(from: second, through: whole.count, by: 7) {
      let folder = try TemporaryFolder()
      let feed = FeedFolder(folder.path)
      try folder.write(Array(whole[..<cut]), to: "reports.jsonl")
      let outcome = try FeedRecovery.recover(feed, from: .beginning, rebooted: false, depth: .records)
      let after = try folder.read("reports.jsonl")
      #expect(Array(after.prefix(cut)) == Array(whole[..<cut]), "a byte that a reader may have seen was changed")
      for line in after.split(separator: 0x0A) {
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line)) }
      }
      // What goes on behind it chains to the last good line.
      var chain = HashChain(sequence: outcome.end.sequence, hash: outcome.end.hash)
      var more: [UInt8] = []
      chain.append(Samples.line(number: 9), FeedDecision(relation: nil, clusters: [nil]), to: &more)
      try folder.write(after + more, to: "reports.jsonl")
      var position = FeedReader.Position.beginning
      try FeedReader.read([feed.live], from: &position, depth: .records)
      #expect(position.sequence == outcome.end.sequence + 1)
    }
  }

  @Test func anAlteredLineBeforeTheTailIsNamedAndNothingIsTouched() throws {
    let folder = try TemporaryFolder()
    var bytes = Samples.lines(count: 3)
    let at = try #require(bytes.firstIndex(of: UInt8(ascii: "t")))
    bytes[at] = UInt8(ascii: "u")
    try folder.write(bytes, to: "reports.jsonl")
    #expect {
      try FeedRecovery.recover(FeedFolder(folder.path), from: .beginning, rebooted: false, depth: .chain)
    } throws: { error in
      guard case FeedRecovery.Failure.altered(let line) = error else { return false }
      return line.sequence == 1 && line.offset == 0
    }
    #expect(try folder.read("reports.jsonl") == bytes)
  }

  @Test func aTailLostInAPowerFailureIsCutOnlyAfterAReboot() throws {
    let folder = try TemporaryFolder()
    let good = Samples.lines(count: 2)
    try folder.write(good + [UInt8](repeating: 0, count: 100), to: "reports.jsonl")
    #expect(throws: (any Error).self) {
      try FeedRecovery.recover(FeedFolder(folder.path), from: .beginning, rebooted: false, depth: .chain)
    }
    let outcome = try FeedRecovery.recover(FeedFolder(folder.path), from: .beginning, rebooted: true, depth: .chain)
    #expect(outcome.cutBytes == 100)
    #expect(outcome.end.sequence == 2)
    #expect(try folder.read("reports.jsonl") == good)
  }

  @Test func aDroppedOrReorderedLineBreaksTheChain() throws {
    let folder = try TemporaryFolder()
    let lines = Samples.lines(count: 4).split(separator: 0x0A).map { Array($0) + [0x0A] }
    for altered in [[lines[0], lines[2], lines[3]], [lines[1], lines[0], lines[2]], [lines[0], lines[0]]] {
      try folder.write(altered.flatMap { $0 }, to: "reports.jsonl")
      var position = FeedReader.Position.beginning
      #expect(throws: FeedReader.BadLine.self) {
        try FeedReader.read([FeedFolder(folder.path).live], from: &position, depth: .chain)
      }
    }
  }

  @Test func segmentsFollowEachOtherWithoutAGap() throws {
    let folder = try TemporaryFolder()
    let feed = FeedFolder(folder.path)
    var chain = HashChain(sequence: 0, hash: .zero)
    let file = try FeedFile(folder: feed, rotateBytes: 1)
    for number in 1...2 {
      try file.rotateIfFull()
      var batch: [UInt8] = []
      chain.append(Samples.line(number: number), FeedDecision(relation: nil, clusters: [nil]), to: &batch)
      var written = 0
      try file.append(batch, written: &written)
      try file.sync()
    }
    #expect(try feed.files().count == 2)
    let outcome = try FeedRecovery.recover(feed, from: .beginning, rebooted: false, depth: .records)
    #expect(outcome.end.sequence == 2)
    #expect(outcome.end.file == 1)
  }

  @Test func aSecondWriterIsKeptAway() throws {
    let folder = try TemporaryFolder()
    let first = try FeedLock(FeedFolder(folder.path))
    #expect(throws: FeedLock.Failure.self) { try FeedLock(FeedFolder(folder.path)) }
    withExtendedLifetime(first) {}
  }
}
