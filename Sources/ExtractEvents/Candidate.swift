import Arabic
import Lexicon
import Model

/// A word that may state an event, with the reading of its form that fits its place in the sentence.
struct Candidate {
  /// Index of the token.
  var token: Int
  /// Index of its sentence.
  var sentence: Int
  /// Index into `TriggerLexicon.entries`.
  var entry: Int
  /// The form.
  var form: TriggerForm
  /// Attached particles.
  var clitics: Clitics
  /// Bytes of the particles in the folded token.
  var prefixBytes: Int
  /// An attached pronoun follows.
  var hasPronoun: Bool
  /// How it stands in its sentence.
  var position: Position
  /// What the words around it make of it.
  var verdict = Verdict.none
  /// The chosen reading: index into `TriggerEntry.readings`.
  var reading = 0
  /// How sure the disambiguator is, as a logit.
  var score: Float = 0

  /// What `collocations.tsv` says of a word beside the words around it.
  enum Verdict: Equatable {
    /// Nothing.
    case none
    /// It reports no event.
    case noEvent
    /// It has this reading: index into `TriggerEntry.readings`.
    case reading(Int)
  }

  /// Part of speech and voice in context.
  enum Position: UInt8, CaseIterable {
    /// A finite verb in the perfect, active.
    case perfect
    /// A finite verb in the imperfect, active.
    case imperfect
    /// A finite verb in the passive, either tense.
    case passive
    /// A verbal noun without article.
    case noun
    /// A verbal noun with the article.
    case definite
    /// A verbal noun with a pronoun.
    case possessed
    /// A participle.
    case participle
  }

  /// The word without its particles, as bytes of the report's text.
  func span(in scan: ReportScan) -> ByteSpan {
    let item = scan.text.tokens[token]
    // The article stays (`الهجوم`), but for `لل`, where it is no word of its own.
    let skipped = clitics.contains(.al) && !clitics.contains(.li) ? prefixBytes - 4 : prefixBytes
    guard skipped > 0 else { return item.span }
    return ByteSpan(Folding.sourceOffset(skipping: skipped, of: item, in: scan.report.text), item.end)
  }

  /// Whether it is a finite verb.
  var isVerb: Bool { position == .perfect || position == .imperfect || position == .passive }
}
