import Model
import Testing

@testable import Dedupe

@Suite struct DedupeIndexFilesTests {
  /// Small segments, so that a test has sealed ones.
  private var configuration: DedupeConfiguration {
    var configuration = DedupeConfiguration()
    configuration.segmentReports = 40
    configuration.snapshotReports = 2
    return configuration
  }

  /// The decisions on `stream`, with the index in memory.
  private func decisions(_ stream: [Sketch]) throws -> [Relation?] {
    let index = try DedupeIndex(directory: nil, configuration: configuration)
    return stream.enumerated().map { index.decide($0.element, sequence: UInt64($0.offset + 1)) }
  }

  /// Opens the folder's index, replays what it lacks up to `durable`, and decides the rest.
  private func goOn(
    _ folder: TemporaryFolder, _ stream: [Sketch], _ expected: [Relation?], durable: Int, _ what: String
  ) throws {
    let index = try DedupeIndex(directory: folder.path.bytes, configuration: configuration)
    try index.rewind(to: UInt64(durable))
    #expect(index.lastSequence <= UInt64(durable))
    for at in 0..<durable { index.restore(stream[at], sequence: UInt64(at + 1), relation: expected[at]) }
    for at in durable..<stream.count {
      let relation = index.decide(stream[at], sequence: UInt64(at + 1))
      #expect(relation == expected[at], "\(what), report \(at)")
    }
  }

  @Test func restartGoesOnAsIfNothingHadHappened() throws {
    var texts = RandomTexts(seed: 1)
    let stream = texts.stream(300)
    let expected = try decisions(stream)
    let folder = try TemporaryFolder()
    for start in stride(from: 0, to: stream.count, by: 37) {
      let index = try DedupeIndex(directory: folder.path.bytes, configuration: configuration)
      #expect(index.lastSequence <= UInt64(start))
      for at in Int(index.lastSequence)..<start {
        index.restore(stream[at], sequence: UInt64(at + 1), relation: expected[at])
      }
      for at in start..<min(stream.count, start + 37) {
        #expect(index.decide(stream[at], sequence: UInt64(at + 1)) == expected[at], "\(at)")
      }
      try index.checkpoint()
    }
    #expect(folder.names.contains("dedupe-000002.table"))
  }

  @Test func rewindForgets() throws {
    var texts = RandomTexts(seed: 2)
    let stream = texts.stream(150)
    let expected = try decisions(stream)
    for durable in [0, 1, 39, 40, 41, 79, 80, 100, 149] {
      let folder = try TemporaryFolder()
      do {
        let index = try DedupeIndex(directory: folder.path.bytes, configuration: configuration)
        for at in stream.indices { _ = index.decide(stream[at], sequence: UInt64(at + 1)) }
        try index.checkpoint()
        // In the same process, and again after a start.
        try index.rewind(to: UInt64(durable + 1))
        try index.checkpoint()
      }
      try goOn(folder, stream, expected, durable: durable, "rewound to \(durable)")
    }
  }

  /// Cut at every length, and one bit turned at every byte: what is left is used or dropped, never believed wrongly.
  @Test func anyDamageIsNoticed() throws {
    var texts = RandomTexts(seed: 3)
    let stream = texts.stream(80, length: 20...40)
    let expected = try decisions(stream)
    let folder = try TemporaryFolder()
    do {
      let index = try DedupeIndex(directory: folder.path.bytes, configuration: configuration)
      for at in 0..<70 { _ = index.decide(stream[at], sequence: UInt64(at + 1)) }
      try index.checkpoint()
    }
    let names = folder.names
    #expect(names.count == 9)
    let files = names.map { folder.read($0) }
    func reset() {
      for name in folder.names { try? folder.path.appending(name).remove() }
      for (name, bytes) in zip(names, files) { folder.write(name, bytes) }
    }
    for (name, bytes) in zip(names, files) {
      // Every third byte of the header and what follows it, then every 251st (a prime: no field is always missed).
      let places =
        Array(stride(from: 0, to: min(128, bytes.count), by: 3))
        + Array(stride(from: 128, to: bytes.count, by: 251))
      for at in places {
        reset()
        folder.write(name, Array(bytes[..<at]))
        try goOn(folder, stream, expected, durable: 70, "\(name) cut to \(at)")
        reset()
        var turned = bytes
        turned[at] ^= 1 << UInt8(at % 8)
        folder.write(name, turned)
        try goOn(folder, stream, expected, durable: 70, "\(name) turned at \(at)")
      }
    }
    for name in names {
      reset()
      try folder.path.appending(name).remove()
      try goOn(folder, stream, expected, durable: 70, "without \(name)")
    }
  }

  /// Reports that have left the hot window are still known.
  @Test func oldSegmentsAreSearched() throws {
    var texts = RandomTexts(seed: 6)
    var configuration = configuration
    configuration.hotReports = 50
    let folder = try TemporaryFolder()
    let index = try DedupeIndex(directory: folder.path.bytes, configuration: configuration)
    let originals = (0..<200).map { _ in texts.words(150) }
    for (at, words) in originals.enumerated() {
      #expect(index.decide(RandomTexts.sketch(words), sequence: UInt64(at + 1)) == nil)
    }
    var found = 0
    for (at, words) in originals.enumerated() {
      let exact = index.decide(RandomTexts.sketch(words), sequence: UInt64(201 + 2 * at))
      #expect(exact?.of == UInt64(at + 1))
      let copy = index.decide(RandomTexts.sketch(texts.edited(words, share: 0.03)), sequence: UInt64(202 + 2 * at))
      if copy?.kind == .duplicate && copy?.of == UInt64(at + 1) { found += 1 }
    }
    // Only a sample of the old fingerprints is searched: two of some twelve must be met.
    #expect(found >= 197)
  }

  /// A checkpoint is finished on another thread while the index goes on; or never, when the process is killed before.
  @Test(arguments: [true, false]) func checkpointsAreFinishedLater(isFinished: Bool) async throws {
    var texts = RandomTexts(seed: 10)
    let stream = texts.stream(60)
    let whole = try DedupeIndex(directory: nil, configuration: configuration)
    let expected = stream.enumerated().map { whole.decide($0.element, sequence: UInt64($0.offset + 1)) }
    let folder = try TemporaryFolder()
    do {
      let index = try DedupeIndex(directory: folder.path.bytes, configuration: configuration)
      var last: Task<Void, any Error>?
      for at in 0..<40 {
        #expect(index.decide(stream[at], sequence: UInt64(at + 1)) == expected[at])
        guard at % 8 == 7 else { continue }
        let pending = try index.beginCheckpoint()
        guard isFinished else { continue }
        last = Task { [last] in
          try await last?.value
          try pending.finish()
        }
      }
      try await last?.value
    }
    let index = try DedupeIndex(directory: folder.path.bytes, configuration: configuration)
    // What was begun is with the system, finished or not.
    #expect(index.lastSequence > 30 && index.lastSequence <= 40)
    try goOn(folder, stream, expected, durable: 40, "finished: \(isFinished)")
  }

  /// Sixty days of reports, with a window of ten: segments close by age, a restart finds them, and a replay makes the same.
  @Test func segmentsLeaveTheWindowByAge() throws {
    var texts = RandomTexts(seed: 8)
    let stream = texts.stream(240)
    var configuration = configuration
    configuration.segmentReports = 160
    configuration.hotDays = 10
    func day(_ at: Int) -> CivilDay { CivilDay(number: 17_600 + at / 4) }
    func decide(_ index: DedupeIndex, _ range: Range<Int>) -> [Relation?] {
      range.map { index.decide(stream[$0], sequence: UInt64($0 + 1), received: day($0)) }
    }
    let whole = try DedupeIndex(directory: nil, configuration: configuration)
    let expected = decide(whole, 0..<240)
    let folder = try TemporaryFolder()
    var files = 0
    for start in stride(from: 0, to: 240, by: 40) {
      let index = try DedupeIndex(directory: folder.path.bytes, configuration: configuration)
      // What was not written is replayed.
      for at in Int(index.lastSequence)..<start {
        if expected[at]?.kind == .exact {
          index.restoreExactCopy(sequence: UInt64(at + 1))
        } else {
          index.restore(stream[at], sequence: UInt64(at + 1), received: day(at), relation: expected[at])
        }
      }
      #expect(decide(index, start..<start + 40) == Array(expected[start..<start + 40]))
      if start % 80 == 0 { try index.checkpoint() }
      files = (0..<20).filter { folder.path.appending("dedupe-00000\($0).table").exists }.count
    }
    // Forty reports and more than ten days make a segment full.
    #expect(files >= 3)
  }

  /// A clock that is set back does not set the window back, and what is far behind it is still known.
  @Test func theWindowNeverGoesBack() throws {
    var texts = RandomTexts(seed: 9)
    var configuration = configuration
    configuration.segmentReports = 80
    let index = try DedupeIndex(directory: nil, configuration: configuration)
    var first: [Sketch] = []
    for (at, day) in [17_600, 17_601, 17_500, 17_640, 17_590, 17_700].enumerated() {
      for number in 0..<15 {
        let sketch = RandomTexts.sketch(texts.words(100))
        if number == 0 { first.append(sketch) }
        let sequence = UInt64(at * 15 + number + 1)
        #expect(index.decide(sketch, sequence: sequence, received: CivilDay(number: day)) == nil)
      }
    }
    for (at, sketch) in first.enumerated() {
      #expect(index.decide(sketch, sequence: UInt64(91 + at))?.of == UInt64(at * 15 + 1))
    }
    #expect(index.reportCount == 90)
  }

  /// Exact copies leave nothing in the index, but after a checkpoint they need not be read again.
  @Test func checkpointCountsCopies() throws {
    var texts = RandomTexts(seed: 5)
    let text = RandomTexts.sketch(texts.words(50))
    let folder = try TemporaryFolder()
    do {
      let index = try DedupeIndex(directory: folder.path.bytes, configuration: configuration)
      for sequence in UInt64(1)...9 { _ = index.decide(text, sequence: sequence) }
      try index.checkpoint()
      #expect(index.reportCount == 1)
    }
    let index = try DedupeIndex(directory: folder.path.bytes, configuration: configuration)
    #expect(index.lastSequence == 9)
    try index.rewind(to: 5)
    #expect(index.lastSequence == 5)
    // What the mark said of the reports after the fifth holds no more.
    #expect(try DedupeIndex(directory: folder.path.bytes, configuration: configuration).lastSequence == 1)
  }

  @Test func otherSettingsBeginAnew() throws {
    var texts = RandomTexts(seed: 4)
    let stream = texts.stream(30)
    let folder = try TemporaryFolder()
    do {
      let index = try DedupeIndex(directory: folder.path.bytes, configuration: configuration)
      for at in stream.indices { _ = index.decide(stream[at], sequence: UInt64(at + 1)) }
      try index.checkpoint()
    }
    var other = configuration
    other.documentFrequencyMax = 32
    #expect(try DedupeIndex(directory: folder.path.bytes, configuration: other).lastSequence == 0)
  }

  @Test func aFolderThatIsMissingIsAnError() {
    #expect(throws: SystemError.self) { try DedupeIndex(directory: Array("/nonexistent/state".utf8)) }
  }
}
