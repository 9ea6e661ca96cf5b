import Model

/// Turns byte offsets into a text into code-point offsets, in O(1) each after one pass over the text.
struct CodePointOffsets {
  /// Bytes between two marks.
  private static let stride = 64
  /// Code points before byte `stride * i`.
  private var marks: [Int32] = []
  private let text: [UInt8]

  init(_ text: [UInt8]) {
    self.text = text
    marks.reserveCapacity(text.count / CodePointOffsets.stride + 1)
    var total: Int32 = 0
    var at = 0
    while at < text.count {
      marks.append(total)
      let end = min(at + CodePointOffsets.stride, text.count)
      total += CodePointOffsets.count(text, at..<end)
      at = end
    }
    marks.append(total)
  }

  /// Code points before byte `offset`, which is 0...text.count.
  func codePoint(_ offset: Int32) -> Int32 {
    let mark = Int(offset) / CodePointOffsets.stride
    let base = mark * CodePointOffsets.stride
    if base >= text.count { return marks[marks.count - 1] }
    return marks[mark] + CodePointOffsets.count(text, base..<Int(offset))
  }

  /// Bytes in `range` that begin a code point: all but the continuation bytes `10xxxxxx`.
  private static func count(_ text: [UInt8], _ range: Range<Int>) -> Int32 {
    text.withUnsafeBytes { bytes in
      var count: Int32 = 0
      var at = range.lowerBound
      while at &+ 8 <= range.upperBound {
        let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let continuation = word & ~(word &<< 1) & 0x8080_8080_8080_8080
        count &+= 8 &- Int32(truncatingIfNeeded: continuation.nonzeroBitCount)
        at &+= 8
      }
      while at < range.upperBound {
        if bytes[at] & 0xC0 != 0x80 { count &+= 1 }
        at &+= 1
      }
      return count
    }
  }
}
