import Model

/// Appends JSON to a byte buffer. The feed's hot path: no intermediate values, no strings.
extension [UInt8] {
  /// Appends the bytes of a literal.
  @inline(__always)
  mutating func json(_ literal: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// Appends a quoted JSON string of valid UTF-8; only `"`, `\` and control bytes are escaped.
  mutating func json(string bytes: some Collection<UInt8>) {
    append(UInt8(ascii: "\""))
    let done: Void? = bytes.withContiguousStorageIfAvailable { jsonEscaped($0) }
    if done == nil { Array(bytes).withUnsafeBufferPointer { jsonEscaped($0) } }
    append(UInt8(ascii: "\""))
  }

  private mutating func jsonEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
    reserveCapacity(count + bytes.count + 16)
    var runStart = 0
    var at = 0
    while at < bytes.count {
      // Eight bytes at a time while none of them needs an escape.
      while at &+ 8 <= bytes.count {
        let word = UnsafeRawPointer(bytes.baseAddress!).loadUnaligned(fromByteOffset: at, as: UInt64.self)
        if JSONEscape.mayNeed(word) { break }
        at &+= 8
      }
      guard at < bytes.count else { break }
      let byte = bytes[at]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C {
        append(contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart..<at]))
        JSONEscape.append(byte, to: &self)
        runStart = at &+ 1
      }
      at &+= 1
    }
    append(contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart...]))
  }

  /// Appends a quoted JSON string.
  mutating func json(string: String) { json(string: string.utf8) }

  /// Appends a quoted string, or `null`.
  mutating func json(string: String?) {
    if let string { json(string: string.utf8) } else { json("null") }
  }

  /// Appends a whole number.
  mutating func json(_ value: some BinaryInteger) {
    var magnitude = UInt64(value.magnitude)
    if value < 0 { append(UInt8(ascii: "-")) }
    // 20 digits hold any 64-bit number.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var first = 20
      repeat {
        first -= 1
        digits[first] = UInt8(0x30 + magnitude % 10)
        magnitude /= 10
      } while magnitude > 0
      append(contentsOf: UnsafeBufferPointer(rebasing: digits[first..<20]))
    }
  }

  /// Appends a whole number, or `null`.
  mutating func json(_ value: (some BinaryInteger)?) {
    if let value { json(value) } else { json("null") }
  }

  /// Appends a number rounded to `decimals` places, without trailing zeros; `null` for what JSON cannot say.
  mutating func json(_ value: Double, decimals: Int) {
    guard value.isFinite, value.magnitude < 1e15 else { return json("null") }
    var scale: UInt64 = 1
    for _ in 0..<decimals { scale *= 10 }
    var whole = UInt64(value.magnitude)
    var fraction = UInt64(((value.magnitude - Double(whole)) * Double(scale)).rounded())
    if fraction == scale {
      whole += 1
      fraction = 0
    }
    if value < 0 && whole + fraction > 0 { append(UInt8(ascii: "-")) }
    json(whole)
    guard fraction > 0 else { return }
    append(UInt8(ascii: "."))
    while fraction > 0 {
      scale /= 10
      append(UInt8(0x30 + fraction / scale))
      fraction %= scale
    }
  }

  /// Appends a number, or `null`.
  mutating func json(_ value: Double?, decimals: Int) {
    if let value { json(value, decimals: decimals) } else { json("null") }
  }
}

/// The escapes of RFC 8259, section 7.
enum JSONEscape {
  /// Whether one of the eight bytes may be below 0x20, a quote or a backslash (never a false "no").
  @inline(__always)
  static func mayNeed(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    func hasZero(_ x: UInt64) -> UInt64 { (x &- ones) & ~x & highs }
    let control = (word &- ones &* 0x20) & ~word & highs
    return control | hasZero(word ^ ones &* 0x22) | hasZero(word ^ ones &* 0x5C) != 0
  }

  static func append(_ byte: UInt8, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x22, 0x5C: out.append(byte)
    case 0x08: out.append(UInt8(ascii: "b"))
    case 0x09: out.append(UInt8(ascii: "t"))
    case 0x0A: out.append(UInt8(ascii: "n"))
    case 0x0C: out.append(UInt8(ascii: "f"))
    case 0x0D: out.append(UInt8(ascii: "r"))
    default:
      let digits: StaticString = "0123456789abcdef"
      out.json("u00")
      out.append(digits.utf8Start[Int(byte >> 4)])
      out.append(digits.utf8Start[Int(byte & 0xF)])
    }
  }
}
