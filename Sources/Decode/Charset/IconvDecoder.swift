import Glibc

/// Reads a declared character set that we have no table for, through glibc's iconv.
enum IconvDecoder {
  /// The code points of `bytes`; nil when iconv does not know the label, or when more than one byte in a hundred cannot be
  /// read (then the label is wrong).
  static func decode(_ bytes: [UInt8], label: String) -> MendedPoints? {
    // Only plain names: iconv takes suffixes such as `//TRANSLIT`, and they are none of a file's business.
    guard !label.isEmpty, label.utf8.count <= 40, label.utf8.allSatisfy(isLabelByte) else { return nil }
    let handle = iconv_open("UTF-32LE", label)
    guard Int(bitPattern: handle) != -1 else { return nil }
    defer { iconv_close(handle) }

    var result = MendedPoints()
    var input = bytes.map { CChar(bitPattern: $0) }
    let errorsMax = bytes.count / 100 + 1
    var output = [UInt32](repeating: 0, count: 4096)
    // Both buffers outlive the calls, and iconv is told their sizes in bytes.
    let readable = input.withUnsafeMutableBufferPointer { source in
      var sourceStart = source.baseAddress
      var sourceBytes = source.count
      while sourceBytes > 0 {
        var failure: Int32 = 0
        let before = sourceBytes
        let written = output.withUnsafeMutableBytes { target in
          var targetStart = target.baseAddress?.assumingMemoryBound(to: CChar.self)
          var targetBytes = target.count
          if Glibc.iconv(handle, &sourceStart, &sourceBytes, &targetStart, &targetBytes) == size_t.max {
            failure = errno
          }
          return (target.count - targetBytes) / 4
        }
        for point in output.prefix(written) { result.points.append(UInt32(littleEndian: point)) }
        if failure == EILSEQ || failure == EINVAL {
          result.replace()
          if result.replaced > errorsMax { return false }
          sourceStart = sourceStart?.advanced(by: 1)
          sourceBytes -= 1
        } else if failure != 0 && failure != E2BIG || sourceBytes == before {
          // glibc's UTF-7 asks for room for ever after some bytes: no byte consumed, none wrong.
          return false
        }
      }
      return true
    }
    return readable ? result : nil
  }

  private static func isLabelByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "+"):
      true
    default: false
    }
  }
}
