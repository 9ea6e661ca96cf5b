import struct Crypto.SHA256
import Model

extension Digest {
  /// SHA-256 of `bytes` (FIPS 180-4), by swift-crypto.
  public static func sha256(_ bytes: some Collection<UInt8>) -> Digest {
    var hasher = SHA256()
    let done: Void? = bytes.withContiguousStorageIfAvailable {
      hasher.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if done == nil { Array(bytes).withUnsafeBytes { hasher.update(bufferPointer: $0) } }
    return Digest(hasher.finalize())
  }
}
