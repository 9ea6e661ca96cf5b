import Arabic
import Lexicon
import Model

/// A phrase of the lexicons where the text has it.
struct PhraseMatch {
  /// First token.
  var start: Int32
  /// Token after the last.
  var end: Int32
  /// Its node in the trie.
  var node: Int32
  /// Particles read off the first word; `.al` when the phrase was found without the article that the text has.
  var clitics: Clitics
  /// Folded bytes of the first token that are not part of the span: particles, and the article within `لل`.
  var skipped: UInt8

  /// Whether a conjunction or preposition was read off.
  var hasParticle: Bool { !clitics.isSubset(of: .al) }
}

/// All phrases of the lexicons in a text, found in one pass.
///
/// The matches lie in a buffer of the object's own: they are asked for so often that reference counts would show.
final class PhraseMatches {
  /// In the order of their first token; for one token the whole word before the splits, the shorter before the longer.
  private let buffer: UnsafeBufferPointer<PhraseMatch>
  /// Where the matches of each token begin in `buffer`; one entry more than tokens.
  let starts: [Int32]
  /// For each token the number of the word in the trie, or -1.
  let words: [Int32]

  /// Matches `text` against the phrases of `lexicon`.
  init(_ text: NormalizedText, _ lexicon: Lexicon) {
    var pass = PhrasePass(text, lexicon)
    pass.run()
    let copy = UnsafeMutableBufferPointer<PhraseMatch>.allocate(capacity: pass.all.count)
    _ = copy.initialize(from: pass.all)
    buffer = UnsafeBufferPointer(copy)
    starts = pass.starts
    words = pass.words
  }

  deinit { buffer.deallocate() }

  /// All matches; valid as long as this object is.
  func all() -> UnsafeBufferPointer<PhraseMatch> { buffer }

  /// The matches that begin with token `index`; valid as long as this object is.
  @inline(__always)
  func at(_ index: Int) -> Slice<UnsafeBufferPointer<PhraseMatch>> {
    buffer[Int(starts[index])..<Int(starts[index + 1])]
  }

  /// The longest match that begins with token `index`, means a kind of `mask`, and satisfies `condition`.
  func longest(
    _ index: Int, _ mask: UInt16, _ trie: PhraseTrie, where condition: (PhraseMatch) -> Bool = { _ in true }
  ) -> PhraseMatch? {
    var best: PhraseMatch?
    for match in at(index) where trie.has(match.node, mask) && condition(match) {
      if best == nil || match.end > best!.end { best = match }
    }
    return best
  }
}

/// The pass that finds them.
private struct PhrasePass {
  var all: [PhraseMatch] = []
  var starts: [Int32] = []
  var words: [Int32]
  private let text: NormalizedText
  private let trie: PhraseTrie
  private let particles: TriggerLexicon

  init(_ text: NormalizedText, _ lexicon: Lexicon) {
    self.text = text
    let trie = lexicon.phrases
    self.trie = trie
    particles = lexicon.triggers
    let tokens = text.tokens
    words = [Int32](unsafeUninitializedCapacity: tokens.count) { buffer, filled in
      for index in tokens.indices {
        buffer[index] = tokens[index].kind == .punctuation ? -1 : trie.word(tokens[index].hash)
      }
      filled = tokens.count
    }
    starts.reserveCapacity(tokens.count + 1)
    all.reserveCapacity(tokens.count)
  }

  mutating func run() {
    let tokens = text.tokens
    let trie = self.trie
    text.folded.withUnsafeBytes { folded in
      for index in tokens.indices {
        starts.append(Int32(all.count))
        match(index, tokens, folded, trie)
      }
    }
    starts.append(Int32(all.count))
  }

  private mutating func match(
    _ index: Int, _ tokens: [Token], _ folded: UnsafeRawBufferPointer, _ trie: PhraseTrie
  ) {
    let token = tokens[index]
    if token.kind == .punctuation { return }
    let before = all.count
    // `وإلى` is no `والي`, `وأن` no `وان`: a conjunction and a particle are no name.
    if words[index] >= 0, isJoinedParticle(token, folded) { return }
    if words[index] >= 0 { follow(index, words[index], [], 0, tokens, folded, trie) }
    guard token.kind == .arabic else { return }
    let isKnown = all.count > before
    let range = UnsafeRawBufferPointer(rebasing: folded[token.foldedRange])
    CliticSplits.withParticles(of: range) { clitics, skipped, hash in
      // A word that means something as it stands is not taken apart, save for its article.
      if clitics.contains(.sa) || isKnown && clitics != .al { return }
      let word = trie.word(hash)
      if word < 0 { return }
      // The article stays in the span unless it is written within `لل`.
      let spanSkipped = clitics.contains(.al) && !isMerged(range, skipped) ? skipped - 4 : skipped
      follow(index, word, clitics, UInt8(truncatingIfNeeded: spanSkipped), tokens, folded, trie)
    }
  }

  /// Whether the token is `و` or `ف` and a particle.
  @inline(__always)
  private func isJoinedParticle(_ token: Token, _ folded: UnsafeRawBufferPointer) -> Bool {
    let range = token.foldedRange
    guard range.count >= 6, range.count <= 12, folded[range.lowerBound] == 0xD9,
      folded[range.lowerBound + 1] == 0x88 || folded[range.lowerBound + 1] == 0x81
    else { return false }
    let rest = UnsafeRawBufferPointer(rebasing: folded[range.lowerBound + 2..<range.upperBound])
    return (particles.word(StableHash.hash(rest))?.particles ?? 0) != 0
  }

  /// Whether the article that ends at byte `at` of the word is written without its alef, within `لل`.
  private func isMerged(_ word: UnsafeRawBufferPointer, _ at: Int) -> Bool {
    at >= 4 && word[at - 4] == 0xD9 && word[at - 3] == 0x84
  }

  /// Walks the trie from `word`, noting every phrase that ends on the way.
  private mutating func follow(
    _ index: Int, _ word: Int32, _ clitics: Clitics, _ skipped: UInt8, _ tokens: [Token],
    _ folded: UnsafeRawBufferPointer, _ trie: PhraseTrie
  ) {
    var node = trie.root(word)
    if node < 0 { return }
    var next = index + 1
    while true {
      if trie.has(node, 0xFFFF) {
        all.append(
          PhraseMatch(start: Int32(index), end: Int32(next), node: node, clitics: clitics, skipped: skipped))
      }
      guard trie.continues(node) else { return }
      // Quotes and hyphens within a name, and the dots of initials, are no part of it.
      var at = next
      while at < tokens.count, tokens[at].kind == .punctuation, !tokens[at].flags.contains(.lineBreakBefore),
        isInner(folded[Int(tokens[at].foldedStart)])
      {
        at += 1
      }
      guard at < tokens.count, at - next <= 2, words[at] >= 0, !tokens[at].flags.contains(.paragraphBefore) else {
        return
      }
      node = trie.child(of: node, word: words[at])
      if node < 0 { return }
      next = at + 1
    }
  }

  private func isInner(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "'")
  }
}
