import Lexicon
import Model

/// Reads one day, month or year of the calendar: `مساء الأربعاء 14 آذار/مارس 2018`, `أمس`, `العاشر من محرم`, `21/4/2016`.
struct DayReader {
  let scan: NumberScan
  /// First token that does not belong to the sentence.
  let limit: Int

  /// Years that figures without `عام` may be.
  static let years = 1900...2100
  private static let hijriYears = 1300...1500

  /// The date that begins at token `start` and the token after it; nil when there is none.
  func read(at start: Int) -> (parts: DayParts, end: Int)? {
    if isNamed(start) || start > 0 && scan.isFigure(start - 1) && isNamed(start - 1) { return nil }
    if let found = nthWeekday(at: start) { return found }
    var parts = DayParts()
    var at = start
    var end = start
    var hasDayWord = false
    if scan.isAny(start, .this), start + 1 < limit, scan.isAny(start + 1, [.dayPart, .weekday]) {
      parts.which = 0
      at += 1
    }
    while at < limit {
      if at > start, end > start, !scan.prefix(at).isEmpty, !scan.prefix(at).isSubset(of: .al) { break }
      if let next = relativeDay(at: at, &parts) {
        at = next
        end = at
      } else if parts.month == nil, let next = dayOfMonth(at: at, &parts, hasDayWord: hasDayWord) {
        at = next
        end = at
      } else if parts.weekday == nil, let next = weekday(at: at, &parts, hasDayWord: hasDayWord) {
        at = next
        end = at
      } else if scan.isAny(at, .dayPart), scan.reading[at] >= 0 {
        hasDayWord = true
        at = scan.after(at)
      } else if end == at, parts.weekday != nil || parts.offset != nil, scan.isMark(at, ",") || scan.isMark(at, "(") {
        // `الأربعاء، 22 يناير`, `أمس (الأربعاء)`
        var inner = parts
        let opened = scan.isMark(at, "(")
        guard
          let next = dayOfMonth(at: at + 1, &inner, hasDayWord: false)
            ?? (opened ? weekday(at: at + 1, &inner, hasDayWord: false) : nil)
        else { break }
        if opened && !scan.isMark(next, ")") { break }
        parts = inner
        at = opened ? next + 1 : next
        end = at
      } else {
        break
      }
    }
    if end > start, let next = yearAfterDay(at: end, &parts) { end = next }
    return end > start && !parts.isEmpty ? (parts, end) : nil
  }

  // MARK: Components

  /// Whether the word before makes it part of a name: `صلاة الجمعة`, `قوى 14 آذار`; not `في المدينة السبت`.
  private func isNamed(_ at: Int) -> Bool {
    scan.isAny(at - 1, .nameHead) && !scan.prefix(at - 1).contains(.al) && scan.tokens[at].kind != .punctuation
  }

  private func relativeDay(at: Int, _ parts: inout DayParts) -> Int? {
    guard scan.isAny(at, .day), parts.offset == nil else { return nil }
    let word = scan.word(at)
    let next = scan.after(at)
    var offset = Int(word.day)
    if word.flags.contains(.weak) {
      // `اليوم التالي`, `اليوم نفسه`, `اليوم الثالث`, `ذلك اليوم`: not today.
      if next < limit, scan.isAny(next, .same) { return nil }
      if next < limit, scan.isAny(next, .ordinal), scan.prefix(next).contains(.al) { return nil }
      if at > 0, scan.isAny(at - 1, [.same, .ordinal]) { return nil }
      if next < limit, scan.isAny(next, .which) {
        parts.offset = Int(scan.word(next).which)
        return next + 1
      }
    } else if offset == 0, next < limit, scan.isAny(next, .which) {
      // `الليلة الماضية`
      offset = Int(scan.word(next).which)
      parts.offset = offset
      return next + 1
    }
    parts.offset = offset
    return next
  }

  private func weekday(at: Int, _ parts: inout DayParts, hasDayWord: Bool) -> Int? {
    guard scan.isAny(at, .weekday) else { return nil }
    let word = scan.word(at)
    if word.flags.contains(.weak) && !hasDayWord { return nil }
    if isNamed(at) { return nil }
    parts.weekday = Int(word.weekday)
    let next = at + 1
    if next < limit, scan.isAny(next, .which), scan.prefix(next).isEmpty || scan.prefix(next) == .al {
      parts.which = Int(scan.word(next).which)
      return next + 1
    }
    // `الأحد الثاني`, unless a month makes it a day of that month.
    if next < limit, scan.isAny(next, .ordinal), scan.prefix(next) == .al, !scan.isAny(next, .which),
      let ordinal = NumeralReader(scan: scan, limit: limit).ordinal(at: next), ordinal.min <= 4
    {
      var probe = DayParts()
      guard dayOfMonth(at: next, &probe, hasDayWord: false) == nil else { return next }
      parts.nth = Int(ordinal.min)
      return ordinal.tokens.upperBound
    }
    return next
  }

  /// `أول يوم جمعة من يوليو`, `ثاني أحد في هذا الشهر`.
  private func nthWeekday(at start: Int) -> (parts: DayParts, end: Int)? {
    guard scan.isAny(start, .ordinal), scan.prefix(start).isEmpty else { return nil }
    var at = start + 1
    if at < limit, scan.isAny(at, .dayPart) { at = scan.after(at) }
    guard at + 2 < limit, scan.isAny(at, .weekday), scan.isAny(at + 1, [.from, .inYear]) else { return nil }
    var parts = DayParts()
    guard let end = month(at: at + 2, &parts, hasDay: true) else { return nil }
    parts.weekday = Int(scan.word(at).weekday)
    parts.nth = Int(scan.word(start).ordinal)
    return (parts, year(at: end, &parts))
  }

  /// A day with its month, a month, or figures of a date.
  private func dayOfMonth(at start: Int, _ parts: inout DayParts, hasDayWord: Bool) -> Int? {
    guard start < limit else { return nil }
    if let next = figuresOfDate(at: start, &parts, hasDayWord: hasDayWord) { return next }
    if scan.isFigure(start) || scan.isAny(start, [.cardinal, .ordinal]), let (day, afterDay) = dayNumber(at: start) {
      var at = afterDay
      if scan.isMark(at, ".") || scan.isMark(at, "-") || scan.isMark(at, "/") { at += 1 }
      if at < limit, scan.isAny(at, .from), scan.prefix(at).isEmpty {
        at += 1
      } else if at + 1 < limit, scan.isAny(at, .inYear), scan.isAny(at + 1, [.this, .period]) {
        // `في الشهر المقبل`
        at += 1
      }
      // `2-صفر` is a score.
      let isMarked = at > afterDay && scan.tokens[at - 1].kind == .punctuation
      if !(isMarked && scan.isAny(at, .hijriMonth)), let next = month(at: at, &parts, hasDay: true) {
        parts.day = day
        return year(at: next, &parts)
      }
      // `الأربعاء 14`, `يوم 27`
      if parts.weekday != nil || hasDayWord, scan.isFigure(start), !scan.isAny(afterDay, [.unit, .scale, .percent]) {
        parts.day = day
        return afterDay
      }
      return nil
    }
    guard let next = month(at: start, &parts, hasDay: false) else { return nil }
    // `سبتمبر 10، 1978`, `سبتمبر العاشر من ألف وتسعمئة وثمانية وسبعين`
    if let (day, afterDay) = dayNumber(at: next), afterDay < limit, scan.isMark(afterDay, ",") || !scan.isFigure(next),
      let (value, end) = yearNumber(at: afterJoin(afterDay)), !parts.isHijri
    {
      parts.day = day
      parts.year = value
      return end
    }
    return year(at: next, &parts)
  }

  /// The token after a comma or `من`.
  private func afterJoin(_ at: Int) -> Int {
    scan.isMark(at, ",") || scan.isAny(at, .from) && scan.prefix(at).isEmpty ? at + 1 : at
  }

  private func dayNumber(at: Int) -> (Int, Int)? {
    guard at < limit else { return nil }
    let reader = NumeralReader(scan: scan, limit: limit)
    if scan.isFigure(at) {
      let token = scan.tokens[at]
      guard token.foldedEnd - token.foldedStart <= 2, let (value, end) = reader.figures(at: at), end == at + 1,
        (1...31).contains(value)
      else { return nil }
      return (Int(value), end)
    }
    guard let numeral = reader.ordinal(at: at) ?? (scan.isAny(at, .cardinal) ? reader.read(at: at) : nil),
      numeral.min >= 1, numeral.min <= 31, numeral.min == numeral.max, numeral.min == numeral.min.rounded()
    else { return nil }
    return (Int(numeral.min), numeral.tokens.upperBound)
  }

  /// A month by name, with its other name (`حزيران/يونيو`), `هذا الشهر`, `الشهر الماضي`.
  private func month(at start: Int, _ parts: inout DayParts, hasDay: Bool) -> Int? {
    var at = start
    guard at < limit else { return nil }
    var hasMonthWord = false
    if scan.isAny(at, .period), isMonthWord(at) {
      if scan.prefix(at).contains(.al) {
        guard hasDay else { return nil }
        guard at + 1 < limit, scan.isAny(at + 1, .which) else { return nil }
        parts.monthOffset = Int(scan.word(at + 1).which)
        return at + 2
      }
      guard at + 1 < limit, scan.isAny(at + 1, [.month, .hijriMonth]) else { return nil }
      hasMonthWord = true
      at += 1
    } else if hasDay, scan.isAny(at, .this), at + 1 < limit, scan.isAny(at + 1, .period), isMonthWord(at + 1) {
      parts.monthOffset = 0
      return at + 2
    }
    guard scan.isAny(at, [.month, .hijriMonth]) else { return nil }
    let word = scan.word(at)
    var next = scan.after(at)
    var company = hasDay || hasMonthWord
    // The second name of the same month.
    for (open, close) in [("/", nil), ("-", nil), ("(", ")")] as [(Unicode.Scalar, Unicode.Scalar?)]
    where scan.isMark(next, open) && next + 1 < limit && scan.isAny(next + 1, .month)
      && scan.word(next + 1).month == word.month
    {
      next = scan.after(next + 1)
      if let close, scan.isMark(next, close) { next += 1 }
      company = true
      break
    }
    if next < limit, scan.isAny(next, .which), scan.prefix(next).isEmpty || scan.prefix(next) == .al {
      parts.which = Int(scan.word(next).which)
      next += 1
      company = true
    }
    if word.flags.contains(.weak), !company, yearNumber(at: next) == nil { return nil }
    if isNamed(at) { return nil }
    parts.month = Int(word.month)
    parts.isHijri = word.roles.contains(.hijriMonth)
    return next
  }

  private func isMonthWord(_ at: Int) -> Bool {
    let word = scan.word(at)
    return word.period == 1 && word.flags.contains(.months) && !word.flags.contains(.dual)
  }

  /// A year after a month: `2016`, `عام 2016`, `من العام الماضي`; the month's end when there is none.
  private func year(at start: Int, _ parts: inout DayParts) -> Int {
    var at = start
    if scan.isMark(at, ",") { at += 1 }
    if at < limit, scan.isAny(at, .from), scan.prefix(at).isEmpty { at += 1 }
    if at < limit, scan.isAny(at, .this), at + 1 < limit, isYearWord(at + 1) {
      parts.yearOffset = 0
      return at + 2
    }
    if at < limit, isYearWord(at) {
      if at + 1 < limit, scan.isAny(at + 1, .which) {
        parts.yearOffset = Int(scan.word(at + 1).which)
        return at + 2
      }
      at += 1
    }
    guard let (value, end) = yearNumber(at: at, isHijri: parts.isHijri) else { return start }
    parts.year = value
    if end < limit, scan.isAny(end, [.hijriEra, .gregorianEra]) {
      if scan.isAny(end, .hijriEra) { parts.isHijri = true }
      return end + 1
    }
    return end
  }

  private func yearAfterDay(at: Int, _ parts: inout DayParts) -> Int? {
    guard parts.month != nil, parts.year == nil, parts.which == nil, parts.yearOffset == nil else { return nil }
    let next = year(at: at, &parts)
    return next > at ? next : nil
  }

  func isYearWord(_ at: Int) -> Bool {
    guard scan.isAny(at, .period) else { return false }
    let word = scan.word(at)
    return word.period == 12 && !word.flags.contains(.dual)
  }

  /// A year in figures, or in words from 1000 on.
  func yearNumber(at: Int, isHijri: Bool = false) -> (Int, Int)? {
    guard at < limit else { return nil }
    if scan.isFigure(at) {
      let token = scan.tokens[at]
      guard token.foldedEnd - token.foldedStart == 4,
        let figure = Figure(scan.folded, token.foldedRange), figure.digits == 4
      else { return nil }
      let value = Int(figure.value(thousandsPoint: false))
      let isYear = DayReader.hijriYears.contains(value) && isHijri || (1000...2100).contains(value)
      return isYear ? (value, at + 1) : nil
    }
    guard scan.isAny(at, [.scale, .dualScale]), scan.prefix(at).isEmpty,
      let numeral = NumeralReader(scan: scan, limit: limit).read(at: at), numeral.form != .vague,
      numeral.min == numeral.max, numeral.min >= 1000, numeral.min <= 2100
    else { return nil }
    return (Int(numeral.min), numeral.tokens.upperBound)
  }

  // MARK: Figures

  /// `21/4/2016`, `2016-04-21`, `21.4.2016`, `3/2015`; day and month alone only after `يوم`.
  private func figuresOfDate(at start: Int, _ parts: inout DayParts, hasDayWord: Bool) -> Int? {
    guard scan.isFigure(start), start == 0 || scan.isSpaced(start) || scan.tokens[start - 1].kind != .latin else {
      return nil
    }
    var numbers: [Int] = []
    var lengths: [Int] = []
    var end = start
    let first = scan.tokens[start].foldedRange
    if scan.folded[first].contains(where: { $0 == 0x2E }) {
      // One token: the tokenizer takes points between figures for decimal ones.
      for part in scan.folded[first].split(separator: 0x2E, omittingEmptySubsequences: false) {
        guard !part.isEmpty, part.count <= 4, part.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        numbers.append(part.reduce(0) { $0 * 10 + Int($1 - 0x30) })
        lengths.append(part.count)
      }
      guard numbers.count == 3 else { return nil }
      end = start + 1
    } else {
      let mark: Unicode.Scalar = scan.isMark(start + 1, "/") ? "/" : "-"
      while end < limit, scan.isFigure(end), numbers.count < 3 {
        let range = scan.tokens[end].foldedRange
        guard range.count <= 4, let figure = Figure(scan.folded, range), figure.digits == range.count else {
          return nil
        }
        numbers.append(Int(figure.value(thousandsPoint: false)))
        lengths.append(range.count)
        end += 1
        guard numbers.count < 3, scan.isMark(end, mark), !scan.isSpaced(end), scan.isFigure(end + 1),
          !scan.isSpaced(end + 1)
        else { break }
        end += 1
      }
      // `+1-222-2222`, `1/2/3/4` are no dates.
      if scan.isMark(end, mark) && scan.isFigure(end + 1) && !scan.isSpaced(end) { return nil }
    }
    return fill(numbers, lengths, &parts, hasDayWord: hasDayWord, isSlash: scan.isMark(start + 1, "/")) ? end : nil
  }

  private func fill(
    _ numbers: [Int], _ lengths: [Int], _ parts: inout DayParts, hasDayWord: Bool, isSlash: Bool
  ) -> Bool {
    var day: Int?
    var month = 0
    var year: Int?
    switch (numbers.count, lengths.first == 4, lengths.last == 4) {
    case (3, true, _): (year, month, day) = (numbers[0], numbers[1], numbers[2])
    case (3, false, let isLong) where isLong || isSlash:
      (day, month, year) = (numbers[0], numbers[1], numbers[2])
      if lengths[2] == 2 { year = 2000 + numbers[2] }
    case (2, true, false): (year, month) = (numbers[0], numbers[1])
    case (2, false, true): (year, month) = (numbers[1], numbers[0])
    case (2, false, false) where hasDayWord: (day, month) = (numbers[0], numbers[1])
    default: return false
    }
    // American order where only that makes a date.
    if let first = day, month > 12, first <= 12 { (day, month) = (month, first) }
    guard (1...12).contains(month), day == nil || (1...31).contains(day!),
      year == nil || DayReader.years.contains(year!)
    else { return false }
    parts.day = day
    parts.month = month
    parts.year = year
    return true
  }
}
