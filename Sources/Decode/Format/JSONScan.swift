import Model

/// The outline of a JSON text: where values begin and end, by brackets and strings alone.
///
/// It splits a large file into records before anything is parsed, so that the parsed form is one record at a time, gives each
/// record its original bytes, and bounds nesting and memory before json-c allocates.
struct JSONScan {
  let bytes: [UInt8]
  let budget: Budget

  /// Roughly what json-c 0.16 allocates (x86-64, glibc): an object's hash table of 16 entries, an array of 32 slots, a value.
  private static let objectBytes = 900
  private static let arrayBytes = 350
  private static let valueBytes = 100

  /// The values of `range`, which lie behind each other, with or without commas: JSON, JSON Lines, concatenated JSON.
  func values(in range: Range<Int>) throws(DecodeError) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var at = blank(range.lowerBound, range.upperBound)
    while at < range.upperBound {
      if bytes[at] == 0x2C || bytes[at] == 0x1E {  // A comma; RFC 7464's record separator.
        at = blank(at + 1, range.upperBound)
        continue
      }
      let end = try self.end(ofValueAt: at, limit: range.upperBound)
      found.append(at..<end)
      at = blank(end, range.upperBound)
    }
    return found
  }

  /// The elements of the array that `range` is.
  func elements(of range: Range<Int>) throws(DecodeError) -> [Range<Int>] {
    try values(in: range.lowerBound + 1..<range.upperBound - 1)
  }

  /// The value under the first of `path`'s keys, and so on down; nil if there is none.
  func value(at path: [String], in range: Range<Int>) throws(DecodeError) -> Range<Int>? {
    var range = range
    for key in path {
      guard bytes[range.lowerBound] == UInt8(ascii: "{") else { return nil }
      guard let next = try member(key, of: range) else { return nil }
      range = next
    }
    return range
  }

  private func member(_ key: String, of range: Range<Int>) throws(DecodeError) -> Range<Int>? {
    var at = blank(range.lowerBound + 1, range.upperBound)
    let end = range.upperBound - 1
    while at < end, bytes[at] == UInt8(ascii: "\"") {
      let keyEnd = try self.end(ofValueAt: at, limit: end)
      let isWanted = bytes[at + 1..<keyEnd - 1].elementsEqual(key.utf8)
      at = blank(keyEnd, end)
      guard at < end, bytes[at] == UInt8(ascii: ":") else { return nil }
      at = blank(at + 1, end)
      guard at < end else { return nil }
      let valueEnd = try self.end(ofValueAt: at, limit: end)
      if isWanted { return at..<valueEnd }
      at = blank(valueEnd, end)
      guard at < end, bytes[at] == 0x2C else { return nil }
      at = blank(at + 1, end)
    }
    return nil
  }

  private func blank(_ from: Int, _ limit: Int) -> Int {
    var at = from
    while at < limit, bytes[at] == 0x20 || (bytes[at] >= 0x09 && bytes[at] <= 0x0D) { at += 1 }
    return at
  }

  private func end(ofValueAt start: Int, limit: Int) throws(DecodeError) -> Int {
    var depth = 0
    var at = start
    while at < limit {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at += 1
        while at < limit, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        guard at < limit else { throw broken("a string is not closed", start) }
        at += 1
        if depth == 0 { return at }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        if depth > budget.limits.nestingMax {
          throw .overLimit("nestingMax", budget.limits.nestingMax, depth, "JSON values lie too deep within each other")
        }
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        at += 1
        if depth == 0 { return at }
        if depth < 0 { throw broken("a bracket is closed that was not opened", at - 1) }
      case let byte where depth == 0 && (byte == 0x2C || byte <= 0x20):
        if at == start { throw broken("a value is missing", at) }
        return at
      default: at += 1
      }
    }
    if depth > 0 { throw broken("it breaks off inside a value", start) }
    return at
  }

  private func broken(_ what: String, _ offset: Int) -> DecodeError {
    DecodeError(
      code: "broken-json", message: "not valid JSON: \(what), from byte \(offset); get the file again",
      byteOffset: offset)
  }

  /// What the parsed form of `range` may take in memory, in bytes.
  func memory(of range: Range<Int>) -> Int {
    var total = JSONScan.valueBytes
    var inString = false
    var at = range.lowerBound
    while at < range.upperBound {
      let byte = bytes[at]
      if inString {
        if byte == UInt8(ascii: "\\") { at += 1 }
        if byte == UInt8(ascii: "\"") { inString = false }
      } else {
        switch byte {
        case UInt8(ascii: "\""): inString = true
        case UInt8(ascii: "{"): total += JSONScan.objectBytes
        case UInt8(ascii: "["): total += JSONScan.arrayBytes
        case 0x2C, 0x3A: total += JSONScan.valueBytes
        default: break
        }
      }
      at += 1
    }
    return total + range.count
  }
}
