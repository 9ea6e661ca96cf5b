import Glibc
import Model

/// Reads bytes as text: tells the character set, mends what is broken, and refuses what is no text.
///
/// Order of the decision: a byte-order mark; well-formed UTF-8 (done at once when nothing in it is suspicious); UTF-16 and
/// UTF-32 by their zero bytes; UTF-8 with a few broken places; the 8-bit sets, read one by one and scored as Arabic. What the
/// file declares is a hint: it decides between readings that are equally good, and names the sets that we do not look for.
public struct CharsetDecoder: Sendable {
  /// Share of control characters from which bytes are no text.
  static let controlShareMax = 0.02

  /// Share of bytes outside ASCII that must be parts of well-formed sequences for UTF-8 with broken places.
  static let wellFormedShareMin = 0.6

  /// Share from which they are UTF-8 whatever the letters.
  static let wellFormedShareSure = 0.9

  /// Whether broken text is mended. Markup is not: its references are the parser's, and its text is mended when it is out.
  let mendsText: Bool

  /// A decoder.
  public init() { mendsText = true }

  /// A decoder for markup (`mendsText` false): character set, invalid sequences and line ends only.
  init(mendsText: Bool) { self.mendsText = mendsText }

  /// Reads `bytes` as text.
  ///
  /// - Parameters:
  ///   - bytes: a whole text.
  ///   - declared: the label of the character set that the file or its surroundings declare (HTML meta, XML, MIME), if any.
  /// - Throws: `DecodeError` with code `not-text` when nothing reads as text.
  /// - Complexity: O(n); well-formed UTF-8 without suspicious patterns is scanned once and not copied unless it has a mark.
  public func decode(_ bytes: [UInt8], declared: String? = nil) throws(DecodeError) -> DecodedText {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return try decodeUTF8(Array(bytes.dropFirst(3)), declared: declared, isMarked: true)
    }
    if let marked = try decodeMarked(bytes, declared: declared) { return marked }
    return try decodeUTF8(bytes, declared: declared, isMarked: false)
  }

  /// Text with a byte-order mark of UTF-16 or UTF-32, nil when there is none or what follows it is no such text.
  private func decodeMarked(_ bytes: [UInt8], declared: String?) throws(DecodeError) -> DecodedText? {
    let marks: [(mark: [UInt8], charset: Charset)] = [
      ([0xFF, 0xFE, 0x00, 0x00], .utf32LE), ([0x00, 0x00, 0xFE, 0xFF], .utf32BE),
      ([0xFF, 0xFE], .utf16LE), ([0xFE, 0xFF], .utf16BE),
    ]
    for (mark, charset) in marks where bytes.starts(with: mark) {
      let text = WideDecoder.decode(bytes.dropFirst(mark.count), as: charset)
      guard text.replaced <= text.points.count / 20 + 1, Self.controlShare(text.points) <= Self.controlShareMax else {
        continue
      }
      return finish(text, charset, confidence: 1, declared: declared)
    }
    return nil
  }

  private func decodeUTF8(_ bytes: [UInt8], declared: String?, isMarked: Bool) throws(DecodeError) -> DecodedText {
    let scan = UTF8Scan(bytes)
    let charset = scan.hasHighBytes || isMarked ? Charset.utf8 : .ascii
    if scan.isValid {
      if !scan.isSuspicious {
        return finish(utf8: bytes, charset, confidence: 1, declared: declared)
      }
      if let wide = detectWide(bytes) {
        return finish(wide.text, wide.charset, confidence: wide.share, declared: declared)
      }
      if scan.hasHighBytes || !Self.isSevenBitEscaped(declared) {
        let text = UTF8Codec.decode(bytes)
        try refuseControls(text.points)
        return finish(suspicious: bytes, text, charset, declared: declared)
      }
    } else if let wide = detectWide(bytes) {
      return finish(wide.text, wide.charset, confidence: wide.share, declared: declared)
    }
    return try decodeLegacy(bytes, declared: declared, isMarked: isMarked)
  }

  /// UTF-8 with broken places, an 8-bit set, or a declared set that only iconv knows.
  private func decodeLegacy(_ bytes: [UInt8], declared: String?, isMarked: Bool) throws(DecodeError) -> DecodedText {
    let hint = declared.flatMap(Charset.labelled)
    let utf8 = UTF8Codec.decode(bytes)
    let share = Self.wellFormedShare(utf8, bytes)
    let readings = EightBitDetector.readings(of: bytes, declared: hint)
    let best = readings[0]
    // A few broken places are damage. Where there are many, the sequences may be well-formed by chance: letters decide.
    let isUTF8 =
      share >= Self.wellFormedShareSure
      || share >= Self.wellFormedShareMin && LetterModel.score(utf8.points).mean >= best.mean
    if isMarked || isUTF8 {
      try refuseControls(utf8.points)
      return finish(utf8, .utf8, confidence: min(0.99, share), declared: declared)
    }

    let isArabic = best.charset != .windows1252 && best.mean >= EightBitDetector.arabicMeanMin
    if !isArabic, hint == nil, let label = declared, let text = IconvDecoder.decode(bytes, label: label) {
      try refuseControls(text.points)
      return finish(text, name: Self.lowercased(label), confidence: 0.8)
    }
    let isLatin = best.charset == .windows1252 && best.mean >= EightBitDetector.latinMeanMin
    guard isArabic || isLatin, let table = SingleByteTable.of(best.charset) else {
      throw DecodeError(
        code: "not-text", message: "not text: no character set gives readable text (\(bytes.count) bytes)")
    }
    var text = table.decode(bytes)
    try refuseControls(text.points)
    var repairs: [Repair] = []
    if best.isVisual {
      let reordered = VisualOrder.logical(text.points)
      text.points = reordered.points
      repairs.append(Repair(.visualOrder, count: reordered.lines, offset: reordered.first))
    }
    // After turning, as a ligature holds its letters in reading order.
    if best.charset == .cp864 { text.points = PresentationForms.fold(text.points) }
    let margin = Self.margin(of: best, over: readings.dropFirst(), bytes)
    let confidence = (1 - 0.5 * exp(-Double(margin) / 6)) * (isLatin ? 0.8 : 1)
    return finish(text, best.charset, confidence: confidence, declared: declared, repairs: repairs)
  }

  /// Nats between the best reading and the best one that gives another text.
  private static func margin(
    of best: EightBitDetector.Reading, over others: ArraySlice<EightBitDetector.Reading>, _ bytes: [UInt8]
  ) -> Float {
    guard let table = SingleByteTable.of(best.charset) else { return 0 }
    for other in others {
      guard let otherTable = SingleByteTable.of(other.charset) else { continue }
      let isSame =
        other.isVisual == best.isVisual
        && bytes.allSatisfy {
          table.points[Int($0)] == otherTable.points[Int($0)]
        }
      if !isSame { return best.total - other.total }
    }
    return .infinity
  }
}
