import Arabic
import Lexicon
import Model

/// How many people a noun without a number is: `فلسطينيا` one, `شخصان` two, `جنود` and `مدنيين` two or more.
struct VictimNoun {
  let scan: ReportScan

  /// The number of a mention that names victims; nil when its form does not tell, as of groups and definite nouns.
  func number(of mention: Int) -> Event.Toll? {
    let item = scan.mentions[mention]
    switch item.entity {
    case .person: return .init(min: 1, max: 1, who: Int32(mention))
    case .actor(let actor) where actor.ref == nil:
      let token = Int(item.tokens.lowerBound)
      if scan.hasArticle(token) { return nil }
      return number(token, lemma: actor.name).map { .init(min: $0.min, max: $0.max, who: Int32(mention)) }
    default: return nil
    }
  }

  /// `مقتل الجنود`: several, when a definite noun for people is a plural.
  func definitePlural(_ mention: Int) -> Event.Toll? {
    let item = scan.mentions[mention]
    let token = Int(item.tokens.lowerBound)
    guard case .actor(let actor) = item.entity, actor.ref == nil, scan.hasArticle(token),
      let number = number(token, lemma: actor.name), number.max == nil
    else { return nil }
    return .init(min: number.min, max: nil, who: Int32(mention))
  }

  /// Whether a noun ends as duals and sound plurals do.
  func hasPluralEnding(_ token: Int) -> Bool {
    let last = scan.letter(token, fromEnd: 0)
    let before = scan.letter(token, fromEnd: 1)
    return last == .noon && (before == .ya || before == .waw || before == .alef)
      || last == .ta && before == .alef
  }

  /// One, two or several by the ending; a noun that its lemma does not begin is a broken plural.
  private func number(_ token: Int, lemma: String?) -> (min: Int, max: Int?)? {
    let last = scan.letter(token, fromEnd: 0)
    let before = scan.letter(token, fromEnd: 1)
    // ين is dual or plural: the dual is rarer in news.
    if last == .noon && (before == .ya || before == .waw) { return (2, nil) }
    if last == .noon && before == .alef { return (2, 2) }
    if last == .ta && before == .alef { return (2, nil) }
    guard let lemma, isBrokenPlural(token, of: Folding.fold(word: lemma)) else { return (1, 1) }
    return (2, nil)
  }

  /// `جنود` of `جندي`. An ending in ي or يا is a singular of relation, whatever the lemma (`صحافيا`).
  private func isBrokenPlural(_ token: Int, of lemma: [UInt8]) -> Bool {
    guard let first = lemma.first, first >= 0xD8 else { return false }
    let last = scan.letter(token, fromEnd: 0)
    if last == .ya || last == .alef && scan.letter(token, fromEnd: 1) == .ya { return false }
    var holds = false
    scan.forEachRest(of: token) { if $0.starts(with: lemma) { holds = true } }
    return !holds
  }
}

extension ReportScan {
  /// Calls `body` with the folded bytes of a token, and of its rest after each split of attached particles.
  fileprivate func forEachRest(of token: Int, _ body: (Slice<UnsafeRawBufferPointer>) -> Void) {
    let item = text.tokens[token]
    guard item.kind == .arabic else { return }
    text.folded.withUnsafeBytes { folded in
      let word = UnsafeRawBufferPointer(rebasing: folded[item.foldedRange])
      CliticSplits.forEach(of: word) { _, bytes, _ in body(word.dropFirst(bytes)) }
    }
  }
}
