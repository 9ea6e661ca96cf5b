import Model

/// Prints what was found in a report for a reader at a terminal: the text with every find marked and named, a table of the
/// mentions, and the events with the rules that made them. Pure: text and finds in, bytes out.
///
/// The Arabic text stays readable in terminals that order bidirectional text: each line of the report is a right-to-left
/// isolate (U+2067 … U+2069), each English tag within it a first-strong isolate (U+2068 … U+2069). Control and direction
/// characters of the report itself are not passed on.
struct ExplainRenderer {
  /// Colours by ANSI sequences; plain brackets otherwise.
  var usesColour: Bool
  /// Says where an entry of the lexicons stands: key (id, lemma or unit), kind and text of a mention to `places-own.tsv:12`.
  var locate: (_ key: String, _ kind: String, _ text: String) -> String?

  /// A renderer.
  /// - Parameters:
  ///   - usesColour: standard output is a terminal.
  ///   - locate: finds the lexicon entry behind a mention; see `LexiconLocator`.
  init(
    usesColour: Bool, locate: @escaping (_ key: String, _ kind: String, _ text: String) -> String? = { _, _, _ in nil }
  ) {
    self.usesColour = usesColour
    self.locate = locate
  }

  /// The whole explanation, UTF-8, ending with a line feed.
  /// - Parameters:
  ///   - text: the report's text; the spans of `extraction` are byte offsets into it.
  ///   - normalized: its sentences, for the headline.
  ///   - extraction: what was found in it.
  func render(text: [UInt8], normalized: NormalizedText, extraction: Extraction) -> [UInt8] {
    var out: [UInt8] = []
    appendMarked(text, extraction, to: &out)
    let points = codePoints(text)
    out += Array("\n\n".utf8)
    appendMentions(text, points, extraction, to: &out)
    appendEvents(text, points, extraction, to: &out)
    let words = normalized.tokens.lazy.filter { $0.kind != .punctuation }.count
    let summary =
      "\(extraction.mentions.count) mentions and \(extraction.events.count) events in \(normalized.sentences.count) "
      + "sentences, \(words) words, language \(normalized.language ?? "unknown")\n"
    out += Array(summary.utf8)
    return out
  }

  // MARK: Marked text

  /// Something to mark in the text.
  private struct Mark {
    var span: ByteSpan
    var tag: String
    var style: String
  }

  private func appendMarked(_ text: [UInt8], _ extraction: Extraction, to out: inout [UInt8]) {
    var marks = extraction.mentions.map { Mark(span: $0.span, tag: tag($0.entity), style: style($0.entity)) }
    for event in extraction.events {
      marks.append(Mark(span: event.trigger, tag: Self.name(event), style: "1;4"))
    }
    // What begins first opens first; of two that begin together, the wider.
    marks.sort { $0.span.start != $1.span.start ? $0.span.start < $1.span.start : $0.span.end > $1.span.end }
    var open: [Mark] = []
    var next = 0
    out += Array(Isolate.rightToLeft.utf8)
    var at = 0
    while at <= text.count {
      while let last = open.last(where: { Int($0.span.end) <= at }) {
        open.removeAll { $0.span == last.span && $0.tag == last.tag }
        appendClose(last, open, to: &out)
      }
      while next < marks.count, Int(marks[next].span.start) <= at {
        if Int(marks[next].span.end) > at {
          open.append(marks[next])
          out += Array((usesColour ? "\u{1B}[\(marks[next].style)m" : "[").utf8)
        }
        next += 1
      }
      guard at < text.count else { break }
      at = appendCharacter(text, at, open, to: &out)
    }
    out += Array(Isolate.end.utf8)
  }

  /// Ends a mark: its tag, and the styles of the marks around it again.
  private func appendClose(_ mark: Mark, _ open: [Mark], to out: inout [UInt8]) {
    if usesColour {
      out += Array("\u{1B}[0;2m\(Isolate.open)⟨\(mark.tag)⟩\(Isolate.end)\u{1B}[0m".utf8)
      for outer in open { out += Array("\u{1B}[\(outer.style)m".utf8) }
    } else {
      out += Array("|\(Isolate.open)\(mark.tag)\(Isolate.end)]".utf8)
    }
  }

  /// Appends the character at byte `at`, made harmless, and returns the offset of the next.
  private func appendCharacter(_ text: [UInt8], _ at: Int, _ open: [Mark], to out: inout [UInt8]) -> Int {
    let byte = text[at]
    if byte == 0x0A {
      // Lines are isolates of their own; colours do not run over.
      if usesColour && !open.isEmpty { out += Array("\u{1B}[0m".utf8) }
      out += Array("\(Isolate.end)\n\(Isolate.rightToLeft)".utf8)
      if usesColour { for mark in open { out += Array("\u{1B}[\(mark.style)m".utf8) } }
      return at + 1
    }
    if byte < 0x20 || byte == 0x7F {
      out.append(byte == 0x09 ? byte : UInt8(ascii: "?"))
      return at + 1
    }
    let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    let end = min(at + length, text.count)
    if length == 3, Self.isDirection(text[at..<end]) || length == 2, byte == 0xC2, end > at + 1, text[at + 1] < 0xA0 {
      return end
    }
    out += text[at..<end]
    return end
  }

  /// Embeddings, overrides and isolates of the report (U+202A…U+202E, U+2066…U+2069): they would reach beyond their line.
  private static func isDirection(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count == 3, bytes.first == 0xE2 else { return false }
    let (second, third) = (bytes[bytes.startIndex + 1], bytes[bytes.startIndex + 2])
    return second == 0x80 && (0xAA...0xAE).contains(third) || second == 0x81 && (0xA6...0xA9).contains(third)
  }

  /// Direction isolates (Unicode Standard Annex 9).
  enum Isolate {
    static let rightToLeft = "\u{2067}"
    static let open = "\u{2068}"
    static let end = "\u{2069}"
  }

  // MARK: Names

  /// `place: Douma`, `quantity: 5000 fighters`.
  private func tag(_ entity: Entity) -> String {
    let name = Self.name(entity)
    return name.isEmpty ? Self.kind(entity) : "\(Self.kind(entity)): \(Self.name(entity))"
  }

  private func style(_ entity: Entity) -> String {
    switch entity {
    case .place: "32"
    case .actor: "36"
    case .person: "34"
    case .weapon: "31"
    case .quantity: "33"
    case .date: "35"
    case .source: "94"
    }
  }

  /// The kind as the feed names it.
  static func kind(_ entity: Entity) -> String {
    switch entity {
    case .place: "place"
    case .actor: "actor"
    case .person: "person"
    case .weapon: "weapon"
    case .quantity: "quantity"
    case .date: "date"
    case .source: "source"
    }
  }

  /// What the find is, in English.
  static func name(_ entity: Entity) -> String {
    switch entity {
    case .place(let place): place.name
    case .actor(let actor), .person(let actor), .source(let actor):
      [actor.name, [actor.code, actor.sector].compactMap(\.self).joined(separator: "/")].compactMap(\.self)
        .filter { !$0.isEmpty }.joined(separator: " ")
    case .weapon(let weapon): "\(weapon.name) (\(weapon.category))"
    case .quantity(let quantity): name(quantity)
    case .date(let range): name(range)
    }
  }

  private static func name(_ quantity: Quantity) -> String {
    func number(_ value: Double?) -> String {
      guard let value else { return "" }
      return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
    let value =
      quantity.min == quantity.max ? number(quantity.min) : "\(number(quantity.min))..\(number(quantity.max))"
    let parts = [quantity.approximate ? "about" : "", value, quantity.unit ?? "", "(\(quantity.what))"]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func name(_ range: DateRange) -> String {
    guard let from = range.from, let to = range.to else { return "unresolved (\(range.precision.rawValue))" }
    let days = from == to ? from.iso8601 : "\(from.iso8601)..\(to.iso8601)"
    return "\(days) (\(range.basis.rawValue))"
  }

  /// `ASSAULT/heavy-weapons`.
  static func name(_ event: Event) -> String { event.type.rawValue + (event.mode.map { "/\($0)" } ?? "") }

  /// For each byte offset the number of code points before it; one entry more than bytes.
  private func codePoints(_ text: [UInt8]) -> [Int32] {
    var points: [Int32] = []
    points.reserveCapacity(text.count + 1)
    var count: Int32 = -1
    for byte in text {
      if byte & 0xC0 != 0x80 { count += 1 }
      points.append(max(count, 0))
    }
    points.append(count + 1)
    return points
  }
}
