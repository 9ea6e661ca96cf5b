import Testing

@testable import Feed

@Suite struct JSONCursorTests {
  /// Reads all of `json` with `read`; nil when it is not what `read` expects, or does not end with it.
  private func read<Value>(
    _ json: String, _ read: (inout JSONCursor) throws -> Value
  ) -> Value? {
    Array(json.utf8).withUnsafeBufferPointer { bytes in
      var cursor = JSONCursor(bytes)
      guard let value = try? read(&cursor), cursor.at == bytes.count else { return nil }
      return value
    }
  }

  @Test func numbersAreThoseOfTheStandardLibrary() {
    var random = SystemRandomNumberGenerator()
    var texts = [
      "0", "-0", "7", "-7.5", "33.5717", "0.1", "123456789012345", "1234567890123456789", "0.30000000000000004",
      "12345.678901234567", "1e3", "-2.5E-7", "9007199254740993", "1.", ".5", "-", "", "1.2.3", "--1",
    ]
    for _ in 0..<2000 {
      let number = Double.random(in: -1e6...1e6, using: &random)
      texts += ["\(number)", "\((number * 1e4).rounded() / 1e4)", "\(Int(number))"]
    }
    for text in texts {
      let value = read(text) { try $0.number() }
      // JSON has no number without digits on either side of the point; the standard library takes one.
      guard text.first != ".", text.last != "." else { continue }
      #expect(value?.bitPattern == Double(text)?.bitPattern, "\(text)")
      #expect(read(text) { try $0.integer() } == Int(text), "\(text)")
    }
  }

  @Test func stringsAreUnescaped() {
    let cases: [(String, String?)] = [
      (#""""#, ""), (#""دوما""#, "دوما"), (#""a\n\"b\"\\\u0001\t""#, "a\n\"b\"\\\u{1}\t"), (#""\u062f""#, "د"),
      (#""open"#, nil), ("\"a\nb\"", nil), (#""\x""#, nil), (#""\u12""#, nil), (#""\"#, nil),
    ]
    for (json, expected) in cases {
      #expect(read(json) { try $0.text() } == expected)
      #expect(read(json) { String(decoding: try $0.string(), as: UTF8.self) } == expected)
      #expect((read(json) { try $0.skipString() } != nil) == (expected != nil))
    }
  }

  @Test func daysAndDigestsAreStrict() {
    #expect(read(#""2018-04-07""#) { try $0.optionalDay() }??.number == 17_628)
    for bad in [#""2018-4-07""#, #""2018-13-07""#, #""2018-04-7x""#, #""2018-04-07"#, "7"] {
      #expect(read(bad) { try $0.optionalDay() } == nil)
    }
    let hex = "00112233445566778899aabbccddeeff"
    #expect(read("\"\(hex)\"") { try $0.hexWords(2).1 } == 0x8899_aabb_ccdd_eeff)
    #expect(read("\"\(hex.dropLast())\"") { try $0.hexWords(2).1 } == nil)
    #expect(read("\"\(hex.dropLast())g\"") { try $0.hexWords(2).1 } == nil)
  }
}
