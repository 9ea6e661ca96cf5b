import Model

/// What a format says about one report, before it is put together.
struct ReportParts {
  /// UTF-8, one line; nil or empty if there is none.
  var title: [UInt8]?
  /// UTF-8, LF line ends.
  var body: [UInt8] = []
  var published: Timestamp?
  var outlet: String?
  var author: String?
  var url: String?

  /// Whether there is anything to read.
  var isEmpty: Bool { ReportParts.isBlank(body) && ReportParts.isBlank(title ?? []) }

  static func isBlank(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { $0 <= 0x20 } }

  /// The report's text: the title, a blank line, the body; the title once only, should the body begin with it.
  var text: [UInt8] {
    let body = ReportParts.trimmed(self.body[...])
    guard let title, !ReportParts.isBlank(title) else { return Array(body) }
    let line = ReportParts.trimmed(title[...])
    let first = body.prefix { $0 != 0x0A }
    if body.isEmpty { return Array(line) }
    if ReportParts.trimmed(first).elementsEqual(line) { return Array(body) }
    var out: [UInt8] = []
    out.reserveCapacity(line.count + 2 + body.count)
    out.append(contentsOf: line)
    out.append(0x0A)
    out.append(0x0A)
    out.append(contentsOf: body)
    return out
  }

  /// Forgets a title that is not the first line of the body.
  mutating func dropForeignTitle() {
    guard let title else { return }
    let first = ReportParts.oneLine(ReportParts.trimmed(body[...]).prefix { $0 != 0x0A })
    if first != ReportParts.oneLine(title) { self.title = nil }
  }

  /// Without blanks at both ends.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = bytes
    while let first = slice.first, first <= 0x20 { slice.removeFirst() }
    while let last = slice.last, last <= 0x20 { slice.removeLast() }
    return slice
  }

  /// In one line: runs of blanks and line ends become one blank.
  static func oneLine(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var pending = false
    for byte in bytes {
      if byte <= 0x20 {
        pending = !out.isEmpty
      } else {
        if pending { out.append(0x20) }
        pending = false
        out.append(byte)
      }
    }
    return out
  }

  /// A string in one line, nil if nothing is left.
  static func field(_ bytes: (some Collection<UInt8>)?) -> String? {
    guard let bytes else { return nil }
    let line = oneLine(bytes)
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }
}
