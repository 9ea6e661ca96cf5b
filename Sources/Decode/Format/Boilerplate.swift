/// Which parts of a page are not its report: navigation, comments, cookie banners, related links, tools.
///
/// Judged by element, role, and the words in `class` and `id`, which site builders draw from a small common stock. The words are
/// those of the WordPress, Drupal, Blogger and Bootstrap themes and of the boilerplate lists of Readability.
struct Boilerplate {
  private let tree: MarkupTree
  /// Letters of running text below each node, links not counted.
  private let letters: [Int32]
  /// Whether a first-level heading or a declared article body lies below each node.
  private let holdsArticle: [Bool]

  init(_ tree: MarkupTree) {
    self.tree = tree
    var letters = [Int32](repeating: 0, count: tree.nodes.count)
    var holdsArticle = [Bool](repeating: false, count: tree.nodes.count)
    let link = tree.nameIndex("a")
    let heading = tree.nameIndex("h1")
    let invisible = tree.names.map { ElementKind.table[$0] == .invisible }
    // Nodes stand in document order, so children come after parents: sum from the end.
    for index in stride(from: tree.nodes.count - 1, through: 0, by: -1) {
      let node = tree.nodes[index]
      if node.name < 0 {
        var count: Int32 = 0
        for byte in tree.text(Int32(index)) where byte > 0x20 && byte & 0xC0 != 0x80 { count += 1 }
        letters[index] = count
      } else if node.name == link || invisible[Int(node.name)] {
        letters[index] = 0
      }
      if node.name == heading || Boilerplate.isArticleBody(tree, Int32(index)) { holdsArticle[index] = true }
      if node.parent >= 0 {
        letters[Int(node.parent)] += letters[index]
        if holdsArticle[index] { holdsArticle[Int(node.parent)] = true }
      }
    }
    self.letters = letters
    self.holdsArticle = holdsArticle
  }

  static func isArticleBody(_ tree: MarkupTree, _ node: MarkupTree.Node) -> Bool {
    guard tree.nodes[Int(node)].name >= 0, let property = tree.attribute(node, "itemprop") else { return false }
    return property.elementsEqual("articleBody".utf8) || property.elementsEqual("articlebody".utf8)
  }

  /// Letters of running text below a node.
  func letters(below node: MarkupTree.Node) -> Int { Int(letters[Int(node)]) }

  /// Whether the element and all below it are to be left out.
  func excludes(_ node: MarkupTree.Node) -> Bool {
    guard let name = tree.name(node) else { return false }
    switch name {
    case "html", "body", "main", "p", "h1", "br", "b", "i", "strong", "em", "span", "a", "tr", "td", "li": break
    case "nav", "footer", "aside", "figcaption", "menu", "dialog":
      if !holdsArticle[Int(node)] { return true }
    default: break
    }
    if tree.attribute(node, "hidden") != nil { return true }
    if name == "html" || name == "body" || name == "main" { return false }
    if let style = tree.attribute(node, "style"), isDisplayNone(style) { return true }
    if let role = tree.string(node, "role"), Boilerplate.roles.contains(role), !holdsArticle[Int(node)] { return true }
    if name == "p" || name == "h1" || name == "td" || name == "tr" { return false }
    var verdict = words(tree.attribute(node, "class"))
    if verdict != .strong { verdict = max(verdict, words(tree.attribute(node, "id"))) }
    switch verdict {
    case .none: return false
    case .strong: return !holdsArticle[Int(node)]
    // A wrapper may be named for what stands beside the report: never drop most of the page on such a word.
    case .weak: return !holdsArticle[Int(node)] && letters[Int(node)] * 5 < letters[0] * 2
    }
  }

  private enum Verdict: Int, Comparable {
    case none, weak, strong
    static func < (a: Verdict, b: Verdict) -> Bool { a.rawValue < b.rawValue }
  }

  private func words(_ value: ArraySlice<UInt8>?) -> Verdict {
    guard let value, !value.isEmpty, value.count < 512 else { return .none }
    var verdict = Verdict.none
    var word: [UInt8] = []
    var previous: Verdict = .none
    func close() {
      guard !word.isEmpty else { return }
      let text = String(decoding: word, as: UTF8.self)
      word.removeAll(keepingCapacity: true)
      // `comments-open` on a post tells a setting, not a part.
      if previous != .none, Boilerplate.states.contains(text) {
        verdict = .none
        previous = .none
        return
      }
      previous = Boilerplate.strong.contains(text) ? .strong : Boilerplate.weak.contains(text) ? .weak : .none
      verdict = max(verdict, previous)
    }
    for byte in value {
      switch byte {
      case 0x61...0x7A: word.append(byte)
      case 0x41...0x5A:
        if let last = word.last, last >= 0x61 { close() }  // camelCase
        word.append(byte | 0x20)
      default: close()
      }
    }
    close()
    return verdict
  }

  private func isDisplayNone(_ style: ArraySlice<UInt8>) -> Bool {
    let compact = style.filter { $0 > 0x20 }.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    return String(decoding: compact, as: UTF8.self).split(separator: ";").contains {
      $0 == "display:none" || $0 == "visibility:hidden"
    }
  }

  private static let roles: Set<String> = [
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar",
    "toolbar",
    "tablist", "alert",
  ]
  private static let strong: Set<String> = [
    "comment", "comments", "disqus", "respond", "cookie", "cookies", "consent", "gdpr", "related", "breadcrumb",
    "breadcrumbs",
    "newsletter", "paywall", "pagination", "advertisement", "advert", "sponsored", "outbrain", "taboola",
  ]
  private static let weak: Set<String> = [
    "share", "sharing", "social", "sidebar", "widget", "menu", "nav", "navbar", "navigation", "footer", "promo", "ad",
    "ads",
    "banner", "subscribe", "subscription", "tags", "pager", "toolbar", "popup", "modal", "login", "print", "rating",
    "trending",
    "recommended", "recommendations", "recommend", "recirc", "recirculation", "mostread", "popular", "masthead", "skip",
    "byline", "author", "meta", "date", "timestamp", "caption", "credit", "tools", "topbar", "ticker", "copyright",
    "readmore",
    "alsoread", "readalso", "follow", "whatsapp", "telegram", "noprint", "hidden", "more",
  ]
  private static let states: Set<String> = [
    "open", "closed", "off", "on", "enabled", "disabled", "count", "none", "active",
  ]
}
