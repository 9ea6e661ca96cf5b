/// A fixed map from word hashes to indices: open addressing behind a bit filter, so that the many words that are not in
/// it cost one load from a filter that stays in the first-level cache.
public struct NumberWordTable: Sendable {
  /// Bits of the filter, in words of 64.
  private var filter: [UInt64]
  /// The keys; a slot is empty when its value is -1.
  private var keys: [UInt64]
  private var values: [Int32]
  private let mask: Int

  /// Number of bits of the filter, a power of two: 32 KB.
  private static let filterBits = 1 << 18

  /// A table that gives for each of `hashes` its index; 0 stands for none. Hashes are uniformly spread and differ.
  public init(_ hashes: [UInt64]) {
    var capacity = 64
    while capacity < hashes.count * 2 { capacity *= 2 }
    mask = capacity - 1
    keys = [UInt64](repeating: 0, count: capacity)
    values = [Int32](repeating: -1, count: capacity)
    filter = [UInt64](repeating: 0, count: NumberWordTable.filterBits / 64)
    for (index, key) in hashes.enumerated() where key != 0 {
      var slot = Int(truncatingIfNeeded: key) & mask
      while values[slot] >= 0 { slot = (slot + 1) & mask }
      keys[slot] = key
      values[slot] = Int32(truncatingIfNeeded: index)
      let bit = Int(truncatingIfNeeded: key &>> 40) & (NumberWordTable.filterBits - 1)
      filter[bit &>> 6] |= 1 << UInt64(bit & 63)
    }
  }

  /// The value of `key`, -1 when the table has none.
  @inline(__always)
  public func value(_ key: UInt64) -> Int32 {
    let bit = Int(truncatingIfNeeded: key &>> 40) & (NumberWordTable.filterBits - 1)
    guard filter[bit &>> 6] &>> UInt64(bit & 63) & 1 != 0 else { return -1 }
    var slot = Int(truncatingIfNeeded: key) & mask
    while values[slot] >= 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot &+ 1) & mask
    }
    return -1
  }
}
