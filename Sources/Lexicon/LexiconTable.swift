import Glibc

/// A lexicon file as a table: UTF-8, one entry a line, cells separated by TAB, values within a cell by `|`.
///
/// Lines that begin with `#` and empty lines are comments. The first other line names the columns, in any order. A line
/// with fewer cells than columns has empty cells at its end. Nothing is copied: cells are ranges into the file's bytes.
public struct LexiconTable: Sendable {
  /// Path of the file, for messages.
  public let file: String
  /// The file.
  public let bytes: [UInt8]
  /// The columns that were asked for, in that order; `column` parameters are indices into it.
  public let columns: [String]
  /// Number of entries.
  public var count: Int { lines.count }

  /// Line number of each entry, from 1.
  private var lines: [Int32] = []
  /// Byte offset of the first and after the last byte of every cell, entry by entry, `columns.count` pairs each.
  private var bounds: [Int32] = []

  /// Reads a table.
  /// - Parameters:
  ///   - file: path, for messages.
  ///   - bytes: the whole file.
  ///   - columns: names of the columns wanted; the file must have these and no others.
  /// - Throws: the first mistake. Use `init(file:bytes:columns:errors:)` to learn of all.
  public init(file: String, bytes: [UInt8], columns: [String]) throws(LexiconError) {
    var errors: [LexiconError] = []
    self.init(file: file, bytes: bytes, columns: columns, errors: &errors)
    if let first = errors.first { throw first }
  }

  /// Reads a table and appends what is wrong with it to `errors`; entries at fault are left out.
  public init(file: String, bytes: [UInt8], columns: [String], errors: inout [LexiconError]) {
    self.file = file
    self.bytes = bytes
    self.columns = columns
    lines.reserveCapacity(bytes.count / 64)
    bounds.reserveCapacity(bytes.count / 64 * columns.count * 2)
    let isValid = isValid(bytes.indices)
    /// Where each column of the file goes in `columns`; nil until the line with the names was read.
    var places: [Int]?
    var line = 0
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while at < bytes.count {
      line += 1
      let start = at
      at = LexiconTable.end(ofLine: bytes, from: start)
      var end = at
      at += 1
      if end > start && bytes[end - 1] == 0x0D { end -= 1 }
      if start == end || bytes[start] == UInt8(ascii: "#") { continue }
      if let places {
        readEntry(start..<end, line: line, places: places, isValid: isValid, &errors)
      } else {
        places = readColumns(start..<end, line: line, &errors)
        if places == nil { return }
      }
    }
    if places == nil {
      errors.append(
        LexiconError(
          file: file, line: 0, column: 0,
          message: "no line with the names of the columns; expected \(columns.joined(separator: " TAB "))"))
    }
  }

  /// Offset of the line feed at or behind `start`, or that of the end.
  private static func end(ofLine bytes: [UInt8], from start: Int) -> Int {
    bytes.withUnsafeBytes { bytes in
      let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
      guard let base = rest.baseAddress, let found = memchr(base, 0x0A, rest.count) else { return bytes.count }
      return start + (UnsafeRawPointer(found) - base)
    }
  }

  /// Number of the line with the names of the columns: the first that is no comment, from 1.
  static func lineOfColumns(_ bytes: [UInt8]) -> Int {
    var line = 1
    for text in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if let first = text.first, first != UInt8(ascii: "#"), first != 0x0D { return line }
      line += 1
    }
    return 1
  }

  /// The names of the columns: they tell what kind of table a file holds.
  public static func namesOfColumns(_ bytes: [UInt8]) -> [String] {
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while at < bytes.count {
      let start = at
      while at < bytes.count && bytes[at] != 0x0A { at += 1 }
      var end = at
      at += 1
      if end > start && bytes[end - 1] == 0x0D { end -= 1 }
      if start == end || bytes[start] == UInt8(ascii: "#") { continue }
      return bytes[start..<end].split(separator: 0x09, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    return []
  }

  private func readColumns(_ range: Range<Int>, line: Int, _ errors: inout [LexiconError]) -> [Int]? {
    var places: [Int] = []
    var start = range.lowerBound
    let before = errors.count
    for at in range.lowerBound...range.upperBound where at == range.upperBound || bytes[at] == 0x09 {
      let name = String(decoding: bytes[start..<at], as: UTF8.self)
      if let place = columns.firstIndex(of: name), !places.contains(place) {
        places.append(place)
      } else {
        errors.append(
          mistake(
            line, at: start, "unknown or repeated column “\(name)”; expected \(columns.joined(separator: " TAB "))"))
      }
      start = at + 1
    }
    for (place, name) in columns.enumerated() where errors.count == before && !places.contains(place) {
      errors.append(mistake(line, at: range.upperBound, "column “\(name)” is missing"))
    }
    return errors.count == before ? places : nil
  }

  /// - Parameter isValid: the whole file is known to be valid UTF-8.
  private mutating func readEntry(
    _ range: Range<Int>, line: Int, places: [Int], isValid: Bool, _ errors: inout [LexiconError]
  ) {
    let base = bounds.count
    bounds.append(contentsOf: repeatElement(Int32(range.upperBound), count: 2 * columns.count))
    var cell = 0
    var start = range.lowerBound
    for at in range.lowerBound...range.upperBound where at == range.upperBound || bytes[at] == 0x09 {
      if cell == places.count {
        errors.append(mistake(line, at: start, "too many cells: \(places.count) columns are named in the first line"))
        bounds.removeSubrange(base...)
        return
      }
      bounds[base + 2 * places[cell]] = Int32(start)
      bounds[base + 2 * places[cell] + 1] = Int32(at)
      cell += 1
      start = at + 1
    }
    guard isValid || self.isValid(range) else {
      errors.append(mistake(line, at: range.lowerBound, "not valid UTF-8; save the file as UTF-8"))
      bounds.removeSubrange(base...)
      return
    }
    lines.append(Int32(line))
  }

  private func isValid(_ range: Range<Int>) -> Bool {
    bytes.withUnsafeBufferPointer {
      (try? UTF8Span(validating: UnsafeBufferPointer(rebasing: $0[range]).span)) != nil
    }
  }

  /// Byte range in `bytes` of a cell.
  public func range(_ row: Int, _ column: Int) -> Range<Int> {
    let at = 2 * (row * columns.count + column)
    return Int(bounds[at])..<Int(bounds[at + 1])
  }

  /// The text of a cell; empty when it has no value.
  public func cell(_ row: Int, _ column: Int) -> String {
    String(decoding: bytes[range(row, column)], as: UTF8.self)
  }

  /// Whether a cell has no value.
  public func isEmpty(_ row: Int, _ column: Int) -> Bool { range(row, column).isEmpty }

  /// The values of a cell, split at `|`; an empty cell has none.
  public func list(_ row: Int, _ column: Int) -> [String] {
    values(row, column).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// The byte ranges of the values of a cell, split at `|`, empty values left out.
  public func ranges(_ row: Int, _ column: Int) -> [Range<Int>] { Array(values(row, column)) }

  /// As `ranges`, one after the other, without an array.
  func values(_ row: Int, _ column: Int) -> Values { Values(bytes: bytes, rest: range(row, column)) }

  /// The byte ranges of the values of a cell, one after the other.
  struct Values: Sequence, IteratorProtocol {
    fileprivate let bytes: [UInt8]
    fileprivate var rest: Range<Int>

    /// The next value.
    mutating func next() -> Range<Int>? {
      while !rest.isEmpty {
        var end = rest.lowerBound
        while end < rest.upperBound && bytes[end] != UInt8(ascii: "|") { end += 1 }
        let value = rest.lowerBound..<end
        rest = Swift.min(end + 1, rest.upperBound)..<rest.upperBound
        if !value.isEmpty { return value }
      }
      return nil
    }
  }

  /// The decimal number in a cell (`-12.5`); nil when the cell holds anything else.
  public func number(_ row: Int, _ column: Int) -> Double? {
    var cell = range(row, column)
    var sign = 1.0
    if let first = cell.first, bytes[first] == UInt8(ascii: "-") {
      sign = -1
      cell = cell.dropFirst()
    }
    var value = 0.0
    var scale = 0.0
    var digits = 0
    for at in cell {
      switch bytes[at] {
      case 0x30...0x39:
        value = value * 10 + Double(bytes[at] - 0x30)
        scale *= 10
        digits += 1
      case UInt8(ascii: ".") where scale == 0: scale = 1
      default: return nil
      }
    }
    return digits == 0 ? nil : sign * value / (scale == 0 ? 1 : scale)
  }

  /// Line number of an entry, from 1.
  public func line(_ row: Int) -> Int { Int(lines[row]) }

  /// A mistake in a cell: what is wrong and what is expected.
  public func error(_ row: Int, _ column: Int, _ message: String) -> LexiconError {
    mistake(line(row), at: range(row, column).lowerBound, message)
  }

  /// A mistake at byte `offset`, in line `line`.
  private func mistake(_ line: Int, at offset: Int, _ message: String) -> LexiconError {
    var start = min(offset, bytes.count)
    var column = 1
    while start > 0 && bytes[start - 1] != 0x0A {
      start -= 1
      // Continuation bytes are part of the character before them.
      if bytes[start] & 0xC0 != 0x80 { column += 1 }
    }
    return LexiconError(file: file, line: line, column: column, message: message)
  }
}
