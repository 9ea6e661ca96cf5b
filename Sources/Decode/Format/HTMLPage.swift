import Model

/// A news page: what it says about its report in its head, and the report in its body.
struct HTMLPage {
  let parts: ReportParts

  /// Reads `source`, UTF-8.
  init(_ source: [UInt8], budget: Budget) throws(DecodeError) {
    let tree = try MarkupTree.html(source, budget: budget)
    let meta = HTMLMeta(tree, budget: budget)
    let boilerplate = Boilerplate(tree)

    let headings = tree.descendants(named: "h1")
      .filter { !boilerplate.excludes($0) }
      .map { ReportParts.oneLine(TextBlocks(tree, below: $0).joined()) }
      .filter { !$0.isEmpty }
    let pageTitle = tree.descendants(named: "title").first.map { ReportParts.oneLine(tree.allText($0)) }

    var parts = ReportParts()
    parts.title = HTMLPage.title(meta: meta, headings: headings, pageTitle: pageTitle)
    parts.published = meta.published ?? HTMLPage.visibleDate(tree, boilerplate)
    parts.outlet = meta.outlet
    parts.author = meta.author ?? HTMLPage.visibleAuthor(tree)
    parts.url = meta.url

    var titles = headings
    if let title = parts.title { titles.append(title) }
    if let pageTitle { titles.append(pageTitle) }
    parts.body = MainText(tree, boilerplate: boilerplate, titles: titles).text
    // A page that is filled by script carries its text as data only.
    if let body = meta.articleBody, body.count > 2 * parts.body.count { parts.body = body }
    if ReportParts.isBlank(parts.body) {
      // No paragraph stands out: all that is not furniture.
      parts.body = TextBlocks(tree, below: tree.descendants(named: "body").first ?? 0) { boilerplate.excludes($0) }
        .joined()
    }
    guard !ReportParts.isBlank(parts.body) else {
      throw DecodeError(
        code: "no-main-text", message: "the page has no running text (a page filled by script, or a frame set?)")
    }
    self.parts = parts
  }

  /// The headline: as declared for sharing, or the heading, or the page's title without the site's name.
  private static func title(meta: HTMLMeta, headings: [[UInt8]], pageTitle: [UInt8]?) -> [UInt8]? {
    for candidate in [meta.headline, meta.ogTitle] {
      guard let candidate, !candidate.isEmpty else { continue }
      // The heading that the declared title begins with is the same without the site's name.
      if let heading = headings.first(where: { candidate.starts(with: $0) && $0.count >= 8 }) { return heading }
      return stripped(candidate, site: meta.outlet)
    }
    if headings.count == 1 { return headings[0] }
    guard let pageTitle, !pageTitle.isEmpty else { return headings.first }
    if let heading = headings.first(where: { contains(pageTitle, $0) }) { return heading }
    return stripped(pageTitle, site: meta.outlet)
  }

  private static func contains(_ line: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count >= 8, line.count >= part.count else { return false }
    return (0...(line.count - part.count)).contains { line[$0..<($0 + part.count)].elementsEqual(part) }
  }

  /// Without ` | Site` or ` - Site` at the end (or the beginning), if that is the outlet, or `|` stands before a few words.
  private static func stripped(_ title: [UInt8], site: String?) -> [UInt8] {
    let text = String(decoding: title, as: UTF8.self)
    for separator in [" | ", " - ", " – ", " — ", " :: ", " « ", " » "] {
      let parts = text.components(separatedBy: separator)
      guard parts.count >= 2, let first = parts.first, let last = parts.last else { continue }
      if last == site || (separator != " - " && last.utf8.count * 2 < first.utf8.count) {
        return Array(parts.dropLast().joined(separator: separator).utf8)
      }
      if first == site || (separator != " - " && first.utf8.count * 2 < last.utf8.count) {
        return Array(parts.dropFirst().joined(separator: separator).utf8)
      }
    }
    return title
  }

  /// A time element, or a short text in an element named for a date, that reads as one.
  private static func visibleDate(_ tree: MarkupTree, _ boilerplate: Boilerplate) -> Timestamp? {
    for node in tree.descendants(named: "time") {
      if let value = tree.attribute(node, "datetime"), let date = DateReader.read(value) { return date }
      if let date = DateReader.read(ReportParts.oneLine(tree.allText(node))) { return date }
    }
    var found: Timestamp?
    tree.walk(0) { node in
      guard found == nil, let name = tree.name(node), ElementKind.table[name] != .invisible else { return }
      guard boilerplate.letters(below: node) <= 120 else { return }
      guard namesDate(tree.attribute(node, "class")) || namesDate(tree.attribute(node, "id")) else { return }
      let text = ReportParts.oneLine(tree.allText(node))
      guard text.count <= 160 else { return }
      found = DateReader.read(text)
    }
    return found
  }

  private static func namesDate(_ value: ArraySlice<UInt8>?) -> Bool {
    guard let value, value.count >= 4, value.count < 256 else { return false }
    let lower = String(decoding: value, as: UTF8.self).lowercased()
    // `update` ends in "date": a page's last change is not its publication.
    if lower.contains("updated") || lower.contains("modified") || lower.contains("update") { return false }
    return lower.contains("date") || lower.contains("time") || lower.contains("publish")
  }

  private static func visibleAuthor(_ tree: MarkupTree) -> String? {
    var found: String?
    tree.walk(0) { node in
      guard found == nil, tree.name(node) != nil else { return }
      let isAuthor =
        tree.attribute(node, "rel").map { $0.elementsEqual("author".utf8) } == true
        || tree.attribute(node, "itemprop").map { $0.elementsEqual("author".utf8) } == true
      guard isAuthor else { return }
      if let content = tree.attribute(node, "content") {
        found = ReportParts.field(content)
      } else {
        let text = ReportParts.oneLine(tree.allText(node))
        if text.count <= 120 { found = ReportParts.field(text) }
      }
    }
    return found
  }
}

extension String {
  /// The parts between occurrences of `separator`.
  func components(separatedBy separator: String) -> [String] {
    let bytes = Array(utf8)
    let mark = Array(separator.utf8)
    var parts: [String] = []
    var start = 0
    var at = 0
    while at + mark.count <= bytes.count {
      if bytes[at..<at + mark.count].elementsEqual(mark) {
        parts.append(String(decoding: bytes[start..<at], as: UTF8.self))
        at += mark.count
        start = at
      } else {
        at += 1
      }
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts
  }
}
