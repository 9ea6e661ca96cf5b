import Model

/// What the lexicons know of one folded spelling.
public struct WordRecord: Sendable {
  /// First trigger form of this spelling in `TriggerLexicon.forms`, -1 for none.
  public var form: Int32 = -1
  /// Groups of `contexts.tsv` that list it, as bits.
  public var contexts: UInt64 = 0
  /// Kinds of `particles.tsv` that list it, as bits.
  public var particles: UInt64 = 0
  /// Whether it is a demonym (`demonyms.tsv`): index of the entry, -1 for none.
  public var demonym: Int32 = -1
  /// Whether it is a reporting word (`reporting.tsv`): index of the entry, -1 for none.
  public var reporting: Int32 = -1
  /// Part of speech of the reporting form.
  public var reportingForm: ReportingForm = .phrase

  /// Tense or noun of a reporting word.
  public enum ReportingForm: UInt8, Sendable { case phrase, perfect, imperfect, participle, masdar }
}

/// A map from `StableHash` values to word records: open addressing, at most a third full.
struct Vocabulary: Sendable {
  private var keys: [UInt64]
  private var values: [Int32]
  private(set) var records: [WordRecord] = []
  /// Which combinations of first letter, second letter, last letter and length occur, as a bit set: most splits of a word
  /// are none of a known word, and need no hash to be told so.
  private var shapes = [UInt64](repeating: 0, count: 1 << 14)
  private var mask: Int

  init(capacity: Int) {
    var size = 1024
    while size < capacity * 3 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    values = Array(repeating: -1, count: size)
    mask = size - 1
    records.reserveCapacity(capacity)
  }

  /// Changes the record of the word with these folded bytes, making it first when there is none.
  mutating func update(_ folded: [UInt8], _ change: (inout WordRecord) -> Void) {
    let shape = Vocabulary.shape(folded.span, 0, folded.count)
    shapes[shape >> 6] |= 1 << UInt64(shape & 63)
    update(StableHash.hash(folded), change)
  }

  /// The shape of the bytes from `start` to `end`: 20 bits.
  @inline(__always)
  static func shape(_ folded: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard end - start >= 4 else { return 0 }
    let first = Int(folded[start + 1]) ^ Int(folded[start]) &<< 5
    let second = Int(folded[start + 3]) ^ Int(folded[start + 2]) &<< 5
    let last = Int(folded[end - 1]) ^ Int(folded[end - 2]) &<< 5
    return (first & 0x3F) &<< 14 | (second & 0x3F) &<< 8 | (last & 0x3F) &<< 2 | (end - start) &>> 1 & 3
  }

  /// Whether a known word has the shape of the bytes from `start` to `end`.
  @inline(__always)
  func mayHold(_ folded: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let shape = Vocabulary.shape(folded, start, end)
    return shapes[shape >> 6] >> UInt64(shape & 63) & 1 == 1
  }

  private mutating func update(_ hash: UInt64, _ change: (inout WordRecord) -> Void) {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while values[slot] >= 0 && keys[slot] != hash { slot = (slot + 1) & mask }
    if values[slot] < 0 {
      if records.count * 3 > keys.count * 2 { grow(); return update(hash, change) }
      keys[slot] = hash
      values[slot] = Int32(records.count)
      records.append(WordRecord())
    }
    change(&records[Int(values[slot])])
  }

  private mutating func grow() {
    let oldKeys = keys
    let oldValues = values
    keys = Array(repeating: 0, count: oldKeys.count * 2)
    values = Array(repeating: -1, count: keys.count)
    mask = keys.count - 1
    for (index, value) in oldValues.enumerated() where value >= 0 {
      var slot = Int(truncatingIfNeeded: oldKeys[index]) & mask
      while values[slot] >= 0 { slot = (slot + 1) & mask }
      keys[slot] = oldKeys[index]
      values[slot] = value
    }
  }

  /// Index into `records`, -1 when the spelling is unknown.
  @inline(__always)
  func find(_ hash: UInt64) -> Int32 {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while values[slot] >= 0 {
      if keys[slot] == hash { return values[slot] }
      slot = (slot + 1) & mask
    }
    return -1
  }
}
