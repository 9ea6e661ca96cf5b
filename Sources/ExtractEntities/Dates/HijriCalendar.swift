import Model

/// The tabular Islamic calendar: 30-year cycle with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 and the civil epoch
/// (Friday, 16 July 622 Julian); type IIa of Reingold & Dershowitz, "Calendrical Calculations", chapter 7.
///
/// Months that begin by sighting can differ by a day or two, hence no report's Hijri date is exacter than that.
enum HijriCalendar {
  /// The first day of the epoch less one, in days since 1970-01-01.
  private static let epoch = -492_149

  /// The day `day` of month `month` (1...12) in the year `year` of the Hijra.
  static func day(year: Int, month: Int, day: Int) -> CivilDay {
    CivilDay(number: day + (59 * (month - 1) + 1) / 2 + (year - 1) * 354 + (3 + 11 * year) / 30 + epoch)
  }

  /// The year of the Hijra that holds `day`.
  static func year(of day: CivilDay) -> Int {
    var year = (day.number - epoch) * 30 / 10_631
    while HijriCalendar.day(year: year + 1, month: 1, day: 1) <= day { year += 1 }
    while HijriCalendar.day(year: year, month: 1, day: 1) > day { year -= 1 }
    return year
  }

  /// The last day of a month.
  static func lastDay(year: Int, month: Int) -> CivilDay {
    let next = month == 12 ? day(year: year + 1, month: 1, day: 1) : day(year: year, month: month + 1, day: 1)
    return CivilDay(number: next.number - 1)
  }
}
