import Model

/// The reading of one file that is more than plain text: what it is made of, down through its containers.
struct DecodeRun {
  let decoder: Decoder
  let budget: Budget
  var reports: [Report] = []
  /// Members that are known to be no reports (pictures, scripts, empty files), and were passed over.
  var skipped = 0

  /// Where in the file the bytes at hand come from.
  struct Place {
    /// Names of the containers' members from the outside in; empty for the file itself.
    var path: [String] = []
    /// Levels of containers and compression so far.
    var depth = 0
    /// The character set that the surroundings declare (a MIME or HTTP header).
    var declared: String?
    /// The address that the surroundings give.
    var url: String?
    /// The time that the surroundings give.
    var published: Timestamp?

    /// The label of the report here, nil for the file itself.
    var member: String? { path.isEmpty ? nil : path.joined(separator: "/") }

    /// The member `name` of the container here.
    func inside(_ name: String, declared: String? = nil) -> Place {
      Place(path: path + [name], depth: depth + 1, declared: declared)
    }

    /// What the compressed bytes here unpack to.
    func unpacked() -> Place {
      var place = self
      place.depth += 1
      return place
    }
  }

  init(decoder: Decoder) {
    self.decoder = decoder
    budget = Budget(limits: decoder.limits)
  }

  /// Reads the file.
  mutating func file(_ bytes: [UInt8], media: Media) throws(DecodeError) -> [Report] {
    try read(bytes, media: media, at: Place())
    // A reader may pass over a part of a page that it cannot read, but never over a limit.
    if let exceeded = budget.exceeded { throw exceeded }
    guard !reports.isEmpty else {
      throw DecodeError(
        code: "empty-container",
        message: "the file holds no report"
          + (skipped > 0 ? ": its \(skipped) members are empty, or pictures and the like" : ""))
    }
    if skipped > 0 { reports[0].source.repairs.append(Repair(kind: "skipped-members", count: skipped)) }
    makeMembersUnique()
    return reports
  }

  /// Two members of one name (archives may have them) get the number of their occurrence: `a.txt`, `a.txt#2`.
  private mutating func makeMembersUnique() {
    var seen: [String: Int] = [:]
    for index in reports.indices {
      guard let member = reports[index].source.member else { continue }
      let count = (seen[member] ?? 0) + 1
      seen[member] = count
      if count > 1 { reports[index].source.member = "\(member)#\(count)" }
    }
  }

  /// Reads bytes of the kind `media` (told from them when nil).
  mutating func read(_ bytes: [UInt8], media: Media? = nil, at place: Place) throws(DecodeError) {
    try budget.check(depth: place.depth)
    try budget.checkTime()
    switch media ?? Media(of: bytes) {
    case .plain:
      reports.append(
        try decoder.plain(bytes, member: place.member, original: original(bytes, place), declared: place.declared))
    case .html: try page(bytes, at: place)
    case .feed: try feed(bytes, at: place)
    case .json: try json(bytes, at: place)
    case .trec: try trec(bytes, at: place)
    case .gzip: try read(try Gzip.inflate(bytes, budget: budget), at: place.unpacked())
    case .bzip2: try unpack(bytes, .bzip2, at: place)
    case .xz: try unpack(bytes, .xz, at: place)
    case .zstd: try unpack(bytes, .zstd, at: place)
    case .tar: try members(try Archive.entries(bytes, as: .tar, budget: budget), at: place)
    case .zip: try zip(bytes, at: place)
    case .mail: try mail(bytes, at: place)
    case .mbox: try mbox(bytes, at: place)
    case .rtf: try rtf(bytes, at: place)
    case .pdf: try pdf(bytes, at: place)
    case .warc: try webArchive(bytes, at: place)
    case .xml:
      throw DecodeError(
        code: "unsupported-xml", message: "XML that is neither a page nor a feed; convert it to one of the formats read"
      )
    case .picture(let kind):
      throw DecodeError(code: "unsupported-media", message: "\(kind): a picture, sound or film is no report")
    case .unsupported(let kind):
      let isEncrypted = kind.hasPrefix("encrypted")
      throw DecodeError(
        code: isEncrypted ? "encrypted" : "unsupported-media",
        message: isEncrypted
          ? "\(kind); drop it without its password" : "\(kind) is not read; convert it (PDF, DOCX, text)")
    }
  }

  // MARK: Containers

  private mutating func unpack(_ bytes: [UInt8], _ format: Archive.Format, at place: Place) throws(DecodeError) {
    guard let only = try Archive.entries(bytes, as: format, budget: budget).first else {
      throw DecodeError(code: "empty", message: "the compressed file holds nothing")
    }
    try read(only.bytes, at: place.unpacked())
  }

  /// Reads the members of an archive; pictures and empty files are passed over and counted.
  mutating func members(_ entries: [Archive.Entry], at place: Place) throws(DecodeError) {
    for entry in entries { try member(entry.bytes, at: place.inside(entry.name)) }
  }

  /// Reads one member of a container. A member that cannot be read fails the whole file, named.
  mutating func member(_ bytes: [UInt8], at place: Place) throws(DecodeError) {
    let media = Media(of: bytes)
    if case .picture = media {
      skipped += 1
      return
    }
    if ReportParts.isBlank(bytes) {
      skipped += 1
      return
    }
    do throws(DecodeError) {
      try read(bytes, media: media, at: place)
    } catch {
      throw error.inMember(place.member ?? "?")
    }
  }

  private mutating func zip(_ bytes: [UInt8], at place: Place) throws(DecodeError) {
    // An archive without members is nothing but its end record.
    guard bytes.count > 22 || !bytes.starts(with: [0x50, 0x4B, 5, 6]) else {
      throw DecodeError(code: "empty-container", message: "the zip holds nothing")
    }
    let entries = try Archive.entries(bytes, as: .zip, budget: budget)
    if let document = try OfficeText(entries, budget: budget) {
      return try append(
        document.parts, media: document.media, DecodedText(utf8: [], charset: "utf-8", confidence: 1),
        original(bytes, place),
        member: place.member)
    }
    if entries.contains(where: { $0.name == "[Content_Types].xml" || $0.name == "mimetype" }) {
      throw DecodeError(
        code: "unsupported-media",
        message: "a spreadsheet, presentation or book is not read; convert it (PDF, DOCX, text)")
    }
    try members(entries, at: place)
  }

  // MARK: Formats with one text

  /// Reads a page.
  mutating func page(_ bytes: [UInt8], at place: Place) throws(DecodeError) {
    let text = try markup(bytes, declared: place.declared ?? DeclaredCharset.html(bytes))
    var parts = try HTMLPage(text.utf8, budget: budget).parts
    parts.url = parts.url ?? place.url
    parts.published = parts.published ?? place.published
    try append(parts, media: "text/html", text, original(bytes, place), member: place.member)
  }

  private mutating func feed(_ bytes: [UInt8], at place: Place) throws(DecodeError) {
    let text = try markup(bytes, declared: DeclaredCharset.xml(bytes) ?? place.declared)
    let source = XMLFaults.mended(Array(ReportParts.trimmed(text.utf8[...])))
    let feed = try SyndicationFeed(source, budget: budget)
    for (index, item) in feed.items.enumerated() {
      try append(
        item.parts, media: feed.media, text, .member(Array(source[item.source])),
        member: place.inside(String(index + 1)).member)
    }
  }

  private mutating func json(_ bytes: [UInt8], at place: Place) throws(DecodeError) {
    let text = try markup(bytes, declared: place.declared)
    let read = try JSONReports(text.utf8, fieldMap: decoder.fieldMap, budget: budget)
    for (index, item) in read.items.enumerated() {
      if read.isSingle {
        try append(item.parts, media: "application/json", text, original(bytes, place), member: place.member)
      } else {
        try append(
          item.parts, media: "application/json", text, .member(Array(text.utf8[item.source])),
          member: place.inside(String(index + 1)).member)
      }
    }
  }

  private mutating func rtf(_ bytes: [UInt8], at place: Place) throws(DecodeError) {
    let reader = try RTFReader(bytes, budget: budget)
    try append(
      reader.parts, media: "application/rtf", DecodedText(utf8: [], charset: reader.charset, confidence: 1),
      original(bytes, place), member: place.member)
  }

  private mutating func pdf(_ bytes: [UInt8], at place: Place) throws(DecodeError) {
    let parts = ReportParts(body: try PDFText.read(bytes, budget: budget))
    try append(
      parts, media: "application/pdf", DecodedText(utf8: [], charset: "utf-8", confidence: 1), original(bytes, place),
      member: place.member)
  }

  /// Reads the pages of a web archive. A page without running text (a front page of links, a frame) is no report: the crawler took
  /// it on its way; it is passed over and counted.
  private mutating func webArchive(_ bytes: [UInt8], at place: Place) throws(DecodeError) {
    let archive = try WebArchive(bytes, budget: budget)
    skipped += archive.skipped
    for page in archive.pages {
      let inner = place.inside(String(page.record))
      do throws(DecodeError) {
        let text = try markup(page.body, declared: page.charset ?? DeclaredCharset.html(page.body))
        var parts = try HTMLPage(text.utf8, budget: budget).parts
        parts.url = parts.url ?? page.url
        try append(parts, media: "text/html", text, .member(Array(bytes[page.source])), member: inner.member)
      } catch {
        guard error.code == "no-main-text", budget.exceeded == nil else { throw error.inMember(inner.member ?? "?") }
        skipped += 1
      }
    }
  }

  private mutating func trec(_ bytes: [UInt8], at place: Place) throws(DecodeError) {
    let text = try markup(bytes, declared: place.declared)
    for (index, document) in try TRECDocuments(text.utf8, budget: budget).documents.enumerated() {
      try append(
        document.parts, media: "text/x-trec", text, .member(Array(text.utf8[document.source])),
        member: place.inside(document.number.map { Archive.memberLabel($0.utf8) } ?? String(index + 1)).member)
    }
  }

  // MARK: Putting a report together

  /// The bytes that identify a report which is all of what stands at `place`.
  func original(_ bytes: [UInt8], _ place: Place) -> Report.Original { place.path.isEmpty ? .file : .member(bytes) }

  /// Bytes as UTF-8 for a parser.
  func markup(_ bytes: [UInt8], declared: String?) throws(DecodeError) -> DecodedText {
    try DecodeRun.markupCharsets.decode(bytes, declared: declared)
  }

  private static let markupCharsets = CharsetDecoder(mendsText: false)

  /// Adds the report made of `parts`, from markup that was read as `source`. Its text is mended as any text is.
  mutating func append(
    _ parts: ReportParts, media: String, _ source: DecodedText, _ original: Report.Original, member: String?
  ) throws(DecodeError) {
    let text = parts.text
    guard !ReportParts.isBlank(text) else { throw DecodeError(code: "empty", message: "there is no text in it") }
    try budget.spend(bytesOut: text.count)
    let mended = try decoder.charsets.decode(text, declared: nil)
    guard !ReportParts.isBlank(mended.utf8) else { throw DecodeError(code: "empty", message: "there is no text in it") }
    var title = ReportParts.field(parts.title)
    if !mended.repairs.isEmpty, let bytes = parts.title, let line = try? decoder.charsets.decode(bytes, declared: nil) {
      title = ReportParts.field(line.utf8)
    }
    // Places in the markup mean nothing in the text.
    let repairs = source.repairs.map { Repair(kind: $0.kind, count: $0.count) } + mended.repairs
    reports.append(
      Report(
        source: .init(
          member: member, original: original, media: media, charset: source.charset, confidence: source.confidence,
          repairs: repairs),
        text: mended.utf8, title: title, published: parts.published, outlet: parts.outlet, author: parts.author,
        url: parts.url))
  }
}
