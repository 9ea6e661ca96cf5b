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
  var weights: [Float]
  var heaviest: Float = 0
  /// The report is about sport: names of cities are mostly those of clubs.
  var isSport = false
  var candidates: [Candidate] = []

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

  var trie: PhraseTrie { scratch.trie }

  // MARK: Candidates

  mutating func collect(_ isTaken: [Bool]) {
    var at = 0
    while at < scratch.count {
      guard !isTaken[at],
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

  /// Whether the match can be the name of a place at all.
  func isName(_ match: PhraseMatch) -> Bool {
    let start = Int(match.start)
    let token = scratch.tokens[start]
    // Even the commonest word may be a name right behind a class noun (`حي القدم`).
    if let meaning = trie.meaning(match.node, .stop), scratch.lexicon.placeStops[Int(meaning.index)] == .never,
      match.hasParticle || scratch.matchEnding(at: start, PhraseTrie.Kind.classNoun.bit) == nil
    {
      return false
    }
    // A name that is found without the article the text has is another word (`الدوما` is no `دوما`).
    if !match.clitics.isDisjoint(with: [.al, .ka]) { return false }
    if match.end == match.start + 1 {
      if token.flags.contains(.tanween), scratch.letter(start, -1) == .alef { return false }
      if match.hasParticle {
        let letters = (Int(token.foldedEnd - token.foldedStart) - Int(match.skipped)) / 2
        // `ف` before a name is rare, and two letters are too few to go by.
        if match.clitics.contains(.fa) && letters < 5 || letters < 3 { return false }
        if letters < 4 && !isCountry(match) && scratch.isTrigger(start) { return false }
      }
    } else {
      // `النظام في سوريا` says two things: the place is the shorter name.
      for inner in start + 1..<Int(match.end) - 1 where scratch.tokens[inner].hash == Self.within { return false }
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
  func isAdjective(_ match: PhraseMatch, _ previous: Int) -> Bool {
    guard previous >= 0, match.end == match.start + 1, match.clitics.isSubset(of: .wa),
      scratch.letter(Int(match.start), -1) == .ha,
      scratch.matches.longest(Int(match.start), PhraseTrie.Kind.demonym.bit, trie) != nil
    else { return false }
    if match.clitics.contains(.wa) { return scratch.letter(previous, -1) == .ha && scratch.hasArticle(previous) }
    if scratch.hasArticle(previous) { return true }
    if scratch.isKnownVerb(previous) || role(at: previous) != nil { return false }
    return !scratch.hasArticle(Int(match.start)) || isPlaceName(endingAt: previous)
  }

  func isPlaceName(endingAt token: Int) -> Bool {
    guard let last = candidates.last else { return false }
    return Int(last.match.end) == token + 1
  }

  func isCountry(_ match: PhraseMatch) -> Bool {
    trie.meanings(match.node).contains {
      $0.kind == .place && scratch.lexicon.places[Int($0.index)].level == .country
    }
  }

  /// The role of a word before names, as `place-words.tsv` has it.
  func role(at index: Int) -> PlaceContext? {
    guard let word = scratch.matchEnding(at: index + 1, PhraseTrie.Kind.context.bit), !word.clitics.contains(.al),
      let meaning = trie.meaning(word.node, .context)
    else { return nil }
    return scratch.lexicon.placeContexts[Int(meaning.index)]
  }

  static let within = StableHash.hash(Folding.fold(word: "في"))

  func candidate(_ match: PhraseMatch) -> Candidate {
    var candidate = Candidate(match: match)
    candidate.stop = stop(match)
    candidate.isCommonWord = candidate.stop == .classNoun || candidate.stop == .never
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
  func isJoint(_ index: Int) -> Bool {
    let mark = scratch.mark(index)
    if mark != 0 { return mark == UInt8(ascii: ",") || mark == UInt8(ascii: "-") }
    return scratch.letters(index) == 1 && scratch.letter(index, 0) == .waw
  }

  /// Notes what the class noun or word of place that ends before token `end` says of the candidate.
  func describe(_ candidate: inout Candidate, endingAt end: Int) {
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

  func isDemonym(_ index: Int) -> Bool {
    scratch.matches.longest(index, PhraseTrie.Kind.demonym.bit, trie, where: { $0.clitics == .al }) != nil
  }

  /// What the stop lists ask of the spelling; particles ask for a class noun.
  func stop(_ match: PhraseMatch) -> PlaceStop? {
    if let meaning = trie.meaning(match.node, .stop) { return scratch.lexicon.placeStops[Int(meaning.index)] }
    let isParticle = match.end == match.start + 1 && match.clitics.isEmpty && scratch.isParticle(Int(match.start))
    return isParticle ? .classNoun : nil
  }

  /// Whether the spelling needs support here: listed so, or a form of a trigger and no name of a large place.
  func isWeakWord(_ candidate: Candidate, _ entry: PlaceEntry) -> Bool {
    let match = candidate.match
    guard match.end == match.start + 1 else { return false }
    if candidate.stop == .container { return true }
    if entry.level == .country || entry.level == .admin1 || entry.prominence > 150 { return false }
    return match.clitics.isEmpty && scratch.isTrigger(Int(match.start))
  }

  // MARK: Evidence

  /// Weighs the countries of the report.
  mutating func weigh() {
    var sportWords = 0
    let telling = PhraseTrie.Kind.context.bit | PhraseTrie.Kind.demonym.bit | PhraseTrie.Kind.actor.bit
    for match in scratch.matches.all() where trie.has(match.node, telling) {
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

  mutating func add(_ country: Int16, _ weight: Float) {
    if country >= 0 { weights[Int(country)] += weight }
  }

  func share(_ country: Int16) -> Float {
    country < 0 ? 0.5 : heaviest == 0 ? 0 : weights[Int(country)] / heaviest
  }
}
