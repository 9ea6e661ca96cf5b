import Model

/// Hex digits as numbers of 64 bits.
enum HexWords {
  /// The value of each digit; 255 for what is none.
  private static let values: [UInt8] = (0...255).map { (byte: Int) -> UInt8 in
    switch UInt8(byte) {
    case 0x30...0x39: UInt8(byte) - 0x30
    case 0x61...0x66: UInt8(byte) - 0x61 + 10
    case 0x41...0x46: UInt8(byte) - 0x41 + 10
    default: 255
    }
  }

  /// Reads `count` (up to 4) × 16 digits from `start` on; nil when one is none.
  static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, _ count: Int
  ) -> (UInt64, UInt64, UInt64, UInt64)? {
    guard start >= 0, start + 16 * count <= bytes.count else { return nil }
    return values.withUnsafeBufferPointer { values in
      var isGood = true
      func word(_ number: Int) -> UInt64 {
        guard number < count else { return 0 }
        var word: UInt64 = 0
        for at in start + 16 * number..<start + 16 * number + 16 {
          let value = values[Int(bytes[at])]
          if value > 15 { isGood = false }
          word = word << 4 | UInt64(value & 15)
        }
        return word
      }
      let words = (word(0), word(1), word(2), word(3))
      return isGood ? words : nil
    }
  }
}

extension Digest {
  /// The digest whose 64 hex digits stand at `start`; nil when they are none.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    guard let words = HexWords.read(bytes, at: start, 4) else { return nil }
    self = .zero
    self.words = words
  }
}
