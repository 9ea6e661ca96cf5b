/// UTF-8 to code points and back.
enum UTF8Codec {
  /// The code points of `bytes`. Each maximal part of a broken sequence becomes one U+FFFD (Unicode 16, 3.9, practice of W3C).
  static func decode(_ bytes: some Collection<UInt8>) -> MendedPoints {
    var result = MendedPoints()
    result.points.reserveCapacity(bytes.count / 2 + 16)
    var index = bytes.startIndex
    let end = bytes.endIndex
    while index != end {
      let lead = bytes[index]
      bytes.formIndex(after: &index)
      if lead < 0x80 {
        result.points.append(UInt32(lead))
        continue
      }
      var needed: Int
      var point: UInt32
      var lowest: UInt8 = 0x80
      var highest: UInt8 = 0xBF
      switch lead {
      case 0xC2...0xDF: (needed, point) = (1, UInt32(lead & 0x1F))
      case 0xE0...0xEF:
        (needed, point) = (2, UInt32(lead & 0x0F))
        if lead == 0xE0 { lowest = 0xA0 }
        if lead == 0xED { highest = 0x9F }
      case 0xF0...0xF4:
        (needed, point) = (3, UInt32(lead & 0x07))
        if lead == 0xF0 { lowest = 0x90 }
        if lead == 0xF4 { highest = 0x8F }
      default:
        result.replace()
        continue
      }
      while needed > 0, index != end, bytes[index] >= lowest, bytes[index] <= highest {
        point = point << 6 | UInt32(bytes[index] & 0x3F)
        (lowest, highest) = (0x80, 0xBF)
        needed -= 1
        bytes.formIndex(after: &index)
      }
      if needed == 0 { result.points.append(point) } else { result.replace() }
    }
    return result
  }

  /// UTF-8 of code points, CRLF and lone CR as LF. What is no scalar value becomes U+FFFD.
  static func encode(_ points: [UInt32]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(points.count * 2)
    var afterReturn = false
    for point in points {
      if point == 0x0A && afterReturn {
        afterReturn = false
        continue
      }
      afterReturn = point == 0x0D
      append(point == 0x0D ? 0x0A : point, to: &bytes)
    }
    return bytes
  }

  private static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    let point = (0xD800...0xDFFF).contains(scalar) || scalar > 0x10FFFF ? 0xFFFD : scalar
    if point < 0x80 {
      bytes.append(UInt8(point))
    } else if point < 0x800 {
      bytes.append(UInt8(0xC0 | point >> 6))
      bytes.append(UInt8(0x80 | point & 0x3F))
    } else if point < 0x10000 {
      bytes.append(UInt8(0xE0 | point >> 12))
      bytes.append(UInt8(0x80 | point >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | point & 0x3F))
    } else {
      bytes.append(UInt8(0xF0 | point >> 18))
      bytes.append(UInt8(0x80 | point >> 12 & 0x3F))
      bytes.append(UInt8(0x80 | point >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | point & 0x3F))
    }
  }
}
