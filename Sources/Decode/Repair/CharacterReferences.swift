import Model

/// HTML character references (`&quot;`, `&#1575;`) that stayed in a text after the markup was taken away.
enum CharacterReferences {
  /// References in references (`&amp;quot;`) are read up to this depth.
  static let roundsMax = 3

  /// Longest reference that is read, in code points, with `&` and `;`.
  private static let lengthMax = 12

  /// The text with its references read, nil when there are none, or when it may be about HTML: text with hardly any Arabic
  /// keeps them.
  static func repair(_ points: [UInt32]) -> (points: [UInt32], repair: Repair)? {
    guard var outcome = replaced(points), isArabic(outcome.points) else { return nil }
    var rounds = 1
    while rounds < roundsMax, let next = replaced(outcome.points) {
      // Counted once: an inner reference was part of an outer one.
      outcome.points = next.points
      rounds += 1
    }
    return (outcome.points, Repair(.htmlEntities, count: outcome.count, offset: outcome.first))
  }

  private static func replaced(_ points: [UInt32]) -> (points: [UInt32], count: Int, first: Int)? {
    var out: [UInt32] = []
    var count = 0
    var first = 0
    var index = 0
    while index < points.count {
      guard points[index] == 0x26, let reference = reference(points[index...]) else {
        out.append(points[index])
        index += 1
        continue
      }
      if count == 0 { first = out.count }
      count += 1
      out.append(reference.point)
      index = reference.end
    }
    return count == 0 ? nil : (out, count, first)
  }

  /// The reference that `points` begins with.
  private static func reference(_ points: ArraySlice<UInt32>) -> (point: UInt32, end: Int)? {
    guard let semicolon = points.prefix(lengthMax).firstIndex(of: 0x3B) else { return nil }
    let body = points[(points.startIndex + 1)..<semicolon]
    guard let point = body.first == 0x23 ? numeric(body.dropFirst()) : named(body) else { return nil }
    return (point, semicolon + 1)
  }

  private static func numeric(_ digits: ArraySlice<UInt32>) -> UInt32? {
    let isHex = digits.first == 0x78 || digits.first == 0x58
    let radix: UInt32 = isHex ? 16 : 10
    let body = isHex ? digits.dropFirst() : digits
    guard !body.isEmpty else { return nil }
    var value: UInt32 = 0
    for digit in body {
      let number: UInt32
      switch digit {
      case 0x30...0x39: number = digit - 0x30
      case 0x41...0x46 where isHex: number = digit - 0x37
      case 0x61...0x66 where isHex: number = digit - 0x57
      default: return nil
      }
      value = value * radix + number
      if value > 0x10FFFF { return nil }
    }
    // HTML reads the numbers of C1 controls as Windows-1252.
    if (0x80..<0xA0).contains(value) { value = SingleByteTable.windows1252.points[Int(value)] }
    let isControl = value < 0x20 && value != 0x09 && value != 0x0A && value != 0x0D
    return isControl || value == 0x7F || value == SingleByteTable.undefined || (0xD800...0xDFFF).contains(value)
      ? nil : value
  }

  private static func named(_ name: ArraySlice<UInt32>) -> UInt32? {
    guard (2...8).contains(name.count), name.allSatisfy({ $0 < 0x80 }) else { return nil }
    return names[String(decoding: name.map { UInt8($0) }, as: UTF8.self)]
  }

  /// The names that news texts carry. Source: HTML Living Standard, named character references.
  private static let names: [String: UInt32] = [
    "quot": 0x22, "amp": 0x26, "apos": 0x27, "lt": 0x3C, "gt": 0x3E, "nbsp": 0xA0, "laquo": 0xAB, "raquo": 0xBB,
    "ldquo": 0x201C, "rdquo": 0x201D, "lsquo": 0x2018, "rsquo": 0x2019, "bdquo": 0x201E, "sbquo": 0x201A,
    "lsaquo": 0x2039,
    "rsaquo": 0x203A, "ndash": 0x2013, "mdash": 0x2014, "hellip": 0x2026, "bull": 0x2022, "middot": 0xB7, "shy": 0xAD,
    "zwj": 0x200D, "zwnj": 0x200C, "lrm": 0x200E, "rlm": 0x200F, "ensp": 0x2002, "emsp": 0x2003, "thinsp": 0x2009,
    "copy": 0xA9, "reg": 0xAE, "trade": 0x2122, "deg": 0xB0, "plusmn": 0xB1, "frac12": 0xBD, "times": 0xD7,
    "euro": 0x20AC,
    "pound": 0xA3, "eacute": 0xE9, "egrave": 0xE8, "ecirc": 0xEA, "agrave": 0xE0, "acirc": 0xE2, "ccedil": 0xE7,
    "ocirc": 0xF4, "ouml": 0xF6, "uuml": 0xFC, "auml": 0xE4, "icirc": 0xEE, "iuml": 0xEF, "ntilde": 0xF1,
    "oelig": 0x153,
  ]

  /// At least a third of the letters are Arabic.
  private static func isArabic(_ points: [UInt32]) -> Bool {
    var arabic = 0
    var latin = 0
    for point in points {
      switch point {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: latin += 1
      default: if VisualOrder.isRightToLeft(point) { arabic += 1 }
      }
    }
    return arabic > 0 && arabic * 2 >= latin
  }
}
