import CZlib
import Model

/// Keeps the letters of lam-alef in order in a PDF's text.
///
/// Where one glyph stands for two letters, the PDF gives both (`/ToUnicode … <06440627>`, `/ActualText <FEFF06440627>`). Poppler 22.12 (Debian 12)
/// takes them for two glyphs from left to right and turns them with the line: `الأمم` comes out as `األمم`, and in `طفالن` nothing shows that it was
/// `طفلان`. Given one code point instead, the presentation form, it keeps it in one piece. So the mappings are rewritten before poppler sees them, in
/// an incremental update (ISO 32000-1, 7.5.6) behind the file; nothing in the file itself is changed.
struct PDFLigatures {
  /// Two letters in hexadecimal UTF-16, as mappings write them, and the ligature that stands for them.
  private static let pairs: [(letters: [UInt8], ligature: [UInt8])] = [
    ("06440627", "FEFB"), ("06440623", "FEF7"), ("06440625", "FEF9"), ("06440622", "FEF5"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  /// Streams larger than this, unpacked, are pictures or fonts, not mappings or pages.
  private static let streamBytesMax = 8 << 20

  private let bytes: [UInt8]
  private let budget: Budget

  /// `bytes` with an update behind them; nil if there is nothing to rewrite, or the file's structure is beyond this reader.
  static func updated(_ bytes: [UInt8], budget: Budget) throws(DecodeError) -> [UInt8]? {
    try PDFLigatures(bytes: bytes, budget: budget).updated()
  }

  private func updated() throws(DecodeError) -> [UInt8]? {
    // The text of a file under a password is not to be had this way.
    guard find("/Encrypt", from: 0) == nil, let root = reference(after: "/Root"), let size = largest(after: "/Size"),
      let previous = lastStart()
    else { return nil }
    var out = bytes
    var entries: [(object: Int, generation: Int, offset: Int)] = []
    var at = 0
    while let start = find("stream", from: at) {
      at = start + 6
      // `endstream` ends in the same letters.
      guard start > 3, !bytes[..<start].hasSuffix("end"), let stream = stream(keywordAt: start) else { continue }
      at = stream.end
      try budget.checkTime()
      guard let content = try unpacked(stream), let rewritten = PDFLigatures.rewritten(content) else { continue }
      out.append(0x0A)
      entries.append((stream.object, stream.generation, out.count))
      out.append(contentsOf: "\(stream.object) \(stream.generation) obj\n<< /Length \(rewritten.count) ".utf8)
      out.append(contentsOf: PDFLigatures.without(["/Filter", "/Length", "/DL"], stream.dictionary))
      out.append(contentsOf: ">>\nstream\n".utf8)
      out.append(contentsOf: rewritten)
      out.append(contentsOf: "\nendstream\nendobj\n".utf8)
    }
    guard !entries.isEmpty else { return nil }
    let table = out.count
    out.append(contentsOf: "xref\n".utf8)
    for entry in entries {
      let offset = String(entry.offset)
      let generation = String(entry.generation)
      out.append(contentsOf: "\(entry.object) 1\n".utf8)
      out.append(contentsOf: (String(repeating: "0", count: max(0, 10 - offset.count)) + offset + " ").utf8)
      out.append(contentsOf: (String(repeating: "0", count: max(0, 5 - generation.count)) + generation + " n \n").utf8)
    }
    out.append(
      contentsOf: "trailer\n<< /Size \(size) /Root \(root) /Prev \(previous) >>\nstartxref\n\(table)\n%%EOF\n".utf8)
    return out
  }

  // MARK: Rewriting

  /// Mappings in `<…>` with the two letters replaced; nil if there are none.
  private static func rewritten(_ content: [UInt8]) -> [UInt8]? {
    var out: [UInt8] = []
    var copied = 0
    var at = 0
    while let open = content[at...].firstIndex(of: UInt8(ascii: "<")) {
      at = open + 1
      var start = at
      // A text string says that it is UTF-16 by a mark.
      if isHex(content, start, "FEFF") { start += 4 }
      guard let pair = pairs.first(where: { isHex(content, start, $0.letters) }), start + 8 < content.count,
        content[start + 8] == UInt8(ascii: ">")
      else { continue }
      out.append(contentsOf: content[copied..<start])
      out.append(contentsOf: pair.ligature)
      copied = start + 8
      at = copied
    }
    guard copied > 0 else { return nil }
    out.append(contentsOf: content[copied...])
    return out
  }

  private static func isHex(_ bytes: [UInt8], _ at: Int, _ digits: some Collection<UInt8>) -> Bool {
    guard at + digits.count <= bytes.count else { return false }
    return zip(bytes[at..<at + digits.count], digits).allSatisfy { ($0 >= 0x61 && $0 <= 0x66 ? $0 & 0xDF : $0) == $1 }
  }

  private static func isHex(_ bytes: [UInt8], _ at: Int, _ digits: StaticString) -> Bool {
    isHex(bytes, at, UnsafeBufferPointer(start: digits.utf8Start, count: digits.utf8CodeUnitCount))
  }

  // MARK: Structure

  private struct Stream {
    var object: Int
    var generation: Int
    /// Between `<<` and `>>`.
    var dictionary: ArraySlice<UInt8>
    var data: Range<Int>
    /// After the data.
    var end: Int
  }

  /// The stream object whose keyword `stream` is at `keyword`.
  private func stream(keywordAt keyword: Int) -> Stream? {
    var dataStart = keyword + 6
    if dataStart < bytes.count, bytes[dataStart] == 0x0D { dataStart += 1 }
    guard dataStart < bytes.count, bytes[dataStart] == 0x0A else { return nil }
    dataStart += 1
    // Back to `N G obj`: the dictionary of a page or mapping is short.
    let floor = max(0, keyword - 4096)
    var header = keyword - 3
    while header > floor, !bytes[..<header].hasSuffix(" obj") { header -= 1 }
    guard header > floor else { return nil }
    var before = header - 4
    guard let generation = number(before: &before), let object = number(before: &before) else { return nil }
    guard let open = bytes[header..<keyword].firstIndex(of: UInt8(ascii: "<")), open + 1 < keyword,
      let close = bytes[open..<keyword].lastIndex(of: UInt8(ascii: ">")), close - 1 > open + 1
    else { return nil }
    guard let end = find("endstream", from: dataStart) else { return nil }
    return Stream(
      object: object, generation: generation, dictionary: bytes[(open + 2)..<(close - 1)], data: dataStart..<end,
      end: end + 9)
  }

  /// The decimal number that ends before `at`, which moves before it.
  private func number(before at: inout Int) -> Int? {
    while at > 0, bytes[at - 1] <= 0x20 { at -= 1 }
    var value = 0
    var scale = 1
    let end = at
    while at > 0, bytes[at - 1] >= 0x30, bytes[at - 1] <= 0x39, end - at < 10 {
      value += Int(bytes[at - 1] - 0x30) * scale
      scale *= 10
      at -= 1
    }
    return at < end ? value : nil
  }

  /// The content of a stream that may hold mappings; nil if it is another, or cannot be unpacked.
  private func unpacked(_ stream: Stream) throws(DecodeError) -> [UInt8]? {
    let words = String(decoding: stream.dictionary, as: UTF8.self)
    for other in [
      "/Image", "/XRef", "/ObjStm", "/Length1", "/Length2", "/DecodeParms", "/FontFile", "/Crypt", "/Metadata",
    ]
    where words.contains(other) { return nil }
    guard words.contains("/Filter") else {
      return stream.data.count <= PDFLigatures.streamBytesMax ? Array(bytes[stream.data]) : nil
    }
    for filter in [
      "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/DCTDecode", "/JPXDecode",
      "/CCITTFaxDecode",
    ]
    where words.contains(filter) { return nil }
    guard words.contains("/FlateDecode") else { return nil }
    return try inflated(stream.data)
  }

  private func inflated(_ range: Range<Int>) throws(DecodeError) -> [UInt8]? {
    var stream = z_stream()
    guard !range.isEmpty, range.count < 1 << 30, rasid_inflate_init_zlib(&stream) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var out: [UInt8] = []
    var consumed = 0
    let chunk = 64 << 10
    while true {
      var status = Z_OK
      let before = out.count
      let left = range.count - consumed
      bytes.withUnsafeBufferPointer { input in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress! + range.lowerBound + consumed)
        stream.avail_in = UInt32(left)
        out.append(addingCapacity: chunk) { target in
          stream.next_out = target
          stream.avail_out = UInt32(chunk)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          return chunk - Int(stream.avail_out)
        }
      }
      consumed = range.count - Int(stream.avail_in)
      try budget.spend(bytesOut: out.count - before)
      if status == Z_STREAM_END { return out }
      guard status == Z_OK, out.count > before, out.count <= PDFLigatures.streamBytesMax else { return nil }
    }
  }

  /// A dictionary's bytes without some keys and their values: a name, a number, a reference or an array.
  private static func without(_ keys: [String], _ dictionary: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var at = dictionary.startIndex
    outer: while at < dictionary.endIndex {
      for key in keys where dictionary[at...].starts(with: key.utf8) {
        var end = at + key.utf8.count
        guard end == dictionary.endIndex || !isRegular(dictionary[end]) else { continue }
        while end < dictionary.endIndex, dictionary[end] <= 0x20 { end += 1 }
        if end < dictionary.endIndex, dictionary[end] == UInt8(ascii: "[") {
          while end < dictionary.endIndex, dictionary[end] != UInt8(ascii: "]") { end += 1 }
          end += 1
        } else {
          // Up to the next key: `9`, `9 0 R`, or the name that is the value.
          if end < dictionary.endIndex, dictionary[end] == UInt8(ascii: "/") { end += 1 }
          while end < dictionary.endIndex, dictionary[end] != UInt8(ascii: "/") { end += 1 }
        }
        at = min(end, dictionary.endIndex)
        out.append(0x20)
        continue outer
      }
      out.append(dictionary[at])
      at += 1
    }
    return out
  }

  private static func isRegular(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39
  }

  private func find(_ word: StaticString, from: Int) -> Int? {
    let count = word.utf8CodeUnitCount
    var at = from
    while at + count <= bytes.count, let first = bytes[at...].firstIndex(of: word.utf8Start[0]),
      first + count <= bytes.count
    {
      var matches = true
      for i in 1..<count where bytes[first + i] != word.utf8Start[i] {
        matches = false
        break
      }
      if matches { return first }
      at = first + 1
    }
    return nil
  }

  private func occurrences(_ word: StaticString) -> [Int] {
    var found: [Int] = []
    var at = 0
    while let next = find(word, from: at) {
      found.append(next + word.utf8CodeUnitCount)
      at = next + 1
    }
    return found
  }

  /// Numbers behind `at`, blanks between them, at most `count`.
  private func numbers(_ at: Int, _ count: Int) -> [Int] {
    var found: [Int] = []
    var at = at
    while found.count < count {
      while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
      var value = 0
      let start = at
      while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39, at - start < 12 {
        value = value * 10 + Int(bytes[at] - 0x30)
        at += 1
      }
      guard at > start else { break }
      found.append(value)
    }
    return found
  }

  private func reference(after word: StaticString) -> String? {
    for at in occurrences(word).reversed() {
      let parts = numbers(at, 2)
      if parts.count == 2 { return "\(parts[0]) \(parts[1]) R" }
    }
    return nil
  }

  private func largest(after word: StaticString) -> Int? { occurrences(word).compactMap { numbers($0, 1).first }.max() }

  private func lastStart() -> Int? { occurrences("startxref").last.flatMap { numbers($0, 1).first } }
}

extension ArraySlice where Element == UInt8 {
  fileprivate func hasSuffix(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard count >= length else { return false }
    for i in 0..<length where self[endIndex - length + i] != word.utf8Start[i] { return false }
    return true
  }
}
