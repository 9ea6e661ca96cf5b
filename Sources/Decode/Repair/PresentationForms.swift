/// Arabic presentation forms: code points that stand for a letter in one of its four shapes, left by DOS programs, old fonts
/// and PDF. Text is written with the letters.
enum PresentationForms {
  /// How a form joins its neighbours.
  struct Shape: Equatable {
    /// Joins the letter before it (final, medial).
    var joinsBefore: Bool
    /// Joins the letter after it (initial, medial).
    var joinsAfter: Bool
  }

  private struct Entry: Sendable {
    var code: UInt16
    var letters: [UInt32]
  }

  /// Entries by code point minus 0xFB50; letters empty where the code point is no form of a letter.
  private static let entries: [Entry] = {
    var entries = [Entry](repeating: Entry(code: 0, letters: []), count: 0xFF00 - 0xFB50)
    for row in stride(from: 0, to: rows.count, by: 6) {
      let letters = rows[(row + 2)..<(row + 6)].filter { $0 != 0 }.map { UInt32($0) }
      entries[Int(rows[row]) - 0xFB50] = Entry(code: rows[row + 1], letters: letters)
    }
    return entries
  }()

  /// The letters that a form stands for, in reading order; nil for everything else.
  static func letters(of point: UInt32) -> [UInt32]? {
    guard point >= 0xFB50, point < 0xFF00 else { return nil }
    let letters = entries[Int(point - 0xFB50)].letters
    return letters.isEmpty ? nil : letters
  }

  /// How a form joins; nil for everything else.
  static func shape(of point: UInt32) -> Shape? {
    guard letters(of: point) != nil else { return nil }
    let code = entries[Int(point - 0xFB50)].code
    return Shape(joinsBefore: code == 1 || code == 3, joinsAfter: code >= 2)
  }

  /// Replaces every form by its letters.
  static func fold(_ points: some Collection<UInt32>) -> [UInt32] {
    var folded: [UInt32] = []
    folded.reserveCapacity(points.count)
    for point in points {
      if let letters = letters(of: point) { folded.append(contentsOf: letters) } else { folded.append(point) }
    }
    return folded
  }
}
