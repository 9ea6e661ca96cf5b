import Model

/// Names the relation of a new report to an earlier one from their alignment. The limits are shares of words; they were
/// set on real pairs (see docs/dedupe.md), and each is the middle of a range that gives the same result.
struct RelationRule {
  /// A text is told again when this share of it is covered.
  static let toldAgain = 0.75
  /// What must be new (or left out) at least to make a revision (or an excerpt) of what would else be a duplicate: this
  /// share, and so many words that a dateline or a headline makes none …
  static let addedShare = 0.15
  static let addedWords = 12
  /// … or a paragraph, however long the text.
  static let paragraphWords = 40
  /// A shared passage links two texts that are otherwise different from this many words …
  static let passageWords = 30
  /// … or from this many, when it is `passageShare` of the shorter text.
  static let shortPassageWords = 16
  static let passageShare = 0.5
  /// Of a brief report less needs to be left out for an excerpt (what is added to it is likelier a headline or a tail).
  static let omittedWords = 5
  static let omittedShare = 1.0 / 3
  /// Below this containment a text is not the other one told again, however well the words between fill the gaps: one
  /// word in ten replaced leaves two thirds of the shingles.
  static let wordedContainment = 0.5
  /// Below this a text of which facts have changed is reworded as well: about something else.
  static let rewordedContainment = 0.7
  /// Texts below this are short: one changed fact makes them another report.
  static let shortWords = 80
  /// Texts below this are so short that a frame cannot be told from its facts without names.
  static let briefWords = 30
  /// A frame that so many canonical reports share is a template.
  static let frameFrequency = 8

  /// What so many canonical reports have at their edges is boilerplate …
  static let boilerplateFrequency = 4
  /// … unless it is longer than this.
  static let boilerplateWordsMax = 60

  /// Words in the new report and in the earlier one.
  var words: (new: Int, earlier: Int)
  /// Share of the smaller one's shingles that the other has.
  var containment: Double
  /// How they lie in each other.
  var alignment: Alignment
  /// Words of uncovered blocks that recur across reports, on either side: they don't count.
  var boilerplate = (new: 0, earlier: 0)
  /// Words of the longest shared passage that is not boilerplate.
  var passage: Int
  /// Share of the shared fingerprints that `frameFrequency` or more reports have.
  var frameShare: Double

  /// The kind of relation, nil when there is none.
  func kind() -> Relation.Kind? {
    let new = max(1, words.new - boilerplate.new)
    let earlier = max(1, words.earlier - boilerplate.earlier)
    let covered = (
      new: min(1, Double(alignment.covered.new) / Double(new)),
      earlier: min(1, Double(alignment.covered.earlier) / Double(earlier))
    )
    let added = new - alignment.covered.new
    let left = earlier - alignment.covered.earlier
    let tellsNew = covered.new >= RelationRule.toldAgain
    let tellsEarlier = covered.earlier >= RelationRule.toldAgain
    if (tellsNew || tellsEarlier) && isTemplate(covered: min(covered.new, covered.earlier)) { return .template }
    let adds = RelationRule.isMuch(added, of: new)
    let omits =
      RelationRule.isMuch(left, of: earlier)
      || left >= RelationRule.omittedWords && Double(left) >= RelationRule.omittedShare * Double(earlier)
    // Words in the same order, but hardly three in a row: told in other words, or of something else.
    let isWorded = containment >= RelationRule.wordedContainment
    switch (tellsNew && isWorded, tellsEarlier && isWorded) {
    case (true, true):
      // Where both lack something of the other, one must lack clearly more.
      if adds && added >= 2 * left { return .revision }
      if omits && left >= 2 * added { return .excerpt }
      return .duplicate
    case (false, true): return adds ? .revision : .duplicate
    case (true, false): return omits ? .excerpt : .duplicate
    case (false, false): break
    }
    let shorter = min(words.new, words.earlier)
    if passage >= RelationRule.passageWords { return .overlap }
    if passage >= RelationRule.shortPassageWords, Double(passage) >= RelationRule.passageShare * Double(shorter) {
      return .overlap
    }
    return nil
  }

  private static func isMuch(_ words: Int, of all: Int) -> Bool {
    words >= paragraphWords || words >= addedWords && Double(words) >= addedShare * Double(all)
  }

  /// The same frame with other facts.
  private func isTemplate(covered: Double) -> Bool {
    guard covered >= 0.5 else { return false }
    let shorter = min(words.new, words.earlier)
    let changed = alignment.factsChanged
    let differs = alignment.slots > 0 || alignment.covered.new < words.new
    if frameShare >= 0.5, differs, shorter < 2 * RelationRule.shortWords { return true }
    if shorter < RelationRule.shortWords {
      if changed >= 1 { return true }
      return shorter < RelationRule.briefWords && alignment.slots >= 2
    }
    // A longer text: a statement that is issued again and again is reworded, and dates and figures are others; a story
    // that goes on keeps its wording when its tolls rise.
    if changed >= 2, covered >= RelationRule.toldAgain, containment < RelationRule.rewordedContainment { return true }
    return changed >= 3 && changed >= alignment.factsKept && alignment.slots * 25 >= shorter
  }
}
