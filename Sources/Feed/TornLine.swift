/// Completes a line that a killed process left half written, so that it is valid JSON and says so.
///
/// A live `tail -F` has already read its beginning: cutting it away would make `tail` print the whole file again, and going
/// on behind it would glue two lines together. What is appended closes every open string, literal, array and object and
/// adds `"torn":true`. Such a line has no sequence number that counts and no hash.
public struct TornLine {
  private enum Container { case object, array }
  /// What the grammar allows next.
  private enum Expect { case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd, end }

  private var stack: [Container] = []
  private var expect = Expect.value
  private var inString = false
  private var isKey = false
  /// Bytes of an escape or of a literal that is being read.
  private var partial: [UInt8] = []
  private var inEscape = false
  private var continuation: (left: Int, lead: UInt8, first: Bool) = (0, 0, false)

  /// The bytes to append to `line`, newline included; nil when `line` is not the beginning of a JSON object.
  public static func completion(of line: some Sequence<UInt8>) -> [UInt8]? {
    var state = TornLine()
    for byte in line {
      guard state.read(byte) else { return nil }
    }
    return state.close()
  }

  private mutating func read(_ byte: UInt8) -> Bool {
    if inString { return readString(byte) }
    if !partial.isEmpty {
      if TornLine.isLiteral(byte) {
        partial.append(byte)
        return partial.count <= 40
      }
      guard TornLine.remainder(ofLiteral: partial)?.isEmpty == true else { return false }
      partial = []
      expect = stack.isEmpty ? .end : .commaOrEnd
    }
    switch (byte, expect) {
    case (0x20, _), (0x09, _): return true
    case (UInt8(ascii: "{"), .value), (UInt8(ascii: "{"), .valueOrEnd):
      stack.append(.object)
      expect = .keyOrEnd
    case (UInt8(ascii: "["), .value) where !stack.isEmpty, (UInt8(ascii: "["), .valueOrEnd):
      stack.append(.array)
      expect = .valueOrEnd
    case (UInt8(ascii: "\""), .key), (UInt8(ascii: "\""), .keyOrEnd):
      inString = true
      isKey = true
    case (UInt8(ascii: "\""), .value) where !stack.isEmpty, (UInt8(ascii: "\""), .valueOrEnd):
      inString = true
      isKey = false
    case (UInt8(ascii: ":"), .colon): expect = .value
    case (UInt8(ascii: ","), .commaOrEnd): expect = stack.last == .object ? .key : .value
    case (UInt8(ascii: "}"), .keyOrEnd), (UInt8(ascii: "}"), .commaOrEnd):
      guard stack.popLast() == .object else { return false }
      expect = stack.isEmpty ? .end : .commaOrEnd
    case (UInt8(ascii: "]"), .valueOrEnd), (UInt8(ascii: "]"), .commaOrEnd):
      guard stack.popLast() == .array else { return false }
      expect = .commaOrEnd
    case (_, .value) where !stack.isEmpty, (_, .valueOrEnd):
      guard TornLine.isLiteral(byte) else { return false }
      partial = [byte]
    default: return false
    }
    return true
  }

  private mutating func readString(_ byte: UInt8) -> Bool {
    if inEscape {
      partial.append(byte)
      if partial[0] != UInt8(ascii: "u") || partial.count == 5 {
        inEscape = false
        partial = []
      }
      return true
    }
    if continuation.left > 0 {
      guard byte & 0xC0 == 0x80 else { return false }
      continuation.left -= 1
      continuation.first = false
      return true
    }
    switch byte {
    case UInt8(ascii: "\\"): inEscape = true
    case UInt8(ascii: "\""):
      inString = false
      expect = isKey ? .colon : .commaOrEnd
    case 0..<0x20: return false
    case 0xC2..<0xE0: continuation = (1, byte, true)
    case 0xE0..<0xF0: continuation = (2, byte, true)
    case 0xF0..<0xF5: continuation = (3, byte, true)
    case 0x80...: return false
    default: break
    }
    return true
  }

  private mutating func close() -> [UInt8]? {
    var out: [UInt8] = []
    if inString {
      if inEscape {
        // A lone backslash becomes an escaped one; a cut `\u00` is filled with zeros (the encoder writes no other `\u`).
        if partial.isEmpty { out.append(UInt8(ascii: "\\")) }
        while !partial.isEmpty && partial.count < 5 {
          out.append(UInt8(ascii: "0"))
          partial.append(UInt8(ascii: "0"))
        }
      }
      while continuation.left > 0 {
        // The least continuation byte that UTF-8 allows after this lead.
        let isFirst = continuation.first
        out.append(isFirst && continuation.lead == 0xE0 ? 0xA0 : isFirst && continuation.lead == 0xF0 ? 0x90 : 0x80)
        continuation.left -= 1
        continuation.first = false
      }
      out.append(UInt8(ascii: "\""))
      expect = isKey ? .colon : .commaOrEnd
    } else if !partial.isEmpty {
      guard let rest = TornLine.remainder(ofLiteral: partial) else { return nil }
      out += rest
      expect = .commaOrEnd
    }
    switch expect {
    case .value:
      // Nothing at all was written, or a key or comma asks for a value.
      if stack.isEmpty {
        out.append(UInt8(ascii: "{"))
        stack.append(.object)
        expect = .keyOrEnd
      } else {
        out += Array("null".utf8)
        expect = .commaOrEnd
      }
    case .colon:
      out += Array(":null".utf8)
      expect = .commaOrEnd
    case .end:
      return nil  // a whole object: nothing is torn
    case .key, .keyOrEnd, .valueOrEnd, .commaOrEnd: break
    }
    while stack.count > 1 {
      let container = stack.removeLast()
      if container == .object && expect == .key { out += Array("\"torn\":true".utf8) }
      out.append(UInt8(ascii: container == .object ? "}" : "]"))
      expect = .commaOrEnd
    }
    if expect == .commaOrEnd { out.append(UInt8(ascii: ",")) }
    out += Array("\"torn\":true}\n".utf8)
    return out
  }

  private static func isLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E"): true
    default: false
    }
  }

  /// What is missing from a cut literal (`tru` lacks `e`, `-` and `1.` lack a digit); nil when it is none.
  private static func remainder(ofLiteral partial: [UInt8]) -> [UInt8]? {
    for word in ["true", "false", "null"] where word.utf8.starts(with: partial) {
      return Array(word.utf8.dropFirst(partial.count))
    }
    guard let first = partial.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else { return nil }
    guard let last = partial.last else { return nil }
    return (0x30...0x39).contains(last) ? [] : [UInt8(ascii: "0")]
  }
}
