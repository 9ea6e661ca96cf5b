import Arabic
import Lexicon
import Model

/// Finds and resolves the places of a report.
///
/// Every gazetteer name in the text is a candidate with all its namesakes. First the report's countries are weighed by what is
/// certain: country names, demonyms, actors, names that only one country has. Then each candidate is resolved by class noun,
/// container, neighbours, prevailing country and prominence, strong names first, since weak ones lean on them.
struct PlaceFinder {
  let scratch: ScratchText
  /// Weight of each country in the report.
  private var weights: [Float]
  private var heaviest: Float = 0
  /// The report is about sport: names of cities are mostly those of clubs.
  private var isSport = false
  private var candidates: [Candidate] = []

  /// A name in the text.
  struct Candidate {
    var match: PhraseMatch
    /// Levels that the class noun before it selects, 0 without one.
    var levels: UInt8 = 0
    /// The level that the class noun names first.
    var firstLevel: UInt8 = 0
    /// First token of the class noun, or -1.
    var classNoun: Int32 = -1
    /// Stands behind `في`, `ب` or another word of place.
    var isLocated = false
    /// Joined by `و` or a comma to the candidate before it.
    var isListed = false
    /// Country of the demonym behind it, or -1.
    var demonymCountry: Int16 = -1
    /// What the context says of a country name.
    var context: PlaceContext?
    /// The chosen entry, or -1.
    var chosen: Int32 = -1
    /// The rule that chose it.
    var rule: StaticString = "place"
    /// A country or capital that acts as a government.
    var isGovernment = false
    /// What the stop lists ask of the spelling.
    var stop: PlaceStop?
    /// The word is one letter away from the name.
    var isMisspelt = false
    /// Only a class noun makes the spelling a place here.
    var isCommonWord = false
  }

  init(_ scratch: ScratchText) {
    self.scratch = scratch
    weights = Array(repeating: 0, count: scratch.lexicon.countries.count)
  }

  /// Runs the search. Tokens for which `isTaken` holds belong to the name of an actor or a person and are no places.
  mutating func find(isTaken: [Bool]) -> [Candidate] {
    collect(isTaken)
    weigh()
    for pass in 0..<2 {
      for index in candidates.indices where candidates[index].chosen < 0 { resolve(index, pass: pass) }
    }
    candidates.removeAll { $0.chosen < 0 }
    return candidates
  }

  private var trie: PhraseTrie { scratch.trie }

  // MARK: Candidates

  private mutating func collect(_ isTaken: [Bool]) {
    var at = 0
    while at < scratch.count {
      guard scratch.matches.starts[at] < scratch.matches.starts[at + 1], !isTaken[at],
        let match = scratch.matches.longest(at, PhraseTrie.Kind.place.bit, trie, where: { isName($0) })
      else {
        if !isTaken[at] { collectNear(at) }
        at += 1
        continue
      }
      candidates.append(candidate(match))
      at = Int(match.end)
    }
  }

  /// A word that no lexicon knows, where a place is expected and one letter away from the name of one (`حرزتا` beside `دوما`).
  private mutating func collectNear(_ at: Int) {
    guard scratch.matches.starts[at] == scratch.matches.starts[at + 1], scratch.text.tokens[at].kind == .arabic,
      scratch.letters(at) >= 4, !scratch.isKnown(at, dropping: 0)
    else { return }
    var dropped = 0
    var clitics: Clitics = []
    switch scratch.letter(at, 0) {
    case Letter.waw: (dropped, clitics) = (1, .wa)
    case Letter.ba: (dropped, clitics) = (1, .bi)
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
      for word in scratch.nearWords(at, dropping: dropped, withArticle: withArticle) {
        let node = trie.root(word)
        guard node >= 0, trie.has(node, PhraseTrie.Kind.place.bit) else { continue }
        probe.match.node = node
        var found = candidate(probe.match)
        found.isMisspelt = true
        candidates.append(found)
        return
      }
    }
  }

  /// Whether a place can be expected: behind a class noun, a word of place or `بين`, or in a list of places.
  private func isExpected(_ match: PhraseMatch) -> Bool {
    let at = Int(match.start)
    if match.clitics.contains(.bi) { return true }
    if let last = candidates.last, Int(last.match.end) == at, match.clitics.contains(.wa) { return true }
    let previous = scratch.before(at)
    guard previous >= 0, match.clitics.isEmpty else { return false }
    if role(at: previous) != nil { return true }
    let next = scratch.after(at + 1)
    return next == at + 1 && scratch.matches.longest(next, PhraseTrie.Kind.place.bit, trie, where: { $0.clitics == .wa }) != nil
  }

  /// Whether the match can be the name of a place at all.
  private func isName(_ match: PhraseMatch) -> Bool {
    let start = Int(match.start)
    let token = scratch.text.tokens[start]
    if let meaning = trie.meaning(match.node, .stop), scratch.lexicon.placeStops[Int(meaning.index)] == .never {
      return false
    }
    // A name that is found without the article the text has is another word (`الدوما` is no `دوما`).
    if !match.clitics.isDisjoint(with: [.al, .ka]) { return false }
    if match.end == match.start + 1 {
      if token.flags.contains(.tanween), scratch.letter(start, -1) == Letter.alef { return false }
      if match.hasParticle {
        let letters = (Int(token.foldedEnd - token.foldedStart) - Int(match.skipped)) / 2
        // `ف` before a name is rare, and two letters are too few to go by.
        if match.clitics.contains(.fa) && letters < 5 || letters < 3 { return false }
        if letters < 4 && !isCountry(match) && scratch.isTrigger(start) { return false }
      }
    } else {
      // `النظام في سوريا` says two things: the place is the shorter name.
      for inner in start + 1..<Int(match.end) - 1 where scratch.text.tokens[inner].hash == Self.within { return false }
    }
    // The name of a channel, a club or a company.
    let previous = scratch.before(start)
    if previous >= 0, match.clitics.isEmpty {
      if role(at: previous) == .name { return false }
      // Whoever says something is a person or a state (`أفاد صلاح الدين الشعلان`).
      if scratch.isReportingVerb(previous),
        scratch.matches.longest(start, PhraseTrie.Kind.givenName.bit, trie, where: { $0.clitics.isEmpty }) != nil
      {
        return false
      }
    }
    return !isAdjective(match, previous)
  }

  /// `فصائل سورية`, `الأراضي السعودية`: the adjective, not the country of the same spelling.
  private func isAdjective(_ match: PhraseMatch, _ previous: Int) -> Bool {
    guard previous >= 0, match.end == match.start + 1, match.clitics.isSubset(of: .wa),
      scratch.letter(Int(match.start), -1) == Letter.ha,
      scratch.matches.longest(Int(match.start), PhraseTrie.Kind.demonym.bit, trie) != nil
    else { return false }
    if match.clitics.contains(.wa) { return scratch.letter(previous, -1) == Letter.ha && scratch.hasArticle(previous) }
    if scratch.hasArticle(previous) { return true }
    if scratch.isKnownVerb(previous) || role(at: previous) != nil { return false }
    return !scratch.hasArticle(Int(match.start)) || isPlaceName(endingAt: previous)
  }

  private func isPlaceName(endingAt token: Int) -> Bool {
    guard let last = candidates.last else { return false }
    return Int(last.match.end) == token + 1
  }

  private func isCountry(_ match: PhraseMatch) -> Bool {
    trie.meanings(match.node).contains {
      $0.kind == .place && scratch.lexicon.places[Int($0.index)].level == .country
    }
  }

  /// The role of a word before names, as `place-words.tsv` has it.
  private func role(at index: Int) -> PlaceContext? {
    guard let word = scratch.matchEnding(at: index + 1, PhraseTrie.Kind.context.bit), !word.clitics.contains(.al),
      let meaning = trie.meaning(word.node, .context)
    else { return nil }
    return scratch.lexicon.placeContexts[Int(meaning.index)]
  }

  private static let within = StableHash.hash(Folding.fold(word: "في"))

  private func candidate(_ match: PhraseMatch) -> Candidate {
    var candidate = Candidate(match: match)
    candidate.stop = stop(match)
    candidate.isCommonWord = candidate.stop == .classNoun
    let start = Int(match.start)
    let previous = scratch.before(start)
    if match.clitics.contains(.bi) {
      candidate.isLocated = true
      candidate.context = .place
    }
    if previous >= 0, !match.hasParticle {
      describe(&candidate, endingAt: start)
      // `العاصمة الإسبانية مدريد`
      if candidate.context == nil, candidate.levels == 0, isDemonym(previous), scratch.before(previous) >= 0 {
        describe(&candidate, endingAt: previous)
      }
    }
    if let last = candidates.last, Int(last.match.end) <= start, Int(last.match.end) + 1 >= start,
      match.clitics.contains(.wa) || isJoint(Int(last.match.end)),
      scratch.sentenceOfToken[start] == scratch.sentenceOfToken[Int(last.match.start)]
    {
      candidate.isListed = true
      if candidate.levels == 0 {
        candidate.levels = last.levels
        candidate.firstLevel = last.firstLevel
      }
      candidate.isLocated = candidate.isLocated || last.isLocated
      candidate.context = candidate.context ?? last.context
    }
    let next = scratch.after(Int(match.end))
    if next >= 0,
      let demonym = scratch.matches.longest(
        next, PhraseTrie.Kind.demonym.bit, trie, where: { !$0.hasParticle && $0.clitics.contains(.al) }),
      let meaning = trie.meaning(demonym.node, .demonym)
    {
      candidate.demonymCountry = scratch.lexicon.demonyms[Int(meaning.index)].country
    }
    return candidate
  }

  /// A comma, a dash or a `و` that stands alone.
  private func isJoint(_ index: Int) -> Bool {
    let mark = scratch.mark(index)
    if mark != 0 { return mark == UInt8(ascii: ",") || mark == UInt8(ascii: "-") }
    return scratch.letters(index) == 1 && scratch.letter(index, 0) == Letter.waw
  }

  /// Notes what the class noun or word of place that ends before token `end` says of the candidate.
  private func describe(_ candidate: inout Candidate, endingAt end: Int) {
    // Behind a definite class noun comes an adjective (`المدينة المطلة`), not a name.
    if let noun = scratch.matchEnding(at: end, PhraseTrie.Kind.classNoun.bit),
      let meaning = trie.meaning(noun.node, .classNoun)
    {
      if noun.clitics.contains(.al) {
        candidate.isCommonWord = candidate.isCommonWord || scratch.hasArticle(Int(candidate.match.start))
      } else {
        candidate.levels = scratch.lexicon.classNouns[Int(meaning.index)].levels
        candidate.firstLevel = scratch.lexicon.classNouns[Int(meaning.index)].firstLevel
        candidate.isLocated = true
        candidate.classNoun = noun.start
      }
    }
    if let role = role(at: end - 1) {
      candidate.context = role
      if role == .place || role == .from { candidate.isLocated = true }
    }
  }

  private func isDemonym(_ index: Int) -> Bool {
    scratch.matches.longest(index, PhraseTrie.Kind.demonym.bit, trie, where: { $0.clitics == .al }) != nil
  }

  /// What the stop lists ask of the spelling; particles ask for a class noun.
  private func stop(_ match: PhraseMatch) -> PlaceStop? {
    if let meaning = trie.meaning(match.node, .stop) { return scratch.lexicon.placeStops[Int(meaning.index)] }
    let isParticle = match.end == match.start + 1 && match.clitics.isEmpty && scratch.isParticle(Int(match.start))
    return isParticle ? .classNoun : nil
  }

  /// Whether the spelling needs support here: listed so, or a form of a trigger and no name of a large place.
  private func isWeakWord(_ candidate: Candidate, _ entry: PlaceEntry) -> Bool {
    let match = candidate.match
    guard match.end == match.start + 1 else { return false }
    if candidate.stop == .container { return true }
    if entry.level == .country || entry.level == .admin1 || entry.prominence > 150 { return false }
    return match.clitics.isEmpty && scratch.isTrigger(Int(match.start))
  }

  // MARK: Evidence

  /// Weighs the countries of the report.
  private mutating func weigh() {
    var sportWords = 0
    for match in scratch.matches.all() {
      if trie.has(match.node, PhraseTrie.Kind.context.bit), let meaning = trie.meaning(match.node, .context),
        scratch.lexicon.placeContexts[Int(meaning.index)] == .sport
      {
        sportWords += 1
      }
      if trie.has(match.node, PhraseTrie.Kind.demonym.bit), let meaning = trie.meaning(match.node, .demonym) {
        add(scratch.lexicon.demonyms[Int(meaning.index)].country, 1)
      }
      if trie.has(match.node, PhraseTrie.Kind.actor.bit), let meaning = trie.meaning(match.node, .actor),
        !meaning.form.contains(.weak)
      {
        add(scratch.lexicon.actors[Int(meaning.index)].country, 1.5)
      }
    }
    isSport = sportWords >= 3 && sportWords * 60 > scratch.count
    for candidate in candidates where !candidate.isMisspelt {
      var country: Int16 = -1
      var isUnique = true
      var weight: Float = 0
      for meaning in trie.meanings(candidate.match.node) where meaning.kind == .place {
        let entry = scratch.lexicon.places[Int(meaning.index)]
        if entry.level == .country { weight = 2 }
        if meaning.form.contains(.weak) && candidate.levels == 0 { continue }
        if country >= 0 && country != entry.country { isUnique = false }
        country = entry.country
      }
      if isUnique { add(country, max(weight, 1)) }
    }
    heaviest = weights.max() ?? 0
  }

  private mutating func add(_ country: Int16, _ weight: Float) {
    if country >= 0 { weights[Int(country)] += weight }
  }

  private func share(_ country: Int16) -> Float {
    country < 0 ? 0.5 : heaviest == 0 ? 0 : weights[Int(country)] / heaviest
  }

  // MARK: Resolution

  /// Chooses among the namesakes of a candidate. In pass 0 only entries that need no support are taken.
  private mutating func resolve(_ index: Int, pass: Int) {
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
      if candidate.isMisspelt, pass == 0 || entry.isWeak || share(entry.country) < 0.8 || !isNear(entry, index) { continue }
      if candidate.isMisspelt, entry.prominence != 0 && entry.prominence < 130 { continue }
      let isWeak = meaning.form.contains(.weak) || entry.isWeak || candidate.isCommonWord
        || isWeakWord(candidate, entry)
      guard isWeak ? pass == 1 && isSupported(entry, candidate, index) : isAcceptable(entry, candidate, index) else { continue }
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
  private func isPronoun(_ meaning: PhraseTrie.Payload, _ candidate: Candidate) -> Bool {
    let entry = scratch.lexicon.places[Int(meaning.index)]
    guard meaning.form.contains(.taMarbuta), candidate.levels == 0, entry.level != .admin1, entry.prominence < 170
    else { return false }
    let last = Int(candidate.match.end) - 1
    return !scratch.text.tokens[last].flags.contains(.taMarbuta) && scratch.letters(last) < 7
  }

  private func score(_ entry: PlaceEntry, _ candidate: Candidate, _ index: Int) -> (Float, StaticString) {
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
    score += 6 * share
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
  private func isNear(_ entry: PlaceEntry, _ index: Int) -> Bool {
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
  private func isAcceptable(_ entry: PlaceEntry, _ candidate: Candidate, _ index: Int) -> Bool {
    if entry.level == .country { return true }
    // `البيت الأبيض` acts unless something is in it.
    if entry.level == .site, !candidate.isLocated, trie.has(candidate.match.node, PhraseTrie.Kind.actor.bit) {
      return false
    }
    // In a sports report a city that nothing happens in is a club.
    if isSport && !candidate.isLocated { return false }
    if candidate.levels & entry.levelBit != 0 || candidate.isLocated {
      return candidate.levels != 0 || !candidate.match.clitics.contains(.bi) || scratch.letters(Int(candidate.match.start)) > 4
        || share(entry.country) > 0
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
  private func isSupported(_ entry: PlaceEntry, _ candidate: Candidate, _ index: Int) -> Bool {
    let near = isNear(entry, index)
    let share = self.share(entry.country)
    // Directions and fronts select every level: they alone do not vouch for a word that is common.
    let isClassed = candidate.levels & entry.levelBit != 0 && candidate.levels.nonzeroBitCount < 4
    if candidate.isCommonWord && entry.level != .admin1 { return isClassed && (share > 0.2 || near) }
    if candidate.levels & entry.levelBit != 0 {
      return isClassed && share > 0 || share > 0.2 || near || heaviest == 0
    }
    if candidate.demonymCountry >= 0 && candidate.demonymCountry == entry.country { return candidate.isLocated }
    if candidate.isLocated && (near && share > 0.3 || entry.level == .water) { return true }
    // `حيس في الحديدة`
    let next = scratch.after(Int(candidate.match.end))
    if near, next >= 0, scratch.text.tokens[next].hash == Self.within { return true }
    if candidate.isListed && near && share > 0.3 { return true }
    // `بحجة` is mostly "under the pretext": a particle is not word of place enough.
    return candidate.isLocated && !candidate.match.hasParticle && share > 0.6
      && (entry.prominence >= 130 || entry.prominence == 0 && !entry.isWeak || entry.level == .admin1)
  }

  // MARK: Governments

  /// Whether the name of a country or capital stands for its government here.
  private func isGovernment(_ candidate: Candidate, _ entry: PlaceEntry, _ index: Int) -> Bool {
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
    if candidate.match.clitics.contains(.li) { return previous < 0 || role(at: previous) != .place }
    guard previous >= 0, !candidate.match.hasParticle else {
      if candidate.match.hasParticle { return isVerb(scratch.after(Int(candidate.match.end))) }
      // At the head of a sentence: a dateline (`سوريا: …`, `بيروت (رويترز)`) is a place, a subject is not.
      let next = Int(candidate.match.end)
      if next >= scratch.count { return false }
      let mark = scratch.mark(next)
      return !(mark == UInt8(ascii: ":") || mark == UInt8(ascii: "(") || mark == UInt8(ascii: "-")
        || mark == UInt8(ascii: "."))
    }
    let party = PhraseTrie.Kind.actor.bit | PhraseTrie.Kind.person.bit
    if scratch.hasArticle(previous) || scratch.matchEnding(at: start, party) != nil { return true }
    if index > 0, Int(candidates[index - 1].match.end) == start, candidates[index - 1].isGovernment { return true }
    return isVerb(previous)
  }

  private func isState(_ entry: PlaceEntry) -> Bool { entry.level == .country || entry.kind == .capital }

  private func isVerb(_ index: Int) -> Bool { index >= 0 && (scratch.isKnownVerb(index) || looksLikeVerb(index)) }

  /// `بدعم من روسيا`, `المدعومة من إيران`, `بموافقة من واشنطن`.
  private func isSupport(before start: Int) -> Bool {
    let preposition = scratch.before(start)
    guard preposition >= 0 else { return false }
    let previous = scratch.before(preposition)
    guard previous >= 0 else { return false }
    return trie.meaning(bound: scratch, at: previous)
  }

  /// Forms that only verbs have, as far as a name follows: the feminine perfect in `ت`, the imperfect in `ت…` or `ي…`, and
  /// whatever has an object pronoun.
  private func looksLikeVerb(_ index: Int) -> Bool {
    guard scratch.text.tokens[index].kind == .arabic, scratch.letters(index) >= 3 else { return false }
    let last = scratch.letter(index, -1)
    let previous = scratch.letter(index, -2)
    let isFeminineNoun = scratch.text.tokens[index].flags.contains(.taMarbuta)
    if last == Letter.ta && previous != Letter.alef { return true }
    if last == Letter.ha && !isFeminineNoun || last == Letter.alef && previous == Letter.ha { return true }
    let conjunction = scratch.conjunctionLetters(index)
    let first = scratch.letter(index, conjunction)
    guard first == Letter.ta || first == Letter.ya, !isFeminineNoun, scratch.letters(index) - conjunction >= 3 else {
      return false
    }
    return last != Letter.noon && last != Letter.ta
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
