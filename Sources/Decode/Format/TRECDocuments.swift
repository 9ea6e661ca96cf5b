import Model

/// Files of the TREC and LDC collections: `<DOC>` … `</DOC>`, a report each. SGML without a declaration, so tags are found, not parsed.
struct TRECDocuments {
  struct Document {
    /// `<DOCNO>`, or the `id` of `<DOC id="…">`.
    var number: String?
    var parts: ReportParts
    var source: Range<Int>
  }
  let documents: [Document]

  /// Reads `source`, UTF-8.
  init(_ source: [UInt8], budget: Budget) throws(DecodeError) {
    var documents: [Document] = []
    var at = 0
    while let open = TRECDocuments.tag("doc", in: source, from: at, to: source.count) {
      guard let close = TRECDocuments.closing("doc", in: source, from: open.end, to: source.count) else {
        throw DecodeError(
          code: "truncated", message: "the <DOC> at byte \(open.start) is not closed; get the file again",
          byteOffset: open.start)
      }
      try budget.spendMember()
      at = close.end
      let range = open.start..<close.end
      let reader = FieldReader(source: source, range: open.end..<close.start, budget: budget)
      var parts = ReportParts()
      parts.title =
        (reader.field(["headline", "title", "ht", "tl"]) ?? []).isEmpty
        ? nil : reader.field(["headline", "title", "ht", "tl"])
      parts.body = reader.texts()
      parts.published =
        ["date_time", "datetime", "date", "pubdate", "dateline"].lazy
        .compactMap { reader.field([$0]) }.compactMap { DateReader.read($0) }.first
      parts.author = ReportParts.field(reader.field(["author", "byline"]))
      parts.outlet = ReportParts.field(reader.field(["source", "publisher"]))
      parts.url = ReportParts.field(reader.field(["url"]))
      if parts.isEmpty { continue }
      let number =
        ReportParts.field(reader.field(["docno", "docid"])) ?? TRECDocuments.identifier(source[open.start..<open.end])
      documents.append(Document(number: number, parts: parts, source: range))
    }
    guard !documents.isEmpty else { throw DecodeError(code: "empty-container", message: "no <DOC> with text") }
    self.documents = documents
  }

  /// The value of `id="…"` in a tag.
  private static func identifier(_ tag: ArraySlice<UInt8>) -> String? {
    let text = String(decoding: tag, as: UTF8.self)
    let parts = text.components(separatedBy: "id=\"")
    guard parts.count > 1 else { return nil }
    return parts[1].components(separatedBy: "\"").first
  }

  /// The next start tag `<name …>`, in any case.
  static func tag(_ name: String, in source: [UInt8], from: Int, to end: Int) -> (start: Int, end: Int)? {
    find("<" + name, in: source, from: from, to: end)
  }

  /// The next end tag.
  static func closing(_ name: String, in source: [UInt8], from: Int, to end: Int) -> (start: Int, end: Int)? {
    find("</" + name, in: source, from: from, to: end)
  }

  private static func find(_ opening: String, in source: [UInt8], from: Int, to end: Int) -> (start: Int, end: Int)? {
    let wanted = Array(opening.utf8)
    var at = from
    while at < end {
      guard let open = source[at..<end].firstIndex(of: UInt8(ascii: "<")) else { return nil }
      at = open + 1
      guard open + wanted.count < end else { return nil }
      var matches = true
      for i in 1..<wanted.count where source[open + i] | 0x20 != wanted[i] | 0x20 { matches = false }
      let next = source[open + wanted.count]
      guard matches, next == UInt8(ascii: ">") || next <= 0x20 else { continue }
      guard let close = source[(open + wanted.count)..<end].firstIndex(of: UInt8(ascii: ">")) else { return nil }
      return (open, close + 1)
    }
    return nil
  }

  private struct FieldReader {
    let source: [UInt8]
    let range: Range<Int>
    let budget: Budget

    /// The first of the fields, in one line.
    func field(_ names: [String]) -> [UInt8]? {
      for name in names {
        guard let open = TRECDocuments.tag(name, in: source, from: range.lowerBound, to: range.upperBound),
          let close = TRECDocuments.closing(name, in: source, from: open.end, to: range.upperBound)
        else { continue }
        return ReportParts.oneLine(HTMLFragment.text(Array(source[open.end..<close.start]), budget: budget))
      }
      return nil
    }

    /// All `<TEXT>` fields.
    func texts() -> [UInt8] {
      var out: [UInt8] = []
      var at = range.lowerBound
      while let open = TRECDocuments.tag("text", in: source, from: at, to: range.upperBound),
        let close = TRECDocuments.closing("text", in: source, from: open.end, to: range.upperBound)
      {
        let text = HTMLFragment.text(Array(source[open.end..<close.start]), budget: budget)
        if !out.isEmpty, !text.isEmpty { out.append(0x0A) }
        out.append(contentsOf: text)
        at = close.end
      }
      return out
    }
  }
}
