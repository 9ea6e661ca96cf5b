import CArchive
import Glibc
import Model

/// bz2, xz, zst, zip and tar, read with libarchive from memory. Names are labels; nothing is ever put on disk.
enum Archive {
  enum Format { case bzip2, xz, zstd, zip, tar }

  /// An entry that holds bytes.
  struct Entry {
    /// As the archive names it, valid UTF-8, control characters replaced, at most `nameBytesMax` bytes.
    var name: String
    var bytes: [UInt8]
  }

  /// Made once and never freed; a locale object may be used by any number of threads (POSIX.1-2008, `uselocale`).
  private struct Locale: @unchecked Sendable {
    let pointer = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
  }
  private static let utf8Locale = Locale()

  private static let nameBytesMax = 1024

  /// All entries that are files with content, in order.
  static func entries(_ bytes: [UInt8], as format: Format, budget: Budget) throws(DecodeError) -> [Entry] {
    // libarchive converts names by the thread's locale, and loses those that are not ASCII in the C locale.
    let previous = uselocale(utf8Locale.pointer)
    defer { uselocale(previous) }
    guard let archive = archive_read_new() else {
      throw DecodeError(code: "broken-archive", message: "libarchive does not start")
    }
    defer { archive_read_free(archive) }
    switch format {
    case .bzip2:
      archive_read_support_filter_bzip2(archive)
      archive_read_support_format_raw(archive)
    case .xz:
      archive_read_support_filter_xz(archive)
      archive_read_support_format_raw(archive)
    case .zstd:
      archive_read_support_filter_zstd(archive)
      archive_read_support_format_raw(archive)
    case .zip: archive_read_support_format_zip_seekable(archive)
    case .tar: archive_read_support_format_tar(archive)
    }
    // The array must not move while libarchive reads from it.
    return try bytes.withUnsafeBufferPointer { (source) throws(DecodeError) -> [Entry] in
      try check(archive_read_open_memory(archive, source.baseAddress, source.count), archive, format)
      return try read(archive, format, source.count, budget)
    }
  }

  private static func read(
    _ archive: OpaquePointer, _ format: Format, _ bytesIn: Int, _ budget: Budget
  ) throws(DecodeError) -> [Entry] {
    var entries: [Entry] = []
    var yielded = 0
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { break }
      try check(status, archive, format)
      guard let entry else { break }
      let name = label(entry)
      if format == .zip || format == .tar { try budget.spendMember() }
      if archive_entry_is_encrypted(entry) != 0 || archive_entry_is_data_encrypted(entry) != 0 {
        throw DecodeError(
          code: "encrypted",
          message: "member \"\(name)\" is encrypted; unpack it with its password and drop the content")
      }
      // Folders, links and devices hold no report; `._x` and `__MACOSX` are macOS's notes on other members.
      let isFile = format != .zip && format != .tar || archive_entry_filetype(entry) == S_IFREG
      guard isFile, archive_entry_hardlink(entry) == nil, !isSystemFile(name) else { continue }
      var content: [UInt8] = []
      if archive_entry_size_is_set(entry) != 0 {
        // What the header claims, as far as it is plausible.
        content.reserveCapacity(max(0, min(Int(archive_entry_size(entry)), bytesIn * 8, 16 << 20)))
      }
      while true {
        var block: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        let status = archive_read_data_block(archive, &block, &count, &offset)
        if status == ARCHIVE_EOF { break }
        if status < ARCHIVE_WARN {
          if archive_read_has_encrypted_entries(archive) > 0 {
            throw DecodeError(
              code: "encrypted",
              message: "member \"\(name)\" is encrypted; unpack it with its password and drop the content")
          }
          throw failure(archive, format, name)
        }
        // Sparse files have holes, of which a header can claim any number of bytes.
        let hole = max(0, Int(clamping: offset) - content.count)
        yielded += hole + count
        try budget.spend(bytesOut: hole + count)
        try budget.checkRatio(bytesIn: bytesIn, yielded: yielded)
        try budget.checkTime()
        if hole > 0 { content.append(contentsOf: repeatElement(0, count: hole)) }
        if let block, count > 0 { content.append(contentsOf: UnsafeRawBufferPointer(start: block, count: count)) }
      }
      entries.append(Entry(name: name, bytes: content))
    }
    return entries
  }

  private static func isSystemFile(_ name: String) -> Bool {
    let last = name.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) } ?? name
    return last.hasPrefix("._") || last == ".DS_Store" || last == "Thumbs.db" || name.hasPrefix("__MACOSX/")
  }

  private static func label(_ entry: OpaquePointer) -> String {
    guard let pointer = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) else { return "?" }
    let bytes = UnsafeBufferPointer(start: pointer, count: strlen(pointer)).map { UInt8(bitPattern: $0) }
    // Archivers of Windows write names in its 8-bit sets and do not say which.
    let text = try? CharsetDecoder().decode(bytes)
    return memberLabel(text?.utf8 ?? bytes)
  }

  /// A member's name as it is reported: valid UTF-8 without control characters, shortened if very long.
  static func memberLabel(_ bytes: some Sequence<UInt8>) -> String {
    var label = String.UnicodeScalarView()
    var length = 0
    for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
      length += UTF8.width(scalar)
      if length > nameBytesMax { break }
      label.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
    }
    return String(label)
  }

  private static func check(_ status: Int32, _ archive: OpaquePointer, _ format: Format) throws(DecodeError) {
    // ARCHIVE_WARN: read with a remark (a name in an unknown character set).
    if status < ARCHIVE_WARN { throw failure(archive, format, nil) }
  }

  private static func failure(_ archive: OpaquePointer, _ format: Format, _ member: String?) -> DecodeError {
    let detail = archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
    let lower = detail.lowercased()
    let place = member.map { format == .zip || format == .tar ? "in member \"\($0)\": " : "" } ?? ""
    if lower.contains("passphrase") || lower.contains("encrypt") {
      return DecodeError(code: "encrypted", message: "\(place)encrypted (\(detail)); unpack it with its password")
    }
    if format == .zip, member == nil, lower.contains("unrecognized") {
      return DecodeError(
        code: "truncated", message: "the zip has no directory at its end: it is cut or damaged; get the file again")
    }
    let isCut = lower.contains("truncated") || lower.contains("premature") || lower.contains("unexpected end")
    return DecodeError(
      code: isCut ? "truncated" : "broken-archive",
      message: "\(place)the \(format) data cannot be read: \(detail); get the file again")
  }
}

extension UTF8 {
  fileprivate static func width(_ scalar: Unicode.Scalar) -> Int {
    scalar.value < 0x80 ? 1 : scalar.value < 0x800 ? 2 : scalar.value < 0x10000 ? 3 : 4
  }
}
