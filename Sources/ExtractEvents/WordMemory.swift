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
  private var readings: [TriggerReading] = []
  private let lexicon: TriggerLexicon

  /// Words that it holds at most, a power of two.
  private static let size = 1 << 14
  /// Readings after which it forgets all words.
  private static let readingsMax = 1 << 16

  init(_ lexicon: TriggerLexicon) { self.lexicon = lexicon }

  /// As `TriggerLexicon.analyze`.
  func analyze(_ token: Token, _ folded: Span<UInt8>, readings: inout [TriggerReading]) -> WordAnalysis {
    guard token.kind == .arabic else { return lexicon.analyze(token, folded, readings: &readings) }
    // The fold leaves out whether the last letter is a ta marbuta, and that decides.
    let key = (token.flags.contains(.taMarbuta) ? ~token.hash : token.hash) | 1
    let slot = Int(truncatingIfNeeded: key &>> 1) & (WordMemory.size - 1)
    if entries[slot].key != key {
      if self.readings.count > WordMemory.readingsMax { forget() }
      entries[slot] = Entry(key: key, analysis: lexicon.analyze(token, folded, readings: &self.readings))
    }
    var analysis = entries[slot].analysis
    let known = analysis.readings
    let first = Int32(readings.count)
    for index in known { readings.append(self.readings[Int(index)]) }
    analysis.readings = first..<Int32(readings.count)
    return analysis
  }

  private func forget() {
    readings.removeAll(keepingCapacity: true)
    for slot in entries.indices { entries[slot].key = 0 }
  }
}
