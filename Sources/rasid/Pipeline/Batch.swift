import Archive
import Feed
import Model
import Watch

/// Lines that are written and made durable together, and the files that leave the inbox once they are.
struct Batch: Sendable {
  /// A file whose fate is decided.
  struct Item: Sendable {
    enum Fate: Sendable {
      /// Lines first...last are its own; to the archive.
      case archived(firstSequence: UInt64)
      /// To the rejected files, with this reason.
      case rejected(reason: [UInt8], summary: String)
    }

    var file: ArrivedFile
    var original: LaneResult.Original
    var fate: Fate
  }

  /// Whole lines, each with its newline.
  var bytes: [UInt8] = []
  var items: [Item] = []
  /// Sequence number of the last line in it, or of the line before it when it has none.
  var lastSequence: UInt64 = 0
  /// Hash of that line.
  var lastHash = Digest.zero

  var isEmpty: Bool { bytes.isEmpty && items.isEmpty }
}
