import Model

/// What a date expression says of a day, and how that is reckoned into days.
struct DayParts: Equatable {
  /// 1...31.
  var day: Int?
  /// 1...12, of the Hijri year when `isHijri`.
  var month: Int?
  /// Year of the calendar of `month`.
  var year: Int?
  /// 0 is Sunday.
  var weekday: Int?
  /// Days from the report's day: `أمس` is -1.
  var offset: Int?
  /// -1 `الماضي`, 0 `الجاري`, 1 `المقبل`.
  var which: Int?
  /// The month and year are those of the Hijra.
  var isHijri = false
  /// Month given as `هذا الشهر`: months from the report's month.
  var monthOffset: Int?
  /// Year given as `العام الماضي`: years from the report's year.
  var yearOffset: Int?

  /// Which of the weekdays of the month: `أول يوم جمعة من يوليو`.
  var nth: Int?

  /// Whether there is anything that a day can be found by.
  var isEmpty: Bool { self == DayParts() }

  /// The days meant.
  /// - Parameter published: the report's own day; without it whatever is not a full date stays open.
  func resolve(published: CivilDay?) -> DateRange {
    if let year, let month, nth == nil {
      guard let day else { return DayParts.month(year, month, isHijri, basis: .text) }
      return DayParts.single(date(year, month, day), basis: .text)
    }
    let precision: DateRange.Precision =
      day != nil || weekday != nil || offset != nil ? .day : month != nil || monthOffset != nil ? .month : .year
    if let year, month == nil, day == nil, monthOffset == nil {
      return DayParts.year(year, isHijri: isHijri, basis: .text)
    }
    guard let published else { return DateRange(from: nil, to: nil, precision: precision, basis: .unresolved) }
    let today = published.civil
    if let offset { return DayParts.single(CivilDay(number: published.number + offset), basis: .published) }
    if let nth, let weekday {
      var container = self
      (container.nth, container.weekday) = (nil, nil)
      let month = container.isEmpty ? DayParts(monthOffset: 0) : container
      guard let first = month.resolve(published: published).from else {
        return DateRange(from: nil, to: nil, precision: .day, basis: .unresolved)
      }
      return DayParts.single(
        CivilDay(number: first.number + (weekday - first.weekday + 7) % 7 + 7 * (nth - 1)), basis: .published)
    }
    if let yearOffset, month == nil {
      return DayParts.year(today.year + yearOffset, isHijri: false, basis: .published)
    }
    if let monthOffset {
      let months = today.year * 12 + today.month - 1 + monthOffset
      let (year, month) = (months / 12, months % 12 + 1)
      guard let day else { return DayParts.month(year, month, false, basis: .published) }
      return DayParts.single(CivilDay(year: year, month: month, day: day), basis: .published)
    }
    if let month { return resolveMonth(month, published) }
    if let day { return DayParts.single(nearest(day: day, to: published), basis: .published) }
    if let weekday { return DayParts.single(resolveWeekday(weekday, published), basis: .published) }
    return DateRange(from: nil, to: nil, precision: precision, basis: .unresolved)
  }

  private func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDay {
    isHijri
      ? HijriCalendar.day(year: year, month: month, day: day) : CivilDay(year: year, month: month, day: day)
  }

  /// A month, or a day of it, whose year is left open: the latest that the report can look back on, or the next one if the
  /// words say so; a day up to `leadDays` ahead is taken for coming.
  private func resolveMonth(_ month: Int, _ published: CivilDay) -> DateRange {
    let thisYear = isHijri ? HijriCalendar.year(of: published) : published.civil.year
    if let yearOffset {
      guard let day else { return DayParts.month(thisYear + yearOffset, month, isHijri, basis: .published) }
      return DayParts.single(date(thisYear + yearOffset, month, day), basis: .published)
    }
    guard let day else {
      var year = thisYear
      let first = date(year, month, 1)
      let isNow = !isHijri && published.civil.month == month
      switch which {
      case .some(-1): if isNow || first > published { year -= 1 }
      case .some(1): if isNow || first <= published { year += 1 }
      case .some(0): break
      default: if first.number > published.number + DayParts.leadDays { year -= 1 }
      }
      return DayParts.month(year, month, isHijri, basis: .published)
    }
    var year = thisYear
    let candidate = date(year, month, day)
    switch which {
    case .some(-1): if candidate >= published { year -= 1 }
    case .some(1): if candidate <= published { year += 1 }
    case .some(0): break
    default:
      if candidate.number > published.number + DayParts.leadDays {
        year -= 1
      } else if date(year + 1, month, day).number <= published.number + DayParts.leadDays {
        year += 1
      }
    }
    return DayParts.single(date(year, month, day), basis: .published)
  }

  /// How far ahead a date without a year may lie before the one of the year before is meant.
  private static let leadDays = 60

  private func resolveWeekday(_ weekday: Int, _ published: CivilDay) -> CivilDay {
    let back = (published.weekday - weekday + 7) % 7
    switch which {
    case .some(-1): return CivilDay(number: published.number - (back == 0 ? 7 : back))
    case .some(1): return CivilDay(number: published.number + 7 - back)
    // `هذه الجمعة`: the coming one.
    case .some(0): return CivilDay(number: published.number + (7 - back) % 7)
    default: return CivilDay(number: published.number - back)
    }
  }

  /// The day `day` of the month that is nearest to the report, on the weekday if one is named.
  private func nearest(day: Int, to published: CivilDay) -> CivilDay {
    for distance in 0...45 {
      for candidate in [published.number - distance, published.number + distance] {
        let found = CivilDay(number: candidate)
        if found.civil.day == day && (weekday == nil || found.weekday == weekday) { return found }
      }
    }
    return published
  }

  /// One day.
  static func single(_ day: CivilDay, basis: DateRange.Basis) -> DateRange {
    DateRange(from: day, to: day, precision: .day, basis: basis)
  }

  /// A whole month.
  static func month(_ year: Int, _ month: Int, _ isHijri: Bool, basis: DateRange.Basis) -> DateRange {
    if isHijri {
      return DateRange(
        from: HijriCalendar.day(year: year, month: month, day: 1),
        to: HijriCalendar.lastDay(year: year, month: month), precision: .month, basis: basis)
    }
    return DateRange(
      from: CivilDay(year: year, month: month, day: 1), to: lastDay(year, month), precision: .month, basis: basis)
  }

  /// A whole year.
  static func year(_ year: Int, isHijri: Bool, basis: DateRange.Basis) -> DateRange {
    if isHijri {
      return DateRange(
        from: HijriCalendar.day(year: year, month: 1, day: 1), to: HijriCalendar.lastDay(year: year, month: 12),
        precision: .year, basis: basis)
    }
    return DateRange(
      from: CivilDay(year: year, month: 1, day: 1), to: CivilDay(year: year, month: 12, day: 31), precision: .year,
      basis: basis)
  }

  /// The last day of a Gregorian month.
  static func lastDay(_ year: Int, _ month: Int) -> CivilDay {
    let next = month == 12 ? CivilDay(year: year + 1, month: 1, day: 1) : CivilDay(year: year, month: month + 1, day: 1)
    return CivilDay(number: next.number - 1)
  }
}
