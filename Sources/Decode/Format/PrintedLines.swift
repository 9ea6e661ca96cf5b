/// Poppler's lines in logical order without its marks.
///
/// It encloses a right-to-left line in U+202B … U+202C and each run in it that is not Arabic in U+202A … U+202C. Such a run stands as it is seen, from left
/// to right; what is at its ends and is neither letter nor digit (a comma, a blank) belongs to the line, and there the order is the other.
enum PrintedLines {
  /// `text` (UTF-8) with marks dropped, runs put in order, ligatures of lam-alef as letters, and page breaks as line ends.
  static func logical(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var run: [Unicode.Scalar]?
    var isRightToLeft = false
    func write(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0xFEF5, 0xFEF6: out.append(contentsOf: "لآ".utf8)
      case 0xFEF7, 0xFEF8: out.append(contentsOf: "لأ".utf8)
      case 0xFEF9, 0xFEFA: out.append(contentsOf: "لإ".utf8)
      case 0xFEFB, 0xFEFC: out.append(contentsOf: "لا".utf8)
      default: out.append(contentsOf: String(scalar).utf8)
      }
    }
    func close() {
      guard let scalars = run else { return }
      for scalar in isRightToLeft ? reordered(scalars) : scalars { write(scalar) }
      run = nil
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x202B: isRightToLeft = true
      case 0x202A:
        close()
        run = []
      case 0x202C: close()
      case 0x0A, 0x0C:
        close()
        isRightToLeft = false
        out.append(0x0A)
      case 0x200E, 0x200F, 0x202D, 0x202E: continue
      default: if run != nil { run?.append(scalar) } else { write(scalar) }
      }
    }
    close()
    return out
  }

  /// The ends of a run change places, each turned. Brackets are not mirrored: poppler does not either, where it turns words.
  private static func reordered(_ run: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard let first = run.firstIndex(where: isStrong), let last = run.lastIndex(where: isStrong) else {
      return Array(run.reversed())
    }
    var out = Array(run[(last + 1)...].reversed())
    out.append(contentsOf: run[first...last])
    out.append(contentsOf: run[..<first].reversed())
    return out
  }

  private static func isStrong(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
