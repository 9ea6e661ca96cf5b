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
  /// A summary under the headline is at least a sentence.
  private static let leadLettersMin = 60
  /// A block with a larger share of its letters in links is a list of links.
  private static let linkShareMax = 0.5

  init(_ tree: MarkupTree, boilerplate: Boilerplate, titles: [[UInt8]]) {
    let body = tree.descendants(named: "body").first ?? 0
    let blocks = TextBlocks(tree, below: body) { boilerplate.excludes($0) }
    let selected = MainText.select(tree, blocks, body: body)

    let isInside = MainText.inside(tree, selected)
    let lead = MainText.lead(tree, blocks, isInside)
    var out: [UInt8] = []
    for (index, block) in blocks.blocks.enumerated() {
      guard isInside[Int(block.element)] || lead.contains(index), !MainText.isLinks(block) else { continue }
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

  /// For every node, whether it or one above it is selected.
  private static func inside(_ tree: MarkupTree, _ selected: Set<MarkupTree.Node>) -> [Bool] {
    // Nodes stand in document order: a parent is judged before its children.
    var isInside = [Bool](repeating: false, count: tree.nodes.count)
    for index in tree.nodes.indices {
      let parent = tree.nodes[index].parent
      isInside[index] = selected.contains(Int32(index)) || (parent >= 0 && isInside[Int(parent)])
    }
    return isInside
  }

  /// Paragraphs between the headline and the body, which many pages set apart as a summary.
  private static func lead(_ tree: MarkupTree, _ blocks: TextBlocks, _ isInside: [Bool]) -> Range<Int> {
    guard let first = blocks.blocks.firstIndex(where: { isInside[Int($0.element)] }) else { return 0..<0 }
    let heading = blocks.blocks[..<first].lastIndex { tree.name($0.element) == "h1" }
    guard let heading else { return 0..<0 }
    let between = blocks.blocks[(heading + 1)..<first]
    let paragraphs = between.filter {
      $0.letters >= leadLettersMin && Double($0.linkLetters) < 0.2 * Double($0.letters)
    }
    // All of it reads as text, or none of it is taken: teasers and tools stand between links and captions.
    return paragraphs.count == between.count && between.count <= 3 ? (heading + 1)..<first : 0..<0
  }

  private static func isLinks(_ block: TextBlocks.Block) -> Bool {
    block.letters == 0 || Double(block.linkLetters) / Double(block.letters) > linkShareMax
  }

  private static func select(_ tree: MarkupTree, _ blocks: TextBlocks, body: MarkupTree.Node) -> Set<MarkupTree.Node> {
    var score = [Double](repeating: 0, count: tree.nodes.count)
    var letters = [(all: Int, link: Int)](repeating: (0, 0), count: tree.nodes.count)
    var running = [Running](repeating: Running(), count: tree.nodes.count)
    for block in blocks.blocks {
      letters[Int(block.element)].all += block.letters
      letters[Int(block.element)].link += block.linkLetters
      guard block.letters >= paragraphLettersMin, !isLinks(block) else { continue }
      running[Int(block.element)].letters += block.letters
      running[Int(block.element)].paragraphs += 1
      var points = 1.0 + min(Double(block.letters) / 100, 3)
      points += Double(commas(blocks.bytes[block.range]))
      // A paragraph credits what holds it; a container with text of its own credits itself.
      let name = tree.name(block.element) ?? ""
      let holder = paragraphs.contains(name) ? tree.nodes[Int(block.element)].parent : block.element
      guard holder >= 0 else { continue }
      score[Int(holder)] += points
      let parent = tree.nodes[Int(holder)].parent
      if parent >= 0, holder != body { score[Int(parent)] += points / 2 }
    }
    for index in stride(from: tree.nodes.count - 1, to: 0, by: -1) {
      let parent = Int(tree.nodes[index].parent)
      letters[parent].all += letters[index].all
      letters[parent].link += letters[index].link
      running[parent].letters += running[index].letters
      running[parent].paragraphs += running[index].paragraphs
    }
    func density(_ node: MarkupTree.Node) -> Double {
      let count = letters[Int(node)]
      guard count.all > 0 else { return 1 }
      return Double(count.link) / Double(count.all)
    }
    // Where the page says which element is the article's body, and it has text, it is believed.
    var declared: MarkupTree.Node = -1
    tree.walk(0) { node in
      if Boilerplate.isArticleBody(tree, node), declared < 0 || letters[Int(node)].all > letters[Int(declared)].all {
        declared = node
      }
    }
    if declared >= 0, letters[Int(declared)].all >= 4 * paragraphLettersMin { return [declared] }

    var best: (node: MarkupTree.Node, score: Double)?
    for index in score.indices where score[index] > 0 {
      let node = Int32(index)
      let value = score[index] * (1 - density(node)) * (articleNames.contains(tree.name(node) ?? "") ? 1.25 : 1)
      if value > best?.score ?? 0 { best = (node, value) }
    }
    guard let best else { return [body] }
    var selected: Set<MarkupTree.Node> = [best.node]
    let parent = tree.nodes[Int(best.node)].parent
    guard parent >= 0, best.node != body else { return selected }
    let threshold = max(3, best.score * 0.2)
    let bestClass = tree.attribute(best.node, "class")
    for sibling in tree.children(parent) where sibling != best.node {
      guard let name = tree.name(sibling) else { continue }
      var points = score[Int(sibling)] * (1 - density(sibling))
      // A part of the same kind with a paragraph of its own: the body is cut by an advertisement.
      if points > 0, let bestClass, !bestClass.isEmpty, let own = tree.attribute(sibling, "class"),
        own.elementsEqual(bestClass)
      {
        points = threshold
      }
      let count = letters[Int(sibling)].all
      if points >= threshold || (name == "p" && count >= paragraphLettersMin && density(sibling) < 0.25) {
        selected.insert(sibling)
      }
    }
    let lead = MainText.lead(tree, blocks, MainText.inside(tree, selected))
    let covered =
      selected.reduce(0) { $0 + running[Int($1)].letters } + blocks.blocks[lead].reduce(0) { $0 + $1.letters }
    // A short report may have a part per paragraph, and then no element stands out: up to the one that holds a good deal more
    // and is no list of links.
    var at = best.node
    for _ in 0..<4 where at != body && running[Int(best.node)].paragraphs <= 2 {
      at = tree.nodes[Int(at)].parent
      guard at >= 0, density(at) < 0.3 else { break }
      if running[Int(at)].letters * 3 > covered * 4 { selected = [at] }
    }
    return selected
  }

  /// Running text below an element.
  private struct Running {
    var letters = 0
    var paragraphs = 0
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
