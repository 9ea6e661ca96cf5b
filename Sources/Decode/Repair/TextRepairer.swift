import Model

/// Mends what is commonly broken in a decoded text, and says what it did. Good text passes unchanged.
struct TextRepairer {
  /// The text after repairs, and the repairs in the order in which they were made.
  func repair(_ points: [UInt32]) -> (points: [UInt32], repairs: [Repair]) {
    let repairs: [Repair] = []
    return (points, repairs)
  }
}
