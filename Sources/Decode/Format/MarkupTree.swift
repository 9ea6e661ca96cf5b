import CXML2
import Glibc
import Model

/// A parsed page or XML document: elements and texts in a few flat arrays, built from libxml2's events.
///
/// Not libxml2's own tree, so that memory is counted as it grows, the nesting is bounded, and walks need no C calls.
final class MarkupTree {
  /// An index into the tree; 0 is the document.
  typealias Node = Int32

  struct Element {
    var parent: Node
    var firstChild: Node = -1
    var lastChild: Node = -1
    var next: Node = -1
    /// Index into `names`; −1 for a text.
    var name: Int32
    /// Range in `bytes` (texts), or in `attributes` (elements).
    var start: Int32 = 0
    var end: Int32 = 0
    /// Byte offsets of the element in the source: its `<`, and after its `>`. XML only; 0 where unknown.
    var sourceStart: Int32 = 0
    var sourceEnd: Int32 = 0
  }

  private(set) var nodes: [Element] = [Element(parent: -1, name: 0)]
  /// Element and attribute names, lower case for HTML, as written for XML.
  private(set) var names: [String] = ["#document"]
  private(set) var bytes: [UInt8] = []
  private var attributes: [(name: Int32, start: Int32, end: Int32)] = []
  private var nameIndex: [String: Int32] = ["#document": 0]
  private var open: [Node] = [0]
  /// Elements open beyond the nesting limit of a page: their content is kept, they are not.
  private var flattened = 0
  private let budget: Budget
  private var taken = 0
  private var events = 0
  private var failure: DecodeError?
  private let isXML: Bool

  private init(budget: Budget, isXML: Bool) {
    self.budget = budget
    self.isXML = isXML
  }

  deinit { budget.give(memory: taken) }

  // MARK: Parsing

  private static let initialized: Void = rasid_markup_init()

  /// Reads UTF-8 as HTML; any bytes give a tree.
  static func html(_ source: [UInt8], budget: Budget) throws(DecodeError) -> MarkupTree {
    let tree = MarkupTree(budget: budget, isXML: false)
    _ = try tree.run(source) { markup, bytes, count in
      rasid_markup_parse_html(&markup, bytes, count) == 0 ? nil : (-1, 0)
    }
    return tree
  }

  /// Reads UTF-8 as XML. Small faults that lose nothing (a bare `&`, an undeclared prefix) are tolerated; a broken structure,
  /// a cut document, or entities of the document's own are errors.
  static func xml(_ source: [UInt8], budget: Budget) throws(DecodeError) -> MarkupTree {
    let tree = MarkupTree(budget: budget, isXML: true)
    let fault = try tree.run(source) { markup, bytes, count in
      var wellFormed: Int32 = 0
      var offset = 0
      let code = rasid_markup_parse_xml(&markup, bytes, count, &wellFormed, &offset)
      return code == 0 ? nil : (code, offset)
    }
    // A document that closed every element it opened lost nothing but a stray character.
    if let fault, tree.open.count > 1 || tree.nodes[0].firstChild < 0 || MarkupTree.structural.contains(fault.code) {
      throw DecodeError(
        code: "broken-xml",
        message:
          "the XML breaks off or does not nest (libxml2 error \(fault.code) at byte \(fault.offset)); get the file again",
        byteOffset: fault.offset)
    }
    return tree
  }

  /// Errors after which libxml2's events no longer follow the document: names that do not match, content behind the end,
  /// a nesting over its own limit. From xmlerror.h.
  private static let structural: Set<Int32> = [
    Int32(XML_ERR_TAG_NAME_MISMATCH.rawValue), Int32(XML_ERR_TAG_NOT_FINISHED.rawValue),
    Int32(XML_ERR_DOCUMENT_END.rawValue), Int32(XML_ERR_INTERNAL_ERROR.rawValue),
    Int32(XML_ERR_DOCUMENT_EMPTY.rawValue),
  ]

  private func run(
    _ source: [UInt8], _ parse: (inout rasid_markup, UnsafePointer<CChar>, Int32) -> (code: Int32, offset: Int)?
  ) throws(DecodeError) -> (code: Int32, offset: Int)? {
    _ = MarkupTree.initialized
    guard source.count < Int(Int32.max) - 64 else {
      throw .overLimit(
        "memoryBytesMax", budget.limits.memoryBytesMax, source.count, "the document is too large to parse")
    }
    let attributes = AttributeScan.most(in: source)
    if attributes > budget.limits.attributesMax {
      throw budget.exceed(
        "attributesMax", budget.limits.attributesMax, attributes, "an element has too many attributes")
    }
    var markup = rasid_markup()
    var fault: (code: Int32, offset: Int)?
    withUnsafeMutablePointer(to: &markup) { pointer in
      pointer.pointee.context = Unmanaged.passUnretained(self).toOpaque()
      pointer.pointee.start = { MarkupTree.of($0).start($1!, $2!, $3) }
      pointer.pointee.end = { context, _, offset in MarkupTree.of(context).end(offset) }
      pointer.pointee.text = { MarkupTree.of($0).text($1!, Int($2)) }
      pointer.pointee.entity = { MarkupTree.of($0).refuseEntity($1!) }
      stopFlag = UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: rasid_markup.self)
      source.withUnsafeBufferPointer { buffer in
        buffer.baseAddress?.withMemoryRebound(to: CChar.self, capacity: buffer.count) {
          fault = parse(&pointer.pointee, $0, Int32(buffer.count))
        }
      }
      stopFlag = nil
    }
    if let failure { throw failure }
    return fault
  }

  private var stopFlag: UnsafeMutablePointer<rasid_markup>?

  private static func of(_ context: UnsafeMutableRawPointer?) -> MarkupTree {
    Unmanaged<MarkupTree>.fromOpaque(context!).takeUnretainedValue()
  }

  private func fail(_ error: DecodeError) {
    if failure == nil { failure = error }
    stopFlag?.pointee.stop = 1
  }

  private func account(_ count: Int) {
    taken += count
    do throws(DecodeError) { try budget.take(memory: count) } catch { fail(error) }
    events += 1
    if events & 1023 == 0 { checkTime() }
  }

  private func checkTime() {
    do throws(DecodeError) { try budget.checkTime() } catch { fail(error) }
  }

  private func refuseEntity(_ name: UnsafePointer<CChar>) {
    fail(
      DecodeError(
        code: "xml-entity",
        message:
          "the document uses an entity of its own, \"&\(String(cString: name).prefix(64));\"; entities that a document "
          + "declares are never expanded or fetched, write the text out"))
  }

  private func append(_ element: Element) -> Node {
    let node = Node(nodes.count)
    nodes.append(element)
    let parent = Int(element.parent)
    if nodes[parent].lastChild >= 0 {
      nodes[Int(nodes[parent].lastChild)].next = node
    } else {
      nodes[parent].firstChild = node
    }
    nodes[parent].lastChild = node
    account(MemoryLayout<Element>.stride)
    return node
  }

  private func start(_ name: UnsafePointer<CChar>, _ list: UnsafePointer<UnsafePointer<CChar>?>, _ offset: Int) {
    if failure != nil { return }
    if open.count > budget.limits.nestingMax {
      if isXML {
        fail(.overLimit("nestingMax", budget.limits.nestingMax, open.count, "elements lie too deep within each other"))
      } else {
        flattened += 1
      }
      return
    }
    var element = Element(parent: open[open.count - 1], name: index(of: name))
    element.start = Int32(attributes.count)
    var at = 0
    while let attribute = list[at] {
      let from = bytes.count
      if let value = list[at + 1] {
        let length = strlen(value)
        value.withMemoryRebound(to: UInt8.self, capacity: length) {
          bytes.append(contentsOf: UnsafeBufferPointer(start: $0, count: length))
        }
        account(length + 12)
      }
      attributes.append((index(of: attribute), Int32(from), Int32(bytes.count)))
      at += 2
    }
    element.end = Int32(attributes.count)
    if at > 64 { checkTime() }
    element.sourceStart = Int32(clamping: offset)
    open.append(append(element))
  }

  private func end(_ offset: Int) {
    if failure != nil { return }
    if flattened > 0 {
      flattened -= 1
    } else if open.count > 1 {
      nodes[Int(open.removeLast())].sourceEnd = Int32(clamping: offset)
    }
  }

  private func text(_ pointer: UnsafePointer<CChar>, _ count: Int) {
    if failure != nil || count <= 0 { return }
    guard bytes.count + count < Int(Int32.max) else {
      return fail(.overLimit("memoryBytesMax", budget.limits.memoryBytesMax, bytes.count, "the document is too large"))
    }
    let parent = open[open.count - 1]
    let from = Int32(bytes.count)
    pointer.withMemoryRebound(to: UInt8.self, capacity: count) {
      bytes.append(contentsOf: UnsafeBufferPointer(start: $0, count: count))
    }
    account(count)
    // libxml2 hands out long texts in pieces, which lie behind each other.
    let last = nodes[Int(parent)].lastChild
    if last >= 0, nodes[Int(last)].name < 0, nodes[Int(last)].end == from {
      nodes[Int(last)].end = Int32(bytes.count)
    } else {
      _ = append(Element(parent: parent, name: -1, start: from, end: Int32(bytes.count)))
    }
  }

  private func index(of pointer: UnsafePointer<CChar>) -> Int32 {
    var name = String(cString: pointer)
    if name.utf8.count > 64 { name = String(name.prefix(64)) }
    if let known = nameIndex[name] { return known }
    let index = Int32(names.count)
    names.append(name)
    nameIndex[name] = index
    account(name.utf8.count * 2 + 64)
    return index
  }

  // MARK: Reading

  /// The name of an element, nil for a text.
  func name(_ node: Node) -> String? {
    let index = nodes[Int(node)].name
    return index < 0 ? nil : names[Int(index)]
  }

  /// The index of a name for quick comparison, −2 if the document does not have it.
  func nameIndex(_ name: String) -> Int32 { nameIndex[name] ?? -2 }

  /// Children in order.
  func children(_ node: Node) -> Children { Children(tree: self, upcoming: nodes[Int(node)].firstChild) }

  struct Children: Sequence, IteratorProtocol {
    let tree: MarkupTree
    var upcoming: Node
    mutating func next() -> Node? {
      guard upcoming >= 0 else { return nil }
      defer { upcoming = tree.nodes[Int(upcoming)].next }
      return upcoming
    }
  }

  /// The value of an attribute, nil if the element has none of that name.
  func attribute(_ node: Node, _ name: String) -> ArraySlice<UInt8>? {
    guard let wanted = nameIndex[name] else { return nil }
    let element = nodes[Int(node)]
    guard element.name >= 0 else { return nil }
    for i in Int(element.start)..<Int(element.end) where attributes[i].name == wanted {
      return bytes[Int(attributes[i].start)..<Int(attributes[i].end)]
    }
    return nil
  }

  /// The value of an attribute as a string.
  func string(_ node: Node, _ name: String) -> String? {
    attribute(node, name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a text node.
  func text(_ node: Node) -> ArraySlice<UInt8> {
    let element = nodes[Int(node)]
    return element.name < 0 ? bytes[Int(element.start)..<Int(element.end)] : []
  }

  /// All elements below `node` with a name, in document order. O(nodes below).
  func descendants(of node: Node = 0, named name: String) -> [Node] {
    guard let wanted = nameIndex[name] else { return [] }
    var found: [Node] = []
    walk(node) { if nodes[Int($0)].name == wanted { found.append($0) } }
    return found
  }

  /// The first element child with a name.
  func child(_ node: Node, _ name: String) -> Node? {
    guard let wanted = nameIndex[name] else { return nil }
    return children(node).first { nodes[Int($0)].name == wanted }
  }

  /// Every node below `node` in document order.
  func walk(_ node: Node, _ visit: (Node) -> Void) {
    traverse(
      node,
      enter: {
        visit($0)
        return true
      }, leave: { _ in })
  }

  /// Every node below `node` in document order, without recursion: `enter` says whether to go below a node, `leave` follows
  /// for every node that was gone below.
  func traverse(_ node: Node, enter: (Node) -> Bool, leave: (Node) -> Void) {
    var at = nodes[Int(node)].firstChild
    while at >= 0 {
      if enter(at) {
        if nodes[Int(at)].firstChild >= 0 {
          at = nodes[Int(at)].firstChild
          continue
        }
        leave(at)
      }
      while nodes[Int(at)].next < 0 {
        at = nodes[Int(at)].parent
        if at < 0 || at == node { return }
        leave(at)
      }
      at = nodes[Int(at)].next
    }
  }

  /// All text below `node`, as it stands.
  func allText(_ node: Node) -> [UInt8] {
    if nodes[Int(node)].name < 0 { return Array(text(node)) }
    var out: [UInt8] = []
    walk(node) { if nodes[Int($0)].name < 0 { out.append(contentsOf: text($0)) } }
    return out
  }
}
