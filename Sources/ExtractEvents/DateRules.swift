import Lexicon
import Model

/// Dates an event: by the nearest date of its clause, else of its sentence, else by what the report has set before.
///
/// A date that is carried over is not the event's own: its days stay, but its precision is a week at best, which is
/// also what ACLED's `time_precision` 2 says. Dates without days (`unresolved`) are never carried.
struct DateRules {
  let scan: ReportScan
  let signs: Signs

  init(scan: ReportScan, tables: EventTables) {
    self.scan = scan
    signs = tables.signs
  }

  /// How far from the head of the text a dateline may stand, in words.
  private static let datelineReach = 8

  /// A date and the rule that gave it.
  typealias Dated = (date: DateRange, rule: StaticString)

  /// The date of the event that `candidate` states.
  func date(_ candidate: Candidate, status: Event.Status) -> Dated? {
    if let own = own(candidate) { return own }
    // What is planned or unsure has no day but its own.
    guard status == .actual || status == .negated else { return nil }
    if let before = sentenceBefore(candidate.sentence) {
      return (DateRules.carried(before), "date of the sentence before, carried over")
    }
    if let set = dateline() { return (DateRules.carried(set), "date of headline or dateline, carried over") }
    return nil
  }

  /// The nearest date of the clause, else of the sentence; one after `منذ` only where there is no other.
  private func own(_ candidate: Candidate) -> Dated? {
    var best: (cost: Int, date: DateRange)?
    for index in scan.mentions(inSentence: candidate.sentence) where scan.infos[Int(index)].entity == .date {
      guard case .date(let date) = scan.mentions[Int(index)].entity else { continue }
      let item = scan.infos[Int(index)]
      var cost = abs(item.start - candidate.token)
      if !isSameClause(item, candidate) { cost += DateRules.otherClause }
      if item.start > 0, scan.words[item.start - 1].particles & signs.since != 0 { cost += DateRules.longerTime }
      if cost < best?.cost ?? Int.max { best = (cost, date) }
    }
    return best.map {
      let rule: StaticString =
        $0.cost >= DateRules.longerTime
        ? "date after منذ"
        : $0.cost >= DateRules.otherClause ? "nearest date of the sentence" : "nearest date of the clause"
      return ($0.date, rule)
    }
  }

  private static let otherClause = 10_000
  private static let longerTime = 100_000

  /// Whether no comma, colon or `أن` stands between a date and the trigger; a date between two commas belongs to what it breaks.
  private func isSameClause(_ item: MentionInfo, _ candidate: Candidate) -> Bool {
    let isBefore = item.end <= candidate.token
    let between = isBefore ? item.end..<candidate.token : candidate.token + 1..<max(candidate.token + 1, item.start)
    var marks = 0
    for at in between {
      if scan.words[at].particles & signs.complementizer != 0 { return false }
      switch scan.mark(at) {
      case .comma: marks += 1
      case .stop, .colon: return false
      default: break
      }
    }
    let near = isBefore ? item.start - 1 : item.end
    let isParenthesis = marks == 1 && near >= 0 && near < scan.text.tokens.count && scan.mark(near) == .comma
    return marks == 0 || isParenthesis
  }

  /// The one date of the sentence before, in the same paragraph; nil when there are several.
  private func sentenceBefore(_ sentence: Int) -> DateRange? {
    guard sentence > 0 else { return nil }
    let first = scan.text.sentences[sentence].tokens.lowerBound
    if scan.text.tokens[first].flags.contains(.paragraphBefore) || scan.text.sentences[sentence - 1].isHeadline {
      return nil
    }
    return only(in: sentence - 1, before: Int.max)
  }

  /// The one date of the headline, else a date at the head of the first sentence that a mark sets off (`دمشق، 3 أيار - `).
  private func dateline() -> DateRange? {
    guard let first = scan.text.sentences.indices.first(where: { !scan.text.sentences[$0].isHeadline }) else {
      return nil
    }
    if first > 0, let date = only(in: first - 1, before: Int.max) { return date }
    let head = scan.text.sentences[first].tokens
    for index in scan.mentions(inSentence: first) where scan.infos[Int(index)].entity == .date {
      let item = scan.infos[Int(index)]
      guard item.end - head.lowerBound <= DateRules.datelineReach, item.end < head.upperBound else { return nil }
      switch scan.mark(item.end) {
      case .colon, .close, .other: return only(in: first, before: item.end)
      default: return nil
      }
    }
    return nil
  }

  /// The resolved date of a sentence, if all that begin before a token are the same days.
  private func only(in sentence: Int, before limit: Int) -> DateRange? {
    var found: DateRange?
    for index in scan.mentions(inSentence: sentence) where scan.infos[Int(index)].entity == .date {
      let item = scan.infos[Int(index)]
      guard item.start < limit, case .date(let date) = scan.mentions[Int(index)].entity else { continue }
      let isLonger = item.start > 0 && scan.words[item.start - 1].particles & signs.since != 0
      guard date.from != nil, !isLonger else { return nil }
      if let found, found.from != date.from || found.to != date.to { return nil }
      found = date
    }
    return found
  }

  private static func carried(_ date: DateRange) -> DateRange {
    var date = date
    if date.precision == .day { date.precision = .week }
    return date
  }
}
