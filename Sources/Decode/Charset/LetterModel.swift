/// How much a sequence of signs looks like Arabic: log-probabilities of one letter class after another.
///
/// A wrong character set gives wrong letters in a wrong order: unlikely pairs, final-only letters (ة ى) inside words, signs
/// that no text holds. Only pairs with at least one sign outside ASCII count, so that markup around a text has no weight.
enum LetterModel {
  /// Number of classes: eight kinds of signs, then the 36 letters U+0621…U+063A, U+0641…U+064A.
  static let classCount = 44

  /// Classes that are not a letter of the Arabic alphabet.
  enum Kind {
    static let space: UInt8 = 0
    static let punctuation: UInt8 = 1
    static let digit: UInt8 = 2
    static let latin: UInt8 = 3
    static let mark: UInt8 = 4
    static let other: UInt8 = 5
    static let control: UInt8 = 6
    static let extended: UInt8 = 7
    static let firstLetter: UInt8 = 8
  }

  /// Nats for a pair that holds a byte without meaning in the character set, or a control character.
  static let impossible: Float = -14

  /// Nats for a pair that holds a sign that Arabic texts hardly hold (box drawing, letters of other scripts).
  static let strange: Float = -9.5

  /// Log-probabilities in nats, row-major by the class before.
  static let logProbabilities: [Float] = {
    var values: [Float] = []
    values.reserveCapacity(classCount * classCount)
    table.withUTF8Buffer { buffer in
      for byte in buffer where byte >= 48 && byte < 112 { values.append(-0.15 * Float(byte - 48)) }
    }
    precondition(values.count == classCount * classCount, "letter table is \(values.count) long")
    for row in 0..<classCount {
      for column in 0..<classCount {
        if row == Kind.control || column == Kind.control {
          values[row * classCount + column] = impossible
        } else if row == Kind.other || column == Kind.other {
          values[row * classCount + column] = strange
        }
      }
    }
    return values
  }()

  /// The class of a code point.
  static func classOf(_ point: UInt32) -> UInt8 {
    switch point {
    case 0x621...0x63A: Kind.firstLetter + UInt8(point - 0x621)
    case 0x641...0x64A: Kind.firstLetter + 26 + UInt8(point - 0x641)
    case 0x20, 0x09, 0x0A, 0x0D, 0xA0: Kind.space
    case 0..<0x20, 0x7F..<0xA0: Kind.control
    case 0x30...0x39, 0x660...0x669: Kind.digit
    case 0x41...0x5A, 0x61...0x7A: Kind.latin
    case 0..<0x80, 0xAB, 0xBB, 0x60C, 0x61B, 0x61F, 0x66A, 0x2010...0x2026: Kind.punctuation
    case 0x64B...0x652, 0x640, 0x670, 0x200C...0x200F: Kind.mark
    case 0x671...0x6D3: Kind.extended
    case 0xD800...0xDFFF, 0xFFFD...0xFFFF: Kind.control
    default: Kind.other
    }
  }

  /// Nats of the class `after` following `before`.
  @inline(__always)
  static func pair(_ before: UInt8, _ after: UInt8) -> Float {
    logProbabilities[Int(before) * classCount + Int(after)]
  }

  /// The sum over the pairs of a text in reading order, and how many pairs counted.
  static func score(_ points: some Sequence<UInt32>) -> Score {
    var score = Score()
    var before: UInt8 = Kind.space
    var wasASCII = true
    for point in points {
      let now = classOf(point)
      let isASCII = point < 0x80
      if !(isASCII && wasASCII) { score.add(pair(before, now)) }
      before = now
      wasASCII = isASCII
    }
    return score
  }

  /// A sum of log-probabilities.
  struct Score {
    /// Nats, all pairs together.
    var total: Float = 0
    /// Pairs.
    var count = 0

    /// Nats per pair; 0 when there is none.
    var mean: Float { count == 0 ? 0 : total / Float(count) }

    /// Adds a pair.
    @inline(__always)
    mutating func add(_ nats: Float) {
      total += nats
      count += 1
    }
  }
}
