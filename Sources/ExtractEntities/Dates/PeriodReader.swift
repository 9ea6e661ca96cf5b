import Lexicon
import Model

/// Reads stretches of time: years, weeks and months told from the report's day, `منذ 4 أشهر`, decades, seasons, quarters.
struct PeriodReader {
  let scan: NumberScan
  /// First token that does not belong to the sentence.
  let limit: Int
  /// The report's own day.
  let published: CivilDay?
  let days: DayReader

  init(scan: NumberScan, limit: Int, published: CivilDay?) {
    self.scan = scan
    self.limit = limit
    self.published = published
    days = DayReader(scan: scan, limit: limit)
  }

  /// The period that begins at token `start`, and the token after it.
  func read(at start: Int) -> (range: DateRange, end: Int)? {
    let roles = scan.roles(start)
    if roles.contains(.phase), let found = phase(at: start) { return found }
    if !roles.isDisjoint(with: [.ago, .since, .after, .within]), let found = distance(at: start) { return found }
    if roles.contains(.decade), let found = decade(at: start) { return found }
    if !roles.isDisjoint(with: [.season, .this]), let found = season(at: start) { return found }
    if roles.contains(.quarter), let found = quarter(at: start) { return found }
    if let found = named(at: start) { return dayOfWeek(in: found) ?? found }
    if let found = bareYear(at: start) { return found }
    return nil
  }

  // MARK: This week, last year, the past three months

  /// `الأسبوع الماضي`, `هذا العام`, `عام 2014`, `الأشهر الثلاثة الماضية`, `آخر 3 سنوات`.
  private func named(at start: Int) -> (DateRange, Int)? {
    guard start < limit else { return nil }
    if scan.isAny(start, .this), start + 1 < limit, scan.isAny(start + 1, .period), scan.prefix(start + 1) == .al {
      let word = scan.word(start + 1)
      guard word.period >= 7 || word.flags.contains(.months), !word.flags.contains(.dual) else { return nil }
      return (whole(word, which: 0), start + 2)
    }
    if scan.isAny(start, .last), start + 1 < limit {
      guard let (count, word, end) = counted(at: start + 1) else { return nil }
      return (stretch(word, count, back: true, toNow: true), end)
    }
    if !scan.isAny(start, .period) {
      // `3 أيام القادمة`, `الـ24 ساعة الماضية`
      guard scan.isFigure(start) || scan.isAny(start, .cardinal), let (count, word, end) = counted(at: start),
        end < limit, scan.isAny(end, .which), scan.word(end).which != 0
      else { return nil }
      return (stretch(word, count, back: scan.word(end).which < 0, toNow: true), end + 1)
    }
    let word = scan.word(start)
    let next = start + 1
    guard next < limit else { return nil }
    if word.period == 12, word.flags.contains(.months) {
      if let (value, end) = years(at: next, isDual: word.flags.contains(.dual)) { return (value, end) }
    }
    if word.period == 7, word.prefix.contains(.al), let found = weekOf(at: next) { return found }
    guard word.prefix.contains(.al) else { return nil }
    if scan.isAny(next, .which) {
      let which = Int(scan.word(next).which)
      if word.flags.contains(.dual) { return (stretch(word, 2, back: which < 0, toNow: true), next + 1) }
      guard word.period > 1 || word.flags.contains(.months) else { return nil }
      // `الأشهر الأخيرة`: several.
      if !isSingular(start) { return (stretch(word, 3, back: which < 0, toNow: true), next + 1) }
      return (whole(word, which: which), next + 1)
    }
    // `الأيام القليلة الماضية`, `الأشهر الثلاثة الماضية`
    if scan.isAny(next, .few), next + 1 < limit, scan.isAny(next + 1, .which) {
      return (stretch(word, 3, back: scan.word(next + 1).which < 0, toNow: true), next + 2)
    }
    if scan.isAny(next, .cardinal) || scan.isFigure(next),
      let numeral = NumeralReader(scan: scan, limit: limit).read(at: next), numeral.tokens.upperBound < limit,
      numeral.min == numeral.max, numeral.min <= 100
    {
      let end = numeral.tokens.upperBound
      guard scan.isAny(end, .which) else { return nil }
      return (stretch(word, Int(numeral.min), back: scan.word(end).which < 0, toNow: true), end + 1)
    }
    return nil
  }

  /// `2014`, `2014 و2015`, `2014-2015` after `عام`.
  private func years(at start: Int, isDual: Bool) -> (DateRange, Int)? {
    guard let (first, end) = smallYear(at: start) else { return nil }
    if end < limit, scan.isAny(end, [.hijriEra]) {
      return (DayParts.year(first, isHijri: true, basis: .text), end + 1)
    }
    var close = end
    if close < limit, scan.isAny(close, .gregorianEra) { close += 1 }
    if isDual || scan.isMark(close, "-") || scan.isMark(close, "/") {
      let next = scan.isAny(close, .and) || scan.isMark(close, "-") || scan.isMark(close, "/") ? close + 1 : close
      if let (second, secondEnd) = days.yearNumber(at: next), second > first {
        return (span(first, second), secondEnd)
      }
    }
    if (1300...1500).contains(first) { return (DayParts.year(first, isHijri: true, basis: .text), close) }
    return (DayParts.year(first, isHijri: false, basis: .text), close)
  }

  /// After `عام` any number may be a year: `عام 247`, `عام مائتين وسبعة وستين`.
  private func smallYear(at: Int) -> (Int, Int)? {
    if let year = days.yearNumber(at: at) { return year }
    guard at < limit, scan.isFigure(at) || scan.isAny(at, .cardinal), scan.prefix(at).isEmpty,
      let numeral = NumeralReader(scan: scan, limit: limit).read(at: at), numeral.form != .vague,
      numeral.min >= 100, numeral.min <= 2100, numeral.min == numeral.max, numeral.min == numeral.min.rounded()
    else { return nil }
    return (Int(numeral.min), numeral.tokens.upperBound)
  }

  private func span(_ first: Int, _ last: Int) -> DateRange {
    DateRange(
      from: CivilDay(year: first, month: 1, day: 1), to: CivilDay(year: last, month: 12, day: 31), precision: .year,
      basis: .text)
  }

  /// `في 2016`, `منذ 2011`, `2014-2018`: figures that can only be a year.
  private func bareYear(at start: Int) -> (DateRange, Int)? {
    if scan.isAny(start, .inYear) {
      guard start + 1 < limit, let (value, end) = days.yearNumber(at: start + 1), isBareYear(start + 1, value, end)
      else {
        return nil
      }
      return (DayParts.year(value, isHijri: false, basis: .text), end)
    }
    guard scan.isFigure(start), let (value, end) = days.yearNumber(at: start), DayReader.years.contains(value) else {
      return nil
    }
    if scan.isMark(end, "-"), let (last, close) = days.yearNumber(at: end + 1), last > value,
      DayReader.years.contains(last)
    {
      return (span(value, last), close)
    }
    return nil
  }

  private func isBareYear(_ at: Int, _ value: Int, _ end: Int) -> Bool {
    guard scan.isFigure(at), DayReader.years.contains(value) else { return false }
    return !(end < limit && (scan.isAny(end, [.unit, .scale, .percent, .or]) || scan.isMark(end, "%")))
  }

  /// `الثالث من هذا الشهر`, `الأول من عام 2015` after `الأسبوع`.
  private func weekOf(at start: Int) -> (DateRange, Int)? {
    var index = 0
    if scan.isAny(start, .ordinal) {
      index = Int(scan.word(start).ordinal)
    } else if scan.isAny(start, .which), scan.word(start).which == -1 {
      index = -1
    } else {
      return nil
    }
    var at = start + 1
    guard at < limit else { return nil }
    if scan.isAny(at, .from), scan.prefix(at).isEmpty { at += 1 }
    let container: DateRange
    let end: Int
    if let (parts, close) = days.read(at: at), parts.day == nil, parts.month != nil {
      container = parts.resolve(published: published)
      end = close
    } else if let (range, close) = named(at: at) {
      container = range
      end = close
    } else {
      return nil
    }
    guard let from = container.from, let to = container.to else {
      return (DateRange(from: nil, to: nil, precision: .week, basis: .unresolved), end)
    }
    var monday = from.number + (8 - from.weekday) % 7
    // The first week of a year is the one that holds 4 January (ISO 8601).
    if container.precision == .year {
      let fourth = CivilDay(number: from.number + 3)
      monday = fourth.number - (fourth.weekday + 6) % 7
    }
    let first = index < 0 ? to.number - (to.weekday + 6) % 7 : monday + 7 * (index - 1)
    return (
      DateRange(
        from: CivilDay(number: first), to: CivilDay(number: first + 6), precision: .week, basis: container.basis), end
    )
  }

  /// `الأسبوع المقبل يوم الجمعة`, `هذا الأسبوع من الثلاثاء إلى الخميس`: days of a week just named.
  private func dayOfWeek(in week: (range: DateRange, end: Int)) -> (DateRange, Int)? {
    guard week.range.precision == .week else { return nil }
    func weekday(at: Int) -> (Int, Int)? {
      guard let (parts, end) = days.read(at: at), let day = parts.weekday, parts == DayParts(weekday: day) else {
        return nil
      }
      return (day, end)
    }
    func day(_ weekday: Int) -> CivilDay? {
      week.range.from.map { CivilDay(number: $0.number + (weekday + 6) % 7) }
    }
    if let (index, end) = weekday(at: week.end) {
      return (DateRange(from: day(index), to: day(index), precision: .day, basis: week.range.basis), end)
    }
    guard scan.isAny(week.end, [.from, .between]), week.end < limit,
      let (low, lowEnd) = weekday(at: scan.after(week.end)),
      let (high, end) = weekday(at: scan.isAny(lowEnd, .to) ? lowEnd + 1 : lowEnd), let from = day(low),
      let to = day(high),
      from <= to
    else { return nil }
    return (DateRange(from: from, to: to, precision: .day, basis: week.range.basis), end)
  }

  /// `الجمعة من الأسبوع المقبل`: the week after a weekday at `at`.
  func weekAfter(at: Int, weekday: Int) -> (DateRange, Int)? {
    guard at + 1 < limit, scan.isAny(at, .from), scan.prefix(at).isEmpty, let (range, end) = named(at: at + 1),
      range.precision == .week
    else { return nil }
    let day = range.from.map { CivilDay(number: $0.number + (weekday + 6) % 7) }
    return (DateRange(from: day, to: day, precision: .day, basis: range.basis), end)
  }

  // MARK: Distances from the report's day

  /// `قبل ثلاثة أيام`, `منذ 4 أشهر`, `بعد أسبوعين`, `خلال أسبوعين`.
  private func distance(at start: Int) -> (DateRange, Int)? {
    let word = scan.word(start)
    var at = scan.after(start)
    if at < limit, scan.isAny(at, [.approximate, .atLeast]) { at = scan.after(at) }
    guard at < limit, let (count, period, first) = counted(at: at) else { return nil }
    // `شهر و21 يوما`: further lengths.
    var rest: [(count: Int, period: NumberWord)] = []
    var end = first
    while end + 1 < limit, scan.isAny(end, .and) || scan.isMark(end, ","),
      let (more, unit, next) = counted(at: end + 1),
      unit.period > 0
    {
      rest.append((more, unit))
      end = next
    }
    // `خلال الأيام الثلاثة الماضية` and `قبل الأسبوع الماضي` are read from their noun.
    if end < limit, scan.isAny(end, .which) { return nil }
    var toNow = word.isAny([.since, .within])
    var close = end
    if close + 1 < limit, scan.isAny(close, .from), scan.prefix(close).isEmpty {
      // `بعد يومين من الهجوم` is reckoned from something else; `من الآن` from the report.
      if scan.isAny(close + 1, .day) || scan.tokens[close + 1].hash == PeriodReader.now {
        close += 2
        toNow = false
      } else if word.isAny([.after, .ago]) {
        return (DateRange(from: nil, to: nil, precision: precision(period), basis: .unresolved), end)
      }
    }
    let isBack = word.isAny([.ago, .since])
    let exactness = rest.last?.period ?? period
    guard var far = published else {
      return (DateRange(from: nil, to: nil, precision: precision(exactness), basis: .unresolved), close)
    }
    guard rest.isEmpty else {
      for (count, period) in [(count, period)] + rest { far = shifted(far, period, isBack ? -count : count) }
      return (DateRange(from: far, to: far, precision: precision(exactness), basis: .published), close)
    }
    return (stretch(period, count, back: isBack, toNow: toNow), close)
  }

  private static let now = StableHash.hash(Array("الان".utf8))

  /// A counted length of time: `ثلاثة أيام`, `أسبوعين`, `شهر`, `بضعة أشهر`.
  private func counted(at start: Int) -> (Int, NumberWord, Int)? {
    guard start < limit else { return nil }
    if scan.isAny(start, .period), scan.prefix(start).isEmpty {
      let word = scan.word(start)
      if word.flags.contains(.dual) { return (2, word, start + 1) }
      // A singular by itself is one; a plural is no number.
      guard isSingular(start), !(word.period == 12 && days.yearNumber(at: start + 1) != nil) else { return nil }
      return (1, word, start + 1)
    }
    guard scan.isFigure(start) || scan.isAny(start, [.cardinal, .vague]),
      let numeral = NumeralReader(scan: scan, limit: limit).read(at: start), numeral.tokens.upperBound < limit,
      numeral.min >= 1, numeral.min <= 1000
    else { return nil }
    let at = numeral.tokens.upperBound
    guard scan.isAny(at, .period), scan.prefix(at).isEmpty else { return nil }
    return (Int(numeral.min.rounded()), scan.word(at), at + 1)
  }

  private func isSingular(_ at: Int) -> Bool { PeriodReader.singulars.contains(scan.tokens[at].hash) }

  private static let singulars: Set<UInt64> = Set(
    ["يوم", "اسبوع", "شهر", "سنه", "عام", "عقد", "قرن", "ساعه"].flatMap { word in
      ["", "ال", "بال", "وال", "لل", "وبال", "ب", "ل", "و"].map { StableHash.hash(Array(($0 + word).utf8)) }
    })

  private func precision(_ word: NumberWord) -> DateRange.Precision {
    if word.flags.contains(.months) { return word.period >= 120 ? .decade : word.period >= 12 ? .year : .month }
    return word.period >= 7 ? .week : .day
  }

  /// The day `count` lengths before or after the report's day.
  private func shifted(_ day: CivilDay, _ word: NumberWord, _ count: Int) -> CivilDay {
    if !word.flags.contains(.months) { return CivilDay(number: day.number + Int(word.period) * count) }
    let civil = day.civil
    let months = civil.year * 12 + civil.month - 1 + Int(word.period) * count
    let (year, month) = (months / 12, months % 12 + 1)
    return CivilDay(year: year, month: month, day: min(civil.day, DayParts.lastDay(year, month).civil.day))
  }

  /// `count` lengths before or after the report's day: the stretch up to it, or the day at the far end.
  private func stretch(_ word: NumberWord, _ count: Int, back: Bool, toNow: Bool) -> DateRange {
    guard let published else {
      return DateRange(from: nil, to: nil, precision: precision(word), basis: .unresolved)
    }
    // Hours before: as exact as days go.
    let far =
      word.period == 0
      ? CivilDay(number: published.number + (back ? -1 : 1) * (count / 24))
      : shifted(published, word, back ? -count : count)
    guard toNow else { return DateRange(from: far, to: far, precision: precision(word), basis: .published) }
    return DateRange(
      from: min(far, published), to: max(far, published), precision: precision(word), basis: .published)
  }

  /// The whole week, month, year or decade that is `which` lengths from the report's.
  private func whole(_ word: NumberWord, which: Int) -> DateRange {
    let precision = precision(word)
    guard let published else { return DateRange(from: nil, to: nil, precision: precision, basis: .unresolved) }
    let today = published.civil
    switch precision {
    case .week:
      // Weeks from Monday to Sunday, as ISO 8601 has them.
      let monday = published.number - (published.weekday + 6) % 7 + 7 * which
      return DateRange(
        from: CivilDay(number: monday), to: CivilDay(number: monday + 6), precision: .week, basis: .published)
    case .month:
      return DayParts(monthOffset: which).resolve(published: published)
    case .year:
      return DayParts.year(today.year + which, isHijri: false, basis: .published)
    case .decade:
      let length = Int(word.period) / 12
      let first = today.year / length * length + length * which
      return DateRange(
        from: CivilDay(year: first, month: 1, day: 1), to: CivilDay(year: first + length - 1, month: 12, day: 31),
        precision: .decade, basis: .published)
    case .day:
      return DayParts.single(CivilDay(number: published.number + which), basis: .published)
    }
  }

  // MARK: Parts of a period

  /// `مطلع الأسبوع المقبل`, `أواخر عام 2016`, `منتصف يوليو`.
  private func phase(at start: Int) -> (DateRange, Int)? {
    let word = scan.word(start)
    var at = scan.after(start)
    guard at < limit, !word.isAny([.ordinal, .last]) || scan.isAny(at, [.month, .period]) else { return nil }
    if scan.isAny(at, .from), scan.prefix(at).isEmpty { at += 1 }
    let range: DateRange
    let end: Int
    if let (parts, close) = days.read(at: at), parts.day == nil, parts.weekday == nil, parts.offset == nil,
      scan.isAny(at, [.month, .hijriMonth, .period])
    {
      range = parts.resolve(published: published)
      end = close
    } else if at < limit, let found = named(at: at) ?? restOf(word, at: at) {
      range = found.0
      end = found.1
    } else {
      return nil
    }
    guard let from = range.from, let to = range.to, from < to else { return (range, end) }
    let (first, last) = (from.number, to.number)
    var result = range
    // Halves for begin and end, the middle half for the middle; months of a year as the calendar has them.
    let half =
      range.precision == .year ? CivilDay(year: from.civil.year, month: 7, day: 1).number : first + (last - first) / 2
    switch word.phase {
    case 1: result.to = CivilDay(number: half - 1)
    case 2:
      result.from = CivilDay(number: first + (last - first) / 4)
      result.to = CivilDay(number: last - (last - first) / 4)
    case 3: result.from = CivilDay(number: half)
    default: result.from = published ?? range.from
    }
    return (result, end)
  }

  /// `بقية الأسبوع`: the present one.
  private func restOf(_ phase: NumberWord, at: Int) -> (DateRange, Int)? {
    guard scan.isAny(at, .period), scan.prefix(at) == .al, phase.phase >= 3 else { return nil }
    let word = scan.word(at)
    guard word.period >= 7 || word.flags.contains(.months) else { return nil }
    return (whole(word, which: 0), at + 1)
  }

  // MARK: Decades, seasons, quarters

  private func decade(at start: Int) -> (DateRange, Int)? {
    var century = 1900
    let value = Int(scan.word(start).decade)
    var end = start + 1
    // `الثلاثينيات من عمره` is an age.
    var look = end
    while look < limit, look < end + 2 {
      if scan.isAny(look, .age) { return nil }
      look += 1
    }
    if end < limit, scan.isAny(end, .from), scan.prefix(end).isEmpty { look = end + 1 } else { look = end }
    if look + 1 < limit, scan.isAny(look, .period), scan.word(look).period == 1200 {
      if scan.isAny(look + 1, .which) {
        let which = Int(scan.word(look + 1).which)
        century = which < 0 ? 1900 : 2000
        end = look + 2
      } else if let ordinal = NumeralReader(scan: scan, limit: limit).ordinal(at: look + 1) {
        century = (Int(ordinal.min) - 1) * 100
        end = ordinal.tokens.upperBound
      }
    }
    let first = century + value
    return (
      DateRange(
        from: CivilDay(year: first, month: 1, day: 1), to: CivilDay(year: first + 9, month: 12, day: 31),
        precision: .decade, basis: .text), end
    )
  }

  /// `صيف 2016`, `الشتاء الماضي`, `هذا الصيف`.
  private func season(at start: Int) -> (DateRange, Int)? {
    let isThis = scan.isAny(start, .this)
    let next = isThis ? start + 2 : start + 1
    guard next <= limit, !isThis || scan.isAny(start + 1, .season) else { return nil }
    let first = Int(scan.word(next - 1).decade)
    var year: Int?
    var end = next
    var basis = DateRange.Basis.text
    if isThis {
      basis = published == nil ? .unresolved : .published
      year = published?.civil.year
    } else if let (value, close) = days.yearNumber(at: days.isYearWord(next) ? next + 1 : next) {
      (year, end) = (value, close)
    } else if scan.isAny(next, .which) || days.isYearWord(next) && next + 1 < limit && scan.isAny(next + 1, .which) {
      let isYear = days.isYearWord(next)
      let which = Int(scan.word(isYear ? next + 1 : next).which)
      end = isYear ? next + 2 : next + 1
      basis = published == nil ? .unresolved : .published
      if let civil = published?.civil {
        year = civil.year + which
        // The last summer is this year's once it is over, the next one this year's until it begins.
        if !isYear, which < 0, civil.month > first + 2 { year = civil.year }
        if !isYear, which > 0, civil.month < first { year = civil.year }
      }
    } else {
      return nil
    }
    guard let year else { return (DateRange(from: nil, to: nil, precision: .month, basis: .unresolved), end) }
    let (lastYear, last) = first == 12 ? (year + 1, 2) : (year, first + 2)
    return (
      DateRange(
        from: CivilDay(year: year, month: first, day: 1), to: DayParts.lastDay(lastYear, last), precision: .month,
        basis: basis), end
    )
  }

  /// `الربع الثالث من عام 2016`.
  private func quarter(at start: Int) -> (DateRange, Int)? {
    guard let ordinal = NumeralReader(scan: scan, limit: limit).ordinal(at: start + 1), ordinal.min <= 4 else {
      return nil
    }
    var at = ordinal.tokens.upperBound
    guard at < limit else { return nil }
    if scan.isAny(at, .from), scan.prefix(at).isEmpty { at += 1 }
    let year: DateRange
    let end: Int
    if let (value, close) = days.yearNumber(at: at) {
      (year, end) = (DayParts.year(value, isHijri: false, basis: .text), close)
    } else if at < limit, let (range, close) = named(at: at), range.precision == .year {
      (year, end) = (range, close)
    } else {
      return nil
    }
    guard let number = year.from?.civil.year else {
      return (DateRange(from: nil, to: nil, precision: .month, basis: .unresolved), end)
    }
    let month = (Int(ordinal.min) - 1) * 3 + 1
    return (
      DateRange(
        from: CivilDay(year: number, month: month, day: 1), to: DayParts.lastDay(number, month + 2), precision: .month,
        basis: year.basis), end
    )
  }
}
