/// A day of the proleptic Gregorian calendar, as days since 1970-01-01.
///
/// Conversions after Howard Hinnant, "chrono-compatible low-level date algorithms".
public struct CivilDay: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01.
  public var number: Int

  /// The day `number` days after 1970-01-01.
  public init(number: Int) { self.number = number }

  /// A day from its civil parts; `month` 1...12, `day` 1...31, not checked.
  public init(year: Int, month: Int, day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `YYYY-MM-DD` at the beginning of `text`; nil when it is none.
  public init?(_ text: String) {
    let parts = text.prefix(10).split(separator: "-")
    guard parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month (1...12) and day of the month (1...31).
  public var civil: (year: Int, month: Int, day: Int) {
    let z = number + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  /// Appends the day as ISO 8601: `2026-11-21`.
  public func append(to out: inout [UInt8]) {
    let (year, month, day) = civil
    out.append(digits: year, width: 4)
    out.append(UInt8(ascii: "-"))
    out.append(digits: month, width: 2)
    out.append(UInt8(ascii: "-"))
    out.append(digits: day, width: 2)
  }

  /// The day as ISO 8601: `2026-11-21`.
  public var iso8601: String {
    var out: [UInt8] = []
    append(to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// 0 is Sunday … 6 is Saturday.
  public var weekday: Int { ((number % 7) + 11) % 7 }

  /// Earlier first.
  public static func < (a: CivilDay, b: CivilDay) -> Bool { a.number < b.number }
}

extension [UInt8] {
  /// Appends the last `width` decimal digits of `value`, which is not negative, zeros before it where it has fewer.
  mutating func append(digits value: Int, width: Int) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(0x30 + value / divisor % 10))
      divisor /= 10
    }
  }
}
