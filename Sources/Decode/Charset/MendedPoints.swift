import Model

/// Code points of a text, with what could not be read replaced by U+FFFD and counted.
struct MendedPoints {
  /// The text.
  var points: [UInt32] = []
  /// Places replaced.
  var replaced = 0
  /// Index in `points` of the first replaced place.
  var firstReplaced: Int?

  /// Puts U+FFFD for something unreadable.
  mutating func replace() {
    if firstReplaced == nil { firstReplaced = points.count }
    replaced += 1
    points.append(0xFFFD)
  }

  /// The repair to report, if there was one.
  var repair: Repair? {
    replaced == 0 ? nil : Repair(.invalidSequence, count: replaced, offset: firstReplaced)
  }
}
