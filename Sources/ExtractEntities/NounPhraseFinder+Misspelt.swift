import Arabic
import Lexicon
import Model

/// Names that are one letter off.
extension NounPhraseFinder {
  /// Names of two words and more whose first word is one letter off (`فيق الرحمن`), where the report names the same actor rightly.
  mutating func findMisspelt() {
    var named = Set<Int32>()
    var seconds = Set<Int32>()
    /// Bit `word & 63` of each of them: nearly all words are told apart by it.
    var secondBits: UInt64 = 0
    for mention in mentions where mention.entry >= 0 && mention.tokens.count > 1 {
      if case .actor(let actor) = mention.entity, actor.ref != nil {
        named.insert(mention.entry)
        let second = scratch.matches.word(Int(mention.tokens.lowerBound) + 1)
        seconds.insert(second)
        secondBits |= 1 << UInt64(second & 63)
      }
    }
    guard !named.isEmpty else { return }
    for first in nearFirst {
      let at = Int(first)
      let second = scratch.matches.word(at + 1)
      guard secondBits & (1 << UInt64(second & 63)) != 0, seconds.contains(second), scratch.after(at + 1) == at + 1
      else { continue }
      for dropped in 0...scratch.conjunctionLetters(at) where scratch.letters(at) - dropped >= NearWords.lettersMin - 1
      {
        for word in scratch.nearWords(at, dropping: dropped, evenIfKnown: true) {
          let root = trie.root(word)
          guard root >= 0, trie.continues(root) else { continue }
          let node = trie.child(of: root, word: second)
          guard node >= 0, let meaning = trie.meaning(node, .actor), named.contains(meaning.index) else { continue }
          mentions.append(
            Mention(
              span: scratch.span(at, at + 2, skipped: 2 * dropped), tokens: first..<first + 2,
              prefix: dropped == 0 ? [] : .wa, entity: .actor(scratch.lexicon.actors[Int(meaning.index)].actor),
              entry: meaning.index, rule: "actor: one letter off"))
          return findMisspelt(after: first)
        }
      }
    }
  }

  /// Continues behind a name that was found.
  mutating func findMisspelt(after first: Int32) {
    nearFirst.removeAll { $0 <= first + 1 }
    findMisspelt()
  }
}
