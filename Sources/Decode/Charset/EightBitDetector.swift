/// Which 8-bit character set makes the best Arabic of some bytes.
struct EightBitDetector {
  /// A reading of the bytes and how good it is.
  struct Reading {
    var charset: Charset
    /// The bytes are in display order (right-to-left text stored from left to right).
    var isVisual: Bool
    /// Nats, over all pairs with a byte outside ASCII.
    var total: Float
    /// Nats per such pair.
    var mean: Float
  }

  /// Nats per pair below which no reading counts as Arabic. Measured: reports −2.6, the worst 20 bytes of one −3.7, Persian
  /// −3.6, Urdu −4.3; Greek and Russian read as MacArabic −4.9 and −5.1.
  static let arabicMeanMin: Float = -4.6

  /// Nats per pair below which no reading counts as Latin. Measured: German −3.3, French −3.9; random bytes −5.5.
  static let latinMeanMin: Float = -4.8

  /// Nats per pair for Latin text: between letters, between letter and sign, and where Latin text has no such byte.
  private static let latinUsual: Float = -3.2
  private static let latinRare: Float = -5.5
  private static let latinStrange: Float = -9

  /// Nats in favour of a set before the text is seen: the web writes Windows-1256; the last ones are of the 1990s.
  private static func prior(_ charset: Charset) -> Float {
    switch charset {
    case .windows1256: 0
    case .windows1252: -1
    case .iso88596: -1
    case .cp720: -3
    case .cp864: -4
    default: -2
    }
  }

  /// Nats in favour of the declared set: enough where readings hardly differ, never enough against the letters.
  private static let declaredBonus: Float = 4

  /// Nats for a letter in a shape that its place in the word does not allow.
  private static let wrongShape: Float = -5

  /// The readings of `bytes`, best first.
  static func readings(of bytes: [UInt8], declared: Charset?) -> [Reading] {
    var readings: [Reading] = []
    let favoursMac = hasRightToLeftSpaces(bytes)
    for charset in [Charset.windows1256, .iso88596, .macArabic, .cp720, .cp864] {
      guard let table = SingleByteTable.of(charset) else { continue }
      let bonus =
        prior(charset) + (charset == declared ? declaredBonus : 0) + (charset == .macArabic && favoursMac ? 6 : 0)
      let logical = arabicScore(bytes, table, visual: false)
      readings.append(Reading(charset: charset, isVisual: false, total: logical.total + bonus, mean: logical.mean))
      // All sets can hold display order; for CP864 it is the usual one.
      let visual = arabicScore(bytes, table, visual: true)
      let penalty: Float = charset == .cp864 ? 0 : -12
      readings.append(
        Reading(charset: charset, isVisual: true, total: visual.total + bonus + penalty, mean: visual.mean))
    }
    let latin = latinScore(bytes)
    let bonus = prior(.windows1252) + (declared == .windows1252 ? declaredBonus : 0)
    readings.append(Reading(charset: .windows1252, isVisual: false, total: latin.total + bonus, mean: latin.mean))
    return readings.sorted { $0.total > $1.total }
  }

  /// Sum over the pairs that hold a byte outside ASCII, read forwards or (visual) backwards.
  private static func arabicScore(_ bytes: [UInt8], _ table: SingleByteTable, visual: Bool) -> LetterModel.Score {
    var score = LetterModel.Score()
    let (first, last) = (table.firstClass, table.lastClass)
    let model = LetterModel.logProbabilities
    var previous: UInt8 = 0x20
    for byte in bytes {
      if byte >= 0x80 || previous >= 0x80 {
        let (before, after) = visual ? (byte, previous) : (previous, byte)
        var nats = model[Int(last[Int(before)]) * LetterModel.classCount + Int(first[Int(after)])]
        switch table.joining[Int(before)] {
        case .free: break
        case .joins: if first[Int(after)] < LetterModel.Kind.firstLetter { nats += wrongShape }
        case .ends: if first[Int(after)] >= LetterModel.Kind.firstLetter { nats += wrongShape }
        }
        score.add(nats)
      }
      previous = byte
    }
    return score
  }

  /// Byte 0xA0 is the usual space: the right-to-left space of MacArabic, not the no-break space of the other sets.
  private static func hasRightToLeftSpaces(_ bytes: [UInt8]) -> Bool {
    var balance = 0
    for byte in bytes { balance += byte == 0xA0 ? 1 : byte == 0x20 ? -1 : 0 }
    return balance > 0
  }

  /// The same sum for European text in Windows-1252: letters with accents stand alone or in twos between ASCII letters.
  private static func latinScore(_ bytes: [UInt8]) -> LetterModel.Score {
    var score = LetterModel.Score()
    var run = 0
    var previous: UInt8 = 0x20
    for byte in bytes {
      if byte >= 0x80 || previous >= 0x80 {
        run = byte >= 0x80 ? run + 1 : 0
        score.add(run > 2 ? latinStrange : latinPair(previous, byte))
      }
      previous = byte
    }
    return score
  }

  private static func latinPair(_ before: UInt8, _ after: UInt8) -> Float {
    let (left, right) = (LatinSign(before), LatinSign(after))
    switch (left, right) {
    case (.undefined, _), (_, .undefined): return LetterModel.impossible
    case (.symbol, _), (_, .symbol): return latinRare
    case (.accented, .accented): return latinRare
    case (.lower, .capital), (.accented, .capital): return latinStrange
    case (.space, .accented), (.accented, .space): return latinRare
    default: return latinUsual
    }
  }

  /// What a byte is in Windows-1252.
  private enum LatinSign {
    case lower, upper, space, accented, capital, punctuation, symbol, undefined

    init(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): self = .lower
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .upper
      case 0x00...0x7F: self = .space
      case 0x81, 0x8D, 0x8F, 0x90, 0x9D: self = .undefined
      case 0xC0...0xDE where byte != 0xD7: self = .capital
      case 0xDF...0xFF where byte != 0xF7: self = .accented
      case 0x82, 0x84, 0x85, 0x91...0x97, 0xA0, 0xAB, 0xBB, 0xBF, 0xA1: self = .punctuation
      default: self = .symbol
      }
    }
  }
}
