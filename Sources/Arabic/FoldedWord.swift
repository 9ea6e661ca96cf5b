import Model

extension Folding {
  /// Appends the folded form of `scalar`, if it has one, as UTF-8.
  @inlinable
  public static func append(_ scalar: UInt16, to out: inout [UInt8]) {
    if scalar < 0x80 {
      out.append(UInt8(truncatingIfNeeded: scalar))
    } else if scalar < 0x800 {
      out.append(UInt8(truncatingIfNeeded: 0xC0 | scalar &>> 6))
      out.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else {
      out.append(UInt8(truncatingIfNeeded: 0xE0 | scalar &>> 12))
      out.append(UInt8(truncatingIfNeeded: 0x80 | scalar &>> 6 & 0x3F))
      out.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
  }

  /// The folded bytes of one word of a lexicon: no white space or punctuation expected within, none removed.
  public static func fold(word: some StringProtocol) -> [UInt8] {
    var out: [UInt8] = []
    for scalar in word.unicodeScalars {
      if let letters = PresentationForms.ligature(scalar.value) {
        for letter in letters { append(letter, to: &out) }
        continue
      }
      let entry = entry(scalar.value)
      if entry.folded != 0 { append(entry.folded, to: &out) }
    }
    return out
  }

  /// The byte offset in `text` at which a token stands once its first `count` folded bytes are taken off.
  ///
  /// Used for the span of a word whose attached particle is not part of the name: the offset of `دوما` in `بِدوما`.
  /// - Parameters:
  ///   - count: folded bytes to take off, at a letter boundary.
  ///   - token: the token; its `start`...`end` are offsets into `text`.
  ///   - text: the report's text, valid UTF-8.
  public static func sourceOffset(skipping count: Int, of token: Token, in text: [UInt8]) -> Int32 {
    var left = count
    var at = Int(token.start)
    while left > 0 && at < Int(token.end) {
      let (scalar, length) = decode(text, at)
      if let letters = PresentationForms.ligature(scalar) {
        left -= 2 * letters.count
      } else {
        let folded = entry(scalar).folded
        left -= folded == 0 ? 0 : folded < 0x80 ? 1 : folded < 0x800 ? 2 : 3
      }
      at += length
    }
    // Vowel marks of the letter taken off go with it.
    while at < Int(token.end) {
      let (scalar, length) = decode(text, at)
      guard entry(scalar).kind == .ignored else { break }
      at += length
    }
    return Int32(at)
  }

  /// The code point at byte `at` of valid UTF-8, and its length in bytes.
  @inlinable
  public static func decode(_ text: [UInt8], _ at: Int) -> (scalar: UInt32, length: Int) {
    let first = UInt32(text[at])
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | UInt32(text[at + 1]) & 0x3F, 2) }
    if first < 0xF0 {
      return ((first & 0xF) << 12 | (UInt32(text[at + 1]) & 0x3F) << 6 | UInt32(text[at + 2]) & 0x3F, 3)
    }
    return (
      (first & 7) << 18 | (UInt32(text[at + 1]) & 0x3F) << 12 | (UInt32(text[at + 2]) & 0x3F) << 6
        | UInt32(text[at + 3]) & 0x3F, 4
    )
  }
}
