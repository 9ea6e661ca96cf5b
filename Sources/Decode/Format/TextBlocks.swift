/// The running text of a part of a page as blocks: what stands between two breaks of block elements, blanks collapsed as a
/// browser does.
struct TextBlocks {
  /// One paragraph, heading, list item, table row …
  struct Block {
    /// Range in `bytes`.
    var range: Range<Int>
    /// Code points that are not blank; and those of them inside links.
    var letters: Int
    var linkLetters: Int
    /// The block element in which the text stands.
    var element: MarkupTree.Node
  }

  /// UTF-8; a line break inside a block is LF.
  private(set) var bytes: [UInt8] = []
  private(set) var blocks: [Block] = []

  private var blockStart = 0
  private var letters = 0
  private var linkLetters = 0
  private var pendingBlank = false
  private var pendingBreaks = 0
  private var linkDepth = 0
  private var preDepth = 0
  private var blockElement: MarkupTree.Node = 0

  /// Collects the text below `node`, leaving out what `skip` says.
  init(_ tree: MarkupTree, below node: MarkupTree.Node, skip: (MarkupTree.Node) -> Bool = { _ in false }) {
    var kinds = [ElementKind?](repeating: nil, count: tree.names.count)
    func kind(_ node: MarkupTree.Node) -> ElementKind {
      let index = Int(tree.nodes[Int(node)].name)
      if let known = kinds[index] { return known }
      let kind = ElementKind.table[tree.names[index]] ?? .inline
      kinds[index] = kind
      return kind
    }
    let layout = TextBlocks.layoutCells(tree)
    var stack: [MarkupTree.Node] = [node]
    blockElement = node
    tree.traverse(node) { child in
      if tree.nodes[Int(child)].name < 0 {
        append(tree.text(child), in: stack[stack.count - 1])
        return false
      }
      let kind = layout.contains(child) ? .block : kind(child)
      if kind == .invisible || skip(child) { return false }
      switch kind {
      case .lineBreak: pendingBreaks += 1
      case .block, .preformatted:
        finish()
        stack.append(child)
        if kind == .preformatted { preDepth += 1 }
      case .cell: pendingBlank = true
      case .link: linkDepth += 1
      default: break
      }
      return true
    } leave: { child in
      let kind = layout.contains(child) ? .block : kind(child)
      switch kind {
      case .block, .preformatted:
        finish()
        stack.removeLast()
        if kind == .preformatted { preDepth -= 1 }
      case .cell: pendingBlank = true
      case .link: linkDepth -= 1
      default: break
      }
    }
    finish()
  }

  /// Table cells that hold paragraphs or lines rather than a datum: pages were laid out in tables once.
  private static func layoutCells(_ tree: MarkupTree) -> Set<MarkupTree.Node> {
    let cells = [tree.nameIndex("td"), tree.nameIndex("th")]
    guard cells != [-2, -2] else { return [] }
    let breaking = tree.names.map {
      switch ElementKind.table[$0] {
      case .block, .preformatted, .lineBreak: true
      default: false
      }
    }
    var found: Set<MarkupTree.Node> = []
    var holds = [Bool](repeating: false, count: tree.nodes.count)
    for index in stride(from: tree.nodes.count - 1, to: 0, by: -1) {
      let node = tree.nodes[index]
      guard node.name >= 0 else { continue }
      if holds[index], cells.contains(node.name) { found.insert(Int32(index)) }
      if holds[index] || breaking[Int(node.name)] { holds[Int(node.parent)] = true }
    }
    return found
  }

  private mutating func append(_ text: ArraySlice<UInt8>, in element: MarkupTree.Node) {
    var i = text.startIndex
    while i < text.endIndex {
      var byte = text[i]
      // U+00A0 is a means of layout here.
      if byte == 0xC2, i + 1 < text.endIndex, text[i + 1] == 0xA0 {
        byte = 0x20
        i += 1
      }
      if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
        if byte == 0x0A, preDepth > 0 { pendingBreaks = max(pendingBreaks, 1) } else { pendingBlank = true }
        i += 1
        continue
      }
      if bytes.count == blockStart {
        blockElement = element
      } else if pendingBreaks >= 2 {
        finish()
        blockElement = element
      } else if pendingBreaks == 1 {
        bytes.append(0x0A)
      } else if pendingBlank {
        bytes.append(0x20)
      }
      pendingBreaks = 0
      pendingBlank = false
      // The run up to the next blank in one go.
      let start = i
      while i < text.endIndex, text[i] > 0x20, !(text[i] == 0xC2 && i + 1 < text.endIndex && text[i + 1] == 0xA0) {
        if text[i] & 0xC0 != 0x80 {
          letters += 1
          if linkDepth > 0 { linkLetters += 1 }
        }
        i += 1
      }
      if i == start {
        i += 1  // A control byte: not text.
        continue
      }
      bytes.append(contentsOf: text[start..<i])
    }
  }

  private mutating func finish() {
    if bytes.count > blockStart {
      blocks.append(
        Block(range: blockStart..<bytes.count, letters: letters, linkLetters: linkLetters, element: blockElement))
    }
    blockStart = bytes.count
    letters = 0
    linkLetters = 0
    pendingBlank = false
    pendingBreaks = 0
  }

  /// The blocks that `keep` chooses, a line each.
  func joined(_ keep: (Block) -> Bool = { _ in true }) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + blocks.count)
    for block in blocks where keep(block) {
      if !out.isEmpty { out.append(0x0A) }
      out.append(contentsOf: bytes[block.range])
    }
    return out
  }
}

/// What an HTML element means for running text.
enum ElementKind {
  case inline, block, lineBreak, cell, link, preformatted, invisible

  /// Block and invisible elements of the HTML standard's rendering section (15.3); table cells are set beside each other.
  static let table: [String: ElementKind] = {
    var table: [String: ElementKind] = [:]
    for name in [
      "#document", "html", "body", "address", "blockquote", "center", "dialog", "div", "figure", "figcaption", "footer",
      "form",
      "header", "hr", "legend", "main", "p", "article", "aside", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "nav",
      "section", "dir", "dd", "dl", "dt", "menu", "ol", "ul", "li", "table", "tbody", "thead", "tfoot", "tr", "caption",
      "fieldset", "details", "summary", "search", "frameset",
    ] {
      table[name] = .block
    }
    for name in [
      "head", "title", "script", "style", "template", "noframes", "svg", "math", "iframe", "object", "embed", "applet",
      "audio", "video", "canvas", "map", "select", "option", "button", "input", "textarea", "datalist", "meta", "link",
      "param",
      "source", "track", "noembed", "rp",
    ] {
      table[name] = .invisible
    }
    table["br"] = .lineBreak
    table["td"] = .cell
    table["th"] = .cell
    table["a"] = .link
    table["pre"] = .preformatted
    table["listing"] = .preformatted
    return table
  }()
}
