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
  private enum T {
    static let type = Symbol("type")
    static let entry = Symbol("entry")
    static let entryReading = Symbol("entry-reading")
    static let entryPosition = Symbol("entry-position")
    static let readingPosition = Symbol("reading-position")
    static let before = Symbol("before")
    static let beforeEntry = Symbol("before-entry")
    static let after = Symbol("after")
    static let afterEntry = Symbol("after-entry")
    static let after2 = Symbol("after2")
    static let groupAfter = Symbol("group-after")
    static let groupBefore = Symbol("group-before")
    static let groupNear = Symbol("group-near")
    static let groupSentence = Symbol("group-sentence")
    static let topic = Symbol("topic")
    static let topicAll = Symbol("topic-all")
    static let strength = Symbol("strength")
    static let strengthActor = Symbol("strength-actor-left")
    static let strengthActor2 = Symbol("strength-actor-right")
    static let strengthPlace = Symbol("strength-place")
    static let need = Symbol("need")
    static let adjective = Symbol("adjective")
    static let strengthBefore = Symbol("strength-before")
    static let actorLeft = Symbol("actor-left")
    static let actorRight = Symbol("actor-right")
    static let placeRight = Symbol("place-right")
    static let placeAny = Symbol("place-any")
    static let numberRight = Symbol("number-right")
    static let weaponAny = Symbol("weapon-any")
    static let participants = Symbol("participants")
    static let weak = Symbol("weak")
    static let relative = Symbol("relative")
    static let relativeEntry = Symbol("relative-entry")
    static let demonstrative = Symbol("demonstrative")
    static let negated = Symbol("negated")
    static let result = Symbol("result")
    static let resultEntry = Symbol("result-entry")
    static let repeated = Symbol("repeated")
    static let headline = Symbol("headline")
    static let neighbourRight = Symbol("neighbour-right")
    static let pronoun = Symbol("pronoun")
    static let clitic = Symbol("clitic")
    static let cliticEntry = Symbol("clitic-entry")
    static let reporting = Symbol("reporting")
    static let passiveObject = Symbol("passive")
    static let frame = Symbol("frame-position")
    static let rival = Symbol("rival")
    static let name = Symbol("name")
  }

  private static let topicNames = [
    "sport", "finance", "weather", "accident", "health", "technology", "culture", "election", "court", "diplomacy",
  ]

  init(scan: ReportScan, tables: EventTables, candidates: [Candidate]) {
    self.scan = scan
    self.tables = tables
    let lexicon = tables.lexicon
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
    let sport = lexicon.context("sport")
    let sportWords = scan.words.count { $0.contexts & sport != 0 }
    isSport = sportWords * 100 >= words * EventFeatures.sportPercentMin && sportWords >= 3
    topics = EventFeatures.topicNames.map { name in
      let group = lexicon.context(name)
      var count = 0
      for word in scan.words where word.contexts & group != 0 { count += 1 }
      let share = count * 100 / max(words, 20)
      return (group, Symbol(name), Signs.count(share > 6 ? 6 : share))
    }
  }

  /// What a token is to its neighbours.
  func kind(_ token: Int, in sentence: Range<Int>) -> Symbol {
    if token < sentence.lowerBound { return Signs.start }
    if token >= sentence.upperBound { return Signs.end }
    switch scan.mark(token) {
    case .none: break
    case .comma: return Signs.comma
    case .stop: return Signs.stop
    case .colon: return Signs.colon
    case .quote: return Signs.quote
    default: return Signs.mark
    }
    let mention = scan.analysis.mentionOfToken[token]
    if mention >= 0 {
      let info = scan.infos[Int(mention)]
      if info.entity != .place { return info.kind }
    }
    if scan.analysis.numberOfToken[token] >= 0 {
      return scan.infos[Int(scan.analysis.numberOfToken[token])].kind
    }
    if scan.analysis.placeOfToken[token] >= 0 { return Signs.place }
    let word = scan.words[token]
    if word.particles != 0 { return lexicon.particles[word.particles.trailingZeroBitCount] }
    if word.reporting >= 0 { return T.reporting }
    if candidateOfToken[token] >= 0 {
      return candidates[Int(candidateOfToken[token])].isVerb ? Signs.verb : Signs.noun
    }
    if scan.analysis.candidateOfToken[token] >= 0 { return Signs.thing }
    if word.contexts != 0 { return lexicon.contexts[word.contexts.trailingZeroBitCount] }
    if scan.text.tokens[token].kind == .number { return Signs.number }
    if scan.text.tokens[token].kind == .latin { return Signs.latin }
    return scan.hasArticle(token) ? Signs.article : Signs.word
  }

  /// Adds the features of `candidate` read as `reading`.
  func add(_ candidate: Candidate, reading: Int, to sum: inout FeatureSum) {
    let entry = lexicon.entries[candidate.entry]
    let option = entry.readings[reading]
    let type = Signs.type(option.type)
    let kind = Signs.kind(option.type)
    let strength = entry.flags.contains(.faint) ? Signs.faint : entry.flags.contains(.weak) ? Signs.weak : Signs.strong
    let place = Signs.positions[Int(candidate.position.rawValue)]
    let sentence = scan.text.sentences[candidate.sentence]
    let range = sentence.tokens
    let token = candidate.token

    sum.add(T.type, type)
    sum.add(T.entry, entry.symbol)
    sum.add(T.entryReading, entry.symbol, type)
    sum.add(T.entryPosition, entry.symbol, place)
    sum.add(T.readingPosition, kind, place)
    sum.add(T.strength, strength, kind)
    sum.add(T.strength, strength, place)
    addNeeds(entry, token, range, kind, &sum)
    sum.add(T.frame, lexicon.frames[entry.frame].symbol, place)
    sum.add(T.rival, Signs.count(reading), Signs.count(entry.readings.count))

    let before = self.kind(token - 1, in: range)
    let after = self.kind(token + 1, in: range)
    sum.add(T.before, kind, before)
    sum.add(T.before, place, before)
    sum.add(T.beforeEntry, entry.symbol, before)
    sum.add(T.after, kind, after)
    sum.add(T.after, place, after)
    sum.add(T.afterEntry, entry.symbol, after)
    sum.add(T.after2, kind, self.kind(token + 2, in: range))

    var bits: UInt64 = 0
    for at in max(range.lowerBound, token - 4)..<token { bits |= scan.words[at].contexts }
    forEach(bits) {
      sum.add(T.groupBefore, type, $0)
      sum.add(T.groupBefore, kind, $0)
    }
    var near = bits
    bits = 0
    for at in min(token + 1, range.upperBound)..<min(token + 4, range.upperBound) { bits |= scan.words[at].contexts }
    forEach(bits) {
      sum.add(T.groupAfter, type, $0)
      sum.add(T.groupAfter, kind, $0)
    }
    near |= bits
    forEach(near) { sum.add(T.groupNear, entry.symbol, $0) }
    forEach(groupsOfSentence[candidate.sentence]) { sum.add(T.groupSentence, kind, $0) }
    for topic in topics {
      sum.add(T.topic, topic.symbol, topic.level)
      if topic.level != Signs.counts[0] { sum.add(T.topicAll, kind, topic.symbol) }
    }

    addParticipants(candidate, kind, strength, range, entry, &sum)
    addSurroundings(candidate, kind, strength, range, entry, &sum)
    sum.add(T.headline, kind, sentence.isHeadline ? Signs.yes : Signs.no)
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
    sum.add(T.need, met ? Signs.yes : Signs.no)
    sum.add(T.need, kind, met ? Signs.yes : Signs.no)
    sum.add(T.need, entry.symbol, met ? Signs.yes : Signs.no)
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
      case .date, .source: break
      }
    }
    sum.add(T.actorLeft, type, Signs.distance(actorLeft))
    sum.add(T.actorRight, type, Signs.distance(actorRight))
    sum.add(T.placeRight, type, Signs.distance(placeRight))
    sum.add(T.numberRight, type, Signs.distance(numberRight))
    sum.add(T.placeAny, type, place ? Signs.yes : Signs.no)
    sum.add(T.weaponAny, type, weapon ? Signs.yes : Signs.no)
    let people = min(participants, 3) + (place ? 4 : 0)
    sum.add(T.participants, type, Signs.count(people))
    sum.add(T.weak, strength, Signs.count(people))
    sum.add(T.strengthActor, strength, Signs.distance(actorLeft))
    sum.add(T.strengthActor2, strength, Signs.distance(actorRight))
    sum.add(T.strengthPlace, strength, Signs.distance(placeRight))
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
    sum.add(T.relative, type, relative ? Signs.yes : Signs.no)
    if relative { sum.add(T.relativeEntry, entry.symbol) }
    let previous = token > range.lowerBound ? scan.words[token - 1].particles : 0
    if previous & signs.demonstrative != 0 {
      sum.add(T.demonstrative, type)
    }
    if previous & signs.negation != 0 { sum.add(T.negated, type) }
    // `الغوطة الشرقية المحاصرة`: a definite word after a definite noun or a name describes it.
    if candidate.position == .definite || candidate.position == .participle, token > range.lowerBound,
      candidate.clitics == .al, scan.hasArticle(token - 1) || scan.analysis.placeOfToken[token - 1] >= 0
    {
      sum.add(T.adjective, entry.symbol)
      sum.add(T.adjective, type)
    }
    if candidate.hasPronoun { sum.add(T.pronoun, type, candidate.isVerb ? Signs.verb : Signs.noun) }
    let clitic: Symbol =
      candidate.clitics.contains(.bi)
      ? Signs.yes
      : candidate.clitics.contains(.li) ? Signs.no : candidate.clitics.contains(.wa) ? Signs.comma : Signs.start
    sum.add(T.clitic, type, clitic)
    sum.add(T.cliticEntry, entry.symbol, clitic)
    if scan.analysis.mentionOfToken[token] >= 0 { sum.add(T.name, type) }

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
      if other.token > token, right == nil { right = Signs.kind(otherEntry.readings[0].type) }
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
      sum.add(T.result, Signs.distance(attackLeft), Signs.distance(attackRight))
      sum.add(T.result, attackLeft >= 0 || attackRight >= 0 ? Signs.yes : Signs.no)
      sum.add(T.resultEntry, entry.symbol, attackLeft >= 0 || attackRight >= 0 ? Signs.yes : Signs.no)
    }
    if same { sum.add(T.repeated, type) }
    sum.add(T.neighbourRight, type, right ?? Signs.end)
  }
}
