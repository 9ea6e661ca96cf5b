import Dedupe
import Feed
import Model
import Normalize

/// Takes lines of the feed back into a dedupe index.
struct IndexReplay: Sendable {
  private let normalizer = Normalizer()
  private let sketcher = Sketcher()

  /// A line that has been read back, with its sketch; nil for an exact copy.
  struct Line: Sendable {
    var record: StoredRecord
    var sketch: Sketch?
  }

  /// Sketches the text of `record` again. Pure: lanes do it.
  func line(_ record: StoredRecord) -> Line {
    Line(record: record, sketch: record.text.map { sketcher.sketch(normalizer.normalize($0)) })
  }

  /// Takes in `line` as it was decided then.
  func restore(_ line: Line, to index: DedupeIndex) {
    let record = line.record
    guard let sketch = line.sketch else { return index.restoreExactCopy(sequence: record.sequence) }
    index.restore(
      sketch, sequence: record.sequence, received: CivilDay(record.received), relation: record.relation)
  }
}
