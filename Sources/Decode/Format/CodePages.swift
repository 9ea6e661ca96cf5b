import Glibc

/// Text in a Windows code page that the document declares, by glibc's iconv. Here the declaration is part of the format
/// and is believed: runs of a few letters are too short to be told apart.
enum CodePages {
  /// `bytes` as UTF-8; what means nothing in the page is U+FFFD.
  static func decode(_ bytes: [UInt8], page: Int) -> [UInt8] {
    let name = page == 10_000 ? "MACINTOSH" : page == 65_001 ? "UTF-8" : page == 708 ? "ISO-8859-6" : "CP\(page)"
    let converter = iconv_open("UTF-8", name)
    guard Int(bitPattern: converter) != -1, let converter else {
      return Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
    defer { iconv_close(converter) }
    var out: [UInt8] = []
    var input = bytes.map { CChar(bitPattern: $0) }
    var buffer = [CChar](repeating: 0, count: bytes.count * 4 + 16)
    let count = input.count
    let capacity = buffer.count
    input.withUnsafeMutableBufferPointer { source in
      buffer.withUnsafeMutableBufferPointer { target in
        var from = source.baseAddress
        var left = count
        while left > 0 {
          var to = target.baseAddress
          var room = capacity
          let result = iconv(converter, &from, &left, &to, &room)
          for i in 0..<(capacity - room) { out.append(UInt8(bitPattern: target[i])) }
          if result == -1, left > 0 {
            out.append(contentsOf: [0xEF, 0xBF, 0xBD])
            from = from.map { $0 + 1 }
            left -= 1
          }
        }
      }
    }
    return out
  }
}
