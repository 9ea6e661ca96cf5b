import Arabic
import Lexicon
import Model

/// Questions about single words: shape, agreement, closed classes.
extension NounPhraseFinder {
  func isNever(_ index: Int) -> Bool {
    guard scratch.matches.has(index, PhraseTrie.Kind.qualifier.bit) else { return false }
    for match in scratch.matches.at(index) where trie.has(match.node, PhraseTrie.Kind.qualifier.bit) {
      if let meaning = trie.meaning(match.node, .qualifier),
        scratch.lexicon.qualifiers[Int(meaning.index)] == .never
      {
        return true
      }
    }
    return false
  }

  func isFeminine(_ index: Int) -> Bool {
    scratch.tokens[index].flags.contains(.taMarbuta)
      || scratch.letter(index, -1) == .ta && scratch.letter(index, -2) == .alef
  }

  /// Ends in ون or ين.
  func isSoundPlural(_ index: Int) -> Bool {
    let previous = scratch.letter(index, -2)
    return scratch.letters(index) > 4 && scratch.letter(index, -1) == .noon
      && (previous == .waw || previous == .ya)
  }

  /// Whether the word looks like an adjective of the head: the same gender and number, and the shape of one.
  func agrees(_ index: Int, feminine: Bool, plural: Bool, _ hasArticle: Bool) -> Bool {
    let stem = hasArticle ? 2 : 0
    let count = scratch.letters(index) - stem
    guard count >= 4 else { return false }
    if scratch.tokens[index].flags.contains(.taMarbuta) {
      // A feminine nisba, or a participle in م.
      let isShaped = scratch.letter(index, -2) == .ya || scratch.letter(index, stem) == .meem
      return !plural && isShaped && count >= 5
    }
    if plural { return isSoundPlural(index) }
    if feminine { return false }
    return scratch.letter(index, -1) == .ya && !scratch.tokens[index].flags.contains(.alefMaqsura)
  }

  func isPreposition(_ index: Int) -> Bool { Self.prepositions.contains(scratch.tokens[index].hash) }

  static func hash(_ word: String) -> UInt64 { StableHash.hash(Folding.fold(word: word)) }
  static let relatives = Set(["الذي", "التي", "الذين"].map(hash))
  static let from = hash("من")
  static let within = hash("في")
  static let prepositions = Set(["من", "مع", "إلى", "عن", "على", "في"].map(hash))
  static let pronouns = Set(
    ["له", "لها", "لهم", "لهما", "معه", "معها", "معهم", "به", "بها", "بهم", "منه", "منها", "منهم"].map(hash))
}
