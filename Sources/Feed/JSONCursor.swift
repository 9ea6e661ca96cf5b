import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Reads JSON where it stands, forwards, without building values: what recovery and `verify` read the feed with.
///
/// The feed's own lines are the only input; anything that is not valid JSON throws. Depth is limited.
struct JSONCursor {
  /// The text is no JSON, or not of the shape that was asked for.
  struct Malformed: Error {
    /// Byte offset into the line.
    var offset: Int
    var expected: String
  }

  private static let depthMax = 64

  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var at = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private func fail(_ expected: String) -> Malformed { Malformed(offset: at, expected: expected) }

  /// The next byte, or 0 at the end.
  func peek() -> UInt8 { at < bytes.count ? bytes[at] : 0 }

  mutating func expect(_ byte: Unicode.Scalar) throws(Malformed) {
    guard peek() == UInt8(ascii: byte) else { throw fail("'\(byte)'") }
    at += 1
  }

  /// Passes over `byte` if it is next.
  mutating func skip(_ byte: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: byte) else { return false }
    at += 1
    return true
  }

  /// Reads `"name":`, which must stand here.
  mutating func key(_ name: StaticString) throws(Malformed) {
    let length = name.utf8CodeUnitCount
    guard at + length + 3 <= bytes.count, bytes[at] == 0x22, bytes[at + length + 1] == 0x22,
      bytes[at + length + 2] == UInt8(ascii: ":"), memcmp(bytes.baseAddress! + at + 1, name.utf8Start, length) == 0
    else { throw fail("the key \"\(name)\"") }
    at += length + 3
  }

  /// Reads `null` if it is next.
  mutating func null() -> Bool { literal("null") }

  /// Passes over the plain bytes of a string from here on.
  @inline(__always)
  private mutating func passRun() -> UnsafeBufferPointer<UInt8> {
    let start = at
    while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5C, bytes[at] >= 0x20 { at += 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<at])
  }

  /// Reads a string, unescaped.
  mutating func string() throws(Malformed) -> [UInt8] {
    try expect("\"")
    let run = passRun()
    if at < bytes.count, bytes[at] == 0x22 {
      at += 1
      return Array(run)
    }
    return try string(after: run)
  }

  /// Reads a string for people and programs: with an escape it is rare.
  mutating func text() throws(Malformed) -> String {
    try expect("\"")
    let run = passRun()
    if at < bytes.count, bytes[at] == 0x22 {
      at += 1
      return String(decoding: run, as: UTF8.self)
    }
    return String(decoding: try string(after: run), as: UTF8.self)
  }

  /// Passes over a string.
  mutating func skipString() throws(Malformed) {
    try expect("\"")
    while true {
      _ = passRun()
      guard at < bytes.count else { throw fail("the end of a string") }
      if bytes[at] == 0x22 {
        at += 1
        return
      }
      try escape { _ in }
    }
  }

  /// The rest of a string that has escapes, or no end.
  private mutating func string(after run: UnsafeBufferPointer<UInt8>) throws(Malformed) -> [UInt8] {
    var out = Array(run)
    out.reserveCapacity(run.count * 2 + 64)
    while true {
      guard at < bytes.count else { throw fail("the end of a string") }
      if bytes[at] == 0x22 {
        at += 1
        return out
      }
      try escape { out.append($0) }
      out.append(contentsOf: passRun())
    }
  }

  /// Reads an escape and hands over the bytes that it stands for.
  private mutating func escape(_ take: (UInt8) -> Void) throws(Malformed) {
    guard bytes[at] == 0x5C, at + 1 < bytes.count else { throw fail("no control byte in a string") }
    at += 2
    switch bytes[at - 1] {
    case UInt8(ascii: "n"): take(0x0A)
    case UInt8(ascii: "t"): take(0x09)
    case UInt8(ascii: "r"): take(0x0D)
    case UInt8(ascii: "b"): take(0x08)
    case UInt8(ascii: "f"): take(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): take(bytes[at - 1])
    case UInt8(ascii: "u"):
      guard at + 4 <= bytes.count,
        let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(code)
      else { throw fail("four hex digits of a scalar value") }
      for byte in String(Character(scalar)).utf8 { take(byte) }
      at += 4
    default: throw fail("an escape")
    }
  }

  /// Reads a string or `null`.
  mutating func optionalString() throws(Malformed) -> [UInt8]? { null() ? nil : try string() }

  /// Reads a string or `null`.
  mutating func optionalText() throws(Malformed) -> String? { null() ? nil : try text() }

  /// Reads `count` × 16 hex digits in quotes as numbers.
  mutating func hexWords(_ count: Int) throws(Malformed) -> (UInt64, UInt64, UInt64, UInt64) {
    guard at + 16 * count + 2 <= bytes.count, peek() == 0x22, bytes[at + 16 * count + 1] == 0x22,
      let words = HexWords.read(bytes, at: at + 1, count)
    else { throw fail("\(16 * count) hex digits") }
    at += 16 * count + 2
    return words
  }

  /// Reads a day as `"YYYY-MM-DD"`, or `null`.
  mutating func optionalDay() throws(Malformed) -> CivilDay? {
    if null() { return nil }
    let start = at
    try expect("\"")
    let year = try integer()
    try expect("-")
    // A leading zero is a digit like any other.
    let month = try integer()
    try expect("-")
    let day = try integer()
    guard skip("\""), at == start + 12, (1...12).contains(month), (1...31).contains(day) else {
      throw fail("a day as YYYY-MM-DD")
    }
    return CivilDay(year: year, month: month, day: day)
  }

  /// Passes over a string or `null`.
  mutating func skipOptionalString() throws(Malformed) { if !null() { try skipString() } }

  /// Digits that an `Int` holds in any case.
  private static let digitsMax = 18

  /// Reads a whole number.
  mutating func integer() throws(Malformed) -> Int {
    let start = at
    let isNegative = skip("-")
    var value = 0
    let first = at
    while (0x30...0x39).contains(peek()), at - first < JSONCursor.digitsMax {
      value = value * 10 + Int(peek() - 0x30)
      at += 1
    }
    if at > first, !(0x30...0x39).contains(peek()) { return isNegative ? -value : value }
    while (0x30...0x39).contains(peek()) { at += 1 }
    guard let value = Int(String(decoding: bytes[start..<at], as: UTF8.self)) else { throw fail("a whole number") }
    return value
  }

  private static let powersOfTen: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10]

  /// Reads a number.
  mutating func number() throws(Malformed) -> Double {
    let start = at
    let isNegative = skip("-")
    var digits = 0
    var decimals = -1
    var value = 0
    while digits < 15 {
      let byte = peek()
      if (0x30...0x39).contains(byte) {
        value = value * 10 + Int(byte - 0x30)
        digits += 1
        if decimals >= 0 { decimals += 1 }
      } else if byte == UInt8(ascii: "."), decimals < 0, digits > 0 {
        decimals = 0
      } else {
        break
      }
      at += 1
    }
    switch peek() {
    case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      break
    default:
      // Both are whole numbers that a Double holds, so that the quotient is the nearest one there is.
      if digits > 0, decimals != 0, decimals < JSONCursor.powersOfTen.count {
        let quotient = Double(value) / JSONCursor.powersOfTen[max(decimals, 0)]
        return isNegative ? -quotient : quotient
      }
    }
    at = start
    return try longNumber()
  }

  /// Reads a number of any length.
  private mutating func longNumber() throws(Malformed) -> Double {
    let start = at
    while true {
      switch peek() {
      case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        at += 1
      default:
        guard let value = Double(String(decoding: bytes[start..<at], as: UTF8.self)) else { throw fail("a number") }
        return value
      }
    }
  }

  /// Reads a number or `null`.
  mutating func optionalNumber() throws(Malformed) -> Double? { null() ? nil : try number() }

  /// Reads `true` or `false`.
  mutating func boolean() throws(Malformed) -> Bool {
    if literal("true") { return true }
    if literal("false") { return false }
    throw fail("true or false")
  }

  /// Reads `word` if it is next.
  @inline(__always)
  private mutating func literal(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard at + length <= bytes.count, memcmp(bytes.baseAddress! + at, word.utf8Start, length) == 0 else { return false }
    at += length
    return true
  }

  /// Calls `element` for each element of an array.
  mutating func array(_ element: (inout JSONCursor) throws(Malformed) -> Void) throws(Malformed) {
    try expect("[")
    if skip("]") { return }
    repeat { try element(&self) } while skip(",")
    try expect("]")
  }

  /// Passes over a value of any kind.
  mutating func skipValue(depth: Int = 0) throws(Malformed) {
    guard depth < JSONCursor.depthMax else { throw fail("less depth") }
    switch peek() {
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "{"):
      at += 1
      if skip("}") { return }
      repeat {
        try skipString()
        try expect(":")
        try skipValue(depth: depth + 1)
      } while skip(",")
      try expect("}")
    case UInt8(ascii: "["):
      at += 1
      if skip("]") { return }
      repeat { try skipValue(depth: depth + 1) } while skip(",")
      try expect("]")
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try boolean()
    case UInt8(ascii: "n"): if !null() { throw fail("null") }
    default: _ = try number()
    }
  }
}
