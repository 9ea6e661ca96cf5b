import Lexicon
import Model

/// What the lexicon said of words that came before: nine words of ten are old ones, and taking a word apart costs a dozen
/// look-ups in tables that no cache holds.
///
/// A table of fixed size: a word that falls on the place of another takes it.
final class WordMemory: @unchecked Sendable {
  // Sendable: a report has it to itself while `Pool.with` runs.

  private struct Entry {
    var key: UInt64 = 0
    var analysis = WordAnalysis()
  }

  private var entries = [Entry](repeating: Entry(), count: WordMemory.size)
  /// The readings of all words in `entries`, and of those that lost their place.
  private var known: [TriggerReading] = []
  private let lexicon: TriggerLexicon

  /// Words that it holds at most, a power of two.
  private static let size = 1 << 14
  /// Readings after which it forgets all words.
  private static let readingsMax = 1 << 16

  init(_ lexicon: TriggerLexicon) { self.lexicon = lexicon }

  /// What the lexicon says of each token of `text`; `WordAnalysis.readings` are ranges of `readings`.
  func analyze(_ text: NormalizedText) -> (words: [WordAnalysis], readings: [TriggerReading]) {
    // Out of the object while it is worked on: each access to an object's variable is checked for overlaps.
    var entries: [Entry] = []
    var known: [TriggerReading] = []
    swap(&entries, &self.entries)
    swap(&known, &self.known)
    defer {
      swap(&entries, &self.entries)
      swap(&known, &self.known)
    }
    if known.count > WordMemory.readingsMax {
      known.removeAll(keepingCapacity: true)
      for slot in entries.indices { entries[slot].key = 0 }
    }
    var words: [WordAnalysis] = []
    var readings: [TriggerReading] = []
    words.reserveCapacity(text.tokens.count)
    readings.reserveCapacity(text.tokens.count / 2)
    for token in text.tokens {
      guard token.kind == .arabic else {
        words.append(lexicon.analyze(token, text.folded.span, readings: &readings))
        continue
      }
      // The fold leaves out whether the last letter is a ta marbuta, and that decides.
      let key = (token.flags.contains(.taMarbuta) ? ~token.hash : token.hash) | 1
      let slot = Int(truncatingIfNeeded: key &>> 1) & (WordMemory.size - 1)
      if entries[slot].key != key {
        entries[slot] = Entry(key: key, analysis: lexicon.analyze(token, text.folded.span, readings: &known))
      }
      var analysis = entries[slot].analysis
      let first = Int32(readings.count)
      for index in analysis.readings { readings.append(known[Int(index)]) }
      analysis.readings = first..<Int32(readings.count)
      words.append(analysis)
    }
    return (words, readings)
  }
}
