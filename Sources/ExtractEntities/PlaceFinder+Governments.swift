import Arabic
import Lexicon
import Model

/// Names of countries and capitals that stand for their governments.
extension PlaceFinder {
  /// Whether the name of a country or capital stands for its government here.
  func isGovernment(_ candidate: Candidate, _ entry: PlaceEntry, _ index: Int) -> Bool {
    if candidate.levels != 0 {
      // `دولة إسرائيل` acts unless something is in it.
      guard candidate.levels == PlaceEntry.bit(.country) else { return false }
      let previous = scratch.before(Int(candidate.classNoun))
      return previous < 0 || role(at: previous) != .place
    }
    let start = Int(candidate.match.start)
    if candidate.match.clitics.contains(.bi) { return false }
    if candidate.isListed, index > 0 {
      let last = candidates[index - 1]
      if last.chosen >= 0, isState(scratch.lexicon.places[Int(last.chosen)]) { return last.isGovernment }
      if last.chosen >= 0 { return isVerb(scratch.after(Int(candidate.match.end))) }
    }
    switch candidate.context {
    case .place: return false
    case .actor: return true
    case .from: return isSupport(before: start)
    default: break
    }
    let previous = scratch.before(start)
    // `الساحل الغربي لليمن`
    if candidate.match.clitics.contains(.li), index > 0, Int(candidates[index - 1].match.end) == start,
      candidates[index - 1].chosen >= 0, !candidates[index - 1].isGovernment
    {
      return false
    }
    if candidate.match.clitics.contains(.li) { return previous < 0 || role(at: previous) != .place }
    guard previous >= 0, !candidate.match.hasParticle else {
      if candidate.match.hasParticle { return isVerb(scratch.after(Int(candidate.match.end))) }
      // At the head of a sentence: a dateline (`سوريا: …`, `بيروت (رويترز)`) is a place, a subject is not.
      let next = Int(candidate.match.end)
      if next >= scratch.count { return false }
      let mark = scratch.mark(next)
      return
        !(mark == UInt8(ascii: ":") || mark == UInt8(ascii: "(") || mark == UInt8(ascii: "-")
        || mark == UInt8(ascii: "."))
    }
    let party = PhraseTrie.Kind.actor.bit | PhraseTrie.Kind.person.bit
    if scratch.hasArticle(previous) || scratch.matchEnding(at: start, party) != nil { return true }
    if index > 0, Int(candidates[index - 1].match.end) == start, candidates[index - 1].isGovernment { return true }
    return isVerb(previous)
  }

  func isState(_ entry: PlaceEntry) -> Bool { entry.level == .country || entry.kind == .capital }

  func isVerb(_ index: Int) -> Bool { index >= 0 && (scratch.isKnownVerb(index) || looksLikeVerb(index)) }

  /// `بدعم من روسيا`, `المدعومة من إيران`, `بموافقة من واشنطن`.
  func isSupport(before start: Int) -> Bool {
    let preposition = scratch.before(start)
    guard preposition >= 0 else { return false }
    let previous = scratch.before(preposition)
    guard previous >= 0 else { return false }
    return trie.meaning(bound: scratch, at: previous)
  }

  /// Forms that only verbs have, as far as a name follows: the feminine perfect in `ت`, the imperfect in `ت…` or `ي…`, and
  /// whatever has an object pronoun.
  func looksLikeVerb(_ index: Int) -> Bool {
    guard scratch.tokens[index].kind == .arabic, scratch.letters(index) >= 3 else { return false }
    let last = scratch.letter(index, -1)
    let previous = scratch.letter(index, -2)
    let isFeminineNoun = scratch.tokens[index].flags.contains(.taMarbuta)
    if last == .ta && previous != .alef { return true }
    if last == .ha && !isFeminineNoun || last == .alef && previous == .ha { return true }
    let conjunction = scratch.conjunctionLetters(index)
    let first = scratch.letter(index, conjunction)
    guard first == .ta || first == .ya, !isFeminineNoun, scratch.letters(index) - conjunction >= 3 else {
      return false
    }
    return last != .noon && last != .ta
  }
}

extension PhraseTrie {
  /// Whether token `index` is a participle that takes a complement (`المدعومة`), or a noun of support.
  fileprivate func meaning(bound scratch: ScratchText, at index: Int) -> Bool {
    for match in scratch.matches.at(index) where has(match.node, Kind.qualifier.bit) {
      if let meaning = meaning(match.node, .qualifier), scratch.lexicon.qualifiers[Int(meaning.index)] == .bound {
        return true
      }
    }
    return false
  }
}
