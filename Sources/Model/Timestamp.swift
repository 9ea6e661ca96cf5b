#if canImport(Glibc)
  import Glibc
#endif

/// A moment in UTC.
public struct Timestamp: Sendable, Hashable, Comparable {
  /// Seconds since 1970-01-01T00:00:00Z, may be negative.
  public var seconds: Int64
  /// 0 ..< 1,000,000,000.
  public var nanoseconds: Int32

  /// A moment `seconds` and `nanoseconds` after the epoch.
  public init(seconds: Int64, nanoseconds: Int32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// A moment from civil date and time in UTC; fields are not range-checked.
  public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    let days = CivilDay(year: year, month: month, day: day).number
    self.init(seconds: Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second))
  }

  /// The present moment, by the clock that people set.
  public static func now() -> Timestamp {
    var clock = timespec()
    clock_gettime(CLOCK_REALTIME, &clock)
    return Timestamp(seconds: Int64(clock.tv_sec), nanoseconds: Int32(clock.tv_nsec))
  }

  /// The UTC day.
  public var day: CivilDay { CivilDay(number: Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)) }

  /// Earlier first.
  public static func < (a: Timestamp, b: Timestamp) -> Bool {
    (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
  }

  /// Appends RFC 3339 in UTC: `2026-11-21T01:24:00Z`, with `.ffffff` when `microseconds` is set.
  public func appendRFC3339(to out: inout [UInt8], microseconds: Bool) {
    let day = self.day
    let secondOfDay = Int(seconds) - day.number * 86_400
    day.append(to: &out)
    out.append(UInt8(ascii: "T"))
    out.append(digits: secondOfDay / 3600, width: 2)
    out.append(UInt8(ascii: ":"))
    out.append(digits: secondOfDay / 60 % 60, width: 2)
    out.append(UInt8(ascii: ":"))
    out.append(digits: secondOfDay % 60, width: 2)
    if microseconds {
      out.append(UInt8(ascii: "."))
      out.append(digits: Int(nanoseconds) / 1000, width: 6)
    }
    out.append(UInt8(ascii: "Z"))
  }

  /// What `appendRFC3339` appends, as a string.
  public func rfc3339(microseconds: Bool) -> String {
    var out: [UInt8] = []
    appendRFC3339(to: &out, microseconds: microseconds)
    return String(decoding: out, as: UTF8.self)
  }
}
