import Arabic
import Lexicon
import Model

/// One report while its entities are being found: the text, the lexicons, all phrase matches, and small questions about tokens.
///
/// A class, since all finders share it and none changes it.
final class ScratchText {
  let report: Report
  let text: NormalizedText
  let lexicon: Lexicon
  let matches: PhraseMatches
  private let memory: WordMemory
  // Copies of `text.tokens` and `text.folded` that belong to this object alone and are freed with it: every rule reads them, and
  // reading an array through an object costs reference counts.
  let tokens: UnsafeBufferPointer<Token>
  private let folded: UnsafeBufferPointer<UInt8>
  let trie: PhraseTrie
  /// For each token the index of its sentence.
  let sentenceOfToken: UnsafeBufferPointer<Int32>
  /// For each token what `before` gives.
  private let previous: UnsafeBufferPointer<Int32>
  let count: Int

  /// - Parameter memory: what is known of words already, with the same lexicon.
  init(report: Report, text: NormalizedText, memory: WordMemory) {
    self.report = report
    self.text = text
    self.memory = memory
    lexicon = memory.lexicon
    matches = PhraseMatches(text, memory)
    trie = lexicon.phrases
    count = text.tokens.count
    tokens = text.tokens.copied()
    folded = text.folded.copied()
    let sentences = UnsafeMutableBufferPointer<Int32>.allocate(capacity: count)
    sentences.initialize(repeating: 0)
    for (number, sentence) in text.sentences.enumerated() {
      for token in sentence.tokens { sentences[token] = Int32(number) }
    }
    sentenceOfToken = UnsafeBufferPointer(sentences)
    let previous = UnsafeMutableBufferPointer<Int32>.allocate(capacity: count)
    self.previous = UnsafeBufferPointer(previous)
    for index in 0..<count { previous.initializeElement(at: index, to: findBefore(index)) }
  }

  convenience init(report: Report, text: NormalizedText, lexicon: Lexicon) {
    self.init(report: report, text: text, memory: WordMemory(lexicon))
  }

  deinit {
    matches.deallocate()
    tokens.deallocate()
    folded.deallocate()
    sentenceOfToken.deallocate()
    previous.deallocate()
  }

  /// The folded byte of a punctuation token, 0 for other tokens.
  @inline(__always)
  func mark(_ index: Int) -> UInt8 {
    tokens[index].kind == .punctuation ? folded[Int(tokens[index].foldedStart)] : 0
  }

  func isQuote(_ index: Int) -> Bool {
    let byte = mark(index)
    return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// The token before `index` in its sentence, quotes passed over; -1 at the beginning or behind another mark.
  @inline(__always)
  func before(_ index: Int) -> Int { Int(previous[index]) }

  /// As `before`, from the tokens themselves and what `before` gives for the token before `index`.
  private func findBefore(_ index: Int) -> Int32 {
    let at = index - 1
    guard at >= 0, sentenceOfToken[at] == sentenceOfToken[index] else { return -1 }
    if tokens[at].kind != .punctuation { return Int32(at) }
    return isQuote(at) ? previous[at] : -1
  }

  /// The token at or after `index` in the sentence of `index - 1`, quotes passed over; -1 at the end or before another mark.
  func after(_ index: Int) -> Int {
    var at = index
    while at < count, isQuote(at) { at += 1 }
    guard at < count, index > 0, sentenceOfToken[at] == sentenceOfToken[index - 1],
      tokens[at].kind != .punctuation
    else { return -1 }
    return at
  }

  /// The longest match of a kind in `mask` that ends before token `end` (at most three words), or nil.
  func matchEnding(at end: Int, _ mask: UInt16) -> PhraseMatch? {
    var start = before(end)
    let last = start
    var best: PhraseMatch?
    for _ in 0..<3 where start >= 0 {
      if matches.has(start, mask) {
        for match in matches.at(start) where Int(match.end) == last + 1 && trie.has(match.node, mask) {
          // Of one beginning the word as it stands comes first.
          if best?.start != match.start { best = match }
        }
      }
      start = before(start)
    }
    return best
  }

  /// The span of tokens `first..<end` without the first `skipped` folded bytes.
  func span(_ first: Int, _ end: Int, skipped: Int) -> ByteSpan {
    let token = tokens[first]
    let start = skipped == 0 ? token.start : Folding.sourceOffset(skipping: skipped, of: token, in: report.text)
    return ByteSpan(start, tokens[end - 1].end)
  }

  /// Hash of an Arabic token without its first `count` letters.
  func hash(_ index: Int, droppingLetters count: Int) -> UInt64 {
    let range = tokens[index].foldedRange
    return StableHash.hash(
      UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: folded[range.lowerBound + 2 * count..<range.upperBound])))
  }

  /// Letters of a conjunction (`و`, `ف`) that may be attached: 0 or 1.
  func conjunctionLetters(_ index: Int) -> Int {
    guard tokens[index].kind == .arabic, letters(index) >= 3 else { return 0 }
    let first = letter(index, 0)
    return first == .waw || first == .fa ? 1 : 0
  }

  /// Whether the token is a number in words.
  func isNumber(_ index: Int) -> Bool {
    let word = matches.notes[index].number
    return word >= 0 && lexicon.numbers.words[Int(word)].isAny([.cardinal, .scale, .vague, .dualScale])
  }

  /// Whether the word at `index` is listed among those that head no phrase.
  func isOther(_ index: Int) -> Bool {
    guard matches.has(index, PhraseTrie.Kind.qualifier.bit) else { return false }
    for match in matches.at(index)
    where Int(match.end) == index + 1 && match.clitics.isDisjoint(with: .al) {
      if let meaning = trie.meaning(match.node, .qualifier), lexicon.qualifiers[Int(meaning.index)] == .other {
        return true
      }
    }
    return false
  }

  /// Whether the token is a particle or preposition, with a conjunction before it or not.
  func isParticle(_ index: Int) -> Bool {
    guard tokens[index].kind == .arabic else { return false }
    if (lexicon.triggers.word(tokens[index].hash)?.particles ?? 0) != 0 { return true }
    return conjunctionLetters(index) == 1
      && (lexicon.triggers.word(hash(index, droppingLetters: 1))?.particles ?? 0) != 0
  }

  /// Whether the token is a form of a trigger, as it stands.
  func isTrigger(_ index: Int) -> Bool { (lexicon.triggers.word(tokens[index].hash)?.form ?? -1) >= 0 }

  /// Whether the token is a finite form of a reporting verb, as it stands or behind a conjunction.
  func isReportingVerb(_ index: Int) -> Bool {
    guard tokens[index].kind == .arabic else { return false }
    for dropped in 0...conjunctionLetters(index) {
      let hash = dropped == 0 ? tokens[index].hash : hash(index, droppingLetters: dropped)
      if let record = lexicon.triggers.word(hash), record.reporting >= 0,
        record.reportingForm == .perfect || record.reportingForm == .imperfect
      {
        return true
      }
    }
    return false
  }

  /// Whether the token can be a finite verb of the trigger and reporting lexicons, with a conjunction or `س` before it.
  func isKnownVerb(_ index: Int) -> Bool {
    guard tokens[index].kind == .arabic else { return false }
    for dropped in 0...min(2, max(0, letters(index) - 3)) {
      if dropped == 1 && conjunctionLetters(index) == 0 && letter(index, 0) != .seen { break }
      if dropped == 2 && letter(index, 1) != .seen { break }
      let hash = dropped == 0 ? tokens[index].hash : hash(index, droppingLetters: dropped)
      guard let record = lexicon.triggers.word(hash) else { continue }
      let isFinite = record.reportingForm == .perfect || record.reportingForm == .imperfect
      if record.reporting >= 0 && isFinite { return true }
      var form = record.form
      while form >= 0 {
        let entry = lexicon.triggers.forms[Int(form)]
        if entry.isVerb && entry.standsAlone { return true }
        form = entry.next
      }
    }
    return false
  }

  /// Whether the names, the triggers or the numbers know token `index` without its first `dropped` letters.
  func isKnown(_ index: Int, dropping dropped: Int) -> Bool {
    let note = matches.notes[index]
    if dropped == 0 {
      return note.word >= 0 || note.number >= 0 || lexicon.triggers.word(tokens[index].hash) != nil
    }
    let hash = hash(index, droppingLetters: dropped)
    return trie.word(hash) >= 0 || lexicon.triggers.word(hash) != nil || lexicon.numbers.wordIndex(hash) >= 0
  }

  /// The words of names that are one letter away from token `index` without its first `dropped` letters; empty when the
  /// token is known to any lexicon, unless `evenIfKnown`. `withArticle` also tries the word with the article that it lacks.
  func nearWords(_ index: Int, dropping dropped: Int, evenIfKnown: Bool = false, withArticle: Bool = false) -> [Int32] {
    guard tokens[index].kind == .arabic, evenIfKnown || !isKnown(index, dropping: dropped) else { return [] }
    // With its article off, the word may be one that is known (`المعركة`).
    if !evenIfKnown, letters(index) - dropped > 4, letter(index, dropped) == .alef,
      letter(index, dropped + 1) == .lam, isKnown(index, dropping: dropped + 2)
    {
      return []
    }
    let range = tokens[index].foldedRange
    var found: [Int32] = []
    let word = UnsafeRawBufferPointer(
      UnsafeBufferPointer(rebasing: folded[range.lowerBound + 2 * dropped..<range.upperBound]))
    lexicon.nearWords.find(word, into: &found, exactly: trie)
    if withArticle { lexicon.nearWords.find(word, withArticle: true, into: &found, exactly: trie) }
    return found
  }

  /// Whether token `index` is known to be near the name of no place as it stands (`noteFar`).
  @inline(__always)
  func isFar(_ index: Int) -> Bool { matches.notes[index].isFar }

  /// Notes, for this report and those to come, that the word of token `index` is near the name of no place as it stands.
  func noteFar(_ index: Int) { memory.noteFar(tokens[index].hash) }

  /// Number of letters of an Arabic token.
  @inline(__always)
  func letters(_ index: Int) -> Int { Int(tokens[index].foldedEnd - tokens[index].foldedStart) / 2 }

  /// Letter number `place` of an Arabic token (from its end when negative: -1 is the last); none when it is shorter.
  @inline(__always)
  func letter(_ index: Int, _ place: Int) -> FoldedLetter {
    let token = tokens[index]
    let at = place >= 0 ? Int(token.foldedStart) + 2 * place : Int(token.foldedEnd) + 2 * place
    guard at >= Int(token.foldedStart), at + 1 < Int(token.foldedEnd) else { return .none }
    return FoldedLetter(at: at, of: folded)
  }

  /// Whether an Arabic token begins with the article, and something follows it.
  func hasArticle(_ index: Int) -> Bool {
    tokens[index].kind == .arabic && letters(index) > 3 && letter(index, 0) == .alef
      && letter(index, 1) == .lam
  }
}
