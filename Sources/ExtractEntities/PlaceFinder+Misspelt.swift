import Arabic
import Lexicon
import Model

/// Names that are one letter off.
extension PlaceFinder {
  /// A word that no lexicon knows, where a place is expected and one letter away from the name of one (`حرزتا` beside `دوما`).
  mutating func collectNear(_ at: Int) {
    guard scratch.matches.isEmpty(at), scratch.tokens[at].kind == .arabic,
      scratch.matches.word(at) < 0, scratch.letters(at) >= 4, hasNeighbour(at)
    else { return }
    var dropped = 0
    var clitics: Clitics = []
    switch scratch.letter(at, 0) {
    case .waw: (dropped, clitics) = (1, .wa)
    case .ba: (dropped, clitics) = (1, .bi)
    default: break
    }
    for dropped in stride(from: dropped, through: 0, by: -1) {
      var probe = Candidate(
        match: PhraseMatch(
          start: Int32(at), end: Int32(at + 1), node: 0, clitics: dropped == 0 ? [] : clitics,
          skipped: UInt8(2 * dropped)))
      let isClassed = dropped == 0 && scratch.matchEnding(at: at, PhraseTrie.Kind.classNoun.bit) != nil
      guard scratch.letters(at) - dropped >= (isClassed ? 4 : 5), isClassed || isExpected(probe.match) else { continue }
      let withArticle = isClassed && !scratch.hasArticle(at)
      let isPlain = dropped == 0 && !withArticle
      if isPlain && scratch.isFar(at) { continue }
      if scratch.isKnown(at, dropping: 0) { return }
      for word in scratch.nearWords(at, dropping: dropped, withArticle: withArticle) {
        let node = trie.root(word)
        guard node >= 0, trie.has(node, PhraseTrie.Kind.place.bit) else { continue }
        probe.match.node = node
        var found = candidate(probe.match)
        found.isMisspelt = true
        candidates.append(found)
        return
      }
      if isPlain { scratch.noteFar(at) }
    }
  }

  /// Whether any known word stands beside the token: without one, nothing can speak for it.
  private func hasNeighbour(_ at: Int) -> Bool {
    at > 0 && !scratch.matches.isEmpty(at - 1) || at + 1 < scratch.count && !scratch.matches.isEmpty(at + 1)
  }

  /// Whether a place can be expected: behind a class noun, a word of place or `بين`, or in a list of places.
  func isExpected(_ match: PhraseMatch) -> Bool {
    let at = Int(match.start)
    if match.clitics.contains(.bi) { return scratch.letters(at) > 6 }
    if let last = candidates.last, Int(last.match.end) == at, match.clitics.contains(.wa) { return true }
    let previous = scratch.before(at)
    guard previous >= 0, match.clitics.isEmpty else { return false }
    if role(at: previous) != nil { return true }
    let next = scratch.after(at + 1)
    return next == at + 1
      && scratch.matches.longest(next, PhraseTrie.Kind.place.bit, trie, where: { $0.clitics == .wa }) != nil
  }

  /// A misspelt name is that of a place of the country that the report is about, with a place of its province close by.
  func canBeMisspelt(_ entry: PlaceEntry, _ index: Int) -> Bool {
    !entry.isWeak && share(entry.country) >= 0.8 && isNear(entry, index)
      && (entry.prominence == 0 || entry.prominence >= 130)
  }
}
