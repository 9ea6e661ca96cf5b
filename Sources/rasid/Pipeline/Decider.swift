import Dedupe
import Feed
import Model

/// The serial end before the file: in arrival order, decides what each report is to those before it and links its line.
struct Decider {
  private let index: DedupeIndex
  private let clusters: EventClusters
  private var chain: HashChain
  /// The texts that it has decided about, for the lanes.
  let known: KnownTexts

  init(index: DedupeIndex, clusters: EventClusters, chain: HashChain, known: KnownTexts) {
    self.index = index
    self.clusters = clusters
    self.chain = chain
    self.known = known
  }

  /// Sequence number of the last line made.
  var sequence: UInt64 { chain.sequence }
  /// Hash of the last line made.
  var hash: Digest { chain.hash }

  /// Decides about `report` and appends its finished line to `batch`.
  mutating func append(_ prepared: Stages.Prepared, to batch: inout [UInt8]) {
    let sequence = chain.sequence + 1
    var report = prepared
    let relation = index.decide(report.sketch, sequence: sequence, received: report.line.received.day)
    known.insert(report.sketch.contentHash)
    // The index has forgotten the text, which is older than its window.
    if relation?.kind != .exact, let read = report.read { (report.line, report.extraction) = read() }
    let isCopy = relation?.kind == .exact || relation?.kind == .duplicate
    // The line of an exact copy has no events: what it tells stands with the first, and a replay must see the same.
    let decided =
      relation?.kind == .exact
      ? clusters.skip(sequence: sequence)
      : clusters.decide(
        report.extraction, digest: report.digest, published: report.published, sequence: sequence, isCopy: isCopy)
    chain.append(report.line, FeedDecision(relation: relation, clusters: decided), to: &batch)
  }

  /// Hands what the index holds to the system, so that the next start need not rebuild it; it counts when what is returned
  /// has been finished, on whatever thread.
  /// - Parameter isBusy: whether reports wait.
  func beginCheckpoint(isBusy: Bool) throws -> [PendingCheckpoint] {
    [try index.beginCheckpoint(isBusy: isBusy), try clusters.beginCheckpoint()]
  }
}
