import Glibc

/// HTML inside another format's field (`content:encoded`, a JSON `content`): all of it is the report, nothing is chosen.
enum HTMLFragment {
  /// The text of a field: rendered if it holds tags, as it stands otherwise (character references in it are for the text
  /// repair, which reports them).
  static func text(_ field: [UInt8], budget: Budget) -> [UInt8] {
    guard holdsMarkup(field), let tree = try? MarkupTree.html(field, budget: budget) else {
      return Array(ReportParts.trimmed(field[...]))
    }
    let blocks = TextBlocks(tree, below: 0)
    return blocks.joined()
  }

  /// Whether a tag that HTML knows opens or closes somewhere.
  static func holdsMarkup(_ bytes: [UInt8]) -> Bool {
    var at = 0
    while let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      at = open + 1
      var end = at
      if end < bytes.count, bytes[end] == UInt8(ascii: "/") { end += 1 }
      let start = end
      while end < bytes.count, end - start < 12, isNameByte(bytes[end]) { end += 1 }
      guard end > start, end < bytes.count,
        bytes[end] == UInt8(ascii: ">") || bytes[end] == UInt8(ascii: "/") || bytes[end] <= 0x20
      else { continue }
      if names.contains(String(decoding: bytes[start..<end].map { $0 | 0x20 }, as: UTF8.self)) { return true }
    }
    return false
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39
  }

  private static let names: Set<String> = [
    "p", "br", "div", "span", "a", "b", "i", "u", "em", "strong", "img", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5",
    "h6",
    "table", "tr", "td", "blockquote", "figure", "iframe", "font", "center", "article", "section", "html", "body", "hr",
    "pre",
    "video", "audio", "script", "style", "small", "sub", "sup",
  ]
}
