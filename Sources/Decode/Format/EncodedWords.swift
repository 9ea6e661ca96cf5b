/// Encoded words of mail headers (RFC 2047): `=?windows-1256?B?…?=`.
///
/// Ours, as GMime 3.2.13 drops every word that follows a padded base64 word, and believes the charset that a word declares.
/// The bytes of neighbouring words in one charset are joined before they are read: mailers cut inside a character.
enum EncodedWords {
  /// `line` (one line, ASCII or UTF-8) with its encoded words as UTF-8.
  static func decoded(_ line: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var pending: [UInt8] = []
    var charset = ""
    func flush() {
      guard !pending.isEmpty else { return }
      // Bytes of 1 or 2 letters say little; the declaration decides, as everywhere, between equal readings.
      let text = try? CharsetDecoder().decode(pending, declared: charset)
      out.append(contentsOf: text?.utf8 ?? Array(String(decoding: pending, as: UTF8.self).utf8))
      pending = []
    }
    var at = 0
    while at < line.count {
      if let word = word(line, at) {
        if word.charset != charset { flush() }
        charset = word.charset
        pending.append(contentsOf: word.bytes)
        at = word.end
        // Blanks between two encoded words are not text.
        var next = at
        while next < line.count, line[next] == 0x20 { next += 1 }
        if next < line.count, self.word(line, next) != nil { at = next }
        continue
      }
      flush()
      out.append(line[at])
      at += 1
    }
    flush()
    return out
  }

  private static func word(_ line: [UInt8], _ start: Int) -> (charset: String, bytes: [UInt8], end: Int)? {
    guard start + 1 < line.count, line[start] == UInt8(ascii: "="), line[start + 1] == UInt8(ascii: "?") else {
      return nil
    }
    let mark = UInt8(ascii: "?")
    guard let charsetEnd = line[(start + 2)...].firstIndex(of: mark), charsetEnd - start < 64,
      charsetEnd + 2 < line.count,
      line[charsetEnd + 2] == mark
    else { return nil }
    let contentStart = charsetEnd + 3
    var end = contentStart
    while end + 1 < line.count, !(line[end] == mark && line[end + 1] == UInt8(ascii: "=")) {
      // Blanks are forbidden inside, and written by careless senders in Q words; another `?` ends the attempt.
      if line[end] == mark { return nil }
      end += 1
    }
    guard end + 1 < line.count else { return nil }
    // A language may follow the charset (RFC 2231).
    let charset = String(decoding: line[(start + 2)..<charsetEnd].prefix { $0 != UInt8(ascii: "*") }, as: UTF8.self)
      .lowercased()
    let content = line[contentStart..<end]
    switch line[charsetEnd + 1] | 0x20 {
    case UInt8(ascii: "b"): return (charset, base64(content), end + 2)
    case UInt8(ascii: "q"): return (charset, quoted(content), end + 2)
    default: return nil
    }
  }

  private static func base64(_ content: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in content {
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte - 0x41
      case 0x61...0x7A: value = byte - 0x61 + 26
      case 0x30...0x39: value = byte - 0x30 + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default: continue
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return out
  }

  private static func quoted(_ content: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var at = content.startIndex
    while at < content.endIndex {
      if content[at] == UInt8(ascii: "="), at + 2 < content.endIndex, let high = hex(content[at + 1]),
        let low = hex(content[at + 2])
      {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(content[at] == UInt8(ascii: "_") ? 0x20 : content[at])
        at += 1
      }
    }
    return out
  }

  /// The value of a hexadecimal digit.
  static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
