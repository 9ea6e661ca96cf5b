import Arabic
import Lexicon
import Model

/// Reads the names of a person: given name, father's name, family name.
///
/// A given name of the lexicon opens a name; what follows is taken while it is a name of the lexicon, or has the shape of a
/// family name (`ال…ي`, `بن`, `أبو`, `آل` with the next word), or, once, a word that no lexicon knows.
struct NameReader {
  let scratch: ScratchText

  /// Names of a person: at most this many words.
  private static let wordsMax = 6

  /// The token after the name that begins at `start`, and the known person whom it names; nil when there is none.
  /// - Parameters:
  ///   - titled: an office or title stands before, so that one given name is enough.
  ///   - allowsUnknown: it stands right before, so that even a word that no lexicon knows is a name (`الوزيرة سواراج`).
  func read(at start: Int, titled: Bool, allowsUnknown: Bool = false) -> (end: Int, entry: Int32)? {
    guard start < scratch.count, scratch.text.tokens[start].kind == .arabic else { return nil }
    if let known = known(at: start) {
      // `محمد بن سلمان آل سعود`
      return (longer(Int(known.end), min: Int(known.end)), known.entry)
    }
    guard let first = joint(at: start) ?? given(at: start) else {
      guard titled, allowsUnknown, isNameless(start), !scratch.hasArticle(start) || isOrigin(start) else { return nil }
      return (afterUnknown(start), -1)
    }
    var end = first.end
    var words = 1
    var givens = first.isWeak ? 0 : 1
    var unknowns = 0
    while words < NameReader.wordsMax, let next = following(end), !isOffice(next) {
      if let name = joint(at: next) ?? given(at: next) {
        if !name.isWeak { givens += 1 }
        end = name.end
      } else if let known = known(at: next) {
        return (Int(known.end), known.entry)
      } else if isFamily(next) {
        end = next + 1
      } else if unknowns == 0, givens > 0, isNameless(next) || isOrigin(next) && !scratch.hasArticle(next) {
        unknowns += 1
        end = next + 1
      } else {
        break
      }
      words += 1
    }
    if words == 1 && (!titled || first.isWeak) { return nil }
    // A given name that is also a common word needs a sure one beside it.
    return givens == 0 && !titled ? nil : (end, -1)
  }

  /// After a title, a word that no lexicon knows and, joined to it, the shape of a family name.
  private func afterUnknown(_ start: Int) -> Int {
    guard let next = following(start + 1), !isOffice(next) else { return start + 1 }
    return isFamily(next) || given(at: next) != nil || isUnknown(next) && !isVerbal(next) ? next + 1 : start + 1
  }

  /// `قائد` after a name is an office, though it is a name too; a given name that is no common word stays one.
  private func isOffice(_ at: Int) -> Bool {
    scratch.matches.longest(at, PhraseTrie.Kind.office.bit, scratch.trie, where: { $0.clitics.isSubset(of: .al) })
      != nil
      && (given(at: at)?.isWeak ?? true)
  }

  /// `حجازي`, `الجولاني`: an adjective of origin, as family names are.
  private func isOrigin(_ at: Int) -> Bool {
    scratch.letter(at, -1) == .ya && scratch.letters(at) >= 4 && !isVocabulary(at)
  }

  private func longer(_ end: Int, min: Int) -> Int {
    guard let next = following(end), let joint = joint(at: next) else { return min }
    return joint.end
  }

  /// The person of the lexicon whose name begins with token `at`.
  private func known(at: Int) -> (end: Int32, entry: Int32)? {
    guard
      let match = scratch.matches.longest(
        at, PhraseTrie.Kind.person.bit, scratch.trie, where: { $0.clitics.isEmpty }),
      let meaning = scratch.trie.meaning(match.node, .person)
    else { return nil }
    // `محمد علوش` of the text is longer than `محمد` of no entry; a longer given name wins over a short entry.
    return (match.end, meaning.index)
  }

  private func given(at: Int) -> (end: Int, isWeak: Bool)? {
    guard at < scratch.count,
      let match = scratch.matches.longest(
        at, PhraseTrie.Kind.givenName.bit, scratch.trie, where: { $0.clitics.isEmpty }),
      let meaning = scratch.trie.meaning(match.node, .givenName), Int(match.end) > at + 1 || !isParticle(at)
    else { return nil }
    return (Int(match.end), meaning.form.contains(.weak))
  }

  /// Particles and reporting words that some name is spelled like (`أن`, `ما`, `باسم`), and the preposition `على`.
  private func isParticle(_ at: Int) -> Bool {
    let token = scratch.text.tokens[at]
    if token.flags.contains(.alefMaqsura) && scratch.letters(at) == 3 { return true }
    if token.hash == NameReader.inTheNameOf { return true }
    guard let record = scratch.lexicon.triggers.word(token.hash) else { return false }
    return record.particles != 0 || record.reporting >= 0
  }

  private static let inTheNameOf = StableHash.hash(Array("باسم".utf8))

  /// `بن سلمان`, `أبو عمر`, `عبد الرحمن`, `آل سعود`: two words that make one name.
  private func joint(at: Int) -> (end: Int, isWeak: Bool)? {
    guard at + 1 < scratch.count, scratch.text.tokens[at].kind == .arabic,
      NameReader.joining.contains(scratch.text.tokens[at].hash), scratch.text.tokens[at + 1].kind == .arabic,
      !scratch.text.tokens[at + 1].flags.contains(.lineBreakBefore)
    else { return nil }
    if let name = given(at: at + 1) { return (name.end, false) }
    return (at + 2, false)
  }

  private static let joining: Set<UInt64> = Set(
    ["بن", "ابن", "ابو", "ابي", "ابا", "عبد", "ال", "ولد", "بنت", "ام", "بو"].map { StableHash.hash(Array($0.utf8)) })

  /// The next token of the same sentence with nothing between, not even a comma.
  private func following(_ end: Int) -> Int? {
    guard end < scratch.count, scratch.text.tokens[end].kind == .arabic,
      scratch.sentenceOfToken[end] == scratch.sentenceOfToken[end - 1]
    else { return nil }
    return end
  }

  /// `الشاعري`, `الجبير`: a word with the article that means nothing else, or ends as names of origin do.
  private func isFamily(_ at: Int) -> Bool {
    guard scratch.hasArticle(at), scratch.letters(at) >= 5 else { return false }
    if !scratch.matches.at(at).isEmpty { return false }
    return !isVocabulary(at)
  }

  /// After a title: a word that no phrase of the lexicons begins with and that is no verb, trigger or number.
  private func isNameless(_ at: Int) -> Bool {
    scratch.letters(at) >= 3 && scratch.matches.at(at).isEmpty && !isVocabulary(at) && !isVerbal(at)
      && !scratch.text.tokens[at].flags.contains(.tanween)
  }

  /// A word of the number or event lexicons, as it stands or without particles and article.
  private func isVocabulary(_ at: Int) -> Bool {
    let token = scratch.text.tokens[at]
    if scratch.lexicon.numbers.wordIndex(token.hash) >= 0 || scratch.lexicon.triggers.word(token.hash) != nil {
      return true
    }
    var isKnown = false
    scratch.text.folded.withUnsafeBytes { bytes in
      CliticSplits.withParticles(of: UnsafeRawBufferPointer(rebasing: bytes[token.foldedRange])) { _, _, hash in
        if scratch.lexicon.triggers.word(hash) != nil { isKnown = true }
      }
    }
    return isKnown
  }

  /// A word that no lexicon knows, neither as it stands nor without particles.
  private func isUnknown(_ at: Int) -> Bool {
    guard scratch.letters(at) >= 3, scratch.matches.word(at) < 0, scratch.matches.at(at).isEmpty else { return false }
    let token = scratch.text.tokens[at]
    if isVocabulary(at) || token.flags.contains(.tanween) { return false }
    if token.flags.contains(.taMarbuta) && scratch.letters(at) > 5 { return false }
    // With a particle read off it would be a known word: `لمواجهة`.
    var isKnown = false
    scratch.text.folded.withUnsafeBytes { bytes in
      CliticSplits.withParticles(of: UnsafeRawBufferPointer(rebasing: bytes[token.foldedRange])) { _, _, hash in
        if scratch.trie.word(hash) >= 0 { isKnown = true }
      }
    }
    return !isKnown
  }

  /// Forms that are verbs more often than names: `ي…`, `ت…`, `سي…`, or ending in `ت`, `وا`.
  private func isVerbal(_ at: Int) -> Bool {
    let first = scratch.letter(at, 0)
    // What no lexicon knows and begins with و is more often two words than a name.
    if first == .waw && scratch.letters(at) >= 4 { return true }
    let last = scratch.letter(at, -1)
    if first == .ya && scratch.letters(at) >= 4 && last != .ya { return true }
    if first == .ta && scratch.letters(at) <= 5 { return true }
    if last == .ta { return true }
    return last == .alef && scratch.letter(at, -2) == .waw
  }
}
