import Model

/// WARC 1.0 and 1.1 (ISO 28500): records behind each other, each a header, a length and a block. The framing is ours (libarchive's own
/// reader hides the fields that a report needs); decompression is done before.
struct WebArchive {
  /// A page that a server sent, or that was stored as a resource.
  struct Page {
    /// The number of its record, from 1.
    var record: Int
    var url: String?
    /// The record as it stands: its header and block.
    var source: Range<Int>
    /// Transfer and content coding taken off.
    var body: [UInt8]
    /// `charset` of the Content-Type.
    var charset: String?
  }

  private(set) var pages: [Page] = []
  /// Records that hold no page: requests, metadata, pictures, scripts, errors.
  private(set) var skipped = 0

  /// Reads an archive.
  init(_ bytes: [UInt8], budget: Budget) throws(DecodeError) {
    var at = 0
    var number = 0
    while at < bytes.count {
      while at < bytes.count, bytes[at] == 0x0D || bytes[at] == 0x0A { at += 1 }
      if at == bytes.count { break }
      number += 1
      try budget.spendMember()
      guard bytes[at...].starts(with: "WARC/".utf8), let header = Fields(bytes, at) else {
        throw DecodeError(
          code: "broken-warc",
          message: "record \(number) of the web archive has no header at byte \(at); get the file again",
          byteOffset: at)
      }
      guard let length = header["content-length"].flatMap({ Int($0) }), length >= 0 else {
        throw DecodeError(
          code: "broken-warc", message: "record \(number) of the web archive gives no length, at byte \(at)",
          byteOffset: at)
      }
      guard length <= bytes.count - header.end else {
        throw DecodeError(
          code: "truncated",
          message: "the web archive breaks off in record \(number), at byte \(at); get the file again",
          byteOffset: at)
      }
      let block = header.end..<header.end + length
      do throws(DecodeError) {
        if let page = try WebArchive.page(bytes, header, block, budget) {
          pages.append(
            Page(
              record: number, url: header["warc-target-uri"].map(WebArchive.unbracketed), source: at..<block.upperBound,
              body: page.body, charset: page.charset))
        } else {
          skipped += 1
        }
      } catch { throw error.inMember(String(number)) }
      at = block.upperBound
    }
  }

  /// WARC 1.0 wrote addresses in angle brackets by a slip of its grammar.
  private static func unbracketed(_ url: String) -> String {
    url.hasPrefix("<") && url.hasSuffix(">") ? String(url.dropFirst().dropLast()) : url
  }

  private static func page(
    _ bytes: [UInt8], _ header: Fields, _ block: Range<Int>, _ budget: Budget
  ) throws(DecodeError) -> (body: [UInt8], charset: String?)? {
    let type = header["content-type"]?.lowercased() ?? ""
    switch header["warc-type"]?.lowercased() {
    case "resource", "conversion":
      guard isPage(type) else { return nil }
      try budget.spend(bytesOut: block.count)
      return (Array(bytes[block]), charset(type))
    case "response":
      guard type.hasPrefix("application/http"), let http = Fields(bytes, block.lowerBound, limit: block.upperBound)
      else { return nil }
      // 2xx only: error pages are pages too, and no reports.
      guard let status = http.firstLine.split(separator: 0x20).dropFirst().first, status.first == UInt8(ascii: "2"),
        let type = http["content-type"]?.lowercased(), isPage(type)
      else { return nil }
      var body = Array(bytes[http.end..<block.upperBound])
      if http["transfer-encoding"]?.lowercased().contains("chunked") == true { body = dechunked(body) }
      switch http["content-encoding"]?.lowercased() {
      case "gzip", "x-gzip":
        // Crawlers store what the server sent, or what it unpacks to, under the same header.
        if body.starts(with: [0x1F, 0x8B]) { body = try Gzip.inflate(body, budget: budget) }
      case nil, "", "identity": break
      default:
        // Brotli and deflate: unreadable here, unless the crawler has unpacked it.
        if Media(of: body) != .html {
          throw DecodeError(
            code: "unsupported-media",
            message: "the page is in a content coding that is not read (\(http["content-encoding"] ?? ""))")
        }
      }
      try budget.spend(bytesOut: body.count)
      return (body, charset(type))
    default: return nil
    }
  }

  private static func isPage(_ type: String) -> Bool {
    type.hasPrefix("text/html") || type.hasPrefix("application/xhtml+xml")
  }

  private static func charset(_ type: String) -> String? {
    let parts = type.components(separatedBy: "charset=")
    guard parts.count > 1 else { return nil }
    let label = parts[1].prefix { $0 != ";" && $0 != " " }.filter { $0 != "\"" && $0 != "'" }
    return label.isEmpty ? nil : label
  }

  /// Chunked transfer coding (RFC 9112, 7.1) taken off; bytes that are not chunked (the crawler has done it) stay as they are.
  private static func dechunked(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      var size = 0
      var digits = 0
      while at < bytes.count, let digit = EncodedWords.hex(bytes[at]), digits < 8 {
        size = size << 4 | Int(digit)
        digits += 1
        at += 1
      }
      guard digits > 0 else { return out.isEmpty ? bytes : out }
      while at < bytes.count, bytes[at] != 0x0A {
        // Behind the size stands an extension or the line end; anything else is no chunk.
        if digits > 0, bytes[at] != 0x0D, bytes[at] != 0x3B, bytes[at] != 0x20 { return out.isEmpty ? bytes : out }
        if bytes[at] == 0x3B { while at + 1 < bytes.count, bytes[at + 1] != 0x0A { at += 1 } }
        at += 1
      }
      at += 1
      if size == 0 { return out }
      guard at < bytes.count else { return out }
      let end = min(bytes.count, at + size)
      out.append(contentsOf: bytes[at..<end])
      at = min(bytes.count, end + 2)
    }
    return out
  }

  /// A first line and `Name: value` fields up to a blank line.
  private struct Fields {
    var firstLine: ArraySlice<UInt8> = []
    /// After the blank line.
    var end = 0
    private var values: [String: String] = [:]

    /// Headers longer than this are no headers.
    private static let bytesMax = 64 << 10

    init?(_ bytes: [UInt8], _ start: Int, limit: Int? = nil) {
      let limit = min(limit ?? bytes.count, start + Fields.bytesMax)
      var at = start
      var lines = 0
      while at < limit {
        guard let newline = bytes[at..<limit].firstIndex(of: 0x0A) else { return nil }
        var line = bytes[at..<newline]
        if line.last == 0x0D { line.removeLast() }
        at = newline + 1
        if line.isEmpty {
          end = at
          return
        }
        if lines == 0 {
          firstLine = line
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
          let name = String(decoding: line[..<colon].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
          let value = String(decoding: ReportParts.trimmed(line[(colon + 1)...]), as: UTF8.self)
          if values[name] == nil { values[name] = value }
        }
        lines += 1
      }
      return nil
    }

    subscript(name: String) -> String? { values[name] }
  }
}
