import Model

/// From code points to the outcome: refusals, repairs, line ends.
extension CharsetDecoder {
  /// Code points looked at when control characters are counted.
  private static let controlSampleMax = 65536

  /// The wide form of `bytes`, when a share of control bytes that no 8-bit text has speaks for one.
  func detectWide(_ bytes: [UInt8]) -> (text: MendedPoints, charset: Charset, share: Double)? {
    // Arabic in UTF-16 is half bytes 0x06, Latin half zeros; UTF-32 has zeros all over.
    let sample = bytes.prefix(WideDecoder.sampleBytesMax)
    var controls = 0
    for byte in sample where byte == 0 || byte == 6 { controls += 1 }
    guard controls * 8 >= sample.count, let found = WideDecoder.detect(bytes) else { return nil }
    return (WideDecoder.decode(bytes, as: found.charset), found.charset, found.share)
  }

  /// Throws when too many of the code points are controls: then this is no text, whatever its letters.
  func refuseControls(_ points: [UInt32]) throws(DecodeError) {
    let share = Self.controlShare(points)
    guard share > Self.controlShareMax else { return }
    throw DecodeError(
      code: "not-text", message: "not text: \(Int((share * 100).rounded())) % of it are control characters",
      byteOffset: nil)
  }

  /// Share (0...1) of the code points that are controls no text holds.
  static func controlShare(_ points: [UInt32]) -> Double {
    let sample = points.prefix(controlSampleMax)
    guard !sample.isEmpty else { return 0 }
    var controls = 0
    for point in sample {
      switch point {
      case 0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1B: break
      case 0..<0x20, 0x7F: controls += 1
      default: break
      }
    }
    // One stray control in a paragraph is damage, not a binary file.
    return controls <= 1 && sample.count >= 32 ? 0 : Double(controls) / Double(sample.count)
  }

  /// Share (0...1) of the bytes outside ASCII that are part of well-formed UTF-8.
  static func wellFormedShare(_ text: MendedPoints, _ bytes: [UInt8]) -> Double {
    var high = 0
    for byte in bytes where byte >= 0x80 { high += 1 }
    var wellFormed = 0
    for point in text.points where point >= 0x80 {
      wellFormed += point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
    }
    wellFormed -= 3 * text.replaced
    return high == 0 ? 1 : Double(wellFormed) / Double(high)
  }

  /// The label is of a set that writes other letters with ASCII bytes and escapes.
  static func isSevenBitEscaped(_ label: String?) -> Bool {
    guard let label else { return false }
    let name = Charset.canonical(label)
    return name.hasPrefix("iso2022") || name == "hzgb2312"
  }

  /// A label in lower case, as it is reported.
  static func lowercased(_ label: String) -> String {
    String(decoding: label.utf8.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// The outcome for good UTF-8 without anything suspicious.
  func finish(utf8: [UInt8], _ charset: Charset, confidence: Double, declared: String?) -> DecodedText {
    DecodedText(
      utf8: utf8, charset: charset.rawValue, confidence: confidence,
      repairs: Self.declarationRepairs(charset, declared))
  }

  /// The outcome for good UTF-8 that may hold damage: the same bytes when it turns out to hold none.
  func finish(suspicious bytes: [UInt8], _ text: MendedPoints, _ charset: Charset, declared: String?) -> DecodedText {
    let mended = mendsText ? TextRepairer().repair(text.points) : (points: text.points, repairs: [])
    let isSame = mended.repairs.isEmpty && !bytes.contains(0x0D)
    return DecodedText(
      utf8: isSame ? bytes : UTF8Codec.encode(mended.points), charset: charset.rawValue, confidence: 1,
      repairs: Self.declarationRepairs(charset, declared) + mended.repairs)
  }

  /// The outcome for code points that still may need repair.
  func finish(
    _ text: MendedPoints, _ charset: Charset, confidence: Double, declared: String?, repairs: [Repair] = []
  ) -> DecodedText {
    finish(
      text, name: charset.rawValue, confidence: confidence,
      repairs: Self.declarationRepairs(charset, declared) + repairs)
  }

  /// The outcome for code points in a set known by name.
  func finish(_ text: MendedPoints, name: String, confidence: Double, repairs: [Repair] = []) -> DecodedText {
    var repairs = repairs
    if let invalid = text.repair { repairs.append(invalid) }
    let mended = mendsText ? TextRepairer().repair(text.points) : (points: text.points, repairs: [])
    return DecodedText(
      utf8: UTF8Codec.encode(mended.points), charset: name, confidence: confidence, repairs: repairs + mended.repairs)
  }

  /// What to say when the file declares another set than the one it is in. ASCII is part of them all.
  private static func declarationRepairs(_ charset: Charset, _ declared: String?) -> [Repair] {
    guard let declared, charset != .ascii, let hint = Charset.labelled(declared), hint != charset else { return [] }
    // UTF-16 and UTF-32 labels name a family; the byte order is for the bytes to say.
    let families: [Set<Charset>] = [[.utf16LE, .utf16BE], [.utf32LE, .utf32BE]]
    if families.contains(where: { $0.contains(hint) && $0.contains(charset) }) { return [] }
    return [Repair(.declaredCharsetWrong, count: 1)]
  }
}
