import Arabic
import Lexicon
import Model

/// The words of numbers and dates in one text: one lookup a token, then every parser works on the few that hit.
///
/// A class, since the parsers hand it to each other for every hit.
final class NumberScan {
  let lexicon: NumberLexicon
  let tokens: [Token]
  let folded: [UInt8]
  /// Index into `lexicon.words` of the reading of each token, -1 for none; of the phrase where a token begins one.
  let reading: [Int32]
  /// What the reading of each token can be; nothing for tokens without one.
  private let rolesOfToken: [NumberWord.Roles]
  /// How many tokens the reading spans.
  let extent: [Int8]
  /// The tokens that have a reading or are figures, ascending.
  let hits: [Int32]

  /// - Parameter wordIndex: `NumberLexicon.wordIndex` of a token.
  init(_ text: NormalizedText, _ lexicon: NumberLexicon, wordIndex: (Int) -> Int32) {
    self.lexicon = lexicon
    tokens = text.tokens
    folded = text.folded
    var reading = [Int32](repeating: -1, count: text.tokens.count)
    var rolesOfToken = [NumberWord.Roles](repeating: [], count: text.tokens.count)
    var extent = [Int8](repeating: 1, count: text.tokens.count)
    var hits: [Int32] = []
    hits.reserveCapacity(text.tokens.count / 2 + 8)
    for at in text.tokens.indices {
      if text.tokens[at].kind == .number {
        hits.append(Int32(truncatingIfNeeded: at))
        continue
      }
      let index = wordIndex(at)
      guard index >= 0 else { continue }
      hits.append(Int32(truncatingIfNeeded: at))
      reading[at] = index
      let phrases = lexicon.words[Int(index)].phrases
      if !phrases.isEmpty, let (word, length) = NumberScan.match(phrases, at: at, text.tokens, lexicon) {
        reading[at] = word
        extent[at] = length
      }
      rolesOfToken[at] = lexicon.words[Int(reading[at])].roles
    }
    self.reading = reading
    self.rolesOfToken = rolesOfToken
    self.extent = extent
    self.hits = hits
  }

  /// The longest of `phrases` that the tokens from `at` on spell: its reading and number of tokens.
  private static func match(
    _ phrases: Range<Int32>, at: Int, _ tokens: [Token], _ lexicon: NumberLexicon
  ) -> (word: Int32, length: Int8)? {
    for phrase in phrases {
      let rest = lexicon.phrases[Int(phrase)].rest
      guard at + rest.count < tokens.count else { continue }
      var next = at + 1
      var matches = true
      for hash in rest {
        if tokens[next].hash != lexicon.phraseHashes[Int(hash)] || tokens[next].flags.contains(.paragraphBefore) {
          matches = false
          break
        }
        next += 1
      }
      if matches { return (lexicon.phrases[Int(phrase)].word, Int8(clamping: rest.count + 1)) }
    }
    return nil
  }

  /// What the token at `at` can be; nothing for tokens out of range or without a reading.
  @inline(__always)
  func roles(_ at: Int) -> NumberWord.Roles {
    at >= 0 && at < rolesOfToken.count ? rolesOfToken[at] : []
  }

  /// Whether the token at `at` can be any of `roles`.
  @inline(__always)
  func isAny(_ at: Int, _ roles: NumberWord.Roles) -> Bool { !self.roles(at).isDisjoint(with: roles) }

  /// The reading of a token that has one.
  func word(_ at: Int) -> NumberWord { lexicon.words[Int(reading[at])] }

  /// The particles before the token's word; none for tokens without a reading.
  func prefix(_ at: Int) -> Clitics {
    guard at >= 0 && at < reading.count, reading[at] >= 0 else { return [] }
    return lexicon.words[Int(reading[at])].prefix
  }

  /// The first token after the entry that begins at `at`.
  func after(_ at: Int) -> Int { at + Int(extent[at]) }

  /// Whether the token at `at` is a figure.
  func isFigure(_ at: Int) -> Bool { at >= 0 && at < tokens.count && tokens[at].kind == .number }

  /// Whether the token at `at` is the punctuation mark `mark` (folded, ASCII).
  func isMark(_ at: Int, _ mark: Unicode.Scalar) -> Bool {
    guard at >= 0 && at < tokens.count, tokens[at].kind == .punctuation else { return false }
    return folded[Int(tokens[at].foldedStart)] == UInt8(truncatingIfNeeded: mark.value)
      && tokens[at].foldedEnd - tokens[at].foldedStart == 1
  }

  /// Whether white space stands before the token at `at`, or it is out of range.
  func isSpaced(_ at: Int) -> Bool { at >= tokens.count || tokens[at].flags.contains(.spaceBefore) || at == 0 }

  /// Whether the token at `at` is a word with the article: a folded `ال…` of four letters or more.
  func isDefinite(_ at: Int) -> Bool {
    guard at >= 0 && at < tokens.count, tokens[at].kind == .arabic else { return false }
    let range = tokens[at].foldedRange
    guard range.count >= 8 else { return false }
    return FoldedLetter(at: range.lowerBound, of: folded) == .alef
      && FoldedLetter(at: range.lowerBound + 2, of: folded) == .lam
  }

  /// Byte offset in the report's text at which the words from token `at` begin, attached particles left out.
  ///
  /// The article stays, except in `لل`, whose lam is the particle's.
  func start(_ at: Int, in text: [UInt8]) -> Int32 {
    let token = tokens[at]
    guard reading[at] >= 0 else { return token.start }
    let word = lexicon.words[Int(reading[at])]
    var bytes = Int(word.prefixBytes)
    if word.prefix.contains(.al) && !word.prefix.contains(.li) { bytes -= 4 }
    return bytes > 0 ? Folding.sourceOffset(skipping: bytes, of: token, in: text) : token.start
  }
}
