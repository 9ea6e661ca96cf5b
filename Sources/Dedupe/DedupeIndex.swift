import Glibc
import Model

/// Knows every report that has been on the feed and says what a new one is to them.
///
/// Serial, in feed order. The decisions are a function of the sketches in that order: replaying the feed gives the same.
/// Two layers: the content hash finds exact copies; shared fingerprints find candidates, which are verified word by word.
/// Only canonical reports (new ones, and those that add something) are candidates, so clusters are stars.
public final class DedupeIndex {
  /// Highest feed sequence number that the index has taken in.
  public private(set) var lastSequence: UInt64 = 0
  /// Counts since the start, for metrics.
  public private(set) var statistics = DedupeStatistics()

  private let configuration: DedupeConfiguration
  private let directory: PathBytes?
  private var segments: [Segment]
  private var candidates = Candidates()
  private var aligner = Aligner()
  private let postings: UnsafeMutablePointer<UInt32>
  private var frequencies: [UInt8] = []
  private var touched: UInt32 = 0
  private var failure: SystemError?

  /// An index in the folder `directory` (path bytes, exists), or in memory only.
  ///
  /// Takes up what the folder holds, as far as it is whole, of this version and made with this configuration; the rest is
  /// dropped, and `lastSequence` says where the feed must be replayed from. Throws when the folder cannot be used.
  public init(
    directory: [UInt8]?, configuration: DedupeConfiguration = DedupeConfiguration()
  ) throws(SystemError) {
    self.configuration = configuration
    self.directory = directory.map { PathBytes($0) }
    segments = [
      try Segment(directory: self.directory, number: 0, base: 0, configuration: configuration)
    ]
    postings = .allocate(capacity: configuration.documentFrequencyMax)
    lastSequence = segments[0].lastSequence ?? 0
    while self.directory != nil, let last = segments.last, last.isFull {
      let sequence = lastSequence
      try beginSegment()
      guard let first = segments[segments.count - 1].firstSequence else { break }
      if first <= sequence { try segments[segments.count - 1].rewind(to: 0) }
      lastSequence = segments[segments.count - 1].lastSequence ?? sequence
    }
    try removeSegments(from: segments.count)
  }

  deinit { postings.deallocate() }

  /// Bytes that decisions touch at random: what the index costs in memory.
  public var hotByteCount: Int { segments.reduce(0) { $0 + $1.hotByteCount } }

  /// What the report with this sketch is to the earlier ones; takes it in as `sequence`, which ascends.
  public func decide(_ sketch: Sketch, sequence: UInt64) -> Relation? {
    let relation = relate(sketch)
    admit(sketch, sequence: sequence, relation: relation)
    return relation
  }

  /// Takes in a report whose relation is on the feed already. A report that the index has is passed over.
  public func restore(_ sketch: Sketch, sequence: UInt64, relation: Relation?) {
    guard sequence > lastSequence else { return }
    admit(sketch, sequence: sequence, relation: relation)
  }

  /// Takes note of an exact copy on the feed, whose text the feed doesn't repeat.
  public func restoreExactCopy(sequence: UInt64) { lastSequence = max(lastSequence, sequence) }

  /// Whether later reports are compared with one of this relation: it has something that no earlier one has.
  static func isCanonical(_ kind: Relation.Kind?) -> Bool {
    switch kind {
    case nil, .revision, .overlap, .template: true
    case .exact, .duplicate, .excerpt: false
    }
  }

  private func admit(_ sketch: Sketch, sequence: UInt64, relation: Relation?) {
    lastSequence = sequence
    // An exact copy is found by the first one; a text without words is nothing to compare.
    guard relation?.kind != .exact, sketch.wordCount > 0 else { return }
    let last = segments[segments.count - 1]
    last.append(sketch, sequence: sequence, canonical: DedupeIndex.isCanonical(relation?.kind))
    if last.isFull { completeSegment() }
  }

  // MARK: On disk

  /// Puts what the index holds on the disk, so that the next start need not replay the feed from further back. Throws
  /// the error that has stopped the index from writing, if there was one; it goes on in memory.
  public func checkpoint() throws(SystemError) {
    if let failure { throw failure }
    for segment in segments where segment.isDamaged {
      failure = SystemError("read back", directory ?? PathBytes([]), code: EIO)
    }
    try segments[segments.count - 1].checkpoint()
    if let failure { throw failure }
  }

  /// Forgets the reports after `sequence`: what the feed does not have, never was.
  public func rewind(to sequence: UInt64) throws(SystemError) {
    guard lastSequence > sequence else { return }
    while segments.count > 1, segments[segments.count - 1].firstSequence ?? .max > sequence {
      segments.removeLast()
    }
    try segments[segments.count - 1].rewind(to: sequence)
    try removeSegments(from: segments.count)
    lastSequence = segments[segments.count - 1].lastSequence ?? 0
    if segments[segments.count - 1].isFull { try beginSegment() }
  }

  private func completeSegment() {
    do {
      try segments[segments.count - 1].seal()
      try beginSegment()
    } catch {
      // The disk refuses: what follows is kept in memory, and the next start replays it.
      failure = failure ?? error
      let base = segments[segments.count - 1].base + UInt32(segments[segments.count - 1].count)
      if let segment = try? Segment(
        directory: nil, number: UInt32(segments.count), base: base, configuration: configuration)
      {
        segments.append(segment)
      }
    }
  }

  private func beginSegment() throws(SystemError) {
    let last = segments[segments.count - 1]
    segments.append(
      try Segment(
        directory: failure == nil ? directory : nil, number: UInt32(segments.count),
        base: last.base + UInt32(last.count), configuration: configuration))
  }

  /// Removes the files of segments that the index does not have.
  private func removeSegments(from first: Int) throws(SystemError) {
    guard let directory else { return }
    var number = UInt32(first)
    while try Segment.remove(directory: directory, number: number) { number += 1 }
  }

  // MARK: Deciding

  private func relate(_ sketch: Sketch) -> Relation? {
    guard sketch.wordCount > 0 else { return nil }
    touchLines(sketch)
    if let original = exactCopy(of: sketch) {
      return Relation(kind: .exact, of: original, containment: 1, resemblance: 1)
    }
    gather(sketch)
    let chosen = candidates.best(configuration.candidatesMax) { candidate in
      if candidate.weight >= DedupeIndex.weightMin, candidate.hits >= DedupeIndex.hitsAlways { return true }
      if candidate.weight >= DedupeIndex.weightMin, candidate.near >= (candidate.hits >= 4 ? 2 : 1) { return true }
      // A passage of a brief report may share but one fingerprint.
      return candidate.weight >= DedupeIndex.briefWeightMin
        && min(sketch.wordCount, Int(self.entry(candidate.report).wordCount)) <= RelationRule.briefWords
    }
    statistics.candidates += chosen.count
    guard !chosen.isEmpty else { return nil }
    return sketch.words.withUnsafeBufferPointer { words in
      sketch.sequence.withUnsafeBufferPointer { aligner.begin(words, $0) }
      var best: (relation: Relation, rank: Int)?
      for candidate in chosen {
        guard let (relation, rank) = verify(candidate.report, words, sketch) else { continue }
        if let held = best, (held.rank, held.relation.resemblance) >= (rank, relation.resemblance) { continue }
        best = (relation, rank)
      }
      return best?.relation
    }
  }

  /// Weight of shared fingerprints from which a candidate is verified.
  private static let weightMin: UInt32 = 9
  /// From so many shared fingerprints on a candidate is verified, wherever they stand.
  private static let hitsAlways: UInt16 = 8
  /// What a brief report must share at least: one fingerprint that few reports have.
  private static let briefWeightMin: UInt32 = 4

  private func touchLines(_ sketch: Sketch) {
    var sum: UInt32 = 0
    for segment in segments {
      sum &+= segment.touch(sketch.contentHash.identity)
      for fingerprint in sketch.fingerprints { sum &+= segment.touch(fingerprint) }
    }
    touched = sum
  }

  private func exactCopy(of sketch: Sketch) -> UInt64? {
    for segment in segments {
      let count = segment.find(
        sketch.contentHash.identity, into: postings, room: configuration.documentFrequencyMax)
      for index in 0..<count {
        let entry = segment.entry(Int(postings[index]))
        if entry.content == sketch.contentHash { return entry.sequence }
      }
    }
    return nil
  }

  private func gather(_ sketch: Sketch) {
    candidates.clear()
    frequencies.removeAll(keepingCapacity: true)
    let cap = configuration.documentFrequencyMax
    for (at, fingerprint) in sketch.fingerprints.enumerated() {
      // With one segment there is one list; with more, the lists add up.
      var frequency = 0
      for segment in segments { frequency += segment.find(fingerprint, into: postings, room: cap) }
      frequencies.append(UInt8(min(frequency, 255)))
      guard frequency > 0, frequency < cap else { continue }
      let weight = Candidates.weight(frequency: frequency)
      for segment in segments {
        let count = segments.count == 1 ? frequency : segment.find(fingerprint, into: postings, room: cap)
        for index in 0..<count { candidates.add(segment.base + postings[index], weight: weight, at: sketch.places[at]) }
      }
    }
  }

  private func segment(of report: UInt32) -> Segment {
    var index = segments.count - 1
    while segments[index].base > report { index -= 1 }
    return segments[index]
  }

  private func entry(_ report: UInt32) -> ReportEntry {
    let segment = segment(of: report)
    return segment.entry(Int(report - segment.base))
  }

  /// Compares with one earlier report, word by word; a higher rank is the better relation.
  private func verify(
    _ report: UInt32, _ words: UnsafeBufferPointer<UInt32>, _ sketch: Sketch
  ) -> (Relation, rank: Int)? {
    let segment = segment(of: report)
    let entry = segment.entry(Int(report - segment.base))
    guard entry.isCanonical else { return nil }
    statistics.verifications += 1
    return segment.withWords(of: entry) { earlier -> (Relation, rank: Int)? in
      guard let alignment = aligner.align(with: earlier) else { return nil }
      let rule = RelationRule(
        words: (words.count, earlier.count), alignment: alignment, passage: longestPassage(alignment, words, sketch),
        frameShare: frameShare(sketch))
      guard let kind = rule.kind() else { return nil }
      let shared = Double(alignment.sharedShingles)
      let sizes = (new: Double(sketch.shingleCount), earlier: Double(entry.shingleCount))
      let relation = Relation(
        kind: kind, of: entry.sequence, containment: shared / max(1, min(sizes.new, sizes.earlier)),
        resemblance: shared / max(1, sizes.new + sizes.earlier - shared))
      let rank: Int
      switch kind {
      case .exact, .duplicate, .revision, .excerpt: rank = 2
      case .overlap, .template: rank = 1
      }
      return (relation, rank)
    } ?? nil
  }

  /// Words of the longest passage that both have, counting through slots.
  private func longestPassage(
    _ alignment: Alignment, _ words: UnsafeBufferPointer<UInt32>, _ sketch: Sketch
  ) -> Int {
    var longest = 0
    var current = 0
    var ends = (new: 0, earlier: 0)
    for run in alignment.runs {
      let gap = (new: run.new - ends.new, earlier: run.earlier - ends.earlier)
      let joins = current > 0 && run.inOrder && gap.new <= Alignment.slotMax && gap.earlier <= Alignment.slotMax
      current = joins ? current + min(run.count, run.count + min(gap.new, gap.earlier)) : run.count
      ends = (run.new + run.count, run.earlier + run.count)
      longest = max(longest, current)
    }
    return longest
  }

  private func frameShare(_ sketch: Sketch) -> Double {
    var frame = 0
    for frequency in frequencies where Int(frequency) >= RelationRule.frameFrequency { frame += 1 }
    return Double(frame) / Double(max(1, frequencies.count))
  }
}
