import Dedupe
import Synchronization

/// Texts that were on the feed lately, so that a lane can leave a further copy unread: nothing of what would be found in it goes on its line.
///
/// Only a hint: a table of fixed size in which a text may take another's place, and which is empty after a start. Whether a
/// report is a copy is decided by `DedupeIndex` alone.
final class KnownTexts: Sendable {
  private let hashes = Mutex([ContentHash?](repeating: nil, count: KnownTexts.size))

  /// Texts that it holds at most, a power of two.
  private static let size = 1 << 15

  func insert(_ hash: ContentHash) { hashes.withLock { $0[KnownTexts.slot(hash)] = hash } }

  func contains(_ hash: ContentHash) -> Bool { hashes.withLock { $0[KnownTexts.slot(hash)] == hash } }

  private static func slot(_ hash: ContentHash) -> Int { Int(truncatingIfNeeded: hash.low) & (size - 1) }
}
