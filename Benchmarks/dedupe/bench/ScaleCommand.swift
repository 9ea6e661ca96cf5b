import Dedupe
import Foundation
import Model
import Normalize

/// Speed and memory of the stage as the index grows.
///
/// The reports are put together from the sentences of a folder's reports, each time with other words in the place of all
/// but the most frequent: so lengths and common phrases are real, and there are as many of them as one likes.
struct ScaleCommand {
  /// Words that stay themselves in all rounds.
  private static let commonWords = 1000
  /// Reports that are timed at a size.
  private static let timed = 20_000
  private static let batch = 1000

  private let texts: [NormalizedText]
  private let common: Set<UInt64>
  private let sketcher = Sketcher()

  init(folder: String) throws {
    let normalizer = Normalizer()
    texts = try ReportTexts.read(folder, titles: true).map { normalizer.normalize($0.text) }
    var frequencies: [UInt64: Int] = [:]
    for text in texts { for token in text.tokens { frequencies[token.hash, default: 0] += 1 } }
    common = Set(frequencies.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.commonWords).map(\.key))
  }

  /// Report number `number` of the endless series: one in five is made from one of the last reports (a copy, an edited
  /// one, a revision, an excerpt), the others are put together from sentences of many.
  private func report(_ number: Int) -> NormalizedText {
    var random = UInt64(number)
    func pick(_ count: Int) -> Int {
      random = StableHash.mix(random &+ 0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9 ^ random)
      return Int(random % UInt64(count))
    }
    guard number > 100, pick(5) == 0 else { return original(number) }
    var text = original(number - 1 - pick(min(number - 1, 5000)))
    switch pick(4) {
    case 0: break
    case 1: for index in text.tokens.indices where pick(25) == 0 { text.tokens[index].hash = UInt64(pick(1 << 40)) }
    case 2: text.tokens += original(number).tokens.prefix(120)
    default: text.tokens.removeLast(text.tokens.count / 2)
    }
    return text
  }

  private func original(_ number: Int) -> NormalizedText {
    let model = texts[number % texts.count]
    var text = NormalizedText(folded: [], tokens: [], sentences: [], language: "ar")
    text.tokens.reserveCapacity(model.tokens.count + 40)
    let round = UInt64(number / texts.count)
    var donor = StableHash.mix(UInt64(number) &+ 0x9e37_79b9_7f4a_7c15, 0x94d0_49bb_1331_11eb)
    while text.tokens.count < model.tokens.count {
      donor = StableHash.mix(donor, 0xa076_1d64_78bd_642f) &+ UInt64(number)
      let other = texts[Int(donor % UInt64(texts.count))]
      guard !other.sentences.isEmpty else { continue }
      let sentence = other.sentences[Int(donor >> 32) % other.sentences.count]
      // Other words in each round, but for the frequent ones: the sentences are new, their phrases are common.
      for token in other.tokens[sentence.tokens] {
        var token = token
        if !common.contains(token.hash) { token.hash = StableHash.mix(token.hash, round &+ UInt64(number) << 20) }
        text.tokens.append(token)
      }
    }
    return text
  }

  func run(sizes: [Int], directory: String?) throws {
    var index = try DedupeIndex(directory: directory.map { Array($0.utf8) })
    var number = Int(index.lastSequence)
    for size in sizes {
      let fill = max(number, size - Self.timed / 2)
      let filling = try advance(index, from: number, to: fill)
      print("filled to \(fill): \(rate(fill - number, filling.sketch + filling.decide)) reports/s with sketching")
      let before = index.statistics
      let spent = try advance(index, from: fill, to: fill + Self.timed)
      number = fill + Self.timed
      let after = index.statistics
      print(
        """
        at \(size): decide \(rate(Self.timed, spent.decide)) reports/s, sketch \(rate(Self.timed, spent.sketch)) \
        reports/s, both \(rate(Self.timed, spent.decide + spent.sketch)) reports/s; \
        \(Double(after.verifications - before.verifications) / Double(Self.timed)) verified per report; \
        \(index.hotByteCount / number) bytes per report hot; resident \(Self.resident()) MiB
        """)
    }
    guard let directory else { return }
    let clock = ContinuousClock()
    let start = clock.now
    let pending = try index.beginCheckpoint()
    let begun = clock.now
    try pending.finish()
    print("checkpoint of \(number) reports, wall clock: \(begun - start) in the way, \(clock.now - begun) for the disk")
    index = try DedupeIndex(directory: nil)
    try Self.load(directory: directory)
  }

  /// Times a start with an index on disk.
  static func load(directory: String) throws {
    var index: DedupeIndex?
    let took = try measure { index = try DedupeIndex(directory: Array(directory.utf8)) }
    print(
      "load of \(index?.reportCount ?? 0) reports: \(took), up to \(index?.lastSequence ?? 0); resident \(resident()) MiB"
    )
  }

  private func advance(
    _ index: DedupeIndex, from start: Int, to end: Int
  ) throws -> (sketch: Duration, decide: Duration) {
    var spent = (sketch: Duration.zero, decide: Duration.zero)
    var at = start
    while at < end {
      let batch = (at..<min(end, at + Self.batch)).map(report)
      var sketches: [Sketch] = []
      sketches.reserveCapacity(batch.count)
      spent.sketch += Self.measure { for text in batch { sketches.append(sketcher.sketch(text)) } }
      spent.decide += Self.measure {
        for sketch in sketches {
          at += 1
          _ = index.decide(sketch, sequence: UInt64(at))
        }
      }
    }
    return spent
  }

  /// Time that this thread has spent on a processor: other work on the machine does not count.
  private static func measure(_ work: () throws -> Void) rethrows -> Duration {
    var start = timespec()
    var end = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
    try work()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
    return .seconds(end.tv_sec - start.tv_sec) + .nanoseconds(end.tv_nsec - start.tv_nsec)
  }

  private func rate(_ count: Int, _ duration: Duration) -> Int {
    Int(Double(count) / max(1e-9, duration / .seconds(1)))
  }

  /// Most memory that the process has had resident, in MiB.
  private static func resident() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss >> 10
  }
}
