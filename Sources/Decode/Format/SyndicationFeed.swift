import Model

/// RSS 0.9 to 2.0 and Atom: a report per item.
struct SyndicationFeed {
  struct Item {
    var parts: ReportParts
    /// The item's bytes in the feed (as UTF-8): `<item>` to `</item>`.
    var source: Range<Int>
  }
  let items: [Item]
  /// `application/rss+xml` or `application/atom+xml`.
  let media: String

  /// Reads `source`, UTF-8.
  init(_ source: [UInt8], budget: Budget) throws(DecodeError) {
    let tree = try MarkupTree.xml(source, budget: budget)
    let root = tree.children(0).first { tree.name($0) != nil } ?? 0
    let rootName = tree.name(root) ?? ""
    guard ["rss", "feed", "rdf:RDF"].contains(rootName) || rootName.hasSuffix(":feed") || rootName.hasSuffix(":RDF")
    else {
      throw DecodeError(code: "unsupported-xml", message: "XML with the root <\(rootName)> is not a feed")
    }
    media = rootName.hasSuffix("feed") ? "application/atom+xml" : "application/rss+xml"
    let reader = ItemReader(tree: tree, budget: budget)
    let channel = tree.child(root, "channel") ?? root
    let outlet = reader.line(channel, ["title", "atom:title"])
    var items: [Item] = []
    for name in ["item", "entry", "atom:entry"] {
      for node in tree.descendants(of: root, named: name) {
        try budget.spendMember()
        var parts = reader.parts(node)
        parts.outlet = parts.outlet ?? ReportParts.field(outlet)
        if parts.isEmpty { continue }
        items.append(Item(parts: parts, source: SyndicationFeed.slice(tree, node, source)))
      }
    }
    guard !items.isEmpty else {
      throw DecodeError(code: "empty-container", message: "the feed has no item with text")
    }
    self.items = items
  }

  /// From the `<` of the start tag to behind the end tag. libxml2 tells where it stood behind the start tag's attributes, and a
  /// `<` cannot be part of those.
  private static func slice(_ tree: MarkupTree, _ node: MarkupTree.Node, _ source: [UInt8]) -> Range<Int> {
    let element = tree.nodes[Int(node)]
    var start = min(max(Int(element.sourceStart), 0), source.count)
    while start > 0, start == source.count || source[start] != UInt8(ascii: "<") { start -= 1 }
    return start..<max(start, min(Int(element.sourceEnd), source.count))
  }
}

/// Reads the fields of an item by the names that feeds use.
private struct ItemReader {
  let tree: MarkupTree
  let budget: Budget

  func parts(_ item: MarkupTree.Node) -> ReportParts {
    var parts = ReportParts()
    parts.title = line(item, ["title", "atom:title", "media:title"])
    let bodies = [
      "content:encoded", "content", "atom:content", "description", "summary", "atom:summary", "media:description",
    ]
    .compactMap { body(item, $0) }
    // Many feeds fill one of them with the report and another with its first lines.
    parts.body = bodies.max { $0.count < $1.count } ?? []
    for name in [
      "pubDate", "published", "atom:published", "dc:date", "dcterms:created", "dcterms:issued", "updated",
      "atom:updated",
    ]
    where parts.published == nil {
      parts.published = line(item, [name]).flatMap { DateReader.read($0) }
    }
    parts.author = author(item)
    parts.outlet = ReportParts.field(line(item, ["source"]) ?? line(item, ["dc:publisher"]))
    parts.url = link(item)
    return parts
  }

  func line(_ node: MarkupTree.Node, _ names: [String]) -> [UInt8]? {
    for name in names {
      guard let child = tree.child(node, name) else { continue }
      let text = ReportParts.oneLine(HTMLFragment.text(tree.allText(child), budget: budget))
      if !text.isEmpty { return text }
    }
    return nil
  }

  private func body(_ item: MarkupTree.Node, _ name: String) -> [UInt8]? {
    guard let child = tree.child(item, name) else { return nil }
    // Atom's XHTML stands as elements, everything else as text that may hold tags.
    if tree.string(child, "type") == "xhtml" {
      return TextBlocks(tree, below: child).joined()
    }
    return HTMLFragment.text(tree.allText(child), budget: budget)
  }

  private func author(_ item: MarkupTree.Node) -> String? {
    for name in ["dc:creator", "author", "atom:author", "itunes:author"] {
      guard let child = tree.child(item, name) else { continue }
      if let inner = tree.child(child, "name") ?? tree.child(child, "atom:name") {
        return ReportParts.field(tree.allText(inner))
      }
      guard let text = ReportParts.field(tree.allText(child)) else { continue }
      // RSS wants `mail@host (Name)`.
      if let open = text.firstIndex(of: "("), text.hasSuffix(")"), text.contains("@") {
        return String(text[text.index(after: open)...].dropLast())
      }
      return text
    }
    return nil
  }

  private func link(_ item: MarkupTree.Node) -> String? {
    for child in tree.children(item) {
      guard let name = tree.name(child), name == "link" || name == "atom:link" else { continue }
      if let href = tree.string(child, "href") {
        let rel = tree.string(child, "rel") ?? "alternate"
        if rel == "alternate" { return href }
      } else if let text = ReportParts.field(tree.allText(child)) {
        return text
      }
    }
    if let origin = tree.child(item, "feedburner:origLink") { return ReportParts.field(tree.allText(origin)) }
    guard let guid = tree.child(item, "guid") ?? tree.child(item, "id"),
      let text = ReportParts.field(tree.allText(guid)),
      text.hasPrefix("http")
    else { return nil }
    return text
  }
}
