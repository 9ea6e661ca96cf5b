@testable import Decode

/// Texts, encoders and random numbers for the tests of character sets and repairs. The texts were written for these tests.
enum SampleTexts {
  /// Letters, comma and digits that every set has (CP720 has no Arabic comma).
  static let plain = """
    أعلنت مصادر محلية أن القصف استهدف سوقا شعبية في شرق المدينة صباح اليوم
    وقال شاهد عيان إن 12 شخصا أصيبوا. ونقل الجرحى إلى المستشفى المركزي (قسم الطوارئ) في سيارات خاصة.
    ولم يصدر أي تعليق من الجهات الرسمية حتى الآن على ما جرى قرب محطة الكهرباء.
    """

  /// With signs that only Unicode and Windows-1256 have.
  static let typographic = """
    قالت صحيفة «الشرق الأوسط» إن «الضغط»، و«الحظ»؛ محفوظ؟ نعم… وأضافت – نقلا عن مصدر – أن النقاش لم يحسم بعد.
    """

  /// Encodes a text in an 8-bit set; nil when the set lacks a sign.
  static func encode(_ text: String, _ charset: Charset) -> [UInt8]? {
    guard let table = SingleByteTable.of(charset) else { return nil }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = table.points.firstIndex(of: scalar.value) else { return nil }
      bytes.append(UInt8(byte))
    }
    return bytes
  }

  /// Encodes a text in UTF-16 or UTF-32, with or without a byte-order mark.
  static func encodeWide(_ text: String, _ charset: Charset, mark: Bool) -> [UInt8] {
    let marked = (mark ? "\u{FEFF}" : "") + text
    let big = charset == .utf16BE || charset == .utf32BE
    if charset == .utf32LE || charset == .utf32BE {
      return marked.unicodeScalars.flatMap { scalar in
        withUnsafeBytes(of: big ? scalar.value.bigEndian : scalar.value.littleEndian, Array.init)
      }
    }
    return marked.utf16.flatMap { unit in withUnsafeBytes(of: big ? unit.bigEndian : unit.littleEndian, Array.init) }
  }

  /// What a reader gets who takes UTF-8 for another set and writes UTF-8 again.
  static func misread(_ text: String, as charset: Charset) -> String {
    let points = SingleByteTable.of(charset)?.points ?? []
    return string(Array(text.utf8).map { points[Int($0)] == SingleByteTable.undefined ? UInt32($0) : points[Int($0)] })
  }

  /// The same for ISO-8859-1.
  static func misreadAsLatin1(_ text: String) -> String { string(Array(text.utf8).map { UInt32($0) }) }

  /// A string of code points.
  static func string(_ points: [UInt32]) -> String {
    String(String.UnicodeScalarView(points.compactMap { Unicode.Scalar($0) }))
  }

  /// The decoder's outcome as a string.
  static func string(_ decoded: DecodedText) -> String { String(decoding: decoded.utf8, as: UTF8.self) }
}

/// SplitMix64: the same numbers in every run (Steele, Lea, Flood 2014).
struct FixedRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
