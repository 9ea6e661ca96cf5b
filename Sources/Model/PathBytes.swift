#if canImport(Glibc)
  import Glibc
#endif

/// A path as the file system keeps it: any bytes but NUL, not necessarily UTF-8.
public struct PathBytes: Sendable, Hashable, Comparable {
  /// The bytes, without a terminating NUL.
  public var bytes: [UInt8]

  /// A path of these bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }
  /// A path of a string's UTF-8.
  public init(_ string: String) { bytes = Array(string.utf8) }

  /// This path, a slash, and `name`; `name` alone when this path is empty.
  public func appending(_ name: PathBytes) -> PathBytes {
    if bytes.isEmpty { return name }
    var joined = bytes
    joined.reserveCapacity(bytes.count + 1 + name.bytes.count)
    if joined.last != UInt8(ascii: "/") { joined.append(UInt8(ascii: "/")) }
    joined.append(contentsOf: name.bytes)
    return PathBytes(joined)
  }

  /// This path, a slash, and `name`.
  public func appending(_ name: String) -> PathBytes { appending(PathBytes(name)) }

  /// What stands behind the last slash.
  public var lastComponent: PathBytes {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return self }
    return PathBytes(Array(bytes[(slash + 1)...]))
  }

  /// What stands before the last slash; empty without one.
  public var parent: PathBytes {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return PathBytes([]) }
    return PathBytes(Array(bytes[..<slash]))
  }

  /// For people and for the feed: valid UTF-8 as it is, any other byte as `\xNN`.
  public var display: String {
    var out = ""
    var rest = bytes[...]
    while !rest.isEmpty {
      if let valid = String(validating: rest, as: UTF8.self) { return out + valid }
      // Take the longest valid beginning, then one byte that is not.
      var cut = rest.startIndex
      while cut < rest.endIndex {
        let length = PathBytes.sequenceLength(rest[cut])
        guard length > 0, cut + length <= rest.endIndex,
          let text = String(validating: rest[cut..<cut + length], as: UTF8.self)
        else { break }
        out += text
        cut += length
      }
      if cut < rest.endIndex {
        let digits = String(rest[cut], radix: 16, uppercase: true)
        out += "\\x" + (digits.count < 2 ? "0" : "") + digits
        cut += 1
      }
      rest = rest[cut...]
    }
    return out
  }

  /// The path that `display` shows as `text`: each `\xNN` of 80 and above is that byte again.
  public init(display text: String) {
    var out: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.first {
      let code = rest.dropFirst(2).prefix(2)
      if first == UInt8(ascii: "\\"), rest.dropFirst().first == UInt8(ascii: "x"), code.count == 2,
        let byte = UInt8(String(decoding: code, as: UTF8.self), radix: 16), byte >= 0x80
      {
        out.append(byte)
        rest = rest.dropFirst(4)
      } else {
        out.append(first)
        rest = rest.dropFirst()
      }
    }
    self.init(out)
  }

  private static func sequenceLength(_ first: UInt8) -> Int {
    switch first {
    case 0..<0x80: 1
    case 0xC2..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0..<0xF5: 4
    default: 0
    }
  }

  /// Calls `body` with the path as a C string.
  public func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    var terminated = bytes
    terminated.append(0)
    return terminated.withUnsafeBytes { body($0.bindMemory(to: CChar.self).baseAddress!) }
  }

  /// Bytewise order.
  public static func < (a: PathBytes, b: PathBytes) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}
