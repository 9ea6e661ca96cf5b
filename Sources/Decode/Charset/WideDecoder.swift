/// UTF-16 and UTF-32 in either byte order.
enum WideDecoder {
  /// Share of plausible code points from which a text without a byte-order mark is taken for UTF-16 or UTF-32.
  static let plausibleShareMin = 0.9

  /// Byte length of the longest beginning that is looked at to decide.
  static let sampleBytesMax = 8192

  /// The code points of `bytes` in a wide form; U+FFFD for lone surrogates, values beyond Unicode and a cut-off last unit.
  static func decode(_ bytes: some RandomAccessCollection<UInt8>, as charset: Charset) -> MendedPoints {
    var result = MendedPoints()
    let wide = charset == .utf32LE || charset == .utf32BE
    let bigEndian = charset == .utf16BE || charset == .utf32BE
    let width = wide ? 4 : 2
    result.points.reserveCapacity(bytes.count / width + 1)
    var index = bytes.startIndex
    var remaining = bytes.count
    var pendingHigh: UInt32?
    while remaining >= width {
      var unit: UInt32 = 0
      for place in 0..<width {
        let byte = UInt32(bytes[index])
        unit = bigEndian ? unit << 8 | byte : unit | byte << UInt32(8 * place)
        bytes.formIndex(after: &index)
      }
      remaining -= width
      if let high = pendingHigh {
        pendingHigh = nil
        if (0xDC00...0xDFFF).contains(unit) {
          result.points.append(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00))
          continue
        }
        result.replace()
      }
      if !wide && (0xD800...0xDBFF).contains(unit) {
        pendingHigh = unit
      } else if (0xD800...0xDFFF).contains(unit) || unit > 0x10FFFF {
        result.replace()
      } else {
        result.points.append(unit)
      }
    }
    if pendingHigh != nil || remaining > 0 { result.replace() }
    return result
  }

  /// The wide form that `bytes` are most likely in, nil when none gives a plausible text.
  ///
  /// - Returns: the form and the share (0...1) of its code points that news texts hold.
  static func detect(_ bytes: [UInt8]) -> (charset: Charset, share: Double)? {
    guard bytes.count >= 2 else { return nil }
    let sample = bytes.prefix(sampleBytesMax)
    var best: (charset: Charset, share: Double)?
    for charset in [Charset.utf32LE, .utf32BE, .utf16LE, .utf16BE] {
      let share = plausibleShare(decode(sample, as: charset))
      if share >= plausibleShareMin && share > best?.share ?? 0 { best = (charset, share) }
    }
    return best
  }

  /// Share of code points that are ASCII text, Latin-1 or Arabic letters, or general punctuation.
  static func plausibleShare(_ text: MendedPoints) -> Double {
    guard !text.points.isEmpty else { return 0 }
    var plausible = 0
    var weak = 0
    for point in text.points {
      switch point {
      case 0x20...0x7E, 0x0A, 0x0D, 0x09, 0x600...0x6FF, 0xFEFF: plausible += 1
      case 0xA0...0x24F, 0x750...0x77F, 0x2000...0x206F, 0x20A0...0x20BF, 0xFB50...0xFDFF, 0xFE70...0xFEFE: weak += 1
      case 0xFFFD where text.replaced > 0: weak += 1
      default: break
      }
    }
    // The weak ranges are reached by chance too when the byte order is wrong (U+2000 is a space the wrong way round).
    return (Double(plausible) + 0.5 * Double(min(weak, plausible))) / Double(text.points.count)
  }
}
