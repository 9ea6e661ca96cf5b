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
    let fits =
      at + length + 3 <= bytes.count && bytes[at] == 0x22 && bytes[at + length + 1] == 0x22
      && bytes[at + length + 2] == UInt8(ascii: ":")
    guard fits, (0..<length).allSatisfy({ bytes[at + 1 + $0] == name.utf8Start[$0] }) else {
      throw fail("the key \"\(name)\"")
    }
    at += length + 3
  }

  /// Reads `null` if it is next.
  mutating func null() -> Bool {
    guard at + 4 <= bytes.count, bytes[at] == UInt8(ascii: "n"), bytes[at + 1] == UInt8(ascii: "u"),
      bytes[at + 2] == UInt8(ascii: "l"), bytes[at + 3] == UInt8(ascii: "l")
    else { return false }
    at += 4
    return true
  }

  /// Reads a string, unescaped.
  mutating func string() throws(Malformed) -> [UInt8] {
    try expect("\"")
    var out: [UInt8] = []
    while true {
      let runStart = at
      while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5C, bytes[at] >= 0x20 { at += 1 }
      out.append(contentsOf: bytes[runStart..<at])
      guard at < bytes.count else { throw fail("the end of a string") }
      if bytes[at] == 0x22 {
        at += 1
        return out
      }
      guard bytes[at] == 0x5C, at + 1 < bytes.count else { throw fail("no control byte in a string") }
      at += 2
      switch bytes[at - 1] {
      case UInt8(ascii: "n"): out.append(0x0A)
      case UInt8(ascii: "t"): out.append(0x09)
      case UInt8(ascii: "r"): out.append(0x0D)
      case UInt8(ascii: "b"): out.append(0x08)
      case UInt8(ascii: "f"): out.append(0x0C)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(bytes[at - 1])
      case UInt8(ascii: "u"):
        guard at + 4 <= bytes.count,
          let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(code)
        else { throw fail("four hex digits of a scalar value") }
        out.append(contentsOf: Array(String(Character(scalar)).utf8))
        at += 4
      default: throw fail("an escape")
      }
    }
  }

  /// Reads a string or `null`.
  mutating func optionalString() throws(Malformed) -> [UInt8]? { null() ? nil : try string() }

  /// Reads a whole number.
  mutating func integer() throws(Malformed) -> Int {
    let start = at
    if peek() == UInt8(ascii: "-") { at += 1 }
    while (0x30...0x39).contains(peek()) { at += 1 }
    guard let value = Int(String(decoding: bytes[start..<at], as: UTF8.self)) else { throw fail("a whole number") }
    return value
  }

  /// Reads a number.
  mutating func number() throws(Malformed) -> Double {
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

  private mutating func literal(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard at + length <= bytes.count, (0..<length).allSatisfy({ bytes[at + $0] == word.utf8Start[$0] }) else {
      return false
    }
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
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"):
      at += 1
      if skip("}") { return }
      repeat {
        _ = try string()
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
