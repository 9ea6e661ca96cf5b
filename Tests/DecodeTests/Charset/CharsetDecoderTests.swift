import Model
import Testing

@testable import Decode

@Suite("Character sets")
struct CharsetDecoderTests {
  let decoder = CharsetDecoder()

  @Test("each 8-bit set is told from the others", arguments: [Charset.windows1256, .iso88596, .cp720])
  func eightBit(charset: Charset) throws {
    let bytes = try #require(SampleTexts.encode(SampleTexts.plain, charset))
    let decoded = try decoder.decode(bytes)
    #expect(decoded.charset == charset.rawValue)
    #expect(SampleTexts.string(decoded) == SampleTexts.plain)
    #expect(decoded.repairs.isEmpty)
    #expect(decoded.confidence > 0.9)
  }

  @Test("MacArabic is known by its right-to-left spaces")
  func macArabic() throws {
    var bytes = try #require(SampleTexts.encode(SampleTexts.plain, .macArabic))
    for index in bytes.indices where bytes[index] == 0x20 { bytes[index] = 0xA0 }
    let decoded = try decoder.decode(bytes)
    #expect(decoded.charset == "x-mac-arabic")
    #expect(SampleTexts.string(decoded) == SampleTexts.plain)
  }

  @Test("CP864 is read from visual order and shapes")
  func cp864() throws {
    // "سوق السلاح" as a DOS program stored it, from the left: initial and isolated forms only, lam-alef as one sign.
    let shaped: [UInt32] = [
      0xFEB3, 0xFEED, 0xFED5, 0x20, 0xFE8D, 0xFEDF, 0xFEB3, 0xFEFC, 0xFEA1, 0x20, 0xFED3, 0xFEF0, 0x20, 0xFE8D, 0xFEDF,
      0xFEE3, 0xFEA9, 0xFEF3, 0xFEE7, 0xFE93,
    ]
    let bytes = try #require(SampleTexts.encode(SampleTexts.string(shaped.reversed()), .cp864))
    let decoded = try decoder.decode(bytes)
    #expect(decoded.charset == "cp864")
    #expect(SampleTexts.string(decoded) == "سوق السلاح فى المدينة")
    #expect(decoded.repairs == [Repair(kind: "visual-order", count: 1, offset: 0)])
  }

  @Test(
    "UTF-16 and UTF-32, both orders, with and without mark",
    arguments: [Charset.utf16LE, .utf16BE, .utf32LE, .utf32BE], [true, false])
  func wide(charset: Charset, mark: Bool) throws {
    for text in [SampleTexts.plain, SampleTexts.typographic, "Plain English text in a wide form."] {
      let decoded = try decoder.decode(SampleTexts.encodeWide(text, charset, mark: mark))
      #expect(decoded.charset == charset.rawValue)
      #expect(SampleTexts.string(decoded) == text)
    }
  }

  @Test("the mark of UTF-8 is dropped, CRLF and CR become LF, nothing else changes")
  func lineEnds() throws {
    let decoded = try decoder.decode([0xEF, 0xBB, 0xBF] + Array("سطر\r\nثان\rثالث\n\n\u{200F}رابع \u{FEFF}".utf8))
    #expect(SampleTexts.string(decoded) == "سطر\nثان\nثالث\n\n\u{200F}رابع \u{FEFF}")
    #expect(decoded.charset == "utf-8")
    #expect(decoded.repairs.isEmpty)
  }

  @Test("European text is called windows-1252")
  func latin() throws {
    let text = "Le président a déclaré qu'il était prêt à négocier ; les élections auront lieu l'été prochain."
    let bytes = try #require(SampleTexts.encode(text, .windows1252))
    let decoded = try decoder.decode(bytes)
    #expect(decoded.charset == "windows-1252")
    #expect(SampleTexts.string(decoded) == text)
    #expect(try decoder.decode(Array("Nothing but ASCII.".utf8)).charset == "us-ascii")
    #expect(try decoder.decode([]).utf8.isEmpty)
  }

  @Test("a wrong declaration is overruled and reported, a right one is not")
  func declarations() throws {
    let bytes = try #require(SampleTexts.encode(SampleTexts.plain, .windows1256))
    for label in ["iso-8859-1", "ISO-8859-6", "utf-8", "windows-1252", "x-mac-arabic"] {
      let decoded = try decoder.decode(bytes, declared: label)
      #expect(SampleTexts.string(decoded) == SampleTexts.plain, "declared \(label)")
      #expect(decoded.repairs.map(\.kind) == ["declared-charset-wrong"], "declared \(label)")
    }
    for label in ["windows-1256", "CP1256", nil, "no such set"] {
      #expect(try decoder.decode(bytes, declared: label).repairs.isEmpty)
    }
    #expect(try decoder.decode(Array(SampleTexts.plain.utf8), declared: "windows-1256").charset == "utf-8")
    #expect(try decoder.decode(Array("ASCII".utf8), declared: "windows-1256").repairs.isEmpty)
  }

  @Test("a declared set that only iconv knows is read by it; without the declaration it is refused")
  func iconv() throws {
    let bytes: [UInt8] = [
      0xCF, 0xF0, 0xE5, 0xE7, 0xE8, 0xE4, 0xE5, 0xED, 0xF2, 0x20, 0xE7, 0xE0, 0xFF, 0xE2, 0xE8, 0xEB,
    ]
    let decoded = try decoder.decode(bytes, declared: "windows-1251")
    #expect(SampleTexts.string(decoded) == "Президент заявил")
    #expect(decoded.charset == "windows-1251")
    #expect(throws: DecodeError.self) { try decoder.decode(bytes) }
    #expect(throws: DecodeError.self) { try decoder.decode(bytes, declared: "windows-1251//IGNORE") }
  }

  @Test("broken places are replaced, counted and located")
  func invalidSequences() throws {
    var bytes = Array("خبر عاجل من المدينة ".utf8)
    let offset = 20
    bytes.append(contentsOf: [0xD8, 0x20, 0xFF])
    bytes.append(contentsOf: Array("وبقية النص سليمة تماما".utf8))
    let decoded = try decoder.decode(bytes)
    #expect(decoded.charset == "utf-8")
    #expect(SampleTexts.string(decoded) == "خبر عاجل من المدينة \u{FFFD} \u{FFFD}وبقية النص سليمة تماما")
    #expect(decoded.repairs == [Repair(kind: "invalid-sequence", count: 2, offset: offset)])
  }

  @Test("what is no text is refused with its reason")
  func binary() {
    var random = FixedRandom(state: 7)
    for _ in 0..<200 {
      let bytes = (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) }
      do {
        let decoded = try decoder.decode(bytes)
        Issue.record("random bytes were read as \(decoded.charset)")
      } catch {
        #expect(error.code == "not-text")
        #expect(!error.message.isEmpty)
      }
    }
    let image: [UInt8] = [
      0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 2, 0,
    ]
    #expect(throws: DecodeError.self) { try decoder.decode(image) }
  }

  @Test("our own tables agree with iconv where it knows the set")
  func tables() throws {
    for (charset, label) in [(Charset.windows1256, "CP1256"), (.iso88596, "ISO-8859-6"), (.cp864, "CP864")] {
      let table = try #require(SingleByteTable.of(charset))
      for byte in UInt8(0x20)...0xFF where table.points[Int(byte)] != SingleByteTable.undefined {
        #expect(IconvDecoder.decode([byte], label: label)?.points == [table.points[Int(byte)]], "\(label) \(byte)")
      }
    }
    for table in [SingleByteTable.cp720, .macArabic] {
      #expect(Set(table.points).isSuperset(of: (0x621...0x63A).map { UInt32($0) }))
      #expect(Set(table.points).isSuperset(of: (0x640...0x652).map { UInt32($0) }))
    }
  }
}
