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
/// Every rule asks for them all the time, and reference counts would show: they lie in buffers that belong to the `ScratchText`
/// alone, which frees them (`deallocate`); nobody writes to them once they are made.
struct PhraseMatches {
  /// In the order of their first token; for one token the whole word before the splits, the shorter before the longer.
  private let buffer: UnsafeBufferPointer<PhraseMatch>
  /// Where the matches of each token begin in `buffer`; one entry more than tokens.
  private let starts: UnsafeBufferPointer<Int32>
  /// For each token what the matches that begin with it stand for: bit `PhraseTrie.Kind.rawValue`. 0 when none begins.
  private let kinds: UnsafeBufferPointer<UInt16>
  /// For each token what the lexicons say of it by itself.
  let notes: UnsafeBufferPointer<WordMemory.Note>

  /// Matches `text` against the phrases of the memory's lexicon.
  init(_ text: NormalizedText, _ memory: WordMemory) {
    let notes = UnsafeBufferPointer(memory.notes(of: text))
    var pass = PhrasePass(text.tokens.count, memory.lexicon.phrases)
    memory.openings.withUnsafeBufferPointer { openings in
      text.tokens.withUnsafeBufferPointer { tokens in
        text.folded.withUnsafeBufferPointer { pass.run(tokens, $0, notes, openings) }
      }
    }
    self.notes = notes
    buffer = pass.all.copied()
    starts = UnsafeBufferPointer(pass.starts)
    kinds = UnsafeBufferPointer(pass.kinds)
  }

  /// Frees the buffers; nothing may be asked for afterwards.
  func deallocate() {
    buffer.deallocate()
    starts.deallocate()
    kinds.deallocate()
    notes.deallocate()
  }

  /// All matches.
  func all() -> UnsafeBufferPointer<PhraseMatch> { buffer }

  /// The matches that begin with token `index`.
  @inline(__always)
  func at(_ index: Int) -> Slice<UnsafeBufferPointer<PhraseMatch>> {
    buffer[Int(starts[index])..<Int(starts[index + 1])]
  }

  /// Whether no match begins with token `index`.
  @inline(__always)
  func isEmpty(_ index: Int) -> Bool { kinds[index] == 0 }

  /// Whether a match that means a kind of `mask` begins with token `index`.
  @inline(__always)
  func has(_ index: Int, _ mask: UInt16) -> Bool { kinds[index] & mask != 0 }

  /// Number of token `index` in the trie, or -1.
  @inline(__always)
  func word(_ index: Int) -> Int32 { notes[index].word }

  /// The longest match that begins with token `index`, means a kind of `mask`, and satisfies `condition`.
  @inline(__always)
  func longest(
    _ index: Int, _ mask: UInt16, _ trie: PhraseTrie, where condition: (PhraseMatch) -> Bool = { _ in true }
  ) -> PhraseMatch? {
    guard has(index, mask) else { return nil }
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
  let starts: UnsafeMutableBufferPointer<Int32>
  let kinds: UnsafeMutableBufferPointer<UInt16>
  private let trie: PhraseTrie

  /// A pass over `count` tokens.
  init(_ count: Int, _ trie: PhraseTrie) {
    self.trie = trie
    starts = .allocate(capacity: count + 1)
    kinds = .allocate(capacity: count)
    all.reserveCapacity(count)
  }

  mutating func run(
    _ tokens: UnsafeBufferPointer<Token>, _ folded: UnsafeBufferPointer<UInt8>,
    _ notes: UnsafeBufferPointer<WordMemory.Note>, _ openings: UnsafeBufferPointer<WordMemory.Opening>
  ) {
    for index in tokens.indices {
      let before = all.count
      starts.initializeElement(at: index, to: Int32(before))
      kinds.initializeElement(at: index, to: 0)
      var isWord = false
      for opening in openings[notes[index].openingRange] {
        // A word that means something as it stands is not taken apart, save for its article.
        if isWord && opening.clitics != .al { continue }
        follow(index, opening, tokens, folded, notes)
        if opening.clitics.isEmpty { isWord = all.count > before }
      }
    }
    starts.initializeElement(at: tokens.count, to: Int32(all.count))
  }

  /// Walks the trie from `opening`, noting every phrase that ends on the way.
  private mutating func follow(
    _ index: Int, _ opening: WordMemory.Opening, _ tokens: UnsafeBufferPointer<Token>,
    _ folded: UnsafeBufferPointer<UInt8>, _ notes: UnsafeBufferPointer<WordMemory.Note>
  ) {
    var (node, kinds, continues) = (opening.node, opening.kinds, opening.continues)
    var next = index + 1
    while true {
      if kinds != 0 {
        self.kinds[index] |= kinds
        all.append(
          PhraseMatch(
            start: Int32(index), end: Int32(next), node: node, clitics: opening.clitics, skipped: opening.skipped))
      }
      guard continues else { return }
      // Quotes and hyphens within a name, and the dots of initials, are no part of it.
      var at = next
      while at < tokens.count, tokens[at].kind == .punctuation, !tokens[at].flags.contains(.lineBreakBefore),
        isInner(folded[Int(tokens[at].foldedStart)])
      {
        at += 1
      }
      guard at < tokens.count, at - next <= 2, notes[at].word >= 0, !tokens[at].flags.contains(.paragraphBefore) else {
        return
      }
      node = trie.child(of: node, word: notes[at].word)
      if node < 0 { return }
      (kinds, continues) = (trie.kinds(of: node), trie.continues(node))
      next = at + 1
    }
  }

  private func isInner(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "'")
  }
}

extension Array {
  /// A copy of the elements in a buffer of its own, which the caller frees.
  func copied() -> UnsafeBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
    _ = buffer.initialize(from: self)
    return UnsafeBufferPointer(buffer)
  }
}
