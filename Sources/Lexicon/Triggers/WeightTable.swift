import Model

/// Weights of the disambiguator: features by name in a file, by 64-bit key in memory.
///
/// A feature is a template and symbols, written `template:a:b`; where there are several classes, the class comes last.
public struct WeightTable: Sendable {
  private var keys: [UInt64]
  private var weights: [Float]
  private var mask: Int
  /// Number of weights.
  public private(set) var count = 0

  /// A table without weights: every feature weighs nothing.
  public init() {
    keys = [0]
    weights = [0]
    mask = 0
  }

  /// Reads `feature TAB weight` lines; the file's columns are `feature` and `weight`.
  public init(file: String, bytes: [UInt8], errors: inout [LexiconError]) {
    let table = LexiconTable(file: file, bytes: bytes, columns: ["feature", "weight"], errors: &errors)
    var size = 64
    while size < table.count * 3 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    weights = Array(repeating: 0, count: size)
    mask = size - 1
    for row in 0..<table.count {
      guard let weight = table.number(row, 1) else {
        errors.append(table.error(row, 1, "expected a decimal number"))
        continue
      }
      let parts = table.cell(row, 0).split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count <= 5, !parts[0].isEmpty else {
        errors.append(table.error(row, 0, "expected a template and up to four symbols, with `:` between"))
        continue
      }
      var key = Symbol.hash(of: parts[0])
      for part in parts.dropFirst() { key = StableHash.mix(key ^ 0x9e37_79b9_7f4a_7c15, Symbol.hash(of: part)) }
      insert(key, Float(weight))
    }
    count = table.count
  }

  private mutating func insert(_ key: UInt64, _ weight: Float) {
    let key = key | 1
    var slot = Int(truncatingIfNeeded: key >> 8) & mask
    while keys[slot] != 0 && keys[slot] != key { slot = (slot + 1) & mask }
    keys[slot] = key
    weights[slot] = weight
  }

  /// Key of a feature with one symbol.
  @inline(__always)
  public static func key(_ template: Symbol, _ a: Symbol) -> UInt64 {
    StableHash.mix(template.hash ^ 0x9e37_79b9_7f4a_7c15, a.hash)
  }

  /// A key with one more symbol.
  @inline(__always)
  public static func join(_ key: UInt64, _ symbol: Symbol) -> UInt64 {
    StableHash.mix(key ^ 0x9e37_79b9_7f4a_7c15, symbol.hash)
  }

  /// Key of a feature with three symbols.
  @inline(__always)
  public static func key(_ template: Symbol, _ a: Symbol, _ b: Symbol, _ c: Symbol) -> UInt64 {
    join(key(template, a, b), c)
  }

  /// Key of a feature with two symbols.
  @inline(__always)
  public static func key(_ template: Symbol, _ a: Symbol, _ b: Symbol) -> UInt64 {
    StableHash.mix(key(template, a) ^ 0x9e37_79b9_7f4a_7c15, b.hash)
  }

  /// The weight of the feature with `key`; 0 when the table does not have it.
  @inline(__always)
  public subscript(key: UInt64) -> Float {
    let key = key | 1
    var slot = Int(truncatingIfNeeded: key >> 8) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return weights[slot] }
      slot = (slot + 1) & mask
    }
    return 0
  }
}
