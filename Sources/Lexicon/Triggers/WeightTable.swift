import Model

/// Weights of the disambiguator: features by name in a file, by 64-bit key in memory.
///
/// A feature is a template and symbols, written `template:a:b`; where there are several classes, the class comes last.
public final class WeightTable: Sendable {
  @usableFromInline let keys: [UInt64]
  @usableFromInline let weights: [SIMD4<Float>]
  @usableFromInline let mask: Int
  /// One bit a key, by other bits of it than the slots: most features have no weight, and this stays in the nearest cache.
  @usableFromInline let filter: BitFilter
  /// Number of weights.
  public let count: Int

  /// A table without weights: every feature weighs nothing.
  public init() {
    keys = [0]
    weights = [.zero]
    mask = 0
    filter = BitFilter(bits: WeightTable.filterBits)
    count = 0
  }

  /// Bits of the filter: 8 KB.
  private static let filterBits = 1 << 16

  /// Reads `feature TAB weight` lines; the file's columns are `feature` and `weight`.
  /// - Parameter classes: names of at most four classes, one of which ends every feature; none for a plain table, whose
  ///   weights are the first of each row.
  public init(file: String, bytes: [UInt8], classes: [String] = [], errors: inout [LexiconError]) {
    let table = LexiconTable(file: file, bytes: bytes, columns: ["feature", "weight"], errors: &errors)
    let classes = classes.map { Symbol.hash(of: $0) }
    var size = 64
    while size < table.count * 2 { size *= 2 }
    var keys = [UInt64](repeating: 0, count: size)
    var weights = [SIMD4<Float>](repeating: .zero, count: size)
    var filter = BitFilter(bits: WeightTable.filterBits)
    for row in 0..<table.count {
      guard let weight = table.number(row, 1) else {
        errors.append(table.error(row, 1, "expected a decimal number"))
        continue
      }
      var parts = bytes[table.range(row, 0)].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        .map { StableHash.hash(bytes, in: $0.indices) }
      var lane = 0
      if !classes.isEmpty {
        guard let last = parts.popLast(), let index = classes.firstIndex(of: last) else {
          errors.append(table.error(row, 0, "expected the name of a class after the last `:`"))
          continue
        }
        lane = index
      }
      guard (1...5).contains(parts.count) else {
        errors.append(table.error(row, 0, "expected a template and up to four symbols, with `:` between"))
        continue
      }
      var key = parts[0]
      for part in parts.dropFirst() { key = StableHash.mix(key ^ 0x9e37_79b9_7f4a_7c15, part) }
      key |= 1
      filter.insert(key)
      var slot = Int(truncatingIfNeeded: key >> 8) & (size - 1)
      while keys[slot] != 0 && keys[slot] != key { slot = (slot + 1) & (size - 1) }
      keys[slot] = key
      weights[slot][lane] = Float(weight)
    }
    self.keys = keys
    self.weights = weights
    self.filter = filter
    mask = size - 1
    count = table.count
  }

  /// Key of a feature with one symbol.
  @inlinable @inline(__always)
  public static func key(_ template: Symbol, _ a: Symbol) -> UInt64 {
    StableHash.mix(template.hash ^ 0x9e37_79b9_7f4a_7c15, a.hash)
  }

  /// A key with one more symbol.
  @inlinable @inline(__always)
  public static func join(_ key: UInt64, _ symbol: Symbol) -> UInt64 {
    StableHash.mix(key ^ 0x9e37_79b9_7f4a_7c15, symbol.hash)
  }

  /// Key of a feature with three symbols.
  @inlinable @inline(__always)
  public static func key(_ template: Symbol, _ a: Symbol, _ b: Symbol, _ c: Symbol) -> UInt64 {
    join(key(template, a, b), c)
  }

  /// Key of a feature with two symbols.
  @inlinable @inline(__always)
  public static func key(_ template: Symbol, _ a: Symbol, _ b: Symbol) -> UInt64 {
    StableHash.mix(key(template, a) ^ 0x9e37_79b9_7f4a_7c15, b.hash)
  }

  /// The weights of the feature with `key`, by class; zeros when the table does not have it.
  @inlinable @inline(__always)
  public subscript(key: UInt64) -> SIMD4<Float> {
    let key = key | 1
    guard filter.mayContain(key) else { return .zero }
    var slot = Int(truncatingIfNeeded: key >> 8) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return weights[slot] }
      slot = (slot + 1) & mask
    }
    return .zero
  }
}
