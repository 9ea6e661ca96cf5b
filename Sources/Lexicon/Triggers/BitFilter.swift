/// A set of hashes with one bit each: says of nearly all that are not in it that they are not, from the nearest cache.
@usableFromInline
struct BitFilter: Sendable {
  @usableFromInline var bits: [UInt64]
  @usableFromInline let mask: Int

  /// An empty filter of `bits` bits, a power of two of at least 64.
  init(bits count: Int) {
    bits = Array(repeating: 0, count: count / 64)
    mask = count - 1
  }

  mutating func insert(_ hash: UInt64) { bits[place(hash) &>> 6] |= 1 &<< UInt64(place(hash) & 63) }

  /// Never a false no.
  @inlinable @inline(__always)
  func mayContain(_ hash: UInt64) -> Bool { bits[place(hash) &>> 6] & (1 &<< UInt64(place(hash) & 63)) != 0 }

  /// By the upper bits of the hash: the tables behind such a filter look in the place that the lower ones name.
  @inlinable @inline(__always)
  func place(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash &>> 40) & mask }
}
