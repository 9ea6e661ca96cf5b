import Lexicon
import Model

/// Finds the event that a count belongs to: its own word's, else the attack of the sentence that it is the result of.
struct TollTargets {
  let scan: ReportScan
  let lexicon: TriggerLexicon
  let signs: Signs
  let candidates: [Candidate]
  /// The events of each sentence that has any: a report may be as long as a book.
  private let eventsOfSentence: [Int: Range<Int>]

  /// - Parameter sources: index of the candidate of each event, ascending.
  init(scan: ReportScan, lexicon: TriggerLexicon, signs: Signs, candidates: [Candidate], sources: [Int]) {
    self.scan = scan
    self.lexicon = lexicon
    self.signs = signs
    self.candidates = candidates
    var ranges: [Int: Range<Int>] = [:]
    for (event, source) in sources.enumerated() {
      let sentence = candidates[source].sentence
      ranges[sentence] = (ranges[sentence]?.lowerBound ?? event)..<event + 1
    }
    eventsOfSentence = ranges
  }

  /// An attack behind the count must be nearer by this many words than one before it.
  private static let behindCost = 2
  /// Destruction and the like have dead only where nothing else of the sentence can.
  private static let unlikelyCost = 12
  /// How far behind a count `في`, `جراء` and the like may lead to its cause, in words.
  private static let causeReach = 14
  /// How far behind `في` or `جراء` the attack may stand: `جراء إطلاق الجيش النار`.
  private static let leadReach = 4
  /// How far before a count `أسفر`, `أدى` may stand.
  private static let resultReach = 12
  /// How far behind a count `منذ` makes it one of a longer time.
  private static let sinceReach = 8

  /// The index of the event, and the rule that found it.
  func target(of count: TollCount, _ events: [Event], _ sources: [Int]) -> (event: Int, rule: StaticString)? {
    if count.candidate >= 0,
      let own = eventsOfSentence[candidates[count.candidate].sentence, default: 0..<0].first(where: {
        candidates[sources[$0]].token == candidates[count.candidate].token
      })
    {
      return (own, "own word")
    }
    let sentence = Int(scan.sentenceOfToken[count.token])
    let range = scan.text.sentences[sentence].tokens
    let near = eventsOfSentence[sentence, default: 0..<0].filter {
      fits(events[$0], candidates[sources[$0]], count.kind)
    }
    let result = resultWord(before: count.token, range)
    if near.isEmpty {
      guard let result, result <= range.lowerBound + 1 else { return nil }
      return lastEvent(before: sentence, events, sources, count.kind).map { ($0, "result of the sentence before") }
    }
    if result != nil,
      let index = near.last(where: { candidates[sources[$0]].token < count.token && isLikely(events[$0]) })
    {
      return (index, "result of the attack before")
    }
    if count.toll.max != 0, let index = cause(after: count.token, near, sources, range) {
      return (index, "cause behind the number")
    }
    if let index = begun(after: count.token, near, sources, range) { return (index, "attack since which it counts") }
    if runsLonger(count.token, range) || isDeed(count.candidate) && result == nil { return nil }
    let likely = near.filter { events[$0].type != .protest || events[$0].mode == "riot" || result != nil }
    let best = likely.min { distance($0, count, events, sources) < distance($1, count, events, sources) }
    return best.map { ($0, "nearest attack of the sentence") }
  }

  private func distance(_ index: Int, _ count: TollCount, _ events: [Event], _ sources: [Int]) -> Int {
    let token = candidates[sources[index]].token
    let words = token < count.token ? count.token - token : token - count.token + TollTargets.behindCost
    return words + (isLikely(events[index]) ? 0 : TollTargets.unlikelyCost)
  }

  private func isLikely(_ event: Event) -> Bool {
    event.type != .protest && event.mode != "destroy" && event.mode != "abduct"
  }

  /// Whether an event can have such a toll: only what happened has dead and detained.
  func fits(_ event: Event, _ candidate: Candidate, _ kind: TriggerEntry.Toll) -> Bool {
    switch kind {
    case .dead, .injured:
      (event.type == .assault || event.type == .protest || lexicon.entries[candidate.entry].toll == kind)
        && (event.status == .actual || event.status == .negated) && !countsAnother(candidate, kind)
    case .detained:
      event.status == .actual && lexicon.entries[candidate.entry].toll == .detained
        && (event.type == .coerce || event.type == .assault)
    case .displaced:
      event.type == .retreat && event.mode == "withdraw" || event.mode == "deport"
        || event.type == .aid && lexicon.entries[candidate.entry].toll == .displaced
    case .none: false
    }
  }

  /// `قتل 5 وأصيب 3`: a casualty word has its own kind of victims only.
  private func countsAnother(_ candidate: Candidate, _ kind: TriggerEntry.Toll) -> Bool {
    let entry = lexicon.entries[candidate.entry]
    return entry.flags.contains(.casualty) && entry.toll != kind
  }

  /// `قتلت الشرطة شابا`: somebody who kills does it himself; it is no result of an attack told beside it.
  private func isDeed(_ index: Int) -> Bool {
    guard index >= 0 else { return false }
    let candidate = candidates[index]
    // `أصيب` is spelled as the first person is.
    return candidate.isVerb && candidate.position != .passive && candidate.form.voice != .passive
      && candidate.form.person == .third
      && lexicon.frames[lexicon.entries[candidate.entry].frame].subject == .actor
  }

  /// `أسفر عن`, `ما أدى إلى`: the token of the word that makes the count a result of what it follows.
  private func resultWord(before token: Int, _ range: Range<Int>) -> Int? {
    // `أودت بحياة`: the word itself says that it is one.
    var at = token
    while at >= max(range.lowerBound, token - TollTargets.resultReach) {
      if scan.words[at].particles & signs.cause != 0 { return at }
      if scan.mark(at) == .stop { return nil }
      at -= 1
    }
    return nil
  }

  /// `مقتل ثلاثة في اشتباكات`, `بغارة`, `جراء قصف`: the attack that a preposition behind the count leads to.
  private func cause(after token: Int, _ near: [Int], _ sources: [Int], _ range: Range<Int>) -> Int? {
    var at = token + 1
    var lead = -1
    while at < min(range.upperBound, token + 1 + TollTargets.causeReach) {
      if let index = near.first(where: { candidates[sources[$0]].token == at }) {
        let candidate = candidates[sources[index]]
        if !candidate.isVerb, candidate.clitics.contains(.bi) || lead >= 0 && at - lead <= TollTargets.leadReach {
          return index
        }
      }
      let particles = scan.words[at].particles
      if particles & signs.resultOf != 0 { lead = at }
      let isClause = particles & (signs.relative | signs.complementizer) != 0 && particles & signs.prepositions == 0
      if isClause || scan.mark(at) == .stop || scan.mark(at) == .colon { return nil }
      at += 1
    }
    return nil
  }

  /// `منذ بداية العام`: the count is of a longer time than the attack.
  private func runsLonger(_ token: Int, _ range: Range<Int>) -> Bool {
    var at = token + 1
    while at < min(range.upperBound, token + 1 + TollTargets.sinceReach) {
      if scan.words[at].particles & signs.since != 0 { return true }
      let isParenthesis = at + 1 < range.upperBound && scan.words[at + 1].particles & signs.since != 0
      if scan.mark(at) == .comma && !isParenthesis || scan.mark(at) == .stop { return false }
      at += 1
    }
    return false
  }

  /// `709 قتلى منذ بدء حملة القصف`: the attack since which they were counted.
  private func begun(after token: Int, _ near: [Int], _ sources: [Int], _ range: Range<Int>) -> Int? {
    let reach = token + 1..<min(range.upperBound, token + 1 + TollTargets.sinceReach)
    guard let since = reach.first(where: { scan.words[$0].particles & signs.since != 0 }) else { return nil }
    return near.first {
      let at = candidates[sources[$0]].token
      return at > since && at - since <= TollTargets.leadReach && !candidates[sources[$0]].isVerb
    }
  }

  /// `وأسفر ذلك عن مقتل …`: the last attack of the sentence before.
  private func lastEvent(
    before sentence: Int, _ events: [Event], _ sources: [Int], _ kind: TriggerEntry.Toll
  ) -> Int? {
    eventsOfSentence[sentence - 1, default: 0..<0].last {
      fits(events[$0], candidates[sources[$0]], kind) && isLikely(events[$0])
    }
  }
}
