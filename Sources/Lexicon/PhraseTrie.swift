import Arabic
import Model

/// All phrases of the lexicons in one trie over words, so that a text is matched in one pass.
///
/// Words are numbered by the stable hash of their folded letters; the first word of a phrase leads to a node without a search,
/// every further word by one probe.
public struct PhraseTrie: Sendable {
  /// What a phrase stands for.
  public struct Payload: Sendable, Equatable {
    /// The kind of entry.
    public var kind: Kind
    /// What about the form matters for rules: see `Form`.
    public var form: Form
    /// Index of the entry in the array of its kind.
    public var index: Int32
  }

  /// The kinds of entries.
  public enum Kind: UInt8, Sendable {
    case place, actor, generic, demonym, office, person, givenName, weapon, source, classNoun, qualifier, context
  }

  /// Facts about one form of an entry.
  public struct Form: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// A set of the bits of `rawValue`.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Carries a possessive suffix: `قواته`.
    public static let possessed = Form(rawValue: 1)
    /// Dual or sound plural with its nun, or accusative with alef: no complement can follow directly.
    public static let closed = Form(rawValue: 2)
    /// The entry holds this spelling only with support from its surroundings.
    public static let weak = Form(rawValue: 4)
  }

  private var words = HashIndex(capacity: 65_536)
  private var edges = HashIndex(capacity: 32_768)
  /// Node that a word leads to from the root, by word; -1 when no phrase begins with it.
  private var roots: [Int32] = []
  private var hasChildren: [Bool] = []
  /// Bit `kind` is set when the node has a payload of that kind.
  private var kinds: [UInt16] = []
  /// Where the payloads of each node begin; one entry more than nodes.
  private var starts: [Int32] = []
  private var payloads: [Payload] = []
  private var pending: [(node: Int32, payload: Payload)] = []

  init() {}

  /// Number of different words.
  public var wordCount: Int { words.count }
  /// Number of phrases with their meanings.
  public var payloadCount: Int { payloads.count }

  /// Number of the word whose folded letters have this `StableHash`, or -1 when no phrase holds it.
  @inline(__always)
  public func word(_ hash: UInt64) -> Int32 { words.value(hash) }

  /// The node of the phrases that begin with `word`, or -1.
  @inline(__always)
  public func root(_ word: Int32) -> Int32 { roots[Int(word)] }

  /// The node that `word` leads to from `node`, or -1.
  @inline(__always)
  public func child(of node: Int32, word: Int32) -> Int32 {
    hasChildren[Int(node)] ? edges.value(PhraseTrie.edge(node, word)) : -1
  }

  /// Whether a longer phrase begins with that of `node`.
  @inline(__always)
  public func continues(_ node: Int32) -> Bool { hasChildren[Int(node)] }

  /// Whether the phrase of `node` stands for an entry of any of the kinds in `mask` (bit `Kind.rawValue`); 0xFFFF for all.
  @inline(__always)
  public func has(_ node: Int32, _ mask: UInt16) -> Bool { kinds[Int(node)] & mask != 0 }

  /// What the phrase of `node` stands for.
  @inline(__always)
  public func meanings(_ node: Int32) -> ArraySlice<Payload> {
    payloads[Int(starts[Int(node)])..<Int(starts[Int(node) + 1])]
  }

  /// The first meaning of `kind`, or nil.
  @inline(__always)
  public func meaning(_ node: Int32, _ kind: Kind) -> Payload? {
    guard has(node, kind.bit) else { return nil }
    return meanings(node).first { $0.kind == kind }
  }

  @inline(__always)
  private static func edge(_ node: Int32, _ word: Int32) -> UInt64 {
    StableHash.mix(
      UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word)) ^ 0x5851_f42d_4c95_7f2d,
      0x9e37_79b9_7f4a_7c15)
  }

  /// Adds the phrase of these words (stable hashes of their folded letters).
  mutating func insert(_ phrase: [UInt64], _ payload: Payload) {
    guard var node = phrase.first.map({ rootNode(of: number($0)) }) else { return }
    for hash in phrase.dropFirst() {
      let word = number(hash)
      let next = edges.value(PhraseTrie.edge(node, word), orInsert: Int32(kinds.count))
      if Int(next) == kinds.count { addNode() }
      hasChildren[Int(node)] = true
      node = next
    }
    kinds[Int(node)] |= payload.kind.bit
    pending.append((node, payload))
  }

  /// Lays out the payloads; nothing can be inserted afterwards.
  mutating func seal() {
    starts = Array(repeating: 0, count: kinds.count + 1)
    for (node, _) in pending { starts[Int(node) + 1] += 1 }
    for node in kinds.indices { starts[node + 1] += starts[node] }
    var next = starts
    payloads = Array(repeating: Payload(kind: .context, form: [], index: 0), count: pending.count)
    for (node, payload) in pending {
      payloads[Int(next[Int(node)])] = payload
      next[Int(node)] += 1
    }
    pending = []
  }

  private mutating func number(_ hash: UInt64) -> Int32 {
    let word = words.value(hash, orInsert: Int32(roots.count))
    if Int(word) == roots.count { roots.append(-1) }
    return word
  }

  private mutating func rootNode(of word: Int32) -> Int32 {
    if roots[Int(word)] < 0 {
      roots[Int(word)] = Int32(kinds.count)
      addNode()
    }
    return roots[Int(word)]
  }

  private mutating func addNode() {
    kinds.append(0)
    hasChildren.append(false)
  }
}

extension PhraseTrie.Kind {
  /// The bit of the kind in a mask.
  public var bit: UInt16 { 1 << UInt16(rawValue) }
}
