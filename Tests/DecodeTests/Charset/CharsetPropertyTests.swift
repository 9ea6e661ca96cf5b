import Model
import Testing

@testable import Decode

@Suite("Character sets: properties")
struct CharsetPropertyTests {
  let decoder = CharsetDecoder()

  private static let words = SampleTexts.plain.split(whereSeparator: { " \n".contains($0) }).map(String.init)

  @Test("random bytes never trap, and what comes out is UTF-8 without CR")
  func randomBytes() {
    var random = FixedRandom(state: 1)
    for round in 0..<20_000 {
      let length = Int.random(in: 0...(round % 100 == 0 ? 3000 : 60), using: &random)
      // Half of the rounds draw from bytes that matter to some rule.
      let interesting: [UInt8] = [
        0, 6, 10, 13, 32, 38, 35, 59, 0x27, 0x30, 0x41, 0xC3, 0xC2, 0xD8, 0xD9, 0xA7, 0x84, 0xB7, 0xB8, 0xE2, 0x80,
        0xEF, 0xBB,
        0xBF, 0xFE, 0xFF, 0xBA, 0x8D, 0xF0, 0x9F, 0xED, 0xA0,
      ]
      let bytes = (0..<length).map { _ in
        round % 2 == 0 ? UInt8.random(in: 0...255, using: &random) : interesting.randomElement(using: &random) ?? 0
      }
      guard let decoded = try? decoder.decode(bytes, declared: round % 3 == 0 ? "iso-8859-6" : nil) else { continue }
      #expect(String(validating: decoded.utf8, as: UTF8.self) != nil)
      #expect(!decoded.utf8.contains(0x0D))
      #expect((0...1).contains(decoded.confidence))
    }
  }

  @Test(
    "decoding what was encoded gives the text back",
    arguments: [Charset.windows1256, .iso88596, .cp720, .utf16LE, .utf32BE])
  func identity(charset: Charset) throws {
    var random = FixedRandom(state: 2)
    for _ in 0..<300 {
      let count = Int.random(in: 6...80, using: &random)
      let text = (0..<count).map { _ in Self.words.randomElement(using: &random) ?? "" }.joined(separator: " ")
      let bytes = SampleTexts.encode(text, charset) ?? SampleTexts.encodeWide(text, charset, mark: false)
      let decoded = try decoder.decode(bytes)
      #expect(SampleTexts.string(decoded) == text)
      #expect(decoded.charset == charset.rawValue)
    }
  }

  @Test("a text cut anywhere is the text up to there")
  func truncation() throws {
    let text = SampleTexts.plain
    let utf8 = Array(text.utf8)
    for end in stride(from: 12, through: utf8.count, by: 1) {
      let decoded = try decoder.decode(Array(utf8[..<end]))
      #expect(SampleTexts.string(decoded) == String(decoding: utf8[..<end], as: UTF8.self))
      #expect(decoded.charset == "utf-8")
    }
    let legacy = try #require(SampleTexts.encode(text, .windows1256))
    for end in 24...legacy.count {
      #expect(SampleTexts.string(try decoder.decode(Array(legacy[..<end]))) == String(text.unicodeScalars.prefix(end)))
    }
    let wide = SampleTexts.encodeWide(text, .utf16LE, mark: false)
    for end in 24...wide.count {
      let whole = String(text.unicodeScalars.prefix(end / 2))
      #expect(SampleTexts.string(try decoder.decode(Array(wide[..<end]))) == whole + (end % 2 == 1 ? "\u{FFFD}" : ""))
    }
  }

  @Test("the vector scan accepts exactly well-formed UTF-8")
  func validity() {
    var random = FixedRandom(state: 3)
    let base = Array("نص 😀 “mixed” – ﻻ é \u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF} end".utf8)
    for _ in 0..<30_000 {
      var bytes = base
      bytes.rotate(by: Int.random(in: 0..<bytes.count, using: &random))
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      let scan = UTF8Scan(bytes, vectors: true)
      let slow = UTF8Scan(bytes, vectors: false)
      #expect(slow.isValid == scan.isValid)
      #expect(slow.isSuspicious == scan.isSuspicious)
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      #expect(scan.isValid == isValid)
      #expect(scan.hasHighBytes == bytes.contains { $0 >= 0x80 })
      if isValid {
        #expect(UTF8Codec.encode(UTF8Codec.decode(bytes).points) == bytes.filter { $0 != 0x0D } || bytes.contains(0x0D))
      }
      #expect(UTF8Codec.decode(bytes).points == String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value))
    }
  }
}

extension Array {
  fileprivate mutating func rotate(by count: Int) { self = Array(self[count...] + self[..<count]) }
}
