import Model

/// The running text of an RTF document (Microsoft, Rich Text Format Specification 1.9.1).
///
/// A reader of our own: no maintained C library reads RTF (librtf and unrtf are programs or abandoned), and text alone needs only
/// groups, destinations, the escapes of characters and the code pages of fonts. Groups nest to a limit; no control word
/// allocates.
struct RTFReader {
  private(set) var parts = ReportParts()
  /// The character set of most of the text, as IANA names it.
  private(set) var charset = "us-ascii"

  /// What a group inherits and its end restores.
  private struct State {
    /// Where text goes.
    var destination = Destination.body
    /// Bytes to skip after `\u`, for readers that know no Unicode.
    var skipAfterUnicode = 1
    var codePage: Int
  }

  private enum Destination { case body, title, author, fontTable, ignored }

  private let bytes: [UInt8]
  private let budget: Budget
  private var stack: [State] = []
  private var state = State(codePage: 1252)
  private var documentCodePage = 1252
  private var fontPages: [Int: Int] = [:]
  private var currentFont = 0
  private var body: [UInt8] = []
  private var title: [UInt8] = []
  private var author: [UInt8] = []
  /// Bytes of a code page that wait for their neighbours: a character may take two.
  private var pending: [UInt8] = []
  private var pendingPage = 1252
  private var pendingSkip = 0
  private var highSurrogate: UInt32?
  private var pagesUsed: [Int: Int] = [:]

  /// Reads a document.
  init(_ bytes: [UInt8], budget: Budget) throws(DecodeError) {
    self.bytes = bytes
    self.budget = budget
    try read()
    flush()
    parts.body = body
    parts.title = title.isEmpty ? nil : ReportParts.oneLine(title)
    parts.author = ReportParts.field(author)
    // A document's properties are mostly its template's.
    parts.dropForeignTitle()
    if let most = pagesUsed.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) {
      charset = most.key == 65001 ? "utf-8" : RTFReader.label(most.key)
    }
  }

  private mutating func read() throws(DecodeError) {
    var at = 0
    var closed = false
    while at < bytes.count, !closed {
      if at & 0xFFFF == 0 { try budget.checkTime() }
      switch bytes[at] {
      case UInt8(ascii: "{"):
        flush()
        stack.append(state)
        if stack.count > budget.limits.nestingMax {
          throw .overLimit(
            "nestingMax", budget.limits.nestingMax, stack.count, "RTF groups lie too deep within each other")
        }
        pendingSkip = 0
        at += 1
      case UInt8(ascii: "}"):
        flush()
        pendingSkip = 0
        if let outer = stack.popLast() { state = outer }
        closed = stack.isEmpty
        at += 1
      case UInt8(ascii: "\\"): at = control(at)
      case 0x0D, 0x0A: at += 1
      default:
        character(bytes[at])
        at += 1
      }
    }
    if !closed {
      throw DecodeError(
        code: "truncated", message: "the RTF breaks off inside a group at byte \(bytes.count); get the file again",
        byteOffset: bytes.count)
    }
  }

  /// Reads the control word or symbol at `start`; the offset after it.
  private mutating func control(_ start: Int) -> Int {
    var at = start + 1
    guard at < bytes.count else { return at }
    let symbol = bytes[at]
    guard (symbol | 0x20) >= 0x61, (symbol | 0x20) <= 0x7A else {
      at += 1
      switch symbol {
      case UInt8(ascii: "'"):
        if at + 1 < bytes.count, let high = EncodedWords.hex(bytes[at]), let low = EncodedWords.hex(bytes[at + 1]) {
          character(high << 4 | low)
          return at + 2
        }
      case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): character(symbol)
      case UInt8(ascii: "~"): put(0x20)
      case UInt8(ascii: "_"): put(0x2D)
      case UInt8(ascii: "*"): state.destination = .ignored
      case 0x0D, 0x0A: put(0x0A)
      default: break
      }
      return at
    }
    let nameStart = at
    while at < bytes.count, (bytes[at] | 0x20) >= 0x61, (bytes[at] | 0x20) <= 0x7A, at - nameStart < 32 { at += 1 }
    let name = String(decoding: bytes[nameStart..<at], as: UTF8.self)
    var value: Int?
    var isNegative = false
    if at < bytes.count, bytes[at] == UInt8(ascii: "-") {
      isNegative = true
      at += 1
    }
    let digits = at
    while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39, at - digits < 10 {
      value = (value ?? 0) * 10 + Int(bytes[at] - 0x30)
      at += 1
    }
    if isNegative { value = value.map { -$0 } }
    if at < bytes.count, bytes[at] == 0x20 { at += 1 }
    if name == "bin" {
      return min(bytes.count, at + max(0, value ?? 0))
    }
    word(name, value)
    return at
  }

  private mutating func word(_ name: String, _ value: Int?) {
    switch name {
    case "u":
      guard let value else { return }
      flush()
      unicode(UInt32(truncatingIfNeeded: value < 0 ? value + 65_536 : value))
      pendingSkip = state.skipAfterUnicode
    case "uc": state.skipAfterUnicode = min(max(0, value ?? 1), 16)
    case "par", "line", "sect", "page", "row": put(0x0A)
    case "tab": put(0x09)
    case "cell", "nestcell": put(0x20)
    case "emdash": put(0x2014)
    case "endash": put(0x2013)
    case "lquote": put(0x2018)
    case "rquote": put(0x2019)
    case "ldblquote": put(0x201C)
    case "rdblquote": put(0x201D)
    case "bullet": put(0x2022)
    case "zwj": put(0x200D)
    case "zwnj": put(0x200C)
    case "ansicpg":
      documentCodePage = value ?? 1252
      state.codePage = documentCodePage
    case "mac":
      documentCodePage = 10_000
      state.codePage = documentCodePage
    case "f":
      flush()
      currentFont = value ?? 0
      if state.destination != .fontTable { state.codePage = fontPages[currentFont] ?? documentCodePage }
    case "plain":
      flush()
      state.codePage = documentCodePage
    case "fcharset":
      if state.destination == .fontTable, let page = RTFReader.pages[value ?? 0] { fontPages[currentFont] = page }
    case "fonttbl": state.destination = .fontTable
    case "info": state.destination = .ignored
    case "title": if stack.count == 3 { state.destination = .title }
    case "author": if stack.count == 3 { state.destination = .author }
    default: if RTFReader.ignored.contains(name) { state.destination = .ignored }
    }
  }

  /// A byte of the group's code page.
  private mutating func character(_ byte: UInt8) {
    if pendingSkip > 0 {
      pendingSkip -= 1
      return
    }
    if byte >= 0x80, pendingPage != state.codePage { flush() }
    pendingPage = byte >= 0x80 ? state.codePage : pendingPage
    pending.append(byte)
    if pending.count >= 4096 { flush() }
  }

  private mutating func unicode(_ unit: UInt32) {
    if unit & 0xFC00 == 0xD800 {
      highSurrogate = unit
    } else if unit & 0xFC00 == 0xDC00, let high = highSurrogate {
      highSurrogate = nil
      append(0x10000 + (high & 0x3FF) << 10 + (unit & 0x3FF))
    } else {
      highSurrogate = nil
      pagesUsed[65001, default: 0] += 1
      append(unit)
    }
  }

  private mutating func put(_ point: UInt32) {
    flush()
    pendingSkip = 0
    append(point)
  }

  private mutating func append(_ point: UInt32) {
    guard let scalar = Unicode.Scalar(point), point != 0 else { return append(0xFFFD) }
    write(Array(String(scalar).utf8))
  }

  private mutating func flush() {
    guard !pending.isEmpty else { return }
    let bytes = pending
    pending.removeAll(keepingCapacity: true)
    guard bytes.contains(where: { $0 >= 0x80 }) else { return write(bytes) }
    pagesUsed[pendingPage, default: 0] += bytes.count
    write(CodePages.decode(bytes, page: pendingPage))
  }

  private mutating func write(_ utf8: [UInt8]) {
    switch state.destination {
    case .body: body.append(contentsOf: utf8)
    case .title: title.append(contentsOf: utf8)
    case .author: author.append(contentsOf: utf8)
    case .fontTable, .ignored: break
    }
  }

  /// Destinations that hold no running text.
  private static let ignored: Set<String> = [
    "stylesheet", "colortbl", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
    "footerf",
    "footnote", "annotation", "object", "fldinst", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl",
    "themedata", "colorschememapping", "latentstyles", "datastore", "nonshppict", "shpinst", "bkmkstart", "bkmkend",
    "template",
    "filetbl", "revtbl", "deleted", "atnid", "atnauthor", "tc", "xe", "pntext", "pntxta", "pntxtb", "operator",
    "company",
    "creatim", "revtim", "printim", "buptim", "keywords", "comment", "doccomm", "subject", "category", "manager",
    "hlinkbase",
    "userprops", "wgrffmtfilter", "mmathPr", "falt", "panose", "docvar",
  ]

  /// Code pages of `\fcharset` (specification, "Font table"); 178 to 180 are Arabic.
  private static let pages: [Int: Int] = [
    0: 1252, 77: 10_000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256,
    179: 1256, 180: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
  ]

  private static func label(_ page: Int) -> String {
    page == 10_000
      ? "macintosh" : page == 708 ? "asmo-708" : page == 720 || page == 864 ? "cp\(page)" : "windows-\(page)"
  }
}
