import Arabic
import Lexicon
import Model

/// Reads what casualty words count: the number before or after them, else the victims that they name.
///
/// Each rule is a function; the first that reads something wins. Which event the count belongs to is `TollTargets`' matter.
struct TollReader {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }
  private var tollSigns: TollSigns { @inline(__always) get { tables.tollSigns } }
  let candidates: [Candidate]
  let features: EventFeatures

  /// How far a number may stand after the word that says what it counts, in words.
  private static let reachAfter = 6
  /// How far before a verb its counted subject may stand.
  private static let reachBefore = 6
  /// How far behind `عدد القتلى` its number may stand.
  private static let reachTally = 25
  /// How far before a casualty word the negation that denies it may stand.
  private static let reachDenial = 6
  /// How far before a plural pronoun the number of those that it stands for may be.
  private static let reachAntecedent = 16
  /// `آخرون` are at least this many.
  private static let pluralMin = 2

  private var victims: VictimCounter
  private var counts: [TollCount] = []

  init(scan: ReportScan, tables: EventTables, candidates: [Candidate], features: EventFeatures) {
    self.scan = scan
    self.tables = tables
    self.candidates = candidates
    self.features = features
    victims = VictimCounter(scan: scan, tables: tables, candidates: candidates, features: features)
  }

  /// The counts of a report, in the order of the text.
  /// - Parameters:
  ///   - events: what was found.
  ///   - eventOfToken: for the token of each event its index.
  mutating func read(_ events: [Event], _ eventOfToken: [Int: Int]) -> [TollCount] {
    for index in candidates.indices {
      let candidate = candidates[index]
      let entry = lexicon.entries[candidate.entry]
      let event = eventOfToken[candidate.token]
      guard entry.toll != .none, event != nil || entry.flags.contains(.casualty) else { continue }
      // Of several lexemes at one token the chosen one counts.
      if let event, events[event].type != .assault, entry.flags.contains(.casualty) { continue }
      if counts.contains(where: { $0.candidate >= 0 && $0.token == candidate.token }) { continue }
      if denied(index, entry) { continue }
      if let count = count(index, entry, event.map { events[$0] }) { counts.append(count) }
    }
    shareForward()
    readQuantities()
    counts.sort { $0.token < $1.token }
    return counts
  }

  // MARK: - Rules

  /// The rules in their order; the first that reads something wins.
  private mutating func count(_ index: Int, _ entry: TriggerEntry, _ event: Event?) -> TollCount? {
    let candidate = candidates[index]
    let range = scan.text.sentences[candidate.sentence].tokens
    func made(_ toll: Event.Toll, _ rule: StaticString) -> TollCount {
      TollCount(kind: entry.toll, toll: toll, candidate: index, token: candidate.token, rule: rule)
    }
    if let toll = sharedPlural(candidate) { return made(toll, "joined plural") }
    if let toll = numberBeside(candidate, range) { return made(toll, "number before the noun") }
    if let toll = tally(candidate, range) { return made(toll, "number that the count has risen to") }
    if let toll = numberAfter(candidate, range) { return made(toll, "number after the word") }
    if let toll = numberOfSubject(candidate, range) { return made(toll, "number of the subject") }
    // Who flees or is driven out is counted by numbers only: `إجلاء مقاتلين` describes.
    guard entry.toll != .displaced else { return nil }
    if let toll = oneOf(candidate, range) { return made(toll, "one of several") }
    if let toll = others(candidate, range) { return made(toll, "others") }
    if let toll = victimAfter(candidate, range) { return made(toll, "victim after the word") }
    if candidate.form.number == .dual, takesVictimAsSubject(candidate) {
      return made(.init(min: 2, max: 2), "dual verb")
    }
    if let toll = unknownVictim(candidate, entry, range) { return made(toll, "one by a noun without plural ending") }
    if let toll = joinedVerb(candidate) { return made(toll, "joined verb") }
    if let event, let toll = recipient(of: event, candidate) { return made(toll, "victim by role") }
    if event != nil, let toll = pronoun(candidate, range) { return made(toll, "pronoun of the victims") }
    if let toll = singularSubject(candidate, range) { return made(toll, "subject of one") }
    if event != nil, isOfOne(candidate) { return made(.init(min: 1, max: 1), "passive of one") }
    return nil
  }

  /// "No casualties": `دون إصابات`, `لم تسفر عن ضحايا`; between the negation and the noun only words that lead to it.
  private mutating func denied(_ index: Int, _ entry: TriggerEntry) -> Bool {
    let candidate = candidates[index]
    guard candidate.position == .noun, entry.flags.contains(.casualty) else { return false }
    let range = scan.text.sentences[candidate.sentence].tokens
    let least = max(range.lowerBound, candidate.token - TollReader.reachDenial)
    var at = candidate.token - 1
    while at >= least {
      let particles = scan.words[at].particles
      if particles & (signs.negation | signs.negationNoun) != 0 && particles & signs.deny == 0 {
        let zero = Event.Toll(min: 0, max: 0)
        if scan.analysis.numberOfToken[candidate.token] >= 0 {
          victims.use(scan.analysis.numberOfToken[candidate.token])
        }
        var kinds = [entry.toll]
        if scan.words[candidate.token].particles & tollSigns.victims != 0 { kinds.append(.injured) }
        for kind in kinds {
          counts.append(
            TollCount(kind: kind, toll: zero, candidate: index, token: candidate.token, rule: "denied casualties"))
        }
        return true
      }
      let leads =
        particles & (signs.complementizer | signs.prepositions | signs.cause | signs.any) != 0
        || scan.words[at].contexts & (signs.light | signs.casualty) != 0 || victims.candidateAt(at) != nil
      guard leads, scan.mark(at) == .none else { return false }
      at -= 1
    }
    return false
  }

  /// `عشرات القتلى والجرحى`: a definite plural joined to another has its number.
  private func sharedPlural(_ candidate: Candidate) -> Event.Toll? {
    guard candidate.clitics.contains(.wa), candidate.position == .definite, let last = counts.last, last.candidate >= 0,
      last.token == candidate.token - 1, candidates[last.candidate].position == .definite
    else { return nil }
    return last.toll
  }

  /// Right before a counted noun, or in it: `5 قتلى`, `32 جريحا`.
  private mutating func numberBeside(_ candidate: Candidate, _ range: Range<Int>) -> Event.Toll? {
    let kind = lexicon.entries[candidate.entry].toll
    guard !candidate.isVerb, candidate.token > range.lowerBound else { return nil }
    for at in [candidate.token, candidate.token - 1] {
      // `أصيب اثنان وجرح …`: what و joins does not count the number before it.
      if at < candidate.token, candidate.clitics.contains(.wa) { break }
      let number = scan.analysis.numberOfToken[at]
      if let toll = victims.take(number) { return victims.joined(to: toll, kind, after: number, range) }
    }
    return nil
  }

  /// After it, within its clause: `قتل أمس في غارة 5 أشخاص`.
  private mutating func numberAfter(_ candidate: Candidate, _ range: Range<Int>) -> Event.Toll? {
    let kind = lexicon.entries[candidate.entry].toll
    var at = candidate.token + 1
    let end = min(range.upperBound, candidate.token + 1 + TollReader.reachAfter)
    while at < end {
      let number = scan.analysis.numberOfToken[at]
      if number >= 0, victims.isCount(number) {
        guard !victims.isSubset(at, range), let toll = victims.take(number) else { return nil }
        return victims.joined(to: toll, kind, after: number, range)
      }
      if let next = afterParenthesis(at, range) {
        at = next
        continue
      }
      switch scan.mark(at) {
      case .none, .quote, .open, .close: break
      default: return nil
      }
      if let other = victims.candidateAt(at) {
        if lexicon.entries[candidates[other].entry].toll != .none || candidates[other].isVerb { return nil }
      }
      if victims.beginsClause(at) || scan.words[at].particles & (signs.by | tollSigns.after) != 0 && number < 0 {
        return nil
      }
      at += 1
    }
    return nil
  }

  /// `ارتفع عدد القتلى جراء الغارات إلى مئة مدني`: the number may stand far behind, after `إلى`.
  private mutating func tally(_ candidate: Candidate, _ range: Range<Int>) -> Event.Toll? {
    guard !candidate.isVerb, candidate.token > range.lowerBound,
      scan.words[candidate.token - 1].particles & (signs.quantifier | signs.cause) != 0
    else { return nil }
    var at = candidate.token + 1
    while at + 1 < min(range.upperBound, candidate.token + TollReader.reachTally) {
      if scan.mark(at) == .stop || victims.beginsClause(at) { return nil }
      if scan.words[at].particles & tollSigns.to != 0, let toll = victims.take(scan.analysis.numberOfToken[at + 1]) {
        return toll
      }
      at += 1
    }
    return nil
  }

  /// `أعدم التنظيم أحد الرهائن`: one.
  private func oneOf(_ candidate: Candidate, _ range: Range<Int>) -> Event.Toll? {
    var at = candidate.token + 1
    while at < min(range.upperBound, candidate.token + 1 + TollReader.reachAfter) {
      let particles = scan.words[at].particles
      if particles & tollSigns.one != 0 { return .init(min: 1, max: 1) }
      switch scan.mark(at) {
      case .none, .quote: break
      default: return nil
      }
      if victims.candidateAt(at) != nil || victims.beginsClause(at) || particles & (signs.by | tollSigns.after) != 0 {
        return nil
      }
      at += 1
    }
    return nil
  }

  /// `قتل، مساء الجمعة، 5 أشخاص`: a date between commas is passed over; where the clause goes on.
  private func afterParenthesis(_ at: Int, _ range: Range<Int>) -> Int? {
    guard scan.mark(at) == .comma, at + 1 < range.upperBound else { return nil }
    let date = scan.analysis.numberOfToken[at + 1]
    guard date >= 0, scan.infos[Int(date)].entity == .date else { return nil }
    let end = scan.infos[Int(date)].end
    return end < range.upperBound && scan.mark(end) == .comma ? end + 1 : nil
  }

  /// Before a verb whose subject stands first: `ستة فلسطينيين، بينهم طفلان، قتلوا`.
  private mutating func numberOfSubject(_ candidate: Candidate, _ range: Range<Int>) -> Event.Toll? {
    guard candidate.isVerb || candidate.position == .participle else { return nil }
    var at = candidate.token - 1
    var least = max(range.lowerBound, candidate.token - TollReader.reachBefore)
    while at >= least {
      let number = scan.analysis.numberOfToken[at]
      if number >= 0, victims.isCount(number) {
        let start = scan.infos[Int(number)].start
        if victims.isSubset(start, range) {
          // The part has its own verb only when no whole stands before it.
          at = start - 1
          while at >= range.lowerBound, scan.mark(at) != .comma, start - at <= 3 { at -= 1 }
          at -= 1
          least = max(range.lowerBound, at - TollReader.reachBefore)
          continue
        }
        return victims.take(number)
      }
      if scan.mark(at) != .none || victims.candidateAt(at) != nil { return nil }
      at -= 1
    }
    return nil
  }

  /// `وجرح آخرون`: several.
  private func others(_ candidate: Candidate, _ range: Range<Int>) -> Event.Toll? {
    let next = candidate.token + 1
    guard next < range.upperBound, scan.words[next].particles & tollSigns.others != 0 else { return nil }
    return .init(min: TollReader.pluralMin, max: nil)
  }

  /// `قتل قائد ميداني`, `اعتقال محامية وصحافيين اثنين`: who follows at once, named one by one.
  private mutating func victimAfter(_ candidate: Candidate, _ range: Range<Int>) -> Event.Toll? {
    let next = candidate.token + 1
    guard next < range.upperBound else { return nil }
    let mention = scan.analysis.mentionOfToken[next]
    guard mention >= 0, scan.infos[Int(mention)].start == next else { return nil }
    // `قتلت الشرطة فلسطينيا`: of an active verb it is the subject.
    if candidate.isVerb, !takesVictimAsSubject(candidate) { return nil }
    let kind = lexicon.entries[candidate.entry].toll
    // Once victims were counted, `مقتل الجنود` speaks of them again.
    if kind != .detained, !counts.contains(where: { $0.kind == kind }),
      let several = VictimNoun(scan: scan).definitePlural(Int(mention))
    {
      return several
    }
    return victims.victims(from: Int(mention), kind, range).flatMap { kind == .detained && $0.max == nil ? nil : $0 }
  }

  /// `مقتل عسكري`, `مصرع قيادي`: an indefinite noun that no lexicon has is one, unless it ends in a plural.
  private func unknownVictim(_ candidate: Candidate, _ entry: TriggerEntry, _ range: Range<Int>) -> Event.Toll? {
    let next = candidate.token + 1
    guard candidate.position == .noun, entry.toll == .dead, entry.flags.isDisjoint(with: [.weak, .faint]),
      next < range.upperBound, scan.text.tokens[next].kind == .arabic, victims.candidateAt(next) == nil,
      scan.words[next].particles == 0, !scan.hasArticle(next), scan.analysis.numberOfToken[next] < 0,
      scan.analysis.placeOfToken[next] < 0, scan.analysis.mentionOfToken[next] < 0
    else { return nil }
    return VictimNoun(scan: scan).hasPluralEnding(next) ? nil : .init(min: 1, max: 1)
  }

  /// `خطفوا وقتلوا`: a verb joined to the one before counts the same people.
  private func joinedVerb(_ candidate: Candidate) -> Event.Toll? {
    guard candidate.clitics.contains(.wa), let last = counts.last, last.candidate >= 0,
      candidate.token - candidates[last.candidate].token <= 2
    else { return nil }
    return last.toll
  }

  /// `قتلت الشرطة فلسطينيا`: the victims that the event names.
  private mutating func recipient(of event: Event, _ candidate: Candidate) -> Event.Toll? {
    guard let first = event.recipients.first, !candidate.hasPronoun || candidate.isVerb else { return nil }
    let range = scan.text.sentences[candidate.sentence].tokens
    guard range.contains(scan.infos[Int(first)].start) else { return nil }
    // `طالت محتجين`: a plural without a number describes.
    guard let toll = victims.victims(from: Int(first), lexicon.entries[candidate.entry].toll, range), toll.max != nil
    else {
      return nil
    }
    // Several recipients that are not joined leave the number open.
    let last = scan.infos[Int(event.recipients[event.recipients.count - 1])]
    return event.recipients.count > 1 && last.start - scan.infos[Int(first)].end > 8 ? nil : toll
  }

  /// `اعتقاله`, `أوقفته الشرطة`: one; `أوقفتهما`: two; `توقيفهم`: as many as the number before them says.
  private func pronoun(_ candidate: Candidate, _ range: Range<Int>) -> Event.Toll? {
    guard candidate.hasPronoun, !scan.text.tokens[candidate.token].flags.contains(.taMarbuta) else { return nil }
    switch (scan.letter(candidate.token, fromEnd: 1), scan.letter(candidate.token, fromEnd: 0)) {
    case (_, .ha): return .init(min: 1, max: 1)
    case (.meem, .alef): return .init(min: 2, max: 2)
    case (.ha, .meem): return antecedent(candidate.token, range)
    default: return nil
    }
  }

  /// The last number of people before a plural pronoun in its sentence.
  private func antecedent(_ token: Int, _ range: Range<Int>) -> Event.Toll? {
    var at = token - 1
    while at >= max(range.lowerBound, token - TollReader.reachAntecedent) {
      let number = scan.analysis.numberOfToken[at]
      if number >= 0, victims.isCount(number), case .quantity(let quantity) = scan.mentions[Int(number)].entity {
        let start = scan.infos[Int(number)].start
        if !victims.isSubset(start, range) { return VictimCounter.toll(quantity) }
        at = start
      }
      at -= 1
    }
    return nil
  }

  /// `إن الشاب قتل أمس`: a passive in the singular after somebody who is one.
  private func singularSubject(_ candidate: Candidate, _ range: Range<Int>) -> Event.Toll? {
    guard candidate.form.number == .singular, takesVictimAsSubject(candidate) else { return nil }
    var at = candidate.token - 1
    let least = max(range.lowerBound, candidate.token - TollReader.reachBefore)
    while at >= least {
      let mention = scan.analysis.mentionOfToken[at]
      if mention >= 0, scan.infos[Int(mention)].isParty {
        if case .person = scan.mentions[Int(mention)].entity { return .init(min: 1, max: 1, who: mention) }
        return VictimNoun(scan: scan).number(of: Int(mention)).flatMap { $0.max == 1 ? $0 : nil }
      }
      if scan.mark(at) == .stop || scan.mark(at) == .comma || victims.candidateAt(at) != nil { return nil }
      at -= 1
    }
    return nil
  }

  /// A passive, or a verb such as `استشهد`. `أصيب` is spelled as the first person is, `قتل` as its verbal noun.
  private func takesVictimAsSubject(_ candidate: Candidate) -> Bool {
    let entry = lexicon.entries[candidate.entry]
    if candidate.isVerb {
      return candidate.position == .passive || candidate.form.voice == .passive || candidate.form.person == .first
        || lexicon.frames[entry.frame].subject == .recipient || standsAlone(candidate)
    }
    return candidate.position == .noun && candidate.clitics.isEmpty && candidate.form.voice != .active
      && entry.flags.contains(.casualty) && !entry.flags.contains(.noun) && standsAlone(candidate)
  }

  /// `إن الشاب قتل، مساء الجمعة`: a verb without an object where its spelling may be passive.
  private func standsAlone(_ candidate: Candidate) -> Bool {
    guard candidate.form.voice != .active || candidate.form.person == .first, !candidate.hasPronoun else {
      return false
    }
    let range = scan.text.sentences[candidate.sentence].tokens
    let next = candidate.token + 1
    guard next < range.upperBound else { return true }
    let date = scan.analysis.numberOfToken[next]
    return scan.mark(next) != .none || date >= 0 && scan.infos[Int(date)].entity == .date
      || scan.words[next].particles & (signs.prepositions | signs.resultOf) != 0
  }

  /// `عندما اعتقل في المطار`: a passive of the masculine singular whose subject was named before. Without its hamza the first
  /// person of the present is spelled alike.
  private func isOfOne(_ candidate: Candidate) -> Bool {
    candidate.isVerb && candidate.form.number == .singular && candidate.form.gender != .feminine
      && candidate.form.person != .second && standsAlone(candidate)
  }

  /// `مقتل وإصابة العشرات`: the number after the second word is the first's too.
  private mutating func shareForward() {
    for index in candidates.indices {
      let entry = lexicon.entries[candidates[index].entry]
      let token = candidates[index].token
      guard entry.flags.contains(.casualty), !counts.contains(where: { $0.candidate == index || $0.token == token })
      else { continue }
      if let next = counts.first(where: {
        $0.candidate >= 0 && $0.token == token + 1 && candidates[$0.candidate].clitics.contains(.wa)
      }) {
        counts.append(
          TollCount(
            kind: entry.toll, toll: next.toll, candidate: index, token: token, rule: "number of the joined word"))
      }
    }
  }

  /// The numbers that say by themselves what they count, and that no word took.
  private mutating func readQuantities() {
    for index in scan.analysis.mentions.indices where !victims.used.contains(Int32(index)) {
      guard case .quantity(let quantity) = scan.mentions[index].entity else { continue }
      guard let kind = VictimCounter.kind(quantity) else { continue }
      let token = scan.infos[index].start
      let range = scan.text.sentences[Int(scan.sentenceOfToken[token])].tokens
      if victims.isSubset(token, range) || victims.used.contains(Int32(index)) || victims.describes(index, kind)
        || isOfDeed(token, range)
      {
        continue
      }
      counts.append(
        TollCount(
          kind: kind, toll: victims.joined(to: VictimCounter.toll(quantity), kind, after: Int32(index), range),
          candidate: -1,
          token: token, rule: "number of victims"))
    }
  }

  /// A deed close before the number counts it (`حكم بإعدام ستة`), though it is no event here; so it is no result of another.
  private func isOfDeed(_ token: Int, _ range: Range<Int>) -> Bool {
    for at in max(range.lowerBound, token - TollReader.reachBefore)..<token {
      guard let other = victims.candidateAt(at) else { continue }
      let entry = lexicon.entries[candidates[other].entry]
      if entry.toll != .none && !entry.flags.contains(.casualty) { return true }
    }
    return false
  }
}
