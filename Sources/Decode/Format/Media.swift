import Glibc

/// What a file is, told by its bytes alone.
enum Media: Equatable {
  case plain, html, feed, xml, trec, json, mail, mbox, rtf, pdf, warc
  case gzip, bzip2, xz, zstd, zip, tar
  /// Known, and never a report: pictures, sound, film, fonts. The word says which.
  case picture(String)
  /// Known, might be a report, and not read here. The word says which.
  case unsupported(String)

  /// How many bytes at the start of a file may decide.
  static let headBytes = 4096

  init(of bytes: [UInt8]) {
    self = bytes.withUnsafeBufferPointer { Media.sniff($0) }
  }

  private static func sniff(_ bytes: UnsafeBufferPointer<UInt8>) -> Media {
    let count = bytes.count
    guard count > 0 else { return .plain }
    let first = bytes[0]
    // The hot path: text in an Arabic (or other non-ASCII) script begins with bytes that no signature here begins with,
    // other than these few.
    if first >= 0x80, first != 0xFF, first != 0xFE, first != 0xEF, first != 0xFD, first != 0xD0, first != 0x89 {
      return isTar(bytes) ? .tar : .plain
    }
    if let binary = binaryMedia(bytes) { return binary }
    let head = Head(bytes)
    return head.media ?? (isTar(bytes) ? .tar : .plain)
  }

  /// Signatures of binary formats, from their specifications and file(1)'s magic.
  private static func binaryMedia(_ b: UnsafeBufferPointer<UInt8>) -> Media? {
    func starts(_ signature: [UInt8], at offset: Int = 0) -> Bool {
      guard b.count >= offset + signature.count else { return false }
      for i in 0..<signature.count where b[offset + i] != signature[i] { return false }
      return true
    }
    func startsASCII(_ signature: StaticString, at offset: Int = 0) -> Bool {
      guard b.count >= offset + signature.utf8CodeUnitCount else { return false }
      for i in 0..<signature.utf8CodeUnitCount where b[offset + i] != signature.utf8Start[i] { return false }
      return true
    }
    switch b[0] {
    case 0x1F:
      if starts([0x1F, 0x8B]) { return .gzip }
      if starts([0x1F, 0x9D]) { return .unsupported("compress (.Z)") }
    case 0x42:
      if startsASCII("BZh"), b.count > 9, b[3] >= 0x31, b[3] <= 0x39,
        starts([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4) || starts([0x17, 0x72, 0x45, 0x38, 0x50, 0x90], at: 4)
      {
        return .bzip2
      }
      if startsASCII("BM"), b.count > 14, starts([0, 0, 0, 0], at: 6) { return .picture("BMP") }
    case 0xFD: if starts([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) { return .xz }
    case 0x28: if starts([0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
    case 0x50...0x5F:
      if startsASCII("PK"), b.count >= 4, starts([3, 4], at: 2) || starts([5, 6], at: 2) || starts([7, 8], at: 2) {
        return .zip
      }
      if starts([0x2A, 0x4D, 0x18], at: 1) { return .zstd }  // A skippable zstd frame.
      if startsASCII("Rar!") { return .unsupported("RAR") }
      if startsASCII("RIFF") { return startsASCII("WEBP", at: 8) ? .picture("WebP") : .picture("RIFF") }
      if startsASCII("WARC/") { return .warc }
      if startsASCII("wOFF") { return .picture("font") }
      if starts([0x53, 0x51, 0x4C, 0x69, 0x74, 0x65, 0x20, 0x66]) { return .unsupported("SQLite") }
    case 0x37: if starts([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return .unsupported("7z") }
    case 0xD0:
      if starts([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        // An OOXML package under a password is wrapped into this format, with a stream of this name (UTF-16LE).
        return contains(b, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0")
          ? .unsupported("encrypted Office document") : .unsupported("Office 97-2003 document (.doc, .xls, .ppt)")
      }
    case 0x25: if startsASCII("%PDF-") { return .pdf }
    case 0x7B: if startsASCII("{\\rtf") { return .rtf }
    case 0x89: if startsASCII("PNG", at: 1) { return .picture("PNG") }
    case 0xFF: if starts([0xFF, 0xD8, 0xFF]) { return .picture("JPEG") }
    case 0x47: if startsASCII("GIF8") { return .picture("GIF") }
    case 0x49:
      if starts([0x49, 0x49, 0x2A, 0]) { return .picture("TIFF") }
      if startsASCII("ID3") { return .picture("MP3") }
    case 0x4D: if starts([0x4D, 0x4D, 0, 0x2A]) { return .picture("TIFF") }
    case 0x4F: if startsASCII("OggS") { return .picture("Ogg") }
    case 0x77: if startsASCII("wOF2") || startsASCII("wOFF") { return .picture("font") }
    case 0x7F: if startsASCII("ELF", at: 1) { return .unsupported("ELF program") }
    case 0x00:
      if starts([0, 0, 1, 0]), b.count > 5, b[4] > 0, b[4] < 32, b[5] == 0 { return .picture("icon") }
      if startsASCII("ftyp", at: 4) { return .picture("MP4") }
    default: break
    }
    // Mail programs and servers put junk before the PDF header; readers accept it within the first kilobyte.
    if b[0] < 0x20 || b[0] == 0xEF, contains(UnsafeBufferPointer(rebasing: b[..<min(b.count, 1024)]), "%PDF-") {
      return .pdf
    }
    return nil
  }

  /// A tar header's checksum is right: the sum of its 512 bytes with the checksum field as blanks (POSIX.1-1988, ustar).
  private static func isTar(_ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard b.count >= 512, b[0] != 0 else { return false }
    var stored = 0
    var digits = 0
    for byte in b[148..<156] {
      if byte >= 0x30, byte <= 0x37 {
        stored = stored * 8 + Int(byte - 0x30)
        digits += 1
      } else if byte != 0x20, byte != 0 {
        return false
      }
    }
    guard digits >= 3 else { return false }
    var sum = 8 * 0x20
    for i in 0..<512 where i < 148 || i >= 156 { sum += Int(b[i]) }
    return sum == stored
  }

  private static func contains(_ b: UnsafeBufferPointer<UInt8>, _ needle: StaticString) -> Bool {
    let count = needle.utf8CodeUnitCount
    guard var at = b.baseAddress, b.count >= count else { return false }
    let end = at + (b.count - count + 1)
    while at < end, let found = memchr(at, Int32(needle.utf8Start[0]), end - at) {
      if memcmp(found, needle.utf8Start, count) == 0 { return true }
      at = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) + 1
    }
    return false
  }
}
