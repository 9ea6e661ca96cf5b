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

  /// Words of the longest passage that both have, counted through slots.
  var longestPassage: Int {
    var longest = 0
    var current = 0
    var ends = (new: 0, earlier: 0)
    for run in runs {
      let gap = (new: run.new - ends.new, earlier: run.earlier - ends.earlier)
      let joins = current > 0 && run.inOrder && gap.new <= Alignment.slotMax && gap.earlier <= Alignment.slotMax
      current = joins ? current + run.count + min(0, gap.new, gap.earlier) : run.count
      ends = (run.new + run.count, run.earlier + run.count)
      longest = max(longest, current)
    }
    return longest
  }

  /// The words of the new text before and behind all that it shares, where they are few enough for boilerplate.
  func edges(ofNew count: Int) -> [Range<Int>] {
    edges(count, first: runs.map(\.new).min(), end: runs.map { $0.new + $0.count }.max())
  }

  /// The words of the earlier text before and behind all that it shares, where they are few enough for boilerplate.
  func edges(ofEarlier count: Int) -> [Range<Int>] {
    edges(count, first: runs.map(\.earlier).min(), end: runs.map { $0.earlier + $0.count }.max())
  }

  private func edges(_ count: Int, first: Int?, end: Int?) -> [Range<Int>] {
    guard let first, let end else { return [] }
    return [0..<first, end..<count].filter {
      $0.count > Alignment.slotMax && $0.count <= RelationRule.boilerplateWordsMax
    }
  }
}
