import Model

/// JSON, JSON Lines and concatenated JSON: a report per record.
struct JSONReports {
  struct Item {
    var parts: ReportParts
    /// The record's bytes in the file (as UTF-8).
    var source: Range<Int>
  }
  let items: [Item]
  /// The file is one object that is one report.
  let isSingle: Bool

  /// Reads `source`, UTF-8.
  init(_ source: [UInt8], fieldMap: JSONFieldMap, budget: Budget) throws(DecodeError) {
    let scan = JSONScan(bytes: source, budget: budget)
    let reader = JSONRecordReader(fieldMap: fieldMap, budget: budget)
    let top = try scan.values(in: 0..<source.count)
    var records = top
    if top.count == 1, let only = top.first {
      if source[only.lowerBound] == UInt8(ascii: "[") {
        records = try scan.elements(of: only)
      } else if let envelope = try JSONReports.envelope(only, scan, fieldMap) {
        records = envelope
      }
    }
    isSingle = top.count == 1 && records == top
    var items: [Item] = []
    for (index, range) in records.enumerated() {
      try budget.spendMember()
      let tree = try JSONTree(scan, range)
      do throws(DecodeError) {
        guard let parts = try reader.parts(tree.root) else { continue }
        items.append(Item(parts: parts, source: range))
      } catch {
        throw records.count == 1 ? error : error.inMember(String(index + 1))
      }
    }
    guard !items.isEmpty else {
      throw DecodeError(code: "empty-container", message: "the JSON holds no record with text")
    }
    self.items = items
  }

  /// The records of an object that wraps them: the first known key that holds an array of objects.
  private static func envelope(
    _ range: Range<Int>, _ scan: JSONScan, _ fieldMap: JSONFieldMap
  ) throws(DecodeError) -> [Range<Int>]? {
    for path in fieldMap.items {
      guard let value = try scan.value(at: path.split(separator: ".").map(String.init), in: range),
        scan.bytes[value.lowerBound] == UInt8(ascii: "[")
      else { continue }
      let elements = try scan.elements(of: value)
      if elements.isEmpty || scan.bytes[elements[0].lowerBound] == UInt8(ascii: "{") { return elements }
    }
    return nil
  }
}

/// Finds the fields of a report in one record.
struct JSONRecordReader {
  private let budget: Budget
  private let title: [[String]]
  private let text: [[String]]
  private let published: [[String]]
  private let outlet: [[String]]
  private let author: [[String]]
  private let url: [[String]]
  private let record: [[String]]

  init(fieldMap: JSONFieldMap, budget: Budget) {
    func paths(_ list: [String]) -> [[String]] { list.map { $0.split(separator: ".").map(String.init) } }
    self.budget = budget
    title = paths(fieldMap.title)
    text = paths(fieldMap.text)
    published = paths(fieldMap.published)
    outlet = paths(fieldMap.outlet)
    author = paths(fieldMap.author)
    url = paths(fieldMap.url)
    record = paths(fieldMap.record)
  }

  /// The report in a record; nil for a record whose text is there and empty (a picture's message, a deleted post).
  func parts(_ value: JSONTree.Value) throws(DecodeError) -> ReportParts? {
    var value = value
    for path in record { value = value.value(at: path) ?? value }
    guard value.isObject else {
      throw DecodeError(code: "json-shape", message: "a JSON record is an object with named fields; this one is not")
    }
    var parts = ReportParts()
    parts.title = first(title, in: value) { line($0) }
    var sawText = false
    for path in text where ReportParts.isBlank(parts.body) {
      guard let found = value.value(at: path) else { continue }
      sawText = true
      if let string = string(found) { parts.body = HTMLFragment.text(string, budget: budget) }
    }
    if parts.isEmpty {
      if sawText { return nil }
      throw DecodeError(
        code: "json-shape",
        message: "no field of the record is known as its text or title (its keys: "
          + value.keys.prefix(20).joined(separator: ", ") + "); name them in the JSON field map")
    }
    parts.published = first(published, in: value) { found in
      (found.scalar ?? (found["$date"] ?? found["value"])?.scalar).flatMap { DateReader.read($0) }
    }
    parts.outlet = first(outlet, in: value) { named($0) }
    parts.author = first(author, in: value) { named($0) }
    parts.url = first(url, in: value) { ReportParts.field($0.scalar) }
    return parts
  }

  private func first<T>(_ paths: [[String]], in value: JSONTree.Value, _ read: (JSONTree.Value) -> T?) -> T? {
    for path in paths {
      if let found = value.value(at: path), let read = read(found) { return read }
    }
    return nil
  }

  private func line(_ value: JSONTree.Value) -> [UInt8]? {
    guard let string = string(value) else { return nil }
    let line = ReportParts.oneLine(HTMLFragment.text(string, budget: budget))
    return line.isEmpty ? nil : line
  }

  /// A text: a string; what an object wraps; paragraphs; or runs of text, as Telegram writes it.
  private func string(_ value: JSONTree.Value) -> [UInt8]? {
    if value.isObject {
      for key in ["rendered", "text", "value", "#text", "html", "plain"] {
        if let inner = value[key]?.scalar { return inner }
      }
      return nil
    }
    guard value.isArray else { return value.scalar }
    let elements = value.elements
    // An array of strings alone is paragraphs; mixed with objects it is one running text with links and marks.
    let isRunning = elements.contains { $0.isObject }
    var out: [UInt8] = []
    for element in elements {
      guard let part = element.isObject ? string(element) : element.scalar else { continue }
      if !isRunning, !out.isEmpty { out.append(0x0A) }
      out.append(contentsOf: part)
    }
    return out.isEmpty ? nil : out
  }

  /// A name: a string, an object's name, or several of them.
  private func named(_ value: JSONTree.Value) -> String? {
    if value.isArray {
      let names = value.elements.compactMap { named($0) }
      return names.isEmpty ? nil : names.joined(separator: ", ")
    }
    if value.isObject {
      for key in ["name", "title", "display_name", "screen_name"] {
        if let name = ReportParts.field(value[key]?.scalar) { return name }
      }
      return nil
    }
    return ReportParts.field(value.scalar)
  }
}
