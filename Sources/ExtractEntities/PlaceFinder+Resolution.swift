import Arabic
import Lexicon
import Model

/// Which of the namesakes is meant, and whether it is a place at all.
extension PlaceFinder {
  /// Chooses among the namesakes of a candidate. In pass 0 only entries that need no support are taken.
  mutating func resolve(_ index: Int, pass: Int) {
    let candidate = candidates[index]
    var best: Float = -.infinity
    var chosen: PhraseTrie.Payload?
    var rule: StaticString = "place: prominence"
    for meaning in trie.meanings(candidate.match.node) where meaning.kind == .place {
      let entry = scratch.lexicon.places[Int(meaning.index)]
      let (prior, why) = self.score(entry, candidate, index)
      // Further spellings of a place are often those of a better known one.
      let score = prior - (meaning.form.contains(.alias) ? 2 : 0)
      if isPronoun(meaning, candidate) { continue }
      // Of a misspelt name there must be a place of the same province close by.
      if candidate.isMisspelt, pass == 0 || !canBeMisspelt(entry, index) { continue }
      let isWeak =
        meaning.form.contains(.weak) || entry.isWeak || candidate.isCommonWord
        || isWeakWord(candidate, entry)
      guard isWeak ? pass == 1 && isSupported(entry, candidate, index) : isAcceptable(entry, candidate, index) else {
        continue
      }
      let weighted = score - (isWeak ? 4 : 0)
      if weighted > best {
        best = weighted
        chosen = meaning
        rule = candidate.isMisspelt ? "place: one letter off" : why
      }
    }
    guard let chosen else { return }
    candidates[index].chosen = chosen.index
    candidates[index].rule = rule
    let entry = scratch.lexicon.places[Int(chosen.index)]
    if isState(entry) { candidates[index].isGovernment = isGovernment(candidate, entry, index) }
  }

  /// `سجنه` (his prison) is no `سجنة`, unless a class noun says so.
  func isPronoun(_ meaning: PhraseTrie.Payload, _ candidate: Candidate) -> Bool {
    let entry = scratch.lexicon.places[Int(meaning.index)]
    guard meaning.form.contains(.taMarbuta), candidate.levels == 0, entry.level != .admin1, entry.prominence < 170
    else { return false }
    let last = Int(candidate.match.end) - 1
    return !scratch.tokens[last].flags.contains(.taMarbuta) && scratch.letters(last) < 7
  }

  func score(_ entry: PlaceEntry, _ candidate: Candidate, _ index: Int) -> (Float, StaticString) {
    var why: StaticString = "place: prominence"
    var score = Float(entry.prominence) / 25
    switch entry.level {
    case .country: score += 10
    case .city where entry.kind == .capital: score += 4
    case .admin1: score += 5
    case .region, .water: score = max(score, 5)
    default: score = max(score, entry.prominence == 0 && !entry.isWeak ? 4 : score)
    }
    let share = self.share(entry.country)
    score += 8 * share
    if share == 0 && heaviest >= 2 { score -= 2 }
    if share == 1 { why = "place: prevailing country" }
    if candidate.levels != 0 {
      if candidate.levels & entry.levelBit != 0 {
        score += 8
        if candidate.firstLevel == entry.levelBit { score += 3 }
        why = "place: class noun"
      } else {
        score -= 6
      }
    } else if entry.level == .admin1 {
      // Without a class noun the name of a province is that of its capital.
      score -= 3
    }
    if candidate.demonymCountry >= 0 {
      if candidate.demonymCountry == entry.country {
        score += 8
        why = "place: demonym"
      } else {
        score -= 8
      }
    }
    if entry.admin1 >= 0 && isNear(entry, index) {
      score += 3
      why = "place: neighbour"
    }
    return (score, why)
  }

  /// Whether a resolved candidate within the same or a neighbouring sentence lies in the same province.
  func isNear(_ entry: PlaceEntry, _ index: Int) -> Bool {
    let sentence = scratch.sentenceOfToken[Int(candidates[index].match.start)]
    var at = index - 1
    while at >= 0, index - at < 6, sentence - scratch.sentenceOfToken[Int(candidates[at].match.start)] <= 1 {
      if candidates[at].chosen >= 0, scratch.lexicon.places[Int(candidates[at].chosen)].admin1 == entry.admin1 {
        return true
      }
      at -= 1
    }
    at = index + 1
    while at < candidates.count, at - index < 6,
      scratch.sentenceOfToken[Int(candidates[at].match.start)] - sentence <= 1
    {
      if candidates[at].chosen >= 0, scratch.lexicon.places[Int(candidates[at].chosen)].admin1 == entry.admin1 {
        return true
      }
      at += 1
    }
    return false
  }

  /// A strong name matches unless everything speaks against it.
  func isAcceptable(_ entry: PlaceEntry, _ candidate: Candidate, _ index: Int) -> Bool {
    if entry.level == .country { return true }
    // `البيت الأبيض` acts unless something is in it.
    if entry.level == .site, !candidate.isLocated, trie.has(candidate.match.node, PhraseTrie.Kind.actor.bit) {
      return false
    }
    // In a sports report a city that nothing happens in is a club.
    if isSport && !candidate.isLocated { return false }
    if candidate.levels & entry.levelBit != 0 || candidate.isLocated {
      return candidate.levels != 0 || !candidate.match.clitics.contains(.bi)
        || scratch.letters(Int(candidate.match.start)) > 4 || share(entry.country) > 0
    }
    if candidate.match.end - candidate.match.start > 1 { return true }
    if candidate.match.hasParticle, scratch.letters(Int(candidate.match.start)) < 5, share(entry.country) == 0 {
      return false
    }
    // A small place of a country that the report does not speak of.
    let share = self.share(entry.country)
    if share == 0 && heaviest > 0 && entry.prominence < 150 { return false }
    // A town that stands alone: the report speaks of its country, or of a place near it.
    let isTown = entry.prominence > 0 && (entry.level == .city || entry.level == .town)
    if isTown && entry.kind != .capital && !candidate.isListed && !isNear(entry, index) {
      return entry.prominence >= (share < 0.5 ? 190 : 150)
    }
    return true
  }

  /// What a weak name needs: a class noun of its level, or a word of place together with the country or a near place.
  func isSupported(_ entry: PlaceEntry, _ candidate: Candidate, _ index: Int) -> Bool {
    let near = isNear(entry, index)
    let share = self.share(entry.country)
    // Directions and fronts select every level: they alone do not vouch for a word that is common.
    let isClassed = candidate.levels & entry.levelBit != 0 && candidate.levels.nonzeroBitCount < 4
    if candidate.stop == .never { return isClassed && candidate.classNoun >= 0 && (share > 0.5 || near) }
    if candidate.isCommonWord && entry.level != .admin1 { return isClassed && (share > 0.2 || near) }
    if candidate.levels & entry.levelBit != 0 {
      return isClassed && share > 0 || share > 0.2 || near || heaviest == 0
    }
    if candidate.demonymCountry >= 0 && candidate.demonymCountry == entry.country { return candidate.isLocated }
    if candidate.isLocated && (near && share > 0.3 || entry.level == .water) { return true }
    // `حيس في الحديدة`
    let next = scratch.after(Int(candidate.match.end))
    if near, next >= 0, scratch.tokens[next].hash == Self.within { return true }
    if candidate.isListed && near && share > 0.3 { return true }
    // `بحجة` is mostly "under the pretext": a particle is not word of place enough.
    return candidate.isLocated && !candidate.match.hasParticle && share > 0.6
      && (entry.prominence >= 130 || entry.prominence == 0 && !entry.isWeak || entry.level == .admin1)
  }
}
