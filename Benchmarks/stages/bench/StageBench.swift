import CCount
import Decode
import Dedupe
import ExtractEntities
import ExtractEvents
import Feed
import Glibc
import Lexicon
import Model
import Normalize

/// What a report passes, in the order in which the pipeline takes it through.
enum Stage: Int, CaseIterable {
  case decode, normalize, sketch, entities, events, encode
  /// Relation to earlier reports, and clusters of the events: serial.
  case decide
  /// Sequence number and hash chain: serial.
  case link
}

/// What a stage took for all reports.
struct StageCost {
  /// Seconds of the thread's processor time.
  var seconds = 0.0
  /// Blocks of memory asked for.
  var allocations: UInt64 = 0
}

/// Takes files through the stages as the pipeline does, a few at a time, so that looking at the clock costs nothing.
///
/// The functions that begin with `timed` are never inlined: a profiler finds each stage by the name.
struct StageBench {
  private let decoder = Decoder()
  private let normalizer = Normalizer()
  private let sketcher = Sketcher()
  private let finder: EntityFinder
  private let coder: EventCoder
  private let encoder: LineEncoder
  private let received = Timestamp(seconds: 1_700_000_000)

  /// Files that pass a stage together.
  private static let together = 16

  init(lexicon: Lexicon) {
    finder = EntityFinder(lexicon: lexicon)
    coder = EventCoder(lexicon: lexicon)
    encoder = LineEncoder(programVersion: "bench", lexiconVersion: lexicon.version)
  }

  /// What each stage costs for `texts`, which a fresh index has not seen.
  func run(_ texts: TextFolder) throws -> [StageCost] {
    var costs = [StageCost](repeating: StageCost(), count: Stage.allCases.count)
    func measure<Made>(_ stage: Stage, _ work: () throws -> Made) rethrows -> Made {
      let (seconds, allocations) = (Stopwatch.seconds(CLOCK_THREAD_CPUTIME_ID), count_of_allocations())
      let made = try work()
      costs[stage.rawValue].seconds += Stopwatch.seconds(CLOCK_THREAD_CPUTIME_ID) - seconds
      costs[stage.rawValue].allocations += count_of_allocations() - allocations
      return made
    }
    let index = try DedupeIndex(directory: nil)
    let clusters = try EventClusters(directory: nil)
    var chain = HashChain(sequence: 0, hash: .zero)
    var batch: [UInt8] = []
    var sequence: UInt64 = 0
    for first in stride(from: 0, to: texts.files.count, by: StageBench.together) {
      let files = texts.files[first..<min(first + StageBench.together, texts.files.count)]
      let digests = files.map { Digest.sha256($0.bytes) }
      let reports = try measure(.decode) { try files.map(timedDecode) }
      let normalized = measure(.normalize) { reports.map(timedNormalize) }
      let sketches = measure(.sketch) { normalized.map(timedSketch) }
      let analyses = measure(.entities) { reports.indices.map { timedEntities(reports[$0], normalized[$0]) } }
      let extractions = measure(.events) {
        reports.indices.map { timedEvents(reports[$0], normalized[$0], analyses[$0]) }
      }
      let lines = measure(.encode) {
        reports.indices.map { timedEncode(reports[$0], extractions[$0], digests[$0], normalized[$0].language) }
      }
      let decisions = measure(.decide) {
        reports.indices.map { at in
          sequence += 1
          return timedDecide(index, clusters, sketches[at], extractions[at], digests[at], sequence)
        }
      }
      batch.removeAll(keepingCapacity: true)
      measure(.link) { for at in lines.indices { timedLink(&chain, lines[at], decisions[at], &batch) } }
    }
    return costs
  }

  @inline(never) private func timedDecode(_ file: TextFolder.File) throws -> Report {
    try decoder.decode(file.bytes, name: file.name)[0]
  }

  @inline(never) private func timedNormalize(_ report: Report) -> NormalizedText { normalizer.normalize(report.text) }

  @inline(never) private func timedSketch(_ text: NormalizedText) -> Sketch { sketcher.sketch(text) }

  @inline(never) private func timedEntities(_ report: Report, _ text: NormalizedText) -> EntityAnalysis {
    finder.find(in: report, text)
  }

  @inline(never) private func timedEvents(
    _ report: Report, _ text: NormalizedText, _ analysis: EntityAnalysis
  ) -> Extraction { coder.code(report, text, analysis) }

  @inline(never) private func timedEncode(
    _ report: Report, _ extraction: Extraction, _ digest: Digest, _ language: String?
  ) -> FeedLine {
    encoder.encode(
      report, extraction, file: PathBytes("report.txt"), received: received, digest: digest, fileDigest: digest,
      fileBytes: report.text.count, language: language)
  }

  @inline(never) private func timedDecide(
    _ index: DedupeIndex, _ clusters: EventClusters, _ sketch: Sketch, _ extraction: Extraction, _ digest: Digest,
    _ sequence: UInt64
  ) -> FeedDecision {
    let relation = index.decide(sketch, sequence: sequence)
    let isCopy = relation?.kind == .exact || relation?.kind == .duplicate
    let decided =
      relation?.kind == .exact
      ? clusters.skip(sequence: sequence)
      : clusters.decide(extraction, digest: digest, published: nil, sequence: sequence, isCopy: isCopy)
    return FeedDecision(relation: relation, clusters: decided)
  }

  @inline(never) private func timedLink(
    _ chain: inout HashChain, _ line: FeedLine, _ decision: FeedDecision, _ batch: inout [UInt8]
  ) { chain.append(line, decision, to: &batch) }

  /// What is found in the texts, with a number that stays the same as long as all of it does.
  func found(_ texts: TextFolder) throws -> String {
    var mentions = 0
    var events = 0
    var sum: UInt64 = 0
    for file in texts.files {
      let report = try timedDecode(file)
      let text = normalizer.normalize(report.text)
      let analysis = finder.find(in: report, text)
      events += coder.code(report, text, analysis).events.count
      mentions += analysis.mentions.count
      for mention in analysis.mentions + analysis.candidates {
        let place = "\(mention.span) \(mention.tokens) \(mention.prefix.rawValue)"
        let line = "\(place) \(mention.entity) \(mention.entry) \(mention.rule)"
        sum = StableHash.hash(Array(line.utf8), seed: sum)
      }
    }
    return "\(mentions) mentions, \(events) events, checksum of the mentions \(String(sum, radix: 16))"
  }
}
