/// The character set that markup declares for itself: a hint, which the charset decoder verifies.
enum DeclaredCharset {
  private static let headBytes = 4096

  /// `charset=` in a meta element of the first bytes (the HTML standard looks at 1,024; real pages declare later), or an
  /// XML declaration.
  static func html(_ bytes: [UInt8]) -> String? { value(after: "charset", in: bytes) ?? xml(bytes) }

  /// `encoding=` of the XML declaration.
  static func xml(_ bytes: [UInt8]) -> String? {
    guard let end = bytes.prefix(256).firstIndex(of: UInt8(ascii: ">")), bytes.starts(with: "<?xml".utf8) else {
      return nil
    }
    return value(after: "encoding", in: Array(bytes[..<end]))
  }

  private static func value(after key: StaticString, in bytes: [UInt8]) -> String? {
    let head = bytes.prefix(headBytes)
    let count = key.utf8CodeUnitCount
    var at = 0
    search: while at + count < head.count {
      for i in 0..<count where head[at + i] | 0x20 != key.utf8Start[i] {
        at += 1
        continue search
      }
      at += count
      while at < head.count, head[at] <= 0x20 { at += 1 }
      guard at < head.count, head[at] == UInt8(ascii: "=") else { continue }
      at += 1
      while at < head.count, head[at] <= 0x20 || head[at] == UInt8(ascii: "\"") || head[at] == UInt8(ascii: "'") {
        at += 1
      }
      let start = at
      while at < head.count, isLabelByte(head[at]) { at += 1 }
      if at > start { return String(decoding: head[start..<at], as: UTF8.self) }
    }
    return nil
  }

  private static func isLabelByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x5F
      || byte == 0x2E || byte == 0x3A
  }
}
