import Glibc

/// Faults of feeds in the wild that lose nothing when mended before the parser sees them.
enum XMLFaults {
  /// `source` with bare `&` written as `&amp;`, and without control characters, which XML forbids. Unchanged (and not copied) if
  /// it has neither.
  static func mended(_ source: [UInt8]) -> [UInt8] {
    guard source.indices.contains(where: { isFault(source, $0) }) else { return source }
    var out: [UInt8] = []
    out.reserveCapacity(source.count + 64)
    var at = 0
    while at < source.count {
      // What stands in CDATA is text already.
      if source[at] == UInt8(ascii: "<"), source[at...].starts(with: "<![CDATA[".utf8) {
        let end = endOfCDATA(source, at)
        out.append(contentsOf: source[at..<end].lazy.filter { !isControl($0) })
        at = end
        continue
      }
      if source[at] == UInt8(ascii: "&"), isFault(source, at) {
        out.append(contentsOf: "&amp;".utf8)
      } else if !isControl(source[at]) {
        out.append(source[at])
      }
      at += 1
    }
    return out
  }

  private static func endOfCDATA(_ source: [UInt8], _ start: Int) -> Int {
    var at = start
    while at + 2 < source.count {
      if source[at] == 0x5D, source[at + 1] == 0x5D, source[at + 2] == 0x3E { return at + 3 }
      at += 1
    }
    return source.count
  }

  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D }

  private static func isFault(_ source: [UInt8], _ at: Int) -> Bool {
    if isControl(source[at]) { return true }
    guard source[at] == UInt8(ascii: "&") else { return false }
    // A reference is `&name;`, `&#10;` or `&#xA;`, and short.
    var end = at + 1
    if end < source.count, source[end] == UInt8(ascii: "#") { end += 1 }
    let start = end
    while end < source.count, end - start < 32, isReferenceByte(source[end]) { end += 1 }
    return end == start || end >= source.count || source[end] != UInt8(ascii: ";")
  }

  private static func isReferenceByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39
  }
}
