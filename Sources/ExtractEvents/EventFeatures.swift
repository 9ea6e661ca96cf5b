import Arabic
import Lexicon
import Model

/// What tells an event from a mere word, as features of a candidate and one of its readings.
///
/// Every feature is a fact of the lexicons or of the rules: entries, groups, kinds of mentions, distances. No word of a
/// report is one, so a table of weights says nothing of the reports that it was made from.
final class EventFeatures {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }
  let candidates: [Candidate]
  /// Index of the first candidate of each token, -1 for none.
  let candidateOfToken: [Int32]
  /// Candidates of each sentence, as a range of `candidates`.
  let candidatesOfSentence: [Range<Int>]
  /// Groups of all words of each sentence.
  private let groupsOfSentence: [UInt64]
  /// How many words of each group the report has, in halves of a per mille, capped.
  private let topics: [(group: UInt64, symbol: Symbol, level: Symbol)]

  /// The report is about sport: its attacks, defeats and battles are games.
  let isSport: Bool
  /// Share of sport words, in percent, from which a report is about sport.
  private static let sportPercentMin = 4

  /// The templates.
  struct Templates: Sendable {
    let type = Symbol("type")
    let entry = Symbol("entry")
    let entryReading = Symbol("entry-reading")
    let entryPosition = Symbol("entry-position")
    let readingPosition = Symbol("reading-position")
    let before = Symbol("before")
    let beforeEntry = Symbol("before-entry")
    let after = Symbol("after")
    let afterEntry = Symbol("after-entry")
    let after2 = Symbol("after2")
    let groupAfter = Symbol("group-after")
    let groupBefore = Symbol("group-before")
    let groupNear = Symbol("group-near")
    let groupSentence = Symbol("group-sentence")
    let topic = Symbol("topic")
    let topicAll = Symbol("topic-all")
    let strength = Symbol("strength")
    let strengthActor = Symbol("strength-actor-left")
    let strengthActor2 = Symbol("strength-actor-right")
    let strengthPlace = Symbol("strength-place")
    let need = Symbol("need")
    let adjective = Symbol("adjective")
    let actorLeft = Symbol("actor-left")
    let actorRight = Symbol("actor-right")
    let placeRight = Symbol("place-right")
    let placeAny = Symbol("place-any")
    let numberRight = Symbol("number-right")
    let weaponAny = Symbol("weapon-any")
    let participants = Symbol("participants")
    let weak = Symbol("weak")
    let relative = Symbol("relative")
    let relativeEntry = Symbol("relative-entry")
    let demonstrative = Symbol("demonstrative")
    let negated = Symbol("negated")
    let result = Symbol("result")
    let resultEntry = Symbol("result-entry")
    let repeated = Symbol("repeated")
    let headline = Symbol("headline")
    let neighbourRight = Symbol("neighbour-right")
    let pronoun = Symbol("pronoun")
    let clitic = Symbol("clitic")
    let cliticEntry = Symbol("clitic-entry")
    let reporting = Symbol("reporting")
    let frame = Symbol("frame-position")
    let rival = Symbol("rival")
    let name = Symbol("name")
    let verdict = Symbol("collocation")
    let part = Symbol("part-of-report")
    let date = Symbol("date-any")
    let earlier = Symbol("earlier")
    let earlierActor = Symbol("earlier-actor-right")
    let relativePosition = Symbol("relative-position")
    let relativePronoun = Symbol("relative-pronoun-after")
    let rivals = Symbol("rivals")
    let agent = Symbol("agent")
  }

  private var t: Templates { @inline(__always) get { tables.eventTemplates } }

  init(scan: ReportScan, tables: EventTables, candidates: [Candidate]) {
    self.scan = scan
    self.tables = tables
    self.candidates = candidates
    var first = [Int32](repeating: -1, count: scan.text.tokens.count)
    for (index, candidate) in candidates.enumerated() where first[candidate.token] < 0 {
      first[candidate.token] = Int32(index)
    }
    candidateOfToken = first
    var ranges = [Range<Int>](repeating: 0..<0, count: scan.text.sentences.count)
    var at = 0
    while at < candidates.count {
      let start = at
      while at < candidates.count && candidates[at].sentence == candidates[start].sentence { at += 1 }
      ranges[candidates[start].sentence] = start..<at
    }
    candidatesOfSentence = ranges
    groupsOfSentence = scan.text.sentences.map { sentence in
      var bits: UInt64 = 0
      for token in sentence.tokens { bits |= scan.words[token].contexts }
      return bits
    }
    let words = max(scan.text.tokens.count, 1)
    let sport = tables.signs.sport
    let sportWords = scan.words.count { $0.contexts & sport != 0 }
    isSport = sportWords * 100 >= words * EventFeatures.sportPercentMin && sportWords >= 3
    topics = tables.signs.topics.map { group, symbol in
      let count = scan.words.count { $0.contexts & group != 0 }
      return (group, symbol, tables.signs.count(min(count * 100 / max(words, 20), 6)))
    }
  }

  /// What a token is to its neighbours.
  func kind(_ token: Int, in sentence: Range<Int>) -> Symbol {
    if token < sentence.lowerBound { return signs.start }
    if token >= sentence.upperBound { return signs.end }
    switch scan.mark(token) {
    case .none: break
    case .comma: return signs.comma
    case .stop: return signs.stop
    case .colon: return signs.colon
    case .quote: return signs.quote
    default: return signs.mark
    }
    let mention = scan.analysis.mentionOfToken[token]
    if mention >= 0 {
      let info = scan.infos[Int(mention)]
      if info.entity != .place { return info.kind }
    }
    if scan.analysis.numberOfToken[token] >= 0 {
      return scan.infos[Int(scan.analysis.numberOfToken[token])].kind
    }
    if scan.analysis.placeOfToken[token] >= 0 { return signs.place }
    let word = scan.words[token]
    let particles = word.particles & ~signs.beside
    if particles != 0 { return lexicon.particles[particles.trailingZeroBitCount] }
    if word.isReporting { return t.reporting }
    if candidateOfToken[token] >= 0 {
      return candidates[Int(candidateOfToken[token])].isVerb ? signs.verb : signs.noun
    }
    if scan.analysis.candidateOfToken[token] >= 0 { return signs.thing }
    if word.contexts != 0 { return lexicon.contexts[word.contexts.trailingZeroBitCount] }
    if scan.text.tokens[token].kind == .number { return signs.number }
    if scan.text.tokens[token].kind == .latin { return signs.latin }
    return scan.hasArticle(token) ? signs.article : signs.word
  }

  /// Whether a reading takes part in the choice: of several readings of one type, which differ in mode only, the one that a
  /// collocation names does, else the first.
  func competes(_ reading: Int, of candidate: Candidate) -> Bool {
    let readings = lexicon.entries[candidate.entry].readings
    let type = readings[reading].type
    if case .reading(let named) = candidate.verdict, readings[named].type == type { return reading == named }
    return readings.firstIndex { $0.type == type } == reading
  }

  /// Adds what tells the readings of `candidate` apart.
  func addReading(_ candidate: Candidate, _ reading: Int, to sum: inout FeatureSum) {
    let entry = lexicon.entries[candidate.entry]
    let option = entry.readings[reading]
    let type = signs.type(option.type)
    sum.add(t.type, type)
    sum.add(t.entryReading, entry.symbol, type)
    sum.add(t.rival, signs.count(reading), signs.count(entry.readings.count))
    addVerdict(candidate, reading, strength(of: entry), &sum)
    let (before, after) = groupsAround(candidate)
    forEach(before) { sum.add(t.groupBefore, type, $0) }
    forEach(after) { sum.add(t.groupAfter, type, $0) }
  }

  /// Adds what is the same for all readings of `candidate` that are acts of one `kind` (`Signs.kind`): nearly everything.
  func addKind(_ candidate: Candidate, _ kind: Symbol, to sum: inout FeatureSum) {
    let entry = lexicon.entries[candidate.entry]
    let strength = strength(of: entry)
    let place = signs.positions[Int(candidate.position.rawValue)]
    let sentence = scan.text.sentences[candidate.sentence]
    let range = sentence.tokens
    let token = candidate.token

    sum.add(t.entry, entry.symbol)
    sum.add(t.entryPosition, entry.symbol, place)
    sum.add(t.readingPosition, kind, place)
    sum.add(t.strength, strength, kind)
    sum.add(t.strength, strength, place)
    addNeeds(entry, token, range, kind, &sum)
    sum.add(t.frame, lexicon.frames[entry.frame].symbol, place)

    let before = self.kind(token - 1, in: range)
    let after = self.kind(token + 1, in: range)
    sum.add(t.before, kind, before)
    sum.add(t.before, place, before)
    sum.add(t.beforeEntry, entry.symbol, before)
    sum.add(t.after, kind, after)
    sum.add(t.after, place, after)
    sum.add(t.afterEntry, entry.symbol, after)
    sum.add(t.after2, kind, self.kind(token + 2, in: range))

    let (groupsBefore, groupsAfter) = groupsAround(candidate)
    forEach(groupsBefore) { sum.add(t.groupBefore, kind, $0) }
    forEach(groupsAfter) { sum.add(t.groupAfter, kind, $0) }
    forEach(groupsBefore | groupsAfter) { sum.add(t.groupNear, entry.symbol, $0) }
    forEach(groupsOfSentence[candidate.sentence]) { sum.add(t.groupSentence, kind, $0) }
    for topic in topics {
      sum.add(t.topic, topic.symbol, topic.level)
      if topic.level != signs.counts[0] { sum.add(t.topicAll, kind, topic.symbol) }
    }

    addParticipants(candidate, kind, strength, range, entry, &sum)
    addSurroundings(candidate, kind, strength, range, entry, &sum)
    sum.add(t.headline, kind, sentence.isHeadline ? signs.yes : signs.no)
    sum.add(t.part, kind, part(ofReport: candidate.sentence))
    sum.add(t.rivals, kind, signs.count(candidatesOfSentence[candidate.sentence].count))
  }

  private func strength(of entry: TriggerEntry) -> Symbol {
    entry.flags.contains(.faint) ? signs.faint : entry.flags.contains(.weak) ? signs.weak : signs.strong
  }

  /// The groups of the four words before a trigger, and of the three after it.
  private func groupsAround(_ candidate: Candidate) -> (before: UInt64, after: UInt64) {
    let range = scan.text.sentences[candidate.sentence].tokens
    let token = candidate.token
    var before: UInt64 = 0
    for at in max(range.lowerBound, token - 4)..<token { before |= scan.words[at].contexts }
    var after: UInt64 = 0
    for at in min(token + 1, range.upperBound)..<min(token + 4, range.upperBound) { after |= scan.words[at].contexts }
    return (before, after)
  }

  /// What the collocations of the trigger say of this reading.
  private func addVerdict(
    _ candidate: Candidate, _ reading: Int, _ strength: Symbol, _ sum: inout FeatureSum
  ) {
    let fits: Symbol
    switch candidate.verdict {
    case .none: return
    case .noEvent: fits = signs.none
    case .reading(let named): fits = named == reading ? signs.yes : signs.no
    }
    sum.add(t.verdict, fits)
    sum.add(t.verdict, fits, strength)
  }

  /// Where a sentence stands: the head of a report says what is new, its end often what has been.
  private func part(ofReport sentence: Int) -> Symbol {
    let count = scan.text.sentences.count
    if sentence < 4 { return signs.count(sentence) }
    if sentence == count - 1 { return signs.end }
    return signs.count(4 + min(3 * (sentence - 4) / max(count - 4, 1), 2))
  }

  /// Whether the groups that the entry is read with stand near.
  private func addNeeds(
    _ entry: TriggerEntry, _ token: Int, _ range: Range<Int>, _ kind: Symbol, _ sum: inout FeatureSum
  ) {
    var wanted = false
    var met = false
    for need in entry.needs where need.side == .before || need.side == .after {
      wanted = true
      let near =
        need.side == .before
        ? max(range.lowerBound, token - EventFeatures.reach)..<token
        : min(token + 1, range.upperBound)..<min(token + 1 + EventFeatures.reach, range.upperBound)
      for at in near where scan.words[at].contexts & need.group != 0 { met = true }
    }
    guard wanted else { return }
    sum.add(t.need, met ? signs.yes : signs.no)
    sum.add(t.need, kind, met ? signs.yes : signs.no)
    sum.add(t.need, entry.symbol, met ? signs.yes : signs.no)
  }

  /// How far words of a needed group may stand, in words.
  private static let reach = 5

  private func forEach(_ bits: UInt64, _ body: (Symbol) -> Void) {
    var bits = bits
    while bits != 0 {
      body(lexicon.contexts[bits.trailingZeroBitCount])
      bits &= bits - 1
    }
  }

  /// Who, where and how many stand in the sentence.
  private func addParticipants(
    _ candidate: Candidate, _ type: Symbol, _ strength: Symbol, _ range: Range<Int>, _ entry: TriggerEntry,
    _ sum: inout FeatureSum
  ) {
    var actorLeft = -1
    var actorRight = -1
    var placeRight = -1
    var numberRight = -1
    var place = false
    var weapon = false
    var date = signs.none
    var participants = 0
    for index in scan.mentions(inSentence: candidate.sentence) {
      let mention = scan.infos[Int(index)]
      if mention.start <= candidate.token && candidate.token < mention.end { continue }
      switch mention.entity {
      case .actor, .person:
        participants += 1
        if mention.end <= candidate.token {
          actorLeft = candidate.token - mention.end
        } else if actorRight < 0 {
          actorRight = mention.start - candidate.token - 1
        }
      case .place:
        place = true
        if mention.start > candidate.token && placeRight < 0 { placeRight = mention.start - candidate.token - 1 }
      case .quantity:
        if mention.isToll { participants += 1 }
        if mention.start > candidate.token && numberRight < 0 { numberRight = mention.start - candidate.token - 1 }
      case .weapon: weapon = true
      case .date: date = mention.detail
      case .source: break
      }
    }
    sum.add(t.date, type, date)
    let position = signs.positions[Int(candidate.position.rawValue)]
    let told = isToldBefore(candidate) ? signs.yes : signs.no
    sum.add(t.earlier, type, told)
    sum.add(t.earlier, position, told)
    sum.add(t.earlierActor, position, told, actorRight >= 0 && actorRight < 3 ? signs.yes : signs.no)
    sum.add(t.actorLeft, type, signs.distance(actorLeft))
    sum.add(t.actorRight, type, signs.distance(actorRight))
    sum.add(t.placeRight, type, signs.distance(placeRight))
    sum.add(t.numberRight, type, signs.distance(numberRight))
    sum.add(t.placeAny, type, place ? signs.yes : signs.no)
    sum.add(t.weaponAny, type, weapon ? signs.yes : signs.no)
    let people = min(participants, 3) + (place ? 4 : 0)
    sum.add(t.participants, type, signs.count(people))
    sum.add(t.weak, strength, signs.count(people))
    sum.add(t.strengthActor, strength, signs.distance(actorLeft))
    sum.add(t.strengthActor2, strength, signs.distance(actorRight))
    sum.add(t.strengthPlace, strength, signs.distance(placeRight))
  }

  /// Whether a token is a preposition with a pronoun of the third person: `عليها`, `منهم`.
  private func isPronominal(_ token: Int) -> Bool {
    let ha = FoldedLetter.ha
    return scan.words[token].particles & signs.prepositions != 0
      && (scan.letter(token, fromEnd: 0) == ha || scan.letter(token, fromEnd: 1) == ha)
  }

  /// Whether the report has had the trigger's lexeme in an earlier sentence.
  private func isToldBefore(_ candidate: Candidate) -> Bool {
    for other in candidates {
      if other.sentence >= candidate.sentence { return false }
      if other.entry == candidate.entry { return true }
    }
    return false
  }

  /// What the words and triggers around say.
  private func addSurroundings(
    _ candidate: Candidate, _ type: Symbol, _ strength: Symbol, _ range: Range<Int>, _ entry: TriggerEntry,
    _ sum: inout FeatureSum
  ) {
    let token = candidate.token
    var relative = false
    var at = token - 1
    while at >= range.lowerBound && at >= token - 2 {
      if scan.words[at].particles & signs.relative != 0 { relative = true }
      at -= 1
    }
    sum.add(t.relative, type, relative ? signs.yes : signs.no)
    if relative {
      sum.add(t.relativeEntry, entry.symbol)
      sum.add(t.relativePosition, type, signs.positions[Int(candidate.position.rawValue)])
      // `التي يسيطر عليها`: a relative clause whose pronoun comes right after says which one, not what happened.
      if token + 1 < range.upperBound, isPronominal(token + 1) {
        sum.add(t.relativePronoun, type)
        sum.add(t.relativePronoun, entry.symbol)
      }
    }
    let previous = token > range.lowerBound ? scan.words[token - 1].particles : 0
    if previous & signs.demonstrative != 0 {
      sum.add(t.demonstrative, type)
    }
    if previous & signs.negation != 0 { sum.add(t.negated, type) }
    // `الغوطة الشرقية المحاصرة`: a definite word after a definite noun or a name describes it.
    if candidate.position == .definite || candidate.position == .participle, token > range.lowerBound,
      candidate.clitics == .al, scan.hasArticle(token - 1) || scan.analysis.placeOfToken[token - 1] >= 0
    {
      sum.add(t.adjective, entry.symbol)
      sum.add(t.adjective, type)
    }
    if candidate.hasPronoun { sum.add(t.pronoun, type, candidate.isVerb ? signs.verb : signs.noun) }
    let clitic: Symbol =
      candidate.clitics.contains(.bi)
      ? signs.yes
      : candidate.clitics.contains(.li) ? signs.no : candidate.clitics.contains(.wa) ? signs.comma : signs.start
    sum.add(t.clitic, type, clitic)
    sum.add(t.cliticEntry, entry.symbol, clitic)
    if scan.analysis.mentionOfToken[token] >= 0 { sum.add(t.name, type) }

    // Attack and casualty words of the sentence: a toll is the result of an attack.
    var attackLeft = -1
    var attackRight = -1
    var right: Symbol?
    var same = false
    for index in candidatesOfSentence[candidate.sentence] {
      let other = candidates[index]
      let otherEntry = lexicon.entries[other.entry]
      if other.token == token { continue }
      if other.entry == candidate.entry && other.token < token { same = true }
      let distance = abs(other.token - token) - 1
      if other.token > token, right == nil { right = signs.kind(otherEntry.readings[0].type) }
      if otherEntry.readings[0].type == .assault && !otherEntry.flags.contains(.casualty)
        && !otherEntry.flags.contains(.weak)
      {
        if other.token < token {
          attackLeft = distance
        } else if attackRight < 0 {
          attackRight = distance
        }
      }
    }
    if entry.flags.contains(.casualty) {
      sum.add(t.result, signs.distance(attackLeft), signs.distance(attackRight))
      sum.add(t.result, attackLeft >= 0 || attackRight >= 0 ? signs.yes : signs.no)
      sum.add(t.resultEntry, entry.symbol, attackLeft >= 0 || attackRight >= 0 ? signs.yes : signs.no)
      if hasAgent(candidate) { sum.add(t.agent, attackLeft >= 0 || attackRight >= 0 ? signs.yes : signs.no) }
    }
    if same { sum.add(t.repeated, type) }
    sum.add(t.neighbourRight, type, right ?? signs.end)
  }

  /// `قتلت الشرطة شابا`, `التنظيم قتل شابا`: a killing whose subject is a party and whose object follows; it is no result of an
  /// attack beside it.
  func hasAgent(_ candidate: Candidate) -> Bool {
    let entry = lexicon.entries[candidate.entry]
    guard entry.flags.contains(.casualty), candidate.position != .passive, candidate.position != .definite,
      candidate.form.voice != .passive, lexicon.frames[entry.frame].subject == .actor
    else { return false }
    let range = scan.text.sentences[candidate.sentence].tokens
    if let subject = party(candidate.token + 1, range), subject.start == candidate.token + 1, subject.prefix.isEmpty {
      return namesVictims(subject.end, range)
    }
    return candidate.isVerb && party(candidate.token - 1, range) != nil && namesVictims(candidate.token + 1, range)
  }

  /// The party that covers a token: named, or definite.
  private func party(_ token: Int, _ range: Range<Int>) -> MentionInfo? {
    guard range.contains(token), scan.analysis.mentionOfToken[token] >= 0 else { return nil }
    let info = scan.infos[Int(scan.analysis.mentionOfToken[token])]
    return info.entity == .actor && (!info.isGeneric || scan.hasArticle(info.start)) ? info : nil
  }

  /// Whether a number or an indefinite noun for people begins at a token.
  private func namesVictims(_ token: Int, _ range: Range<Int>) -> Bool {
    guard range.contains(token), !scan.hasArticle(token) else { return false }
    let number = scan.analysis.numberOfToken[token]
    if number >= 0 { return scan.infos[Int(number)].entity == .quantity }
    let mention = scan.analysis.mentionOfToken[token]
    return mention >= 0 && scan.infos[Int(mention)].isParty && scan.infos[Int(mention)].prefix.isEmpty
  }
}
