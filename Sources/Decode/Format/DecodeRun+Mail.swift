import CGMime
import Model

/// Mail: the text of the message is a report, and each attachment, and each message attached.
extension DecodeRun {
  /// Reads one message, or a page saved as one (MHTML).
  mutating func mail(_ bytes: [UInt8], at place: Place) throws(DecodeError) {
    let message = try MailMessage.message(bytes, budget: budget)
    guard let body = message.body else {
      throw DecodeError(code: "empty", message: "the message has no body")
    }
    if let root = savedPage(message, body) { return try savedPage(root, message, bytes, at: place) }
    try self.message(Header(field: message.field), body: body, original: bytes, at: place)
  }

  /// Reads an mbox: the message `n` is the member `n`.
  mutating func mbox(_ bytes: [UInt8], at place: Place) throws(DecodeError) {
    let budget = self.budget
    var count = 0
    try MailMessage.forEach(bytes, isMbox: true, budget: budget) { (message, range) throws(DecodeError) in
      try budget.spendMember()
      count += 1
      let inner = place.inside(String(count))
      guard let body = message.body else {
        skipped += 1
        return
      }
      do throws(DecodeError) {
        try self.message(
          Header(field: message.field), body: body, original: Array(bytes[range]), isMbox: true, at: inner)
      } catch {
        throw error.inMember(inner.member ?? "?")
      }
    }
  }

  /// The fields of a message that a report takes over.
  private struct Header {
    let subject: String?
    let date: Timestamp?
    let sender: String?

    init(field: (String) -> String?) {
      subject = field("Subject")
      date = field("Date").flatMap { DateReader.read($0) }
      sender = field("From").flatMap { Header.name($0) } ?? field("Sender").flatMap { Header.name($0) }
    }

    /// The name in `"Name" <mail@host>`, or the address if there is no name.
    private static func name(_ from: String) -> String? {
      guard let open = from.lastIndex(of: "<") else { return from }
      var name = from[..<open]
      while let last = name.last, last == " " || last == "\"" { name.removeLast() }
      while let first = name.first, first == " " || first == "\"" { name.removeFirst() }
      return name.isEmpty ? String(from[from.index(after: open)...].prefix { $0 != ">" }) : String(name)
    }
  }

  private struct Sorted {
    var plain: [MailMessage.Part] = []
    var html: [MailMessage.Part] = []
    var attachments: [MailMessage.Part] = []
  }

  private mutating func message(
    _ header: Header, body: MailMessage.Part, original bytes: [UInt8], isMbox: Bool = false, at place: Place
  ) throws(DecodeError) {
    try budget.check(depth: place.depth)
    var sorted = Sorted()
    try sort(body, into: &sorted, depth: 0)

    var parts = ReportParts(title: header.subject.map { Array($0.utf8) }, published: header.date, author: header.sender)
    var source = DecodedText(utf8: [], charset: "us-ascii", confidence: 1)
    if let text = try bodyText(sorted) {
      source = text
      parts.body = isMbox ? DecodeRun.unquoted(text.utf8) : text.utf8
    }
    let before = reports.count
    if !ReportParts.isBlank(parts.body) || (sorted.attachments.isEmpty && !parts.isEmpty) {
      // With attachments the message is a container, and its text one member of it.
      let isWhole = sorted.attachments.isEmpty
      try append(
        parts, media: "message/rfc822", source, isWhole ? self.original(bytes, place) : .member(bytes),
        member: isWhole ? place.member : place.inside("body").member)
    }
    for (index, attachment) in sorted.attachments.enumerated() {
      var inner = place.inside(attachment.filename.map { Archive.memberLabel($0.utf8) } ?? "part-\(index + 1)")
      if attachment.kind == rasid_gmime_message {
        guard let body = attachment.innerBody else {
          skipped += 1
          continue
        }
        try message(
          Header(field: attachment.innerField), body: body, original: try attachment.innerBytes(budget: budget),
          at: inner)
      } else {
        inner.declared = attachment.parameter("charset")
        try member(try attachment.content(budget: budget), at: inner)
      }
    }
    if reports.count == before, skipped == 0 {
      throw DecodeError(code: "empty", message: "the message has neither text nor a readable attachment")
    }
  }

  /// What is set beside a text and never read: signatures, invitations, cards.
  private static let ignoredTypes: Set<String> = [
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-keys",
    "text/calendar", "text/vcard", "text/x-vcard", "application/ics", "message/delivery-status", "text/x-amp-html",
    "application/ms-tnef", "message/disposition-notification", "text/rfc822-headers",
  ]

  private mutating func sort(_ part: MailMessage.Part, into sorted: inout Sorted, depth: Int) throws(DecodeError) {
    if depth > budget.limits.nestingMax {
      throw .overLimit("nestingMax", budget.limits.nestingMax, depth, "the parts of the message lie too deep")
    }
    let type = part.type
    if type == "multipart/encrypted" || type.hasSuffix("/pkcs7-mime") || type.hasSuffix("/x-pkcs7-mime") {
      throw DecodeError(
        code: "encrypted", message: "the message is encrypted (\(type)); decrypt it before it is dropped")
    }
    switch part.kind {
    case rasid_gmime_multipart:
      for child in part.children { try sort(child, into: &sorted, depth: depth + 1) }
    case rasid_gmime_message:
      try budget.spendMember()
      sorted.attachments.append(part)
    case rasid_gmime_part:
      try budget.spendMember()
      if DecodeRun.ignoredTypes.contains(type) {
        skipped += 1
      } else if part.isAttachment || part.filename != nil || !type.hasPrefix("text/") {
        sorted.attachments.append(part)
      } else if type == "text/html" {
        sorted.html.append(part)
      } else {
        sorted.plain.append(part)
      }
    default: skipped += 1
    }
  }

  /// The plain text, unless it is only a stub beside the HTML.
  private func bodyText(_ sorted: Sorted) throws(DecodeError) -> DecodedText? {
    var plain: DecodedText?
    for part in sorted.plain {
      let content = try part.content(budget: budget)
      if ReportParts.isBlank(content) { continue }
      var text = try decoder.charsets.decode(content, declared: part.parameter("charset"))
      if part.parameter("format")?.lowercased() == "flowed" {
        text.utf8 = FlowedText.unwrapped(text.utf8, deletesSpace: part.parameter("delsp")?.lowercased() == "yes")
      }
      DecodeRun.join(text, to: &plain)
    }
    var html: DecodedText?
    for part in sorted.html {
      let content = try part.content(budget: budget)
      if ReportParts.isBlank(content) { continue }
      var text = try markup(content, declared: part.parameter("charset") ?? DeclaredCharset.html(content))
      text.utf8 = HTMLFragment.text(text.utf8, budget: budget)
      DecodeRun.join(text, to: &html)
    }
    guard let plain else { return html }
    guard let html else { return plain }
    return plain.utf8.count * 2 >= html.utf8.count ? plain : html
  }

  /// Without the `>` that an mbox puts before lines beginning with `From `.
  private static func unquoted(_ text: [UInt8]) -> [UInt8] {
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      line.starts(with: ">From ".utf8) ? line.dropFirst() : line
    }
    return Array(lines.joined(separator: [0x0A]))
  }

  private static func join(_ second: DecodedText, to text: inout DecodedText?) {
    guard text != nil else {
      text = second
      return
    }
    text?.utf8.append(0x0A)
    text?.utf8.append(contentsOf: second.utf8)
    text?.repairs.append(contentsOf: second.repairs.map { Repair(kind: $0.kind, count: $0.count) })
    let confidence = min(text?.confidence ?? 1, second.confidence)
    text?.confidence = confidence
  }

  // MARK: Saved pages

  /// The page of a message that a browser wrote (RFC 2557); nil if it is mail.
  private func savedPage(_ message: MailMessage, _ body: MailMessage.Part) -> MailMessage.Part? {
    let isSaved =
      message.field("Snapshot-Content-Location") != nil
      || message.field("From")?.lowercased().contains("saved by") == true
      || (message.field("To") == nil && message.field("Received") == nil && body.type == "multipart/related"
        && body.children.first?.field("Content-Location") != nil)
    guard isSaved else { return nil }
    if body.kind != rasid_gmime_multipart { return body.type == "text/html" ? body : nil }
    if let start = body.parameter("start"),
      let root = body.children.first(where: { $0.field("Content-ID") == start })
    {
      return root
    }
    return firstPage(body, depth: 0)
  }

  private func firstPage(_ part: MailMessage.Part, depth: Int) -> MailMessage.Part? {
    if part.kind != rasid_gmime_multipart {
      return part.type.hasSuffix("html") || part.type.hasSuffix("xhtml+xml") ? part : nil
    }
    guard depth < 8 else { return nil }
    return part.children.lazy.compactMap { firstPage($0, depth: depth + 1) }.first
  }

  private mutating func savedPage(
    _ root: MailMessage.Part, _ message: MailMessage, _ bytes: [UInt8], at place: Place
  ) throws(DecodeError) {
    let content = try root.content(budget: budget)
    let text = try markup(content, declared: root.parameter("charset") ?? DeclaredCharset.html(content))
    var parts = try HTMLPage(text.utf8, budget: budget).parts
    // The message's date is when the page was saved, not when it was published.
    parts.url = parts.url ?? message.field("Snapshot-Content-Location") ?? root.field("Content-Location")
    try append(parts, media: "multipart/related", text, original(bytes, place), member: place.member)
  }
}
