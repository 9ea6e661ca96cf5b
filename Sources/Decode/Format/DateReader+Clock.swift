import Model

extension DateReader {
  /// A time of day with its offset from UTC.
  struct Clock {
    var hour = 0
    var minute = 0
    var second = 0
    var nanoseconds: Int32 = 0
    var offsetMinutes = 0
    /// The tokens that it was read from.
    var range: Range<Int> = 0..<0

    init(hour: Int = 0, minute: Int = 0, second: Int = 0) {
      self.hour = hour
      self.minute = minute
      self.second = second
    }

    var isValid: Bool { (0...24).contains(hour) && (0...59).contains(minute) && (0...60).contains(second) }

    /// Finds `hh:mm[:ss[.fff]]`, what says morning or evening, and a zone.
    init?(_ tokens: Tokens) {
      guard
        let start = tokens.list.indices.first(where: {
          tokens.number($0, digits: 1...2) != nil && tokens.isMark($0 + 1, ":")
            && tokens.number($0 + 2, digits: 2...2) != nil
        })
      else { return nil }
      self.init(hour: tokens.number(start, digits: 1...2) ?? 0, minute: tokens.number(start + 2, digits: 2...2) ?? 0)
      var at = start + 3
      if tokens.isMark(at, ":"), let seconds = tokens.number(at + 1, digits: 2...2) {
        second = seconds
        at += 2
        if tokens.isMark(at, ".") || tokens.isMark(at, ","), at + 1 < tokens.list.count,
          case .number(let value, let digits) = tokens.list[at + 1]
        {
          var scaled = value
          for _ in 0..<max(0, 9 - digits) { scaled *= 10 }
          for _ in 0..<max(0, digits - 9) { scaled /= 10 }
          nanoseconds = Int32(scaled)
          at += 2
        }
      }
      var next = tokens.isBlank(at) ? at + 1 : at
      if let word = tokens.word(next), let isEvening = Clock.halves[word] {
        if isEvening, hour < 12 { hour += 12 }
        if !isEvening, hour == 12 { hour = 0 }
        next += 1
        at = next
      }
      range = start..<at
      readZone(tokens, from: at)
    }

    /// Reads a zone at `start`, behind a blank at most; `بتوقيت غرينتش` may follow too.
    mutating func readZone(_ tokens: Tokens, from start: Int) {
      var at = tokens.isBlank(start) ? start + 1 : start
      while tokens.isMark(at, "(") { at += 1 }
      if let word = tokens.word(at) {
        if word == "بتوقيت" || word == "توقيت" {
          let place = tokens.isBlank(at + 1) ? at + 2 : at + 1
          if let name = tokens.word(place), let offset = Clock.zones[name] {
            offsetMinutes = offset
            range = range.lowerBound..<place + 1
          }
          return
        }
        guard let offset = Clock.zones[word] else { return }
        offsetMinutes = offset
        at += 1
        range = range.lowerBound..<max(range.upperBound, at)
        // `GMT+3`: the sum.
        guard tokens.isMark(at, "+") || tokens.isMark(at, "-") else { return }
      }
      let isWest = tokens.isMark(at, "-")
      guard isWest || tokens.isMark(at, "+"), at + 1 < tokens.list.count,
        case .number(let value, let digits) = tokens.list[at + 1]
      else { return }
      var minutes: Int
      var end = at + 2
      switch digits {
      case 4: minutes = value / 100 * 60 + value % 100
      case 1, 2:
        minutes = value * 60
        if tokens.isMark(at + 2, ":"), let rest = tokens.number(at + 3, digits: 2...2) {
          minutes += rest
          end = at + 4
        } else if isWest, !tokens.isBlank(at + 2), at + 2 < tokens.list.count {
          return  // `10:30-21/11/2018`: a date follows, not an offset.
        }
      default: return
      }
      guard minutes <= 14 * 60 else { return }
      if isWest { minutes = -minutes }
      offsetMinutes += minutes
      range = range.lowerBound..<max(range.upperBound, end)
    }

    /// Words behind a time: true for after noon.
    private static let halves: [String: Bool] = [
      "am": false, "pm": true, "ص": false, "صباحا": false, "م": true, "مساء": true, "ظهرا": true, "عصرا": true,
      "ليلا": true,
      "a": false, "p": true,
    ]

    /// Minutes east of UTC. The letters and American zones are RFC 5322's; the Arabic names are of places whose clock does
    /// not change.
    private static let zones: [String: Int] = [
      "z": 0, "utc": 0, "gmt": 0, "ut": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
      "pst": -480, "pdt": -420, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "ast": 180, "bst": 60, "msk": 180,
      "غرينتش": 0, "جرينتش": 0, "غرينيتش": 0, "جرينيتش": 0, "مكه": 180, "بغداد": 180, "الرياض": 180, "السعوديه": 180,
    ]
  }
}
