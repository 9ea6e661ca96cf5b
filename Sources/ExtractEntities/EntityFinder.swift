import Arabic
import Lexicon
import Model

/// The first half of the Extract stage: finds places, actors, people, weapons, quantities, dates and sources. Pure.
public struct EntityFinder: Sendable {
  private let lexicon: Lexicon

  /// A finder that knows what `lexicon` knows.
  public init(lexicon: Lexicon) { self.lexicon = lexicon }

  /// Finds the entities of `report`, whose normalized text is `text`.
  public func find(in report: Report, _ text: NormalizedText) -> EntityAnalysis {
    EntityAnalysis(mentions: [], tokenCount: text.tokens.count)
  }
}
