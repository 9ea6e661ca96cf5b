import Model

/// Names the language of a text from its script and its most telling letters. A hint for readers, not a detector.
enum Language {
  /// `ar`, `fa` or `ur` for Arabic script, `und` for others; nil without words.
  static func guess(_ tokens: [Token], folded: [UInt8], text: [UInt8]) -> String? {
    var arabic = 0
    var other = 0
    for token in tokens {
      switch token.kind {
      case .arabic: arabic += 1
      case .latin: other += 1
      case .number, .punctuation: break
      }
    }
    guard arabic + other > 0 else { return nil }
    guard arabic >= other else { return "und" }
    return persianLetters(text) * 12 > min(arabic, sampleBytes / 10) ? "fa" : "ar"
  }

  /// Bytes that are looked at: enough to tell Persian from Arabic.
  private static let sampleBytes = 1024

  /// How many Persian letters that Arabic lacks (پ چ ژ گ ک ی) the beginning of the text has.
  private static func persianLetters(_ text: [UInt8]) -> Int {
    var count = 0
    let bytes = text.span
    let end = min(bytes.count, sampleBytes)
    var at = 0
    while at + 1 < end {
      switch (bytes[at], bytes[at + 1]) {
      case (0xD9, 0xBE), (0xDA, 0x86), (0xDA, 0x98), (0xDA, 0xAF), (0xDA, 0xA9), (0xDB, 0x8C): count += 1
      default: break
      }
      at += 1
    }
    return count
  }
}
