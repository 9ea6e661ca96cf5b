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
    var next: Int32 = 0
    for first in nearFirst where first >= next {
      let second = scratch.matches.word(Int(first) + 1)
      guard secondBits & (1 << UInt64(second & 63)) != 0, seconds.contains(second),
        let mention = misspelt(Int(first), second, named)
      else { continue }
      mentions.append(mention)
      next = first + 2
    }
  }

  /// The name of two words that begins at token `at` with one letter wrong, `second` being its second word; nil when it is none
  /// of the entries `named`.
  private func misspelt(_ at: Int, _ second: Int32, _ named: Set<Int32>) -> Mention? {
    guard scratch.after(at + 1) == at + 1 else { return nil }
    for dropped in 0...scratch.conjunctionLetters(at) where scratch.letters(at) - dropped >= NearWords.lettersMin - 1 {
      for word in scratch.nearWords(at, dropping: dropped, evenIfKnown: true) {
        let root = trie.root(word)
        guard root >= 0, trie.continues(root) else { continue }
        let node = trie.child(of: root, word: second)
        guard node >= 0, let meaning = trie.meaning(node, .actor), named.contains(meaning.index) else { continue }
        return Mention(
          span: scratch.span(at, at + 2, skipped: 2 * dropped), tokens: Int32(at)..<Int32(at + 2),
          prefix: dropped == 0 ? [] : .wa, entity: .actor(scratch.lexicon.actors[Int(meaning.index)].actor),
          entry: meaning.index, rule: "actor: one letter off")
      }
    }
    return nil
  }
}
