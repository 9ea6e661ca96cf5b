import Model

/// The Decode stage: the bytes of one file → its reports.
///
/// What a file is, is told by its content; its name decides nothing. A file gives all of its reports or an error, never some of them.
/// A decoder has no state, and may be used by many threads at once.
public struct Decoder: Sendable {
  /// What one file may cost.
  public let limits: DecodeLimits
  /// Where the fields of a report are in JSON.
  public let fieldMap: JSONFieldMap

  let charsets = CharsetDecoder()

  /// A decoder.
  ///
  /// - Parameters:
  ///   - limits: what one file may cost.
  ///   - fieldMap: where the fields of a report are in JSON.
  public init(limits: DecodeLimits = .init(), fieldMap: JSONFieldMap = .init()) {
    self.limits = limits
    self.fieldMap = fieldMap
  }

  /// Reads a file: one report, or several for a container, in the order in which it holds them.
  ///
  /// `source.original` is `.file` for a file that is one report (compressed or not), and the member's bytes for each report of a
  /// container: an archive's file, a message, a web record's page; for the items of a feed or of JSON, the item as UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: its name as the file system has it; it decides nothing.
  /// - Returns: at least one report.
  /// - Throws: `DecodeError` if the file, or any member of it, cannot be read, or costs more than a limit.
  /// - Complexity: O(bytes). Well-formed UTF-8 text without marks is scanned and not copied.
  public func decode(_ bytes: [UInt8], name: [UInt8]) throws(DecodeError) -> [Report] {
    if bytes.count > limits.bytesInMax {
      throw .overLimit("bytesInMax", limits.bytesInMax, bytes.count, "the file is too large")
    }
    let media = Media(of: bytes)
    if media == .plain { return [try plain(bytes, member: nil, original: .file, declared: nil)] }
    var run = DecodeRun(decoder: self)
    return try run.file(bytes, media: media)
  }

  /// Reads plain text.
  func plain(
    _ bytes: [UInt8], member: String?, original: Report.Original, declared: String?
  ) throws(DecodeError) -> Report {
    guard bytes.contains(where: { $0 > 0x20 }) else {
      throw DecodeError(
        code: "empty", message: bytes.isEmpty ? "the file is empty" : "the file holds nothing but blanks")
    }
    if bytes.count > limits.lineBytesMax { try checkLines(bytes) }
    let text = try charsets.decode(bytes, declared: declared)
    guard text.utf8.contains(where: { $0 > 0x20 }) else {
      throw DecodeError(code: "empty", message: "the file holds a byte-order mark or blanks, and no text")
    }
    let source = Report.Source(
      member: member, original: original, media: "text/plain", charset: text.charset, confidence: text.confidence,
      repairs: text.repairs)
    return Report(source: source, text: text.utf8)
  }

  private func checkLines(_ bytes: [UInt8]) throws(DecodeError) {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      if end - start > limits.lineBytesMax {
        throw .overLimit("lineBytesMax", limits.lineBytesMax, end - start, "a line is too long for a text")
      }
      start = end + 1
    }
  }
}
