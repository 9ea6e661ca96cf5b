import Arabic
import Lexicon
import Model

/// What the lexicons said of words that came before: nine words of ten are old ones, and to read particles off a word and look
/// up every rest costs a dozen probes of tables that no cache holds.
///
/// A table of fixed size: a word that falls on the place of another takes it.
final class WordMemory: @unchecked Sendable {
  // Sendable: a report has it to itself while `Pool.with` runs.

  /// What the lexicons say of one word.
  struct Note {
    /// Number of the word in the phrase trie, -1 when no phrase holds it.
    var word: Int32 = -1
    /// Index into `NumberLexicon.words`, -1 when it is none of them.
    var number: Int32 = -1
    /// The first of its openings in `openings`, and how many there are.
    fileprivate(set) var firstOpening: Int32 = 0
    fileprivate(set) var openingCount: UInt8 = 0
    /// Whether it was found to be near the name of no place as it stands. False also while nobody has looked.
    fileprivate(set) var isFar = false

    /// Its openings, as a range of `openings`.
    var openingRange: Range<Int> { Int(firstOpening)..<Int(firstOpening) + Int(openingCount) }
  }

  /// A way to read the word as the beginning of phrases.
  struct Opening {
    /// The node of the phrases that begin so.
    var node: Int32
    /// The particles read off; empty for the word as it stands, which comes first.
    var clitics: Clitics
    /// Folded bytes of the word that are not part of the phrase's span.
    var skipped: UInt8
    /// What the word by itself stands for, as `PhraseTrie.kinds(of:)` of the node.
    var kinds: UInt16
    /// Whether longer phrases begin so.
    var continues: Bool
  }

  private struct Entry {
    var hash: UInt64 = 0
    var note = Note()
  }

  /// The openings of all words in the table, and of those that lost their place.
  private(set) var openings: [Opening] = []
  private var entries = [Entry](repeating: Entry(), count: WordMemory.size)
  let lexicon: Lexicon

  /// Words that it holds at most, a power of two.
  private static let size = 1 << 14
  /// Openings after which it forgets all words.
  private static let openingsMax = 1 << 16

  init(_ lexicon: Lexicon) { self.lexicon = lexicon }

  /// What the lexicons say of each of the tokens. The ranges of openings hold until this is called again.
  func notes(of text: NormalizedText) -> UnsafeMutableBufferPointer<Note> {
    if openings.count > WordMemory.openingsMax {
      openings.removeAll(keepingCapacity: true)
      for slot in entries.indices { entries[slot] = Entry() }
    }
    let notes = UnsafeMutableBufferPointer<Note>.allocate(capacity: text.tokens.count)
    text.folded.withUnsafeBytes { folded in
      for index in text.tokens.indices {
        let token = text.tokens[index]
        let slot = WordMemory.slot(token.hash)
        if entries[slot].hash != token.hash {
          entries[slot] = Entry(hash: token.hash, note: note(token, folded))
        }
        notes.initializeElement(at: index, to: entries[slot].note)
      }
    }
    return notes
  }

  /// Notes that the word with this hash is near the name of no place.
  func noteFar(_ hash: UInt64) {
    let slot = WordMemory.slot(hash)
    if entries[slot].hash == hash { entries[slot].note.isFar = true }
  }

  @inline(__always)
  private static func slot(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (WordMemory.size - 1) }

  /// Looks a word up that is new.
  private func note(_ token: Token, _ folded: UnsafeRawBufferPointer) -> Note {
    let trie = lexicon.phrases
    var note = Note(number: lexicon.numbers.wordIndex(token.hash), firstOpening: Int32(openings.count))
    guard token.kind != .punctuation else { return note }
    note.word = trie.word(token.hash)
    let word = UnsafeRawBufferPointer(rebasing: folded[token.foldedRange])
    // `وإلى` is no `والي`, `وأن` no `وان`: a conjunction and a particle are no name.
    if note.word >= 0, isJoinedParticle(word) { return note }
    if note.word >= 0 { open(trie.root(note.word), [], 0) }
    if token.kind == .arabic {
      CliticSplits.withParticles(of: word) { clitics, skipped, hash in
        if clitics.contains(.sa) { return }
        let rest = trie.word(hash)
        if rest < 0 { return }
        // The article stays in the span unless it is written within `لل`.
        let spanSkipped = clitics.contains(.al) && !isMerged(word, skipped) ? skipped - 4 : skipped
        open(trie.root(rest), clitics, UInt8(truncatingIfNeeded: spanSkipped))
      }
    }
    note.openingCount = UInt8(truncatingIfNeeded: openings.count - Int(note.firstOpening))
    return note
  }

  private func open(_ node: Int32, _ clitics: Clitics, _ skipped: UInt8) {
    guard node >= 0 else { return }
    openings.append(
      Opening(
        node: node, clitics: clitics, skipped: skipped, kinds: lexicon.phrases.kinds(of: node),
        continues: lexicon.phrases.continues(node)))
  }

  /// Whether the word is `و` or `ف` and a particle.
  private func isJoinedParticle(_ word: UnsafeRawBufferPointer) -> Bool {
    guard word.count >= 6, word.count <= 12 else { return false }
    let first = FoldedLetter(at: 0, of: word)
    guard first == .waw || first == .fa else { return false }
    let rest = UnsafeRawBufferPointer(rebasing: word[2...])
    return (lexicon.triggers.word(StableHash.hash(rest))?.particles ?? 0) != 0
  }

  /// Whether the article that ends at byte `at` of the word is written without its alef, within `لل`.
  private func isMerged(_ word: UnsafeRawBufferPointer, _ at: Int) -> Bool {
    at >= 4 && FoldedLetter(at: at - 4, of: word) == .lam
  }
}
