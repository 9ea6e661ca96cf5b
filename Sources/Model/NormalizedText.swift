/// A report's text as the later stages match it: folded tokens that remember where they stood, and sentences.
public struct NormalizedText: Sendable {
  /// The folded UTF-8 bytes of all tokens, back to back, without separators.
  public var folded: [UInt8]
  /// In the order of the text.
  public var tokens: [Token]
  /// In the order of the text; together they cover all tokens.
  public var sentences: [Sentence]
  /// ISO 639-1 code of the language that most of the words are written in: `ar`, `fa`, `en` …; nil when undecided.
  public var language: String?

  /// A normalized text of its parts.
  public init(folded: [UInt8], tokens: [Token], sentences: [Sentence], language: String?) {
    self.folded = folded
    self.tokens = tokens
    self.sentences = sentences
    self.language = language
  }
}

/// A word, a number or a punctuation mark.
public struct Token: Sendable, Equatable {
  /// What a token is made of.
  public enum Kind: UInt8, Sendable {
    /// Letters of the Arabic script.
    case arabic
    /// Letters of any other script.
    case latin
    /// Digits, with inner separators (`3.5`, `1,200`); folded to ASCII digits.
    case number
    /// One mark; folded to its ASCII kin (`،` to `,`, any quote to `"`), or itself where it has none.
    case punctuation
  }

  /// What the fold leaves out and a rule may still want to know.
  public struct Flags: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// A set of the bits of `rawValue`.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// White space stands before the token.
    public static let spaceBefore = Flags(rawValue: 1)
    /// A line break stands before the token.
    public static let lineBreakBefore = Flags(rawValue: 2)
    /// Two or more line breaks stand before the token.
    public static let paragraphBefore = Flags(rawValue: 4)
    /// The word carries a tanween: `دوماً`.
    public static let tanween = Flags(rawValue: 8)
    /// The last letter is a ta marbuta.
    public static let taMarbuta = Flags(rawValue: 16)
    /// The word has a shadda, fatha, damma or another vowel mark.
    public static let diacritics = Flags(rawValue: 32)
    /// The last letter is written as alef maqsura (`ى`) or Farsi ya.
    public static let alefMaqsura = Flags(rawValue: 64)
  }

  /// Byte offset of its first byte in the report's text.
  public var start: Int32
  /// Byte offset after its last byte in the report's text.
  public var end: Int32
  /// Offset of its first byte in `NormalizedText.folded`.
  public var foldedStart: Int32
  /// Offset after its last byte in `NormalizedText.folded`.
  public var foldedEnd: Int32
  /// `StableHash` of its folded bytes.
  public var hash: UInt64
  /// What it is made of.
  public var kind: Kind
  /// What the fold left out.
  public var flags: Flags

  /// A token of its parts.
  public init(
    start: Int32, end: Int32, foldedStart: Int32, foldedEnd: Int32, hash: UInt64, kind: Kind, flags: Flags
  ) {
    self.start = start
    self.end = end
    self.foldedStart = foldedStart
    self.foldedEnd = foldedEnd
    self.hash = hash
    self.kind = kind
    self.flags = flags
  }

  /// Its place in the report's text.
  public var span: ByteSpan { ByteSpan(start, end) }
  /// Its place in `NormalizedText.folded`.
  public var foldedRange: Range<Int> { Int(foldedStart)..<Int(foldedEnd) }
}

/// A sentence, or a headline, as a run of tokens.
public struct Sentence: Sendable, Equatable {
  /// Indices into `NormalizedText.tokens`; never empty; the closing mark is included.
  public var tokens: Range<Int>
  /// A line of its own at the head of the report, without a full stop.
  public var isHeadline: Bool

  /// The sentence of these tokens.
  public init(tokens: Range<Int>, isHeadline: Bool) {
    self.tokens = tokens
    self.isHeadline = isHeadline
  }
}
