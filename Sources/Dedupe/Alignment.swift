/// How the words of one text lie in another: runs of shared words in order, the slots between them, and what the
/// slots hold. Counts are words unless they say shingles.
struct Alignment {
  /// Different shingles that both texts have.
  var sharedShingles = 0
  /// Words of the new text, and of the earlier one, that lie in shared runs or in slots between them.
  var covered = (new: 0, earlier: 0)
  /// Shared runs in the order of both texts (moved passages after them).
  var runs: [Run] = []
  /// Figures in slots that stand against another figure, and names against another name.
  var factsChanged = 0
  /// Figures and names within the shared runs.
  var factsKept = 0
  /// Short stretches where the texts differ between two shared runs (or at an end).
  var slots = 0
  /// Words of the new text in slots.
  var slotWords = 0

  /// A stretch of the same words in both texts.
  struct Run {
    /// First word in the new text.
    var new: Int
    /// First word in the earlier text.
    var earlier: Int
    /// Words.
    var count: Int
    /// Whether it keeps the order of the runs before it (moved passages don't).
    var inOrder = true
  }

  /// A slot is at most this many words on either side.
  static let slotMax = 6
  /// A run out of order counts as a moved passage from this many words.
  static let movedMin = 12
}
