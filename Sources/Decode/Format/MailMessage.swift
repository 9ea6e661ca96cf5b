import CGMime
import Glibc
import Model

/// A message of internet mail as a tree of parts, read with GMime.
final class MailMessage {
  private static let initialized: Void = g_mime_init()

  private let message: UnsafeMutableRawPointer

  private init(owning message: UnsafeMutableRawPointer) { self.message = message }

  deinit { rasid_gmime_unref(message) }

  /// The one message that `bytes` are.
  static func message(_ bytes: [UInt8], budget: Budget) throws(DecodeError) -> MailMessage {
    var found: MailMessage?
    try forEach(bytes, isMbox: false, budget: budget) { (message, _) throws(DecodeError) in found = message }
    guard let found else { throw DecodeError(code: "broken-mail", message: "the message's header cannot be read") }
    return found
  }

  /// Hands over the messages of an mbox one by one, with their places in it.
  static func forEach(
    _ bytes: [UInt8], isMbox: Bool, budget: Budget, _ body: (MailMessage, Range<Int>) throws(DecodeError) -> Void
  ) throws(DecodeError) {
    _ = initialized
    // GMime builds all parts of a message at once, some 2 kB each.
    let parts = mostParts(bytes)
    if parts > budget.limits.membersMax {
      throw budget.exceed("membersMax", budget.limits.membersMax, parts, "a message has too many parts")
    }
    guard let parser = rasid_gmime_parser(bytes, bytes.count, isMbox ? 1 : 0) else { return }
    defer { rasid_gmime_unref(parser) }
    var count = 0
    repeat {
      var begin = 0
      var end = 0
      guard let message = rasid_gmime_next(parser, &begin, &end) else {
        if isMbox, rasid_gmime_at_end(parser) == 0 {
          throw DecodeError(
            code: "broken-mail", message: "message \(count + 1) of the mbox cannot be read, near byte \(max(0, begin))",
            byteOffset: max(0, begin))
        }
        break
      }
      count += 1
      let start = min(max(0, begin), bytes.count)
      try body(MailMessage(owning: message), start..<min(max(start, end), bytes.count))
      try budget.checkTime()
    } while isMbox && rasid_gmime_at_end(parser) == 0
  }

  /// The most lines between two `From ` lines that may be boundaries of parts: an upper bound of a message's parts.
  private static func mostParts(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBufferPointer { (buffer: UnsafeBufferPointer<UInt8>) -> Int in
      guard let base = buffer.baseAddress else { return 0 }
      var most = 0
      var count = 0
      var line = 0
      while line + 5 < buffer.count {
        if base[line] == UInt8(ascii: "-"), base[line + 1] == UInt8(ascii: "-") {
          count += 1
          most = max(most, count)
        } else if memcmp(base + line, "From ", 5) == 0 {
          count = 0
        }
        guard let newline = memchr(base + line, 0x0A, buffer.count - line) else { break }
        line = UnsafeRawPointer(newline) - UnsafeRawPointer(base) + 1
      }
      return most
    }
  }

  /// The body; nil if there is none. Valid while the message lives.
  var body: Part? { rasid_gmime_body(message).map { Part(object: $0) } }

  /// A field of the header with encoded words decoded, in one line; nil if it is missing or empty.
  ///
  /// Bytes outside ASCII that the standard forbids are told apart as any text is.
  func field(_ name: String) -> String? { MailMessage.field(message, name) }

  fileprivate static func field(_ object: UnsafeMutableRawPointer, _ name: String) -> String? {
    guard let raw = rasid_gmime_field(object, name) else { return nil }
    var bytes = UnsafeBufferPointer(start: raw, count: strlen(raw)).map { UInt8(bitPattern: $0) }
    if bytes.contains(where: { $0 >= 0x80 }), let text = try? CharsetDecoder().decode(bytes) { bytes = text.utf8 }
    return ReportParts.field(EncodedWords.decoded(ReportParts.oneLine(bytes)))
  }

  /// A part of a message, unowned.
  struct Part {
    fileprivate let object: UnsafeMutableRawPointer

    /// Leaves are `.part`.
    var kind: rasid_gmime_kind { rasid_gmime_kind_of(object) }

    /// `text/plain`, lower case.
    var type: String {
      func lower(_ name: UnsafePointer<CChar>?) -> String { name.map { String(cString: $0).lowercased() } ?? "" }
      return lower(rasid_gmime_type(object)) + "/" + lower(rasid_gmime_subtype(object))
    }

    var children: [Part] {
      (0..<max(0, rasid_gmime_child_count(object))).compactMap {
        rasid_gmime_child(object, $0).map { Part(object: $0) }
      }
    }

    /// A parameter of the content type: `charset`, `format`, `start`.
    func parameter(_ name: String) -> String? { rasid_gmime_parameter(object, name).map { String(cString: $0) } }

    func field(_ name: String) -> String? { MailMessage.field(object, name) }

    var filename: String? { rasid_gmime_filename(object).map { String(cString: $0) } }

    var isAttachment: Bool {
      rasid_gmime_disposition(object).map { String(cString: $0).lowercased() == "attachment" } ?? false
    }

    /// The content without its transfer encoding.
    func content(budget: Budget) throws(DecodeError) -> [UInt8] {
      try bytes(rasid_gmime_content(object), budget: budget)
    }

    /// An attached message as it was sent.
    func innerBytes(budget: Budget) throws(DecodeError) -> [UInt8] {
      try bytes(rasid_gmime_inner_bytes(object), budget: budget)
    }

    private func bytes(_ array: UnsafeMutablePointer<GByteArray>?, budget: Budget) throws(DecodeError) -> [UInt8] {
      guard let array else { return [] }
      defer { g_byte_array_unref(array) }
      let count = Int(array.pointee.len)
      try budget.spend(bytesOut: count)
      guard count > 0, let data = array.pointee.data else { return [] }
      return Array(UnsafeBufferPointer(start: data, count: count))
    }

    /// Body of an attached message, as part of a tree, and its fields.
    var innerBody: Part? {
      rasid_gmime_inner_message(object).flatMap { rasid_gmime_body($0) }.map { Part(object: $0) }
    }
    func innerField(_ name: String) -> String? {
      rasid_gmime_inner_message(object).flatMap { MailMessage.field($0, name) }
    }
  }
}
