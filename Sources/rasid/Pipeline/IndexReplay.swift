import Dedupe
import Feed
import Model
import Normalize

/// Takes lines of the feed back into a dedupe index.
struct IndexReplay {
  private let normalizer = Normalizer()
  private let sketcher = Sketcher()

  /// Takes in `record` as it was decided then.
  func restore(_ record: StoredRecord, to index: DedupeIndex) {
    guard let text = record.text else { return index.restoreExactCopy(sequence: record.sequence) }
    index.restore(
      sketcher.sketch(normalizer.normalize(text)), sequence: record.sequence, received: CivilDay(record.received),
      relation: record.relation)
  }
}
