/// The report in the page: the part that holds its paragraphs.
///
/// After Readability (Arc90) and boilerplate detection by text and link density (Kohlschütter et al., WSDM 2010): paragraphs
/// credit the element that holds them, and half of it that element's parent; the best element wins, with those siblings
/// that read like it.
struct MainText {
  /// The paragraphs, a line each; empty where the page has no running text.
  let text: [UInt8]

  /// A block shorter than this (letters, blanks not counted) credits nothing: menus and captions are made of such.
  private static let paragraphLettersMin = 25
  /// A block with a larger share of its letters in links is a list of links.
  private static let linkShareMax = 0.5

  init(_ tree: MarkupTree, boilerplate: Boilerplate, titles: [[UInt8]]) {
    let body = tree.descendants(named: "body").first ?? 0
    let blocks = TextBlocks(tree, below: body) { boilerplate.excludes($0) }
    let selected = MainText.select(tree, blocks, body: body)

    func isSelected(_ block: TextBlocks.Block) -> Bool {
      var at = block.element
      while at >= 0 {
        if selected.contains(at) { return true }
        at = tree.nodes[Int(at)].parent
      }
      return false
    }
    var out: [UInt8] = []
    for block in blocks.blocks where isSelected(block) && !MainText.isLinks(block) {
      for line in blocks.bytes[block.range].split(separator: 0x0A) {
        if FurniturePhrases.isFurniture(line) || titles.contains(where: { line.elementsEqual($0) }) { continue }
        // The line of the date under the headline.
        if out.count < 200, line.count < 80, DateReader.read(line) != nil { continue }
        if !out.isEmpty { out.append(0x0A) }
        out.append(contentsOf: line)
      }
    }
    text = out
  }

  private static func isLinks(_ block: TextBlocks.Block) -> Bool {
    block.letters == 0 || Double(block.linkLetters) / Double(block.letters) > linkShareMax
  }

  private static func select(_ tree: MarkupTree, _ blocks: TextBlocks, body: MarkupTree.Node) -> Set<MarkupTree.Node> {
    var score: [MarkupTree.Node: Double] = [:]
    var letters: [MarkupTree.Node: (all: Int, link: Int)] = [:]
    for block in blocks.blocks {
      var at = block.element
      while at >= 0 {
        letters[at, default: (0, 0)].all += block.letters
        letters[at, default: (0, 0)].link += block.linkLetters
        if at == body { break }
        at = tree.nodes[Int(at)].parent
      }
      guard block.letters >= paragraphLettersMin, !isLinks(block) else { continue }
      var points = 1.0 + min(Double(block.letters) / 100, 3)
      points += Double(commas(blocks.bytes[block.range]))
      // A paragraph credits what holds it; a container with text of its own credits itself.
      let name = tree.name(block.element) ?? ""
      let holder = paragraphs.contains(name) ? tree.nodes[Int(block.element)].parent : block.element
      guard holder >= 0 else { continue }
      score[holder, default: 0] += points
      let parent = tree.nodes[Int(holder)].parent
      if parent >= 0, holder != body { score[parent, default: 0] += points / 2 }
    }
    func density(_ node: MarkupTree.Node) -> Double {
      guard let count = letters[node], count.all > 0 else { return 1 }
      return Double(count.link) / Double(count.all)
    }
    // Where the page says which element is the article's body, and it has text, it is believed.
    var declared: MarkupTree.Node = -1
    tree.walk(0) { node in
      if Boilerplate.isArticleBody(tree, node), (letters[node]?.all ?? 0) > (letters[declared]?.all ?? 0) {
        declared = node
      }
    }
    if declared >= 0, let count = letters[declared]?.all, count >= 4 * paragraphLettersMin { return [declared] }

    var best: (node: MarkupTree.Node, score: Double)?
    for (node, points) in score {
      let name = tree.name(node) ?? ""
      let value = points * (1 - density(node)) * (articleNames.contains(name) ? 1.25 : 1)
      // Equal scores: the one that comes first, so that the choice does not hang on the order of a dictionary.
      if let found = best, (found.score, node) >= (value, found.node) { continue }
      best = (node, value)
    }
    guard let best else { return [body] }
    var selected: Set<MarkupTree.Node> = [best.node]
    let parent = tree.nodes[Int(best.node)].parent
    guard parent >= 0, best.node != body else { return selected }
    let threshold = max(3, best.score * 0.2)
    let bestClass = tree.attribute(best.node, "class")
    for sibling in tree.children(parent) where sibling != best.node {
      guard let name = tree.name(sibling) else { continue }
      var points = (score[sibling] ?? 0) * (1 - density(sibling))
      if let bestClass, !bestClass.isEmpty, let own = tree.attribute(sibling, "class"), own.elementsEqual(bestClass) {
        points += best.score * 0.2
      }
      let count = letters[sibling]?.all ?? 0
      if points >= threshold || (name == "p" && count >= paragraphLettersMin && density(sibling) < 0.25) {
        selected.insert(sibling)
      }
    }
    // Text set straight into the parent, beside the chosen element, is part of it as a paragraph would be.
    return selected
  }

  private static let paragraphs: Set<String> = [
    "p", "pre", "blockquote", "li", "h2", "h3", "h4", "tr", "dd", "ul", "ol", "tbody", "table",
  ]
  private static let articleNames: Set<String> = ["article", "main"]

  /// Commas of both scripts: running text has them, menus do not.
  private static func commas(_ line: ArraySlice<UInt8>) -> Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in line {
      if byte == 0x2C || (previous == 0xD8 && byte == 0x8C) { count += 1 }
      previous = byte
    }
    return min(count, 5)
  }
}

/// Lines that pages set between and behind the paragraphs of a report.
enum FurniturePhrases {
  /// Whether a short line is nothing but such a phrase. Compared without marks, blanks and punctuation, hamzas folded.
  static func isFurniture(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count <= 120 else { return false }
    let folded = fold(line)
    if folded.isEmpty { return true }
    return phrases.contains(folded)
  }

  private static func fold(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x0622, 0x0623, 0x0625: out.append(contentsOf: [0xD8, 0xA7])
      case 0x0649: out.append(contentsOf: [0xD9, 0x8A])
      case 0x064B...0x0652, 0x0640, 0x200B...0x200F, 0x202A...0x202E: continue
      case 0x0621, 0x0624, 0x0626...0x063A, 0x0641...0x064A, 0x0627, 0x0660...0x0669:
        out.append(contentsOf: String(scalar).utf8)
      case 0x30...0x39: out.append(UInt8(scalar.value))
      case 0x41...0x5A: out.append(UInt8(scalar.value) | 0x20)
      case 0x61...0x7A: out.append(UInt8(scalar.value))
      default: continue
      }
    }
    return out
  }

  private static let phrases: Set<[UInt8]> = Set(
    [
      "اقرأ أيضا", "إقرأ أيضا", "اقرأ المزيد", "المزيد", "للمزيد", "مواضيع ذات صلة", "أخبار ذات صلة", "مقالات ذات صلة",
      "ذات صلة",
      "مواضيع متعلقة", "أخبار متعلقة", "شارك", "شاركها", "شارك الخبر", "شارك المقال", "مشاركة", "شارك على فيسبوك",
      "شارك على تويتر",
      "التعليقات", "تعليقات", "أضف تعليقا", "أضف تعليق", "اترك تعليقا", "الأكثر قراءة", "الأكثر مشاهدة", "آخر الأخبار",
      "كلمات مفتاحية",
      "الكلمات المفتاحية", "الوسوم", "طباعة", "أرسل إلى صديق", "إعلان", "إعلانات", "تابعونا", "تابعنا على",
      "تابعونا على", "حجم الخط",
      "نسخ الرابط", "العودة إلى الأعلى", "الصفحة الرئيسية", "الرئيسية", "شاهد أيضا", "قد يعجبك أيضا", "قد يهمك أيضا",
      "Share",
      "Related", "Read more", "Advertisement", "Comments", "Tags", "Print", "Tweet", "Facebook", "Twitter", "WhatsApp",
      "Telegram",
    ].map { fold(ArraySlice($0.utf8)) })
}
