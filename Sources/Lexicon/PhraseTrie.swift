import Arabic
import Model

/// All phrases of the lexicons in one trie over words, so that a text is matched in one pass.
///
/// Words are numbered by the stable hash of their folded letters; the first word of a phrase leads to a node without a search,
/// every further word by one probe. The tables are flat buffers that are written once, by `PhraseTrieBuilder`.
public final class PhraseTrie: Sendable {
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
    case place, actor, generic, demonym, office, person, givenName, weapon, source, classNoun, qualifier, context, stop
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
    /// The last letter is a ta marbuta (`بلدة`), which folds with the pronoun of `بلده`.
    public static let taMarbuta = Form(rawValue: 8)
    /// Not the first, canonical spelling of its entry.
    public static let alias = Form(rawValue: 16)
  }

  // The buffers belong to this object alone, are filled before it is made and freed with it, and no one writes to them in between:
  // reading them from several threads is safe.
  @usableFromInline nonisolated(unsafe) let wordKeys: UnsafeBufferPointer<UInt64>
  @usableFromInline nonisolated(unsafe) let wordValues: UnsafeBufferPointer<Int32>
  /// One bit a word, by the upper bits of its hash: most words of a text are in no phrase, and this stays in the cache.
  @usableFromInline nonisolated(unsafe) let filter: UnsafeBufferPointer<UInt64>
  @usableFromInline nonisolated(unsafe) let edgeKeys: UnsafeBufferPointer<UInt64>
  @usableFromInline nonisolated(unsafe) let edgeValues: UnsafeBufferPointer<Int32>
  /// Node that a word leads to from the root, by word; -1 when no phrase begins with it.
  @usableFromInline nonisolated(unsafe) let roots: UnsafeBufferPointer<Int32>
  @usableFromInline nonisolated(unsafe) let hasChildren: UnsafeBufferPointer<Bool>
  /// Bit `kind` is set when the node has a payload of that kind.
  @usableFromInline nonisolated(unsafe) let kinds: UnsafeBufferPointer<UInt16>
  /// Where the payloads of each node begin; one entry more than nodes.
  @usableFromInline nonisolated(unsafe) let starts: UnsafeBufferPointer<Int32>
  @usableFromInline nonisolated(unsafe) let payloads: UnsafeBufferPointer<Payload>
  /// Number of different words.
  public let wordCount: Int
  /// Number of phrases with their meanings.
  public var payloadCount: Int { payloads.count }

  init(_ builder: PhraseTrieBuilder) {
    wordKeys = Self.copy(builder.words.keys)
    wordValues = Self.copy(builder.words.values)
    var bits = [UInt64](repeating: 0, count: PhraseTrie.filterBits / 64)
    for key in builder.words.keys where key != 0 {
      let bit = PhraseTrie.filterBit(key)
      bits[bit >> 6] |= 1 << UInt64(bit & 63)
    }
    filter = Self.copy(bits)
    edgeKeys = Self.copy(builder.edges.keys)
    edgeValues = Self.copy(builder.edges.values)
    roots = Self.copy(builder.roots)
    hasChildren = Self.copy(builder.hasChildren)
    kinds = Self.copy(builder.kinds)
    let (starts, payloads) = builder.laidOut()
    self.starts = Self.copy(starts)
    self.payloads = Self.copy(payloads)
    wordCount = builder.words.count
  }

  deinit {
    wordKeys.deallocate()
    wordValues.deallocate()
    filter.deallocate()
    edgeKeys.deallocate()
    edgeValues.deallocate()
    roots.deallocate()
    hasChildren.deallocate()
    kinds.deallocate()
    starts.deallocate()
    payloads.deallocate()
  }

  private static func copy<Element>(_ array: [Element]) -> UnsafeBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
    _ = buffer.initialize(from: array)
    return UnsafeBufferPointer(buffer)
  }

  /// Number of the word whose folded letters have this `StableHash`, or -1 when no phrase holds it.
  @inlinable @inline(__always)
  public func word(_ hash: UInt64) -> Int32 {
    let bit = PhraseTrie.filterBit(hash)
    guard filter[bit &>> 6] & (1 &<< UInt64(bit & 63)) != 0 else { return -1 }
    return PhraseTrie.value(hash, wordKeys, wordValues)
  }

  /// Bits of the filter, a power of two: 32 KB.
  @usableFromInline static let filterBits = 1 << 18

  @inlinable @inline(__always)
  static func filterBit(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash &>> 40) & 0x3_FFFF }

  /// The node of the phrases that begin with `word`, or -1.
  @inlinable @inline(__always)
  public func root(_ word: Int32) -> Int32 { roots[Int(word)] }

  /// The node that `word` leads to from `node`, or -1.
  @inlinable @inline(__always)
  public func child(of node: Int32, word: Int32) -> Int32 {
    hasChildren[Int(node)] ? PhraseTrie.value(PhraseTrie.edge(node, word), edgeKeys, edgeValues) : -1
  }

  /// Whether a longer phrase begins with that of `node`.
  @inlinable @inline(__always)
  public func continues(_ node: Int32) -> Bool { hasChildren[Int(node)] }

  /// Whether the phrase of `node` stands for an entry of any of the kinds in `mask` (bit `Kind.rawValue`); 0xFFFF for all.
  @inlinable @inline(__always)
  public func has(_ node: Int32, _ mask: UInt16) -> Bool { kinds[Int(node)] & mask != 0 }

  /// The kinds of entries that the phrase of `node` stands for (bit `Kind.rawValue`); 0 when no phrase ends there.
  @inlinable @inline(__always)
  public func kinds(of node: Int32) -> UInt16 { kinds[Int(node)] }

  /// What the phrase of `node` stands for.
  @inlinable @inline(__always)
  public func meanings(_ node: Int32) -> Slice<UnsafeBufferPointer<Payload>> {
    payloads[Int(starts[Int(node)])..<Int(starts[Int(node) + 1])]
  }

  /// The first meaning of `kind`, or nil.
  @inlinable @inline(__always)
  public func meaning(_ node: Int32, _ kind: Kind) -> Payload? {
    guard has(node, kind.bit) else { return nil }
    for index in Int(starts[Int(node)])..<Int(starts[Int(node) + 1]) where payloads[index].kind == kind {
      return payloads[index]
    }
    return nil
  }

  /// Looks `key` up in an open-addressed table whose size is a power of two.
  @inlinable @inline(__always)
  static func value(
    _ key: UInt64, _ keys: UnsafeBufferPointer<UInt64>, _ values: UnsafeBufferPointer<Int32>
  ) -> Int32 {
    let key = key == 0 ? 1 : key
    let mask = keys.count &- 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while true {
      let found = keys[slot]
      if found == key { return values[slot] }
      if found == 0 { return -1 }
      slot = (slot &+ 1) & mask
    }
  }

  @inlinable @inline(__always)
  static func edge(_ node: Int32, _ word: Int32) -> UInt64 {
    StableHash.mix(
      UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word)) ^ 0x5851_f42d_4c95_7f2d,
      0x9e37_79b9_7f4a_7c15)
  }
}

extension PhraseTrie.Kind {
  /// The bit of the kind in a mask.
  @inlinable @inline(__always)
  public var bit: UInt16 { 1 &<< UInt16(truncatingIfNeeded: rawValue) }
}
