/// What the entity stage hands to the event stage: the mentions of one report, and which of them each token belongs to.
public struct EntityAnalysis: Sendable {
  /// All entities that go on the feed, sorted by span start, the wider first. Places may lie within actors (`محكمة جنايات القاهرة`
  /// holds `القاهرة`), quantities beside the nouns that they count; within one kind no two overlap.
  public var mentions: [Mention]
  /// Noun phrases that are entities only if an event takes them: things of somebody (`مواقع`, `آليات عسكرية`) and adjectives
  /// that stand for a party (`الغارات الروسية`). Sorted like `mentions`; not on the feed unless appended to `mentions`.
  public var candidates: [Mention]
  /// For each token the index in `mentions` of the outermost actor, person, source or weapon that covers it, or -1.
  public var mentionOfToken: [Int32]
  /// For each token the index in `mentions` of the place that covers it, or -1.
  public var placeOfToken: [Int32]
  /// For each token the index in `mentions` of the quantity or date that covers it, or -1.
  public var numberOfToken: [Int32]
  /// For each token the index in `candidates` of the candidate that covers it, or -1.
  public var candidateOfToken: [Int32]

  /// Sorts the mentions and notes which tokens they cover.
  /// - Parameter tokenCount: number of tokens of the report.
  public init(mentions: [Mention], candidates: [Mention] = [], tokenCount: Int) {
    self.mentions = EntityAnalysis.inOrder(mentions)
    self.candidates = EntityAnalysis.inOrder(candidates)
    let none = [Int32](repeating: -1, count: tokenCount)
    mentionOfToken = none
    placeOfToken = none
    numberOfToken = none
    candidateOfToken = none
    // Backwards, so that of two that begin together the wider, which comes first, has the last word.
    for index in self.mentions.indices.reversed() {
      let mention = self.mentions[index]
      for token in mention.tokens {
        switch mention.entity {
        case .place: placeOfToken[Int(token)] = Int32(index)
        case .quantity, .date: numberOfToken[Int(token)] = Int32(index)
        case .actor, .person, .source, .weapon: mentionOfToken[Int(token)] = Int32(index)
        }
      }
    }
    for index in self.candidates.indices.reversed() {
      for token in self.candidates[index].tokens { candidateOfToken[Int(token)] = Int32(index) }
    }
  }

  /// By start, the wider first. Sorts small keys, since moving mentions about costs reference counts.
  private static func inOrder(_ mentions: [Mention]) -> [Mention] {
    var keys: [(key: UInt64, index: Int32)] = []
    keys.reserveCapacity(mentions.count)
    for index in mentions.indices {
      let span = mentions[index].span
      keys.append((UInt64(UInt32(span.start)) << 32 | UInt64(UInt32(Int32.max - span.end)), Int32(index)))
    }
    keys.sort { $0.key != $1.key ? $0.key < $1.key : $0.index < $1.index }
    return keys.map { mentions[Int($0.index)] }
  }
}
