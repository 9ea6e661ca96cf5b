import Lexicon
import Model

/// Finds dates and quantities: the recognizers share one look at the tokens, dates first, since a date's figures are no
/// quantity.
public struct NumberRecognizer: Sendable {
  private let lexicon: NumberLexicon

  /// A recognizer that knows the words of `lexicon`.
  public init(lexicon: NumberLexicon) { self.lexicon = lexicon }

  /// The dates and the quantities of a report, both in the order of the text. O(n) in the tokens.
  /// - Parameters:
  ///   - report: `text` gives the spans, `published` what relative dates are reckoned from.
  ///   - text: the same text, normalized.
  public func find(in report: Report, _ text: NormalizedText) -> (dates: [Mention], quantities: [Mention]) {
    find(in: report, text) { lexicon.wordIndex(text.tokens[$0].hash) }
  }

  /// As `find(in:_:)`, where the words have been looked up already.
  func find(in scratch: ScratchText) -> (dates: [Mention], quantities: [Mention]) {
    find(in: scratch.report, scratch.text) { scratch.matches.notes[$0].number }
  }

  private func find(
    in report: Report, _ text: NormalizedText, wordIndex: (Int) -> Int32
  ) -> (dates: [Mention], quantities: [Mention]) {
    let scan = NumberScan(text, lexicon, wordIndex: wordIndex)
    let dates = DateFinder(text: report.text, scan: scan, published: report.published?.day).find(text.sentences)
    var finder = QuantityFinder(text: report.text, scan: scan, dates: dates)
    return (dates, finder.find(text.sentences))
  }
}
