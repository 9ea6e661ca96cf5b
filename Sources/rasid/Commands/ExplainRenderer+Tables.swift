import Model

extension ExplainRenderer {
  /// The mentions as a table: place in code points, kind, name, id, rule, lexicon entry, and the words themselves last, since
  /// their direction would disorder columns behind them.
  func appendMentions(_ text: [UInt8], _ points: [Int32], _ extraction: Extraction, to out: inout [UInt8]) {
    guard !extraction.mentions.isEmpty else { return }
    var rows: [[String]] = [["span", "kind", "name", "ref", "rule", "lexicon", "text"]]
    for mention in extraction.mentions {
      let words = Self.words(text, mention.span)
      let kind = Self.kind(mention.entity)
      let entry = Self.key(mention.entity).flatMap { locate($0, kind, words) } ?? "-"
      rows.append([
        Self.span(mention.span, points), kind, Self.name(mention.entity), Self.ref(mention.entity) ?? "-",
        mention.rule.description, entry, Isolate.open + words + Isolate.end,
      ])
    }
    append(rows, to: &out)
    out.append(0x0A)
  }

  /// The events with their roles, one a line, and the explanation of each.
  func appendEvents(_ text: [UInt8], _ points: [Int32], _ extraction: Extraction, to out: inout [UInt8]) {
    func mention(_ index: Int32) -> String {
      guard extraction.mentions.indices.contains(Int(index)) else { return "?" }
      let mention = extraction.mentions[Int(index)]
      return "\(quote(text, mention.span)) \(Self.name(mention.entity))"
    }
    for (number, event) in extraction.events.enumerated() {
      var lines: [(String, String)] = []
      for actor in event.actors { lines.append(("actor", mention(actor))) }
      for recipient in event.recipients { lines.append(("recipient", mention(recipient))) }
      for place in event.places { lines.append(("place", mention(place))) }
      for instrument in event.instruments { lines.append(("instrument", mention(instrument))) }
      if let date = event.date { lines.append(("date", Self.name(.date(date)))) }
      for (name, toll) in [
        ("dead", event.dead), ("injured", event.injured), ("detained", event.detained), ("displaced", event.displaced),
      ] {
        guard let toll else { continue }
        let range = toll.min == toll.max ? "\(toll.min ?? 0)" : "\(toll.min ?? 0)..\(toll.max.map(String.init) ?? "")"
        lines.append((name, range + (toll.who.map { " \(mention($0))" } ?? "")))
      }
      if let source = event.source { lines.append(("source", mention(source))) }
      if let acled = event.acled { lines.append(("ACLED", "\(acled.type) / \(acled.subtype)")) }
      for line in event.explanation { lines.append(("why", line)) }
      let head =
        "\(number + 1). \(styled(Self.name(event), "1")) \(quote(text, event.trigger)) "
        + "\(Self.span(event.trigger, points)) \(event.status.rawValue), \(event.certainty.rawValue)\n"
      out += Array(head.utf8)
      for (label, value) in lines {
        out += Array("   \(label)\(String(repeating: " ", count: max(1, 11 - label.count)))\(value)\n".utf8)
      }
    }
    if !extraction.events.isEmpty { out.append(0x0A) }
  }

  /// Rows in columns as wide as their widest cell; the first row is the heading.
  private func append(_ rows: [[String]], to out: inout [UInt8]) {
    var widths = [Int](repeating: 0, count: rows[0].count)
    for row in rows {
      for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.unicodeScalars.count) }
    }
    for (index, row) in rows.enumerated() {
      var line = ""
      for (column, cell) in row.enumerated() {
        let isLast = column == row.count - 1
        let padding = isLast ? "" : String(repeating: " ", count: widths[column] - cell.unicodeScalars.count + 2)
        // An Arabic lemma among the names keeps to its cell.
        line += (isLast ? cell : Isolate.open + cell + Isolate.end) + padding
      }
      out += Array((index == 0 ? styled(line, "1") : line).utf8)
      out.append(0x0A)
    }
  }

  private func styled(_ text: String, _ style: String) -> String {
    usesColour ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }

  private func quote(_ text: [UInt8], _ span: ByteSpan) -> String {
    "\(Isolate.open)«\(Self.words(text, span))»\(Isolate.end)"
  }

  /// The words of a span on one line.
  private static func words(_ text: [UInt8], _ span: ByteSpan) -> String {
    let clean = text[Int(span.start)..<Int(span.end)].map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
    var words = String(decoding: clean, as: UTF8.self)
    words.unicodeScalars.removeAll { (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) }
    return words
  }

  private static func span(_ span: ByteSpan, _ points: [Int32]) -> String {
    "\(points[Int(span.start)])-\(points[Int(span.end)])"
  }

  /// The id on the feed.
  private static func ref(_ entity: Entity) -> String? {
    switch entity {
    case .place(let place): place.ref
    case .actor(let actor), .person(let actor), .source(let actor): actor.ref
    case .weapon(let weapon): weapon.ref
    case .quantity, .date: nil
    }
  }

  /// What an entry is found by in its file: id, else lemma of a common noun, else unit.
  private static func key(_ entity: Entity) -> String? {
    switch entity {
    case .place, .weapon: ref(entity)
    case .actor(let actor), .person(let actor), .source(let actor): actor.ref ?? actor.name
    case .quantity(let quantity): quantity.unit
    case .date: nil
    }
  }
}
