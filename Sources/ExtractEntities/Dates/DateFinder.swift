import Lexicon
import Model

/// Finds dates, periods and relative times: one pass over the words that can be part of one.
///
/// Relative expressions are reckoned from the report's own date; without it they are found, and their days stay open.
/// Months and days alone take the latest year that the report can look back on.
struct DateFinder {
  private let scan: NumberScan
  private let text: [UInt8]
  private let published: CivilDay?
  private let leads: NumberWord.Roles = [.from, .between, .inYear, .cardinal, .ordinal, .scale, .dualScale]
  private let opens: NumberWord.Roles
  private let follows = NumberWord.Roles.opensDate.union([.inYear])

  /// - Parameters:
  ///   - text: the report's text.
  ///   - scan: the date words of its tokens.
  ///   - published: the report's own day.
  init(text: [UInt8], scan: NumberScan, published: CivilDay?) {
    self.text = text
    self.scan = scan
    self.published = published
    opens = NumberWord.Roles.opensDate.subtracting(leads)
  }

  /// The dates of the sentences, in the order of the text.
  func find(_ sentences: [Sentence]) -> [Mention] {
    var mentions: [Mention] = []
    var hit = 0
    for sentence in sentences {
      let limit = sentence.tokens.upperBound
      while hit < scan.hits.count, Int(scan.hits[hit]) < limit {
        let at = Int(scan.hits[hit])
        guard canOpen(at), let found = date(at: at, limit: limit) else {
          hit += 1
          continue
        }
        mentions.append(mention(found))
        while hit < scan.hits.count, Int(scan.hits[hit]) < found.tokens.upperBound { hit += 1 }
      }
    }
    return mentions
  }

  /// Whether a date can begin here; particles (`في`, `من`, `بين`) and number words only before a word of dates or figures.
  private func canOpen(_ at: Int) -> Bool {
    if scan.isFigure(at) { return true }
    let roles = scan.roles(at)
    if !roles.isDisjoint(with: opens) { return true }
    guard !roles.isDisjoint(with: leads) else { return false }
    let next = scan.after(at)
    return scan.isFigure(next) || scan.isAny(next, follows)
  }

  private struct Found {
    var tokens: Range<Int>
    var range: DateRange
    var rule: StaticString
  }

  private func date(at start: Int, limit: Int) -> Found? {
    let days = DayReader(scan: scan, limit: limit)
    let periods = PeriodReader(scan: scan, limit: limit, published: published)
    if scan.isAny(start, [.from, .between]), let range = range(at: start, days, periods) { return range }
    if let range = shortRange(at: start, days) { return range }
    if scan.isFigure(start) || !scan.isAny(start, [.from, .between, .ago, .since, .after, .within]),
      let (parts, end) = days.read(at: start)
    {
      let first = Found(
        tokens: start..<end, range: parts.resolve(published: published), rule: "date: day, month or year")
      if let weekday = parts.weekday, parts == DayParts(weekday: weekday),
        let (range, close) = periods.weekAfter(at: end, weekday: weekday)
      {
        return Found(tokens: start..<close, range: range, rule: "date: day of a week")
      }
      return upTo(first, parts, days) ?? first
    }
    guard let (range, end) = periods.read(at: start) else { return nil }
    // The word before a bare year is not part of it.
    let isBare = scan.isAny(start, .inYear) && scan.isFigure(start + 1) && end == start + 2
    return Found(tokens: (isBare ? start + 1 : start)..<end, range: range, rule: "date: period")
  }

  // MARK: Ranges

  /// `من 2 أكتوبر إلى 22 أكتوبر`, `بين 3 و12 سبتمبر`, `من 2014 إلى 2018`.
  private func range(at start: Int, _ days: DayReader, _ periods: PeriodReader) -> Found? {
    let isBetween = scan.isAny(start, .between)
    let at = scan.after(start)
    guard at < days.limit else { return nil }
    if let found = shortRange(at: at, days) {
      return Found(tokens: start..<found.tokens.upperBound, range: found.range, rule: found.rule)
    }
    var low: (range: DateRange, end: Int)?
    if let (parts, end) = days.read(at: at) {
      if let next = connector(at: end, isBetween: isBetween, days), let (last, close) = days.read(at: next),
        let range = join(parts, last)
      {
        return Found(tokens: start..<close, range: range, rule: "date: range")
      }
      low = (parts.resolve(published: published), end)
    } else if let (year, end) = days.yearNumber(at: at), scan.isFigure(at), DayReader.years.contains(year) {
      low = (DayParts.year(year, isHijri: false, basis: .text), end)
    } else if scan.isAny(at, .period), let (range, end) = periods.read(at: at) {
      low = (range, end)
    }
    guard let low, let next = connector(at: low.end, isBetween: isBetween, days) else { return nil }
    var high: (range: DateRange, end: Int)?
    if let (parts, end) = days.read(at: next) {
      high = (parts.resolve(published: published), end)
    } else if let (year, end) = days.yearNumber(at: next), DayReader.years.contains(year) {
      high = (DayParts.year(year, isHijri: false, basis: .text), end)
    } else if scan.isAny(next, .period), let (range, end) = periods.read(at: next) {
      high = (range, end)
    }
    guard let high, let range = join(low.range, high.range) else { return nil }
    return Found(tokens: start..<high.end, range: range, rule: "date: range")
  }

  /// A second date after one: `2 أكتوبر إلى 22 أكتوبر`, `12 يناير 2016 - 22/1/2016`.
  private func upTo(_ first: Found, _ parts: DayParts, _ days: DayReader) -> Found? {
    let end = first.tokens.upperBound
    guard end < days.limit, parts.month != nil || parts.weekday != nil || parts.offset != nil else { return nil }
    guard scan.isMark(end, "-") || scan.isAny(end, .to) && scan.prefix(end).isEmpty else { return nil }
    guard let (second, close) = days.read(at: end + 1),
      second.month != nil || second.weekday != nil || second.offset != nil,
      let range = join(parts, second)
    else { return nil }
    return Found(tokens: first.tokens.lowerBound..<close, range: range, rule: "date: range")
  }

  /// Two days of one month: `4 إلى 22 يناير 1995`, `19-20 نوفمبر`, `4 و22 من هذا الشهر`.
  private func shortRange(at start: Int, _ days: DayReader) -> Found? {
    guard scan.isFigure(start), scan.tokens[start].foldedRange.count <= 2,
      let figure = Figure(scan.folded, scan.tokens[start].foldedRange), figure.isInteger
    else { return nil }
    let first = Int(figure.value(thousandsPoint: false))
    guard (1...31).contains(first), let next = connector(at: start + 1, isBetween: true, days), scan.isFigure(next),
      let (parts, end) = days.read(at: next), let last = parts.day, parts.month != nil || parts.monthOffset != nil,
      last > first
    else { return nil }
    var from = parts
    from.day = first
    guard let range = join(from, parts) else { return nil }
    return Found(tokens: start..<end, range: range, rule: "date: range of days")
  }

  /// The token after `إلى`, `حتى`, a dash, or (after `بين`) `و`.
  private func connector(at: Int, isBetween: Bool, _ days: DayReader) -> Int? {
    guard at < days.limit else { return nil }
    if scan.isMark(at, "-") || scan.isAny(at, .to) && scan.prefix(at).isEmpty { return at + 1 }
    guard isBetween else { return nil }
    if scan.isAny(at, .and) { return at + 1 }
    return nil
  }

  /// Two dates, of which the first takes its year from the second where it has none.
  private func join(_ low: DayParts, _ high: DayParts) -> DateRange? {
    let last = high.resolve(published: published)
    var first = low
    if first.month != nil, first.year == nil, first.which == nil, !first.isHijri, let to = last.to {
      first.year = to.civil.year
      if let from = first.resolve(published: published).from, from > to { first.year = to.civil.year - 1 }
    }
    var range = join(first.resolve(published: published), last)
    if high.year == nil, last.basis != .text { range?.basis = last.basis }
    return range
  }

  private func join(_ low: DateRange, _ high: DateRange) -> DateRange? {
    let basis: DateRange.Basis =
      low.basis == .unresolved || high.basis == .unresolved
      ? .unresolved : low.basis == .published || high.basis == .published ? .published : .text
    guard let from = low.from, let to = high.to else {
      return DateRange(from: nil, to: nil, precision: high.precision, basis: .unresolved)
    }
    guard from <= to else { return nil }
    return DateRange(from: from, to: to, precision: high.precision, basis: basis)
  }

  private func mention(_ found: Found) -> Mention {
    let start = scan.start(found.tokens.lowerBound, in: text)
    return Mention(
      span: ByteSpan(start, scan.tokens[found.tokens.upperBound - 1].end),
      tokens: Int32(found.tokens.lowerBound)..<Int32(found.tokens.upperBound),
      prefix: scan.prefix(found.tokens.lowerBound).subtracting(.al), entity: .date(found.range), rule: found.rule)
  }
}
