import Model

/// Weights of the disambiguator: features by name in a file, by 64-bit key in memory.
///
/// A feature is a template and symbols, written `template:a:b`; where there are several classes, the class comes last.
public struct WeightTable: Sendable {
  @usableFromInline var keys: [UInt64]
  @usableFromInline var weights: [SIMD4<Float>]
  @usableFromInline var mask: Int
  /// Number of weights.
  public private(set) var count = 0

  /// A table without weights: every feature weighs nothing.
  public init() {
    keys = [0]
    weights = [.zero]
    mask = 0
  }

  /// Reads `feature TAB weight` lines; the file's columns are `feature` and `weight`.
  /// - Parameter classes: names of at most four classes, one of which ends every feature; none for a plain table, whose
  ///   weights are the first of each row.
  public init(file: String, bytes: [UInt8], classes: [String] = [], errors: inout [LexiconError]) {
    let table = LexiconTable(file: file, bytes: bytes, columns: ["feature", "weight"], errors: &errors)
    var size = 64
    while size < table.count * 3 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    weights = Array(repeating: .zero, count: size)
    mask = size - 1
    for row in 0..<table.count {
      guard let weight = table.number(row, 1) else {
        errors.append(table.error(row, 1, "expected a decimal number"))
        continue
      }
      var parts = table.cell(row, 0).split(separator: ":", omittingEmptySubsequences: false)
      var lane = 0
      if !classes.isEmpty {
        guard let last = parts.popLast(), let index = classes.firstIndex(of: String(last)) else {
          errors.append(table.error(row, 0, "expected one of \(classes.joined(separator: ", ")) after the last `:`"))
          continue
        }
        lane = index
      }
      guard parts.count <= 5, !parts[0].isEmpty else {
        errors.append(table.error(row, 0, "expected a template and up to four symbols, with `:` between"))
        continue
      }
      var key = Symbol.hash(of: parts[0])
      for part in parts.dropFirst() { key = StableHash.mix(key ^ 0x9e37_79b9_7f4a_7c15, Symbol.hash(of: part)) }
      insert(key, lane, Float(weight))
    }
    count = table.count
  }

  private mutating func insert(_ key: UInt64, _ lane: Int, _ weight: Float) {
    let key = key | 1
    var slot = Int(truncatingIfNeeded: key >> 8) & mask
    while keys[slot] != 0 && keys[slot] != key { slot = (slot + 1) & mask }
    keys[slot] = key
    weights[slot][lane] = weight
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
    var slot = Int(truncatingIfNeeded: key >> 8) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return weights[slot] }
      slot = (slot + 1) & mask
    }
    return .zero
  }
}
