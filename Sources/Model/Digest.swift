/// A SHA-256 digest: 32 bytes, kept as four big-endian words.
public struct Digest: Sendable, Hashable {
  /// The 32 bytes as big-endian words, first byte in the highest bits of `words.0`.
  public var words: (UInt64, UInt64, UInt64, UInt64)

  /// Number of bytes.
  public static let byteCount = 32

  /// A digest of the 32 bytes of `bytes`; traps when there are not exactly 32.
  public init<Bytes: Sequence>(_ bytes: Bytes) where Bytes.Element == UInt8 {
    var words = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
    var count = 0
    for byte in bytes {
      switch count / 8 {
      case 0: words.0 = words.0 << 8 | UInt64(byte)
      case 1: words.1 = words.1 << 8 | UInt64(byte)
      case 2: words.2 = words.2 << 8 | UInt64(byte)
      default: words.3 = words.3 << 8 | UInt64(byte)
      }
      count += 1
    }
    precondition(count == Digest.byteCount)
    self.words = words
  }

  /// Reads 64 lower-case or upper-case hex digits; nil when there is anything else.
  public init?(hex: some Collection<UInt8>) {
    guard hex.count == 2 * Digest.byteCount else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Digest.byteCount)
    var high: UInt8?
    for digit in hex {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x61...0x66: value = digit - 0x61 + 10
      case 0x41...0x46: value = digit - 0x41 + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    self.init(bytes)
  }

  /// The all-zero digest: `prev` of the first line of a feed.
  public static let zero = Digest(repeatElement(0, count: byteCount))

  /// Appends the first `digits` lower-case hex digits (64 for the whole).
  public func appendHex(to out: inout [UInt8], digits: Int = 64) {
    var left = digits
    for word in [words.0, words.1, words.2, words.3] {
      var shift: UInt64 = 64
      while shift > 0 && left > 0 {
        shift -= 4
        out.append(Digest.hexDigits[Int(word >> shift & 0xf)])
        left -= 1
      }
    }
  }

  /// The first `digits` hex digits as a string.
  public func hex(digits: Int = 64) -> String {
    var out: [UInt8] = []
    appendHex(to: &out, digits: digits)
    return String(decoding: out, as: UTF8.self)
  }

  static let hexDigits = Array("0123456789abcdef".utf8)

  /// Bytewise equality.
  public static func == (a: Digest, b: Digest) -> Bool {
    a.words.0 == b.words.0 && a.words.1 == b.words.1 && a.words.2 == b.words.2 && a.words.3 == b.words.3
  }

  /// Feeds the first word: the digest is already uniformly spread.
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
