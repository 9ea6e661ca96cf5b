import Model

/// How text is folded for matching: one table, used for reports and for lexicons alike, so that both meet.
///
/// Folded together are the spellings that writers of Arabic news use for one word: all forms of alef; hamza on its
/// carriers; alef maqsura and ya; ta marbuta and ha; the Persian letters and their Arabic kin; both digit sets and ASCII
/// digits; presentation forms and the letters they show. Vowel marks, tatweel, zero-width and direction characters vanish.
/// A hamza on the line (`ء`) stays: `دعا` (called for) and `دعاء` (a prayer) are two words.
/// Code points and names: Unicode 15.1, blocks Arabic, Arabic Presentation Forms-A and -B.
public enum Folding {
  /// Version of the table: whatever is derived from folded text (hashes, sketches) is stored with it.
  public static let version: UInt32 = 1

  /// What a code point is to the tokenizer.
  public enum Class: UInt8, Sendable {
    /// Vanishes.
    case ignored
    /// Separates tokens.
    case space
    /// Separates tokens and ends a line.
    case lineBreak
    /// A letter of the Arabic script.
    case arabic
    /// A letter of another script.
    case latin
    /// A digit.
    case digit
    /// Anything else that shows.
    case punctuation
  }

  /// A folded code point: what it is, what it becomes, and what the fold leaves out.
  public struct Entry: Sendable {
    /// The class.
    public var kind: Class
    /// Flags for the token that it belongs to.
    public var flags: Token.Flags
    /// The code point to match by; 0 when ignored.
    public var folded: UInt16
  }

  /// Entries of the code points U+0600...U+06FF, in order.
  public static let arabicBlock: [Entry] = (0x600...0x6FF).map(arabicEntry)

  /// The entry of any code point.
  public static func entry(_ scalar: UInt32) -> Entry {
    switch scalar {
    case 0..<0x80: return asciiEntry(UInt8(scalar))
    case 0x600...0x6FF: return arabicBlock[Int(scalar - 0x600)]
    case 0xFB50...0xFDFF, 0xFE70...0xFEFC:
      let letter = PresentationForms.letter(scalar)
      if letter == 0 { return Entry(kind: .ignored, flags: .diacritics, folded: 0) }
      if letter != scalar { return arabicBlock[Int(letter - 0x600)] }
      return Entry(kind: .arabic, flags: [], folded: UInt16(truncatingIfNeeded: scalar))
    case 0x750...0x77F, 0x8A0...0x8FF: return Entry(kind: .arabic, flags: [], folded: UInt16(scalar))
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return Entry(kind: .space, flags: [], folded: 0)
    case 0x85, 0x2028, 0x2029: return Entry(kind: .lineBreak, flags: [], folded: 0)
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F, 0xFEFF:
      return Entry(kind: .ignored, flags: [], folded: 0)
    case 0xAB, 0xBB, 0x201C...0x201F, 0x2033, 0x2039, 0x203A: return mark("\"")
    case 0x2018...0x201B, 0x2032, 0xB4: return mark("'")
    case 0x2010...0x2015, 0x2212: return mark("-")
    case 0x2026: return mark(".")
    case 0xC0...0xDE where scalar != 0xD7: return Entry(kind: .latin, flags: [], folded: UInt16(scalar + 0x20))
    case 0xDF...0x24F where scalar != 0xF7, 0x370...0x5FF, 0x900...0x1FFF, 0x2C00...0x2DFF, 0x3040...0xD7FF:
      return Entry(kind: .latin, flags: [], folded: UInt16(scalar))
    default:
      return Entry(kind: .punctuation, flags: [], folded: UInt16(scalar <= 0xFFFF ? scalar : 0xFFFD))
    }
  }

  private static func mark(_ ascii: Unicode.Scalar) -> Entry {
    Entry(kind: .punctuation, flags: [], folded: UInt16(ascii.value))
  }

  private static func asciiEntry(_ byte: UInt8) -> Entry {
    switch byte {
    case 0x0A, 0x0B, 0x0C, 0x0D: Entry(kind: .lineBreak, flags: [], folded: 0)
    case 0x09, 0x20: Entry(kind: .space, flags: [], folded: 0)
    case 0x00..<0x20, 0x7F: Entry(kind: .ignored, flags: [], folded: 0)
    case 0x30...0x39: Entry(kind: .digit, flags: [], folded: UInt16(byte))
    case 0x41...0x5A: Entry(kind: .latin, flags: [], folded: UInt16(byte + 0x20))
    case 0x61...0x7A: Entry(kind: .latin, flags: [], folded: UInt16(byte))
    default: Entry(kind: .punctuation, flags: [], folded: UInt16(byte))
    }
  }

  private static func arabicEntry(_ scalar: UInt32) -> Entry {
    func letter(_ folded: UInt16, _ flags: Token.Flags = []) -> Entry {
      Entry(kind: .arabic, flags: flags, folded: folded)
    }
    switch scalar {
    case 0x622, 0x623, 0x625, 0x671, 0x672, 0x673, 0x675: return letter(0x627)  // آ أ إ ٱ → ا
    case 0x624, 0x676, 0x677: return letter(0x648)  // ؤ → و
    case 0x626, 0x678, 0x6D3: return letter(0x64A)  // ئ → ي
    case 0x629, 0x6C3: return letter(0x647, .taMarbuta)  // ة → ه
    case 0x649, 0x6CC: return letter(0x64A, .alefMaqsura)  // ى ی → ي
    case 0x6CD, 0x6CE, 0x6D0, 0x6D1, 0x6D2: return letter(0x64A)
    case 0x6A9, 0x6AA, 0x6AB, 0x6AC, 0x6AD, 0x6AE, 0x63B, 0x63C, 0x6AF, 0x6B0, 0x6B4: return letter(0x643)  // ک گ → ك
    case 0x6BE, 0x6C0, 0x6C1, 0x6C2, 0x6D5: return letter(0x647)  // ھ ہ ۀ ە → ه
    case 0x67E: return letter(0x628)  // پ → ب
    case 0x686: return letter(0x62C)  // چ → ج
    case 0x698: return letter(0x632)  // ژ → ز
    case 0x6A4, 0x6A5: return letter(0x641)  // ڤ → ف
    case 0x6BA: return letter(0x646)  // ں → ن
    case 0x6C4...0x6CB: return letter(0x648)  // ۆ ۇ → و
    case 0x679: return letter(0x62A)
    case 0x688: return letter(0x62F)
    case 0x691: return letter(0x631)
    case 0x660...0x669: return Entry(kind: .digit, flags: [], folded: UInt16(scalar - 0x660 + 0x30))
    case 0x6F0...0x6F9: return Entry(kind: .digit, flags: [], folded: UInt16(scalar - 0x6F0 + 0x30))
    case 0x64B, 0x64C, 0x64D: return Entry(kind: .ignored, flags: .tanween, folded: 0)
    case 0x640, 0x61C, 0x600...0x605, 0x6DD: return Entry(kind: .ignored, flags: [], folded: 0)
    case 0x610...0x61A, 0x64E...0x65F, 0x670, 0x6D6...0x6DC, 0x6DF...0x6E4, 0x6E7, 0x6E8, 0x6EA...0x6ED:
      return Entry(kind: .ignored, flags: .diacritics, folded: 0)
    case 0x60C, 0x60D, 0x66B, 0x66C: return mark(scalar == 0x66B ? "." : ",")
    case 0x61B: return mark(";")
    case 0x61F: return mark("?")
    case 0x66A: return mark("%")
    case 0x6D4: return mark(".")
    case 0x66D: return mark("*")
    case 0x606...0x60F, 0x61D, 0x61E, 0x6DE, 0x6E9: return Entry(kind: .punctuation, flags: [], folded: UInt16(scalar))
    default: return letter(UInt16(scalar))
    }
  }
}
