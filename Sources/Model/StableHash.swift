/// The project's own 64-bit hash of bytes: the same value in every process, on every machine, for ever.
///
/// Swift's `Hasher` is seeded anew in each process, so nothing that is stored or compared across runs may use it.
/// Eight bytes a step, multiply and fold (the construction of wyhash); constants are wyhash's first two primes.
/// A change of this function changes the dedupe sketches: raise `StableHash.version` with it.
public enum StableHash {
  /// Version of the function, stored with whatever is derived from it.
  public static let version: UInt32 = 1

  @usableFromInline static let prime0: UInt64 = 0xa076_1d64_78bd_642f
  @usableFromInline static let prime1: UInt64 = 0xe703_7ed1_a0b4_28db

  /// Both halves of the 128-bit product, folded by exclusive or.
  @inlinable @inline(__always)
  public static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// Hash of `bytes`, in one pass; 0 bytes give a fixed value.
  @inlinable
  public static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var state = seed ^ prime0
    var at = 0
    let count = bytes.count
    while at &+ 8 <= count {
      state = mix(bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ prime1, state)
      at &+= 8
    }
    var tail: UInt64 = 0
    var shift: UInt64 = 0
    while at < count {
      tail |= UInt64(bytes[at]) &<< shift
      shift &+= 8
      at &+= 1
    }
    // The state is still the seed's when there are fewer than 8 bytes: it must not cancel to 0, or all short words are one.
    return mix(mix(tail ^ prime1, state) ^ prime0, UInt64(count) ^ prime1)
  }

  /// Hash of an array's bytes.
  @inlinable
  public static func hash(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    bytes.withUnsafeBytes { hash($0, seed: seed) }
  }

  /// Hash of a slice of `bytes`.
  @inlinable
  public static func hash(_ bytes: [UInt8], in range: Range<Int>) -> UInt64 {
    bytes.withUnsafeBytes { hash(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }
}
