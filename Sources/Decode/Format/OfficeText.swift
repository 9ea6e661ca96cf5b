import Model

/// The running text of the two word-processor packages, DOCX (ECMA-376) and ODT (OASIS OpenDocument 1.2).
///
/// The title in a document's properties counts only where the text begins with it: it is mostly that of the template. The date there
/// is when the file was made, not when the report was published, and is not used.
///
/// Body only: headers, footers, notes, comments and deleted text are not part of the report. A paragraph is a line, the cells of a
/// table row are set apart by a blank.
struct OfficeText {
  let parts: ReportParts
  let media: String

  /// What the members of a zip say it is; nil if it is no word-processor document.
  init?(_ entries: [Archive.Entry], budget: Budget) throws(DecodeError) {
    func entry(_ name: String) -> [UInt8]? { entries.first { $0.name == name }?.bytes }
    if let mimetype = entry("mimetype"), mimetype.starts(with: "application/vnd.oasis.opendocument.text".utf8) {
      if let manifest = entry("META-INF/manifest.xml"), OfficeText.mentions(manifest, "encryption-data") {
        throw DecodeError(code: "encrypted", message: "the document is under a password; save it without one")
      }
      guard let content = entry("content.xml") else {
        throw DecodeError(code: "broken-archive", message: "the OpenDocument package has no content.xml")
      }
      parts = try OfficeText.openDocument(content, meta: entry("meta.xml"), budget: budget)
      media = "application/vnd.oasis.opendocument.text"
    } else if let types = entry("[Content_Types].xml") {
      guard OfficeText.mentions(types, "wordprocessingml.document") || OfficeText.mentions(types, "ms-word.document")
      else { return nil }
      guard let document = entry("word/document.xml") ?? OfficeText.mainPart(entries) else {
        throw DecodeError(code: "broken-archive", message: "the Word package has no word/document.xml")
      }
      parts = try OfficeText.wordDocument(document, core: entry("docProps/core.xml"), budget: budget)
      media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    } else {
      return nil
    }
  }

  /// Some writers number the main part (`word/document2.xml`).
  private static func mainPart(_ entries: [Archive.Entry]) -> [UInt8]? {
    entries.first { $0.name.hasPrefix("word/document") && $0.name.hasSuffix(".xml") }?.bytes
  }

  private static func mentions(_ bytes: [UInt8], _ word: String) -> Bool {
    let wanted = Array(word.utf8)
    guard bytes.count >= wanted.count else { return false }
    return (0...(bytes.count - wanted.count)).contains {
      bytes[$0] == wanted[0] && bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
    }
  }

  // MARK: DOCX

  private static func wordDocument(_ xml: [UInt8], core: [UInt8]?, budget: Budget) throws(DecodeError) -> ReportParts {
    var parts = ReportParts()
    if let core {
      let properties = try Properties(core, budget: budget)
      parts.author = properties["dc:creator"]
      parts.title = properties["dc:title"].map { Array($0.utf8) }
    }
    let tree = try parse(xml, budget: budget)
    var writer = LineWriter()
    // Deleted text, the second of two renderings of one drawing, and field codes.
    let skipped: Set<String> = [
      "w:del", "w:moveFrom", "mc:Fallback", "w:instrText", "w:delText", "w:pPr", "w:rPr", "w:sectPr",
    ]
    var inText = 0
    tree.traverse(0) { node in
      guard let name = tree.name(node) else {
        if inText > 0 { writer.append(tree.text(node)) }
        return false
      }
      if skipped.contains(name) {
        // The style of the first paragraph tells a title.
        return false
      }
      switch name {
      case "w:t": inText += 1
      case "w:tab": writer.append([0x09])
      case "w:br", "w:cr": writer.append([0x0A])
      case "w:noBreakHyphen": writer.append("-".utf8)
      case "w:tr": writer.beginRow()
      default: break
      }
      return true
    } leave: { node in
      switch tree.name(node) {
      case "w:t": inText -= 1
      case "w:p": writer.endLine()
      case "w:tr": writer.endRow()
      default: break
      }
    }
    parts.body = writer.out
    parts.dropForeignTitle()
    return parts
  }

  // MARK: ODT

  private static func openDocument(_ xml: [UInt8], meta: [UInt8]?, budget: Budget) throws(DecodeError) -> ReportParts {
    var parts = ReportParts()
    if let meta {
      let properties = try Properties(meta, budget: budget)
      parts.author = properties["meta:initial-creator"] ?? properties["dc:creator"]
      parts.title = properties["dc:title"].map { Array($0.utf8) }
    }
    let tree = try parse(xml, budget: budget)
    var writer = LineWriter()
    var paragraphs = 0
    let skipped: Set<String> = [
      "text:tracked-changes", "text:note", "office:annotation", "office:scripts", "office:automatic-styles",
    ]
    tree.traverse(0) { node in
      guard let name = tree.name(node) else {
        // Blanks between elements are the file's, not the text's; within a paragraph runs of them are one.
        if paragraphs > 0 { writer.append(tree.text(node)) }
        return false
      }
      if skipped.contains(name) { return false }
      switch name {
      case "text:p", "text:h": paragraphs += 1
      case "text:s": writer.append([UInt8](repeating: 0x20, count: min(Int(tree.string(node, "c") ?? "1") ?? 1, 64)))
      case "text:tab": writer.append([0x09])
      case "text:line-break": writer.append([0x0A])
      case "table:table-row": writer.beginRow()
      default: break
      }
      return true
    } leave: { node in
      switch tree.name(node) {
      case "text:p", "text:h":
        paragraphs -= 1
        writer.endLine()
      case "table:table-row": writer.endRow()
      default: break
      }
    }
    parts.body = writer.out
    parts.dropForeignTitle()
    return parts
  }

  private static func parse(_ xml: [UInt8], budget: Budget) throws(DecodeError) -> MarkupTree {
    // Both standards demand UTF-8 or UTF-16, declared; the charset decoder tells them.
    let text = try CharsetDecoder(mendsText: false).decode(xml, declared: DeclaredCharset.xml(xml))
    return try MarkupTree.xml(text.utf8, budget: budget)
  }

  /// The simple elements of a metadata part by name.
  private struct Properties {
    private var values: [String: String] = [:]

    init(_ xml: [UInt8], budget: Budget) throws(DecodeError) {
      let tree = try OfficeText.parse(xml, budget: budget)
      var values: [String: String] = [:]
      tree.walk(0) { node in
        guard let name = tree.name(node), values[name] == nil else { return }
        if tree.children(node).contains(where: { tree.name($0) != nil }) { return }
        values[name] = ReportParts.field(tree.allText(node))
      }
      self.values = values
    }

    subscript(name: String) -> String? { values[name] }
  }

  /// Lines, with the paragraphs of a table row on one of them.
  private struct LineWriter {
    var out: [UInt8] = []
    private var rows = 0

    mutating func append(_ bytes: some Collection<UInt8>) { out.append(contentsOf: bytes) }
    mutating func beginRow() { rows += 1 }
    mutating func endRow() {
      rows -= 1
      if rows == 0 { endLine() }
    }
    mutating func endLine() {
      guard let last = out.last, last != 0x0A else { return }
      if rows > 0 { if last != 0x20 { out.append(0x20) } } else { out.append(0x0A) }
    }
  }
}
