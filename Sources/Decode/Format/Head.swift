/// The beginning of a text file in lower-case ASCII, whatever its character set: marks and the NUL bytes of UTF-16 and UTF-32
/// dropped, other bytes kept. Enough to tell the text formats apart before the character set is known.
struct Head {
  private var bytes: [UInt8] = []

  init(_ file: UnsafeBufferPointer<UInt8>) {
    var start = 0
    if file.count >= 3, file[0] == 0xEF, file[1] == 0xBB, file[2] == 0xBF {
      start = 3
    } else if file.count >= 2, file[0] ^ file[1] == 1, file[0] >= 0xFE {
      start = 2
    }
    bytes.reserveCapacity(Media.headBytes)
    for byte in file[start..<min(file.count, Media.headBytes)] where byte != 0 {
      // Leading blanks say nothing, and `{ "` is `{"`.
      bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    let blanks = bytes.prefix { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }.count
    bytes.removeFirst(blanks)
  }

  /// The text format, nil if it reads as plain text.
  var media: Media? {
    guard let first = bytes.first else { return nil }
    switch first {
    case UInt8(ascii: "<"): return markup
    case UInt8(ascii: "{"), UInt8(ascii: "["): return isJSON ? .json : nil
    default:
      if starts("from ", at: 0), let end = bytes.firstIndex(of: 0x0A), isHeaderBlock(from: end + 1) { return .mbox }
      return isHeaderBlock(from: 0) ? .mail : nil
    }
  }

  private func starts(_ word: StaticString, at offset: Int) -> Bool {
    guard bytes.count >= offset + word.utf8CodeUnitCount else { return false }
    for i in 0..<word.utf8CodeUnitCount where bytes[offset + i] != word.utf8Start[i] { return false }
    return true
  }

  private func find(_ word: StaticString) -> Bool {
    guard bytes.count >= word.utf8CodeUnitCount else { return false }
    return (0...(bytes.count - word.utf8CodeUnitCount)).contains { starts(word, at: $0) }
  }

  /// `{` before a key or the end, `[` before a value that starts an element of records.
  private var isJSON: Bool {
    guard let next = bytes.dropFirst().first(where: { $0 != 0x20 && !($0 >= 0x09 && $0 <= 0x0D) }) else { return false }
    return bytes[0] == UInt8(ascii: "{")
      ? next == UInt8(ascii: "\"") || next == UInt8(ascii: "}")
      : next == UInt8(ascii: "{") || next == UInt8(ascii: "]") || next == UInt8(ascii: "[")
  }

  /// The first element's name decides; declarations, comments and instructions before it are passed over.
  private var markup: Media? {
    var at = 0
    var sawDeclaration = false
    while at < bytes.count {
      if starts("<?", at: at) {
        sawDeclaration = true
        guard let end = after("?>", from: at) else { return .xml }
        at = end
      } else if starts("<!--", at: at) {
        guard let end = after("-->", from: at) else { return find("<html") || find("<body") ? .html : nil }
        at = end
      } else if starts("<!doctype", at: at) {
        var name = at + 9
        while name < bytes.count, bytes[name] <= 0x20 { name += 1 }
        if starts("html", at: name) { return .html }
        sawDeclaration = true
        // An internal subset has brackets of its own.
        let end = after(">", from: at)
        let bracket = after("[", from: at)
        if let bracket, let end, bracket < end {
          guard let close = after("]", from: bracket), let last = after(">", from: close - 1) else { return .xml }
          at = last
        } else {
          guard let end else { return .xml }
          at = end
        }
      } else if bytes[at] == UInt8(ascii: "<") {
        return media(ofElementAt: at + 1, declared: sawDeclaration)
      } else if bytes[at] <= 0x20 || bytes[at] >= 0x80 && sawDeclaration {
        at += 1
      } else {
        return sawDeclaration ? .xml : nil
      }
    }
    return sawDeclaration ? .xml : nil
  }

  private func after(_ word: StaticString, from: Int) -> Int? {
    var at = from
    while at + word.utf8CodeUnitCount <= bytes.count {
      if starts(word, at: at) { return at + word.utf8CodeUnitCount }
      at += 1
    }
    return nil
  }

  private func media(ofElementAt start: Int, declared: Bool) -> Media? {
    var end = start
    while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    switch name {
    case "html": return .html
    case "rss", "feed", "rdf:rdf": return .feed
    case "doc": return find("<docno") || find("<docid") || find("<text>") || find("<headline>") ? .trec : .xml
    case "docs", "trec", "trectext": return .trec
    default: break
    }
    if Head.htmlNames.contains(name) { return .html }
    return declared ? .xml : nil
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x3A || byte == 0x2D || byte == 0x5F
  }

  /// Elements with which a page, or a part of one, may begin.
  private static let htmlNames: Set<String> = [
    "head", "body", "title", "meta", "link", "base", "style", "script", "noscript", "div", "p", "span", "h1", "h2",
    "h3", "h4",
    "article", "section", "main", "header", "nav", "table", "ul", "ol", "center", "font", "b", "strong", "br", "a",
    "img",
    "blockquote", "figure", "frameset", "form", "i", "em",
  ]

  /// A block of header fields (RFC 5322) up to a blank line, at least two of them known in mail, one of them a sender's or
  /// a relay's: a text that happens to begin with `Date: ` is not a message.
  private func isHeaderBlock(from start: Int) -> Bool {
    var at = start
    var known = 0
    var certain = false
    while at < bytes.count {
      guard let newline = bytes[at...].firstIndex(of: 0x0A) else { break }
      let line = bytes[at..<newline]
      at = newline + 1
      if line.isEmpty || line.first == 0x0D { break }
      if line.first == 0x20 || line.first == 0x09 {
        if known == 0, !certain { return false }
        continue
      }
      if line.starts(with: Array(">from ".utf8)) { continue }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy({ isNameByte($0) })
      else { return false }
      let name = String(decoding: line[..<colon], as: UTF8.self)
      if Head.certainFields.contains(name) {
        certain = true
        known += 1
      } else if Head.knownFields.contains(name) {
        known += 1
      }
    }
    return certain && known >= 2
  }

  private static let certainFields: Set<String> = [
    "from", "received", "return-path", "mime-version", "message-id", "delivered-to", "x-mailer",
  ]
  private static let knownFields: Set<String> = [
    "to", "cc", "subject", "date", "content-type", "content-transfer-encoding", "reply-to", "sender", "in-reply-to",
    "references", "list-id", "dkim-signature", "snapshot-content-location", "x-mozilla-status", "status",
  ]
}
