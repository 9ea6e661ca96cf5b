import Model

/// Mends what is commonly broken in a decoded text, and says what it did. Good text passes unchanged.
///
/// Order: misread bytes first, since references and letters show only in the mended text; then references, which may stand
/// for Arabic; then the order of letters.
struct TextRepairer {
  /// The text after repairs, and the repairs in the order in which they were made.
  func repair(_ points: [UInt32]) -> (points: [UInt32], repairs: [Repair]) {
    var repairs: [Repair] = []
    var text = points
    var signs = Signs(text)
    if signs.hasMisread {
      for _ in 0..<Mojibake.roundsMax {
        guard let outcome = misread(text) else { break }
        text = outcome.points
        repairs.append(outcome.repair)
      }
      if signs.hasLatinPair, let outcome = LatinDisguise.repair(text) {
        text = outcome.points
        repairs.append(outcome.repair)
      }
      signs = Signs(text)
    }
    if signs.hasReference, let outcome = CharacterReferences.repair(text) {
      text = outcome.points
      repairs.append(outcome.repair)
      signs = Signs(text)
    }
    if signs.hasDisplay, let outcome = DisplayOrder.repair(text) {
      text = outcome.points
      repairs.append(contentsOf: outcome.repairs)
    }
    return (text, repairs)
  }

  /// The round of mending that explains most of the text.
  private func misread(_ points: [UInt32]) -> Mojibake.Outcome? {
    let outcomes = [Mojibake.Misreading.latin, .windows1256].compactMap { Mojibake(misreading: $0).repair(points) }
    return outcomes.max { $0.count < $1.count }
  }

  /// What makes it worth looking closer. Over-approximations, one pass.
  private struct Signs {
    /// A sign that UTF-8 read as an 8-bit set begins with, or a Latin letter with an accent, before one outside ASCII.
    var hasMisread = false
    /// Two Latin letters with accents side by side.
    var hasLatinPair = false
    /// `&` before `#` or a letter.
    var hasReference = false
    /// Presentation forms, or a word that begins with a letter which only ends words.
    var hasDisplay = false

    init(_ points: [UInt32]) {
      var before: UInt32 = 0x20
      for point in points {
        if point >= 0xFB50 {
          if VisualOrder.isRightToLeft(point) { hasDisplay = true }
        } else if point < 0x80 {
          if before == 0x26, point == 0x23 || (point | 0x20) >= 0x61 && (point | 0x20) <= 0x7A { hasReference = true }
        } else if (0xC0...0xFF).contains(before) {
          hasMisread = true
          if (0xC0...0xFF).contains(point) { hasLatinPair = true }
        } else if before == 0x637 || before == 0x638 || before == 0x622 || before == 0x623 {
          if !(0x621...0x652).contains(point) { hasMisread = true }
        } else if before == 0x20 || before == 0x0A {
          if point == 0x629 || point == 0x649 { hasDisplay = true }
        }
        before = point
      }
    }
  }
}
