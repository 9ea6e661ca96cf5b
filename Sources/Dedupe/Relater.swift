import Model

/// Finds what a new report is to the earlier ones: exact copy by content hash, else candidates by shared fingerprints, each
/// verified word by word.
///
/// A value with buffers of its own, so that one exclusive access covers a whole decision.
struct Relater: ~Copyable {
  private(set) var statistics = DedupeStatistics()

  private let configuration: DedupeConfiguration
  private var candidates = Candidates()
  private var aligner = Aligner()
  private var postings = ScratchBuffer<UInt32>()
  /// How many canonical reports have each fingerprint of the new report; the cap stands for "more".
  private var frequencies = ScratchBuffer<UInt16>()
  private var touched: UInt32 = 0
  /// The first segment that reaches into the hot window.
  private var firstHot = 0

  init(_ configuration: DedupeConfiguration) {
    self.configuration = configuration
    postings.reserve(configuration.documentFrequencyMax)
  }

  /// Weight of shared fingerprints from which a candidate is verified.
  private static let weightMin: UInt32 = 9
  /// From so many shared fingerprints on a candidate is verified, wherever they stand.
  private static let hitsAlways: UInt16 = 8
  /// What a brief report must share at least: one fingerprint that few reports have.
  private static let briefWeightMin: UInt32 = 4
  /// With a relation at hand, only candidates that share at least this part of its fingerprints can be better.
  private static let rivalShare = 0.6
  /// Of a report that is mostly boilerplate, so many fingerprints lead to its frame.
  private static let frameProbes = 8

  /// The relation of the report with this sketch, received on `day`, to those in `segments`, nil when it is new.
  mutating func relate(_ sketch: Sketch, to segments: [Segment], day: UInt16) -> Relation? {
    guard sketch.wordCount > 0 else { return nil }
    firstHot = hotStart(segments, day)
    touch(sketch, segments)
    if let original = exactCopy(of: sketch, in: segments) {
      return Relation(kind: .exact, of: original, containment: 1, resemblance: 1)
    }
    let capped = gather(sketch, segments)
    if let relation = verify(chosen(sketch, segments), sketch, segments) { return relation }
    guard capped * 2 >= sketch.fingerprints.count else { return nil }
    gatherFrame(sketch, segments)
    let frame = candidates.best(1) { $0.hits > 1 }
    guard let relation = verify(frame, sketch, segments), relation.kind == .template else { return nil }
    return relation
  }

  // MARK: Candidates

  /// Segments within the hot window are searched for every fingerprint, older ones, which are on disk, for one in two:
  /// a copy is found all the same, a short passage of a month ago may not be.
  private static let coldMask: UInt32 = 1

  /// The first segment that reaches into the hot window on `day`: by its number of reports, and by its days.
  private func hotStart(_ segments: [Segment], _ day: UInt16) -> Int {
    let last = segments[segments.count - 1]
    let total = Int(last.base) + last.count
    return segments.firstIndex {
      Int($0.base) + $0.count + configuration.hotReports >= total
        && Int($0.days.upperBound) + configuration.hotDays >= Int(day)
    } ?? segments.count - 1
  }

  /// Reads the line of every fingerprint once: the processor fetches them side by side.
  private mutating func touch(_ sketch: Sketch, _ segments: [Segment]) {
    var sum: UInt32 = 0
    for segment in segments[firstHot...] {
      let table = segment.table
      sum &+= table.touch(sketch.contentHash.identity)
      for fingerprint in sketch.fingerprints { sum &+= table.touch(fingerprint) }
    }
    touched = sum
  }

  private func exactCopy(of sketch: Sketch, in segments: [Segment]) -> UInt64? {
    for segment in segments {
      let found = segment.table.find(
        sketch.contentHash.identity, into: postings.start, room: configuration.documentFrequencyMax)
      for index in 0..<found.count {
        let entry = segment.entry(Int(postings[index]))
        if entry.content == sketch.contentHash { return entry.sequence }
      }
    }
    return nil
  }

  /// Counts the shared fingerprints of each earlier report; returns how many fingerprints are boilerplate.
  private mutating func gather(_ sketch: Sketch, _ segments: [Segment]) -> Int {
    candidates.clear()
    frequencies.reserve(sketch.fingerprints.count)
    return segments.count == 1 ? gather(sketch, segments[0].table) : gatherFromMany(sketch, segments)
  }

  /// With one segment there is one list for each fingerprint.
  private mutating func gather(_ sketch: Sketch, _ table: PostingTable) -> Int {
    let cap = configuration.documentFrequencyMax
    var capped = 0
    for at in sketch.fingerprints.indices {
      let found = table.find(sketch.fingerprints[at], into: postings.start, room: cap)
      if found.isCapped || found.count >= cap {
        frequencies[at] = UInt16(cap)
        capped += 1
        continue
      }
      frequencies[at] = UInt16(found.count)
      guard found.count > 0 else { continue }
      let weight = Candidates.weight(frequency: found.count)
      for index in 0..<found.count { candidates.add(postings[index], weight: weight, at: sketch.places[at]) }
    }
    return capped
  }

  /// With more, the lists of the segments add up.
  private mutating func gatherFromMany(_ sketch: Sketch, _ segments: [Segment]) -> Int {
    let cap = configuration.documentFrequencyMax
    var capped = 0
    for at in sketch.fingerprints.indices {
      let fingerprint = sketch.fingerprints[at]
      var frequency = 0
      let searched = fingerprint & Relater.coldMask == 0 ? segments[...] : segments[firstHot...]
      for segment in searched {
        let found = segment.table.find(fingerprint, into: postings.start, room: cap)
        frequency += found.isCapped ? cap : found.count
      }
      frequencies[at] = UInt16(min(frequency, cap))
      if frequency >= cap { capped += 1 }
      guard frequency > 0, frequency < cap else { continue }
      let weight = Candidates.weight(frequency: frequency)
      for segment in searched {
        let count = segment.table.find(fingerprint, into: postings.start, room: cap).count
        for index in 0..<count {
          candidates.add(segment.base &+ postings[index], weight: weight, at: sketch.places[at])
        }
      }
    }
    return capped
  }

  /// Of a report that consists of boilerplate for the most part: the first report that has the same.
  private mutating func gatherFrame(_ sketch: Sketch, _ segments: [Segment]) {
    candidates.clear()
    let cap = configuration.documentFrequencyMax
    var probes = 0
    for at in sketch.fingerprints.indices where Int(frequencies[at]) >= cap && probes < Relater.frameProbes {
      probes += 1
      for segment in segments
      where segment.table.find(sketch.fingerprints[at], into: postings.start, room: cap).isCapped {
        candidates.add(segment.base &+ postings[0], weight: 1, at: sketch.places[at])
        break
      }
    }
  }

  private mutating func chosen(_ sketch: Sketch, _ segments: [Segment]) -> [Candidates.Candidate] {
    let hotBase = segments[firstHot].base
    return candidates.best(configuration.candidatesMax) { candidate in
      if candidate.weight >= Relater.weightMin {
        // Of old reports only a sample is looked at: what is near there does not show.
        if candidate.report < hotBase { return true }
        if candidate.hits >= Relater.hitsAlways { return true }
        if candidate.near >= (candidate.hits >= 4 ? 2 : 1) { return true }
      }
      // A passage of a brief report may share but one fingerprint.
      return candidate.weight >= Relater.briefWeightMin
        && min(sketch.wordCount, Int(Relater.entry(candidate.report, segments).wordCount)) <= RelationRule.briefWords
    }
  }

  private static func segment(of report: UInt32, _ segments: [Segment]) -> Segment {
    var index = segments.count - 1
    while segments[index].base > report { index -= 1 }
    return segments[index]
  }

  private static func entry(_ report: UInt32, _ segments: [Segment]) -> ReportEntry {
    let segment = segment(of: report, segments)
    return segment.entry(Int(report - segment.base))
  }

  // MARK: Verification

  /// The best relation to one of `candidates`, of equals the first.
  private mutating func verify(
    _ candidates: [Candidates.Candidate], _ sketch: Sketch, _ segments: [Segment]
  ) -> Relation? {
    statistics.candidates += candidates.count
    guard !candidates.isEmpty else { return nil }
    return sketch.words.withUnsafeBufferPointer { words in
      sketch.sequence.withUnsafeBufferPointer { aligner.begin(words, $0) }
      var best: (relation: Relation, rank: Int, hits: UInt16)?
      for candidate in candidates {
        if let best, Double(candidate.hits) < Double(best.hits) * Relater.rivalShare { continue }
        guard let relation = verify(candidate.report, words, sketch, segments) else { continue }
        let rank = Relater.rank(relation.kind)
        if let best, (best.rank, best.relation.resemblance) >= (rank, relation.resemblance) { continue }
        best = (relation, rank, candidate.hits)
      }
      return best?.relation
    }
  }

  /// A report that tells all of the other says more than one that shares a passage.
  private static func rank(_ kind: Relation.Kind) -> Int {
    switch kind {
    case .exact, .duplicate, .revision, .excerpt: 2
    case .overlap, .template: 1
    }
  }

  /// Compares with one earlier report, word by word.
  private mutating func verify(
    _ report: UInt32, _ words: UnsafeBufferPointer<UInt32>, _ sketch: Sketch, _ segments: [Segment]
  ) -> Relation? {
    let segment = Relater.segment(of: report, segments)
    let entry = segment.entry(Int(report - segment.base))
    guard entry.isCanonical else { return nil }
    statistics.verifications += 1
    return segment.withWords(of: entry) { earlier -> Relation? in
      guard let alignment = aligner.align(with: earlier) else { return nil }
      let shared = Double(alignment.sharedShingles)
      let sizes = (new: Double(sketch.shingleCount), earlier: Double(entry.shingleCount))
      let containment = shared / max(1, min(sizes.new, sizes.earlier))
      var rule = RelationRule(
        words: (words.count, earlier.count), containment: containment, alignment: alignment,
        passage: alignment.longestPassage, frameShare: frameShare(sketch.fingerprints.count))
      guard var kind = rule.kind() else { return nil }
      if kind == .revision || kind == .excerpt {
        // What one has at its edges and the other lacks may be the agency's, not the report's.
        rule.boilerplate = (
          boilerplateWords(sketch, alignment.edges(ofNew: words.count)),
          Relater.boilerplateWords(
            earlier, alignment.edges(ofEarlier: earlier.count), segments, postings.start,
            configuration.documentFrequencyMax)
        )
        kind = rule.kind() ?? kind
      }
      return Relation(
        kind: kind, of: entry.sequence, containment: containment,
        resemblance: shared / max(1, sizes.new + sizes.earlier - shared))
    } ?? nil
  }

  /// Words of the new report in those of `edges` whose fingerprints recur in other reports.
  private func boilerplateWords(_ sketch: Sketch, _ edges: [Range<Int>]) -> Int {
    var words = 0
    for edge in edges {
      var counts = (all: 0, frequent: 0)
      for at in sketch.places.indices where edge.contains(Int(sketch.places[at])) {
        counts.all += 1
        if Int(frequencies[at]) >= RelationRule.boilerplateFrequency { counts.frequent += 1 }
      }
      if counts.frequent > 0, counts.frequent * 2 >= counts.all { words += edge.count }
    }
    return words
  }

  /// The same for an earlier report, whose fingerprints are chosen anew.
  private static func boilerplateWords(
    _ words: UnsafeBufferPointer<UInt32>, _ edges: [Range<Int>], _ segments: [Segment],
    _ postings: UnsafeMutablePointer<UInt32>, _ cap: Int
  ) -> Int {
    var sum = 0
    for edge in edges {
      var counts = (all: 0, frequent: 0)
      for at in edge where at < ShingleHash.count(wordCount: words.count) {
        let shingle = ShingleHash.shingle(of: words, at: at)
        guard shingle >> ShingleHash.keptShift == 0 else { continue }
        counts.all += 1
        var frequency = 0
        for segment in segments {
          let found = segment.table.find(ShingleHash.identity(shingle), into: postings, room: cap)
          frequency += found.isCapped ? cap : found.count
        }
        if frequency >= RelationRule.boilerplateFrequency { counts.frequent += 1 }
      }
      if counts.frequent > 0, counts.frequent * 2 >= counts.all { sum += edge.count }
    }
    return sum
  }

  private func frameShare(_ count: Int) -> Double {
    var frame = 0
    for at in 0..<count where Int(frequencies[at]) >= RelationRule.frameFrequency { frame += 1 }
    return Double(frame) / Double(max(1, count))
  }
}
