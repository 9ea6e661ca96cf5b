import Model

/// Reads the many forms in which feeds, pages and mail write a moment, into UTC.
///
/// RFC 3339 and ISO 8601, RFC 5322, ctime, epoch seconds and milliseconds, day-first numeric dates, and written dates in English and
/// Arabic with the month names of Egypt, the Levant and the Maghreb, digits of both kinds. A time without a zone is taken as UTC.
/// What is not clearly a date gives nil: a wrong date is worse than none.
enum DateReader {
  /// Reads `bytes` (UTF-8) as one moment; nil if it is none.
  static func read(_ bytes: some Collection<UInt8>) -> Timestamp? {
    guard bytes.count <= 200 else { return nil }
    let tokens = Tokens(bytes)
    guard !tokens.list.isEmpty else { return nil }
    return epoch(tokens) ?? iso(tokens) ?? written(tokens)
  }

  /// Reads a string as one moment.
  static func read(_ string: String) -> Timestamp? { read(string.utf8) }

  // MARK: Tokens

  enum Token: Equatable {
    /// A run of digits: its value and its length.
    case number(Int, digits: Int)
    /// A run of letters, folded: ASCII lower case; Arabic without marks and tatweel, hamzas and final forms unified.
    case word(String)
    /// Any other character; blanks are one token.
    case mark(UInt8)
    case blank
  }

  struct Tokens {
    var list: [Token] = []

    init(_ bytes: some Collection<UInt8>) {
      var word = String.UnicodeScalarView()
      var value = 0
      var digits = 0
      func closed(_ list: inout [Token]) {
        if digits > 0 { list.append(.number(value, digits: digits)) }
        if !word.isEmpty { list.append(.word(String(word))) }
        word = String.UnicodeScalarView()
        value = 0
        digits = 0
      }
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        var digit: Int?
        switch scalar.value {
        case 0x30...0x39: digit = Int(scalar.value - 0x30)
        case 0x0660...0x0669: digit = Int(scalar.value - 0x0660)
        case 0x06F0...0x06F9: digit = Int(scalar.value - 0x06F0)
        default: break
        }
        if let digit {
          if !word.isEmpty || digits >= 17 { closed(&list) }
          value = value * 10 + digit
          digits += 1
          continue
        }
        switch scalar.value {
        // Marks, tatweel and directional controls are no part of a name.
        case 0x064B...0x0652, 0x0670, 0x0640, 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF:
          continue
        case 0x41...0x5A, 0x61...0x7A, 0x0620...0x064A, 0x0671...0x06D3:
          if digits > 0 { closed(&list) }
          word.append(fold(scalar))
        case 0x20, 0x09...0x0D, 0xA0:
          closed(&list)
          if list.last != .blank { list.append(.blank) }
        default:
          closed(&list)
          let ascii: UInt8 =
            switch scalar.value {
            case 0x060C: 0x2C
            case 0x2010...0x2015, 0x2212: 0x2D
            default: scalar.value < 0x80 ? UInt8(scalar.value) : 0x3F
            }
          list.append(.mark(ascii))
        }
      }
      closed(&list)
      while list.first == .blank { list.removeFirst() }
      while list.last == .blank { list.removeLast() }
    }

    private func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
      switch scalar.value {
      case 0x41...0x5A: Unicode.Scalar(UInt8(scalar.value) | 0x20)
      case 0x0622, 0x0623, 0x0625, 0x0671: "\u{0627}"
      case 0x0649, 0x06CC: "\u{064A}"
      case 0x0629: "\u{0647}"
      case 0x06A9: "\u{0643}"
      default: scalar
      }
    }

    func number(_ at: Int, digits: ClosedRange<Int>) -> Int? {
      guard at >= 0, at < list.count, case .number(let value, let count) = list[at], digits.contains(count) else {
        return nil
      }
      return value
    }
    func isMark(_ at: Int, _ mark: Character) -> Bool {
      at >= 0 && at < list.count && list[at] == .mark(mark.asciiValue ?? 0)
    }
    func word(_ at: Int) -> String? {
      guard at >= 0, at < list.count, case .word(let word) = list[at] else { return nil }
      return word
    }
    func isBlank(_ at: Int) -> Bool { at >= 0 && at < list.count && list[at] == .blank }
  }

  // MARK: Forms

  private static let years = 1900...2100

  /// A lone number: seconds (9 or 10 digits), milliseconds (12 or 13), `YYYYMMDD`, `YYYYMMDDhhmmss`.
  private static func epoch(_ tokens: Tokens) -> Timestamp? {
    var list = tokens.list
    // Epochs come with a fraction of seconds too.
    if list.count == 3, list[1] == .mark(0x2E), case .number = list[2] { list.removeLast(2) }
    guard list.count == 1, case .number(let value, let digits) = list[0] else { return nil }
    switch digits {
    case 9, 10: return Timestamp(seconds: Int64(value))
    case 12, 13: return Timestamp(seconds: Int64(value / 1000), nanoseconds: Int32(value % 1000) * 1_000_000)
    case 8: return stamp(value / 10_000, value / 100 % 100, value % 100, Clock())
    case 14:
      let day = value / 1_000_000
      let clock = Clock(hour: value / 10_000 % 100, minute: value / 100 % 100, second: value % 100)
      return stamp(day / 10_000, day / 100 % 100, day % 100, clock)
    default: return nil
    }
  }

  /// `2018-11-21`, `2018-11-21T10:30:00.5+03:00`, with a slash for the hyphen or a blank for the T; also `20181121T103000Z`.
  private static func iso(_ tokens: Tokens) -> Timestamp? {
    var at = 3
    let date: (Int, Int, Int)
    if let year = tokens.number(0, digits: 4...4), years.contains(year),
      tokens.isMark(1, "-") || tokens.isMark(1, "/") || tokens.isMark(1, "."),
      let month = tokens.number(2, digits: 1...2),
      tokens.isMark(3, "-") || tokens.isMark(3, "/") || tokens.isMark(3, "."), let day = tokens.number(4, digits: 1...2)
    {
      date = (year, month, day)
      at = 5
    } else if let packed = tokens.number(0, digits: 8...8), tokens.word(1) == "t" {
      date = (packed / 10_000, packed / 100 % 100, packed % 100)
      at = 1
      if let time = tokens.number(2, digits: 6...6) {
        var clock = Clock(hour: time / 10_000, minute: time / 100 % 100, second: time % 100)
        clock.readZone(tokens, from: 3)
        return stamp(date.0, date.1, date.2, clock)
      }
    } else {
      return nil
    }
    var clock = Clock()
    if at < tokens.list.count {
      guard let read = Clock(tokens) else {
        // A date and something else that is no time: only blanks and marks may follow.
        return tokens.list[at...].contains { if case .number = $0 { true } else { false } }
          ? nil : stamp(date.0, date.1, date.2, clock)
      }
      clock = read
    }
    return stamp(date.0, date.1, date.2, clock)
  }

  /// A month's name with day and year beside it, or `21/11/2018`; with a time of day anywhere.
  private static func written(_ tokens: Tokens) -> Timestamp? {
    let clock = Clock(tokens) ?? Clock()
    let used = clock.range
    var months: [(month: Int, range: Range<Int>)] = []
    var at = 0
    while at < tokens.list.count {
      if let found = MonthNames.month(tokens, at) {
        months.append((found.month, at..<found.end))
        at = found.end
      } else {
        at += 1
      }
    }
    if let first = months.first, let last = months.last {
      // `نيسان/أبريل` names one month twice; two different months are no date.
      guard months.allSatisfy({ $0.month == first.month }) else { return nil }
      let numbers = tokens.list.indices.filter { index in
        guard case .number = tokens.list[index] else { return false }
        return !used.contains(index)
      }
      let before = numbers.last { $0 < first.range.lowerBound }
      let after = numbers.filter { $0 >= last.range.upperBound }
      let dayBefore = before.flatMap { tokens.number($0, digits: 1...2) }
      let afterDay = after.first.flatMap { tokens.number($0, digits: 1...2) }
      if let day = dayBefore {
        guard let year = after.first.flatMap({ year(tokens, $0) }) else { return nil }
        return stamp(year, first.month, day, clock)
      }
      if let day = afterDay, after.count >= 2, let year = year(tokens, after[1]) {
        return stamp(year, first.month, day, clock)
      }
      // `2018 نوفمبر 21`
      if let before, let year = tokens.number(before, digits: 4...4), years.contains(year), let day = afterDay {
        return stamp(year, first.month, day, clock)
      }
      return nil
    }
    for at in tokens.list.indices {
      for separator in ["/", "-", "."] as [Character] {
        guard tokens.isMark(at + 1, separator), tokens.isMark(at + 3, separator), !used.contains(at),
          let middle = tokens.number(at + 2, digits: 1...2)
        else { continue }
        if let first = tokens.number(at, digits: 1...2), let year = tokens.number(at + 4, digits: 4...4),
          years.contains(year)
        {
          // The day first, as the Arab world writes it, unless that cannot be.
          return middle > 12 && first <= 12 ? stamp(year, first, middle, clock) : stamp(year, middle, first, clock)
        }
        if let year = tokens.number(at, digits: 4...4), years.contains(year),
          let day = tokens.number(at + 4, digits: 1...2)
        {
          return stamp(year, middle, day, clock)
        }
      }
    }
    return nil
  }

  /// A year of four digits, or two (RFC 5322's obsolete form: below 50 is 20xx).
  private static func year(_ tokens: Tokens, _ at: Int) -> Int? {
    if let year = tokens.number(at, digits: 4...4) { return years.contains(year) ? year : nil }
    if let short = tokens.number(at, digits: 2...2) { return short < 50 ? 2000 + short : 1900 + short }
    return nil
  }

  private static func stamp(_ year: Int, _ month: Int, _ day: Int, _ clock: Clock) -> Timestamp? {
    guard years.contains(year), (1...12).contains(month), (1...31).contains(day), clock.isValid else { return nil }
    let civil = CivilDay(year: year, month: month, day: day)
    guard civil.civil.month == month else { return nil }
    var stamp = Timestamp(
      year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: min(clock.second, 59))
    stamp.seconds -= Int64(clock.offsetMinutes * 60)
    stamp.nanoseconds = clock.nanoseconds
    return stamp
  }
}
