import Model

/// Encodes a report and what was found in it as the body of a feed line. Pure: runs in the parallel lanes.
///
/// Keys, their order and their meaning are those of `docs/feed.schema.json`.
public struct LineEncoder: Sendable {
  private let tail: [UInt8]

  /// An encoder whose lines name this program version and lexicon version.
  public init(programVersion: String, lexiconVersion: String) {
    var tail: [UInt8] = []
    tail.json(#","coder":{"rasid":"#)
    tail.json(string: programVersion)
    tail.json(#","lexicon":"#)
    tail.json(string: lexiconVersion)
    tail.json(#"},"prev":"#)
    self.tail = tail
  }

  /// Encodes one report.
  /// - Parameters:
  ///   - file: path of the dropped file, relative to the inbox.
  ///   - received: when the file was admitted.
  ///   - digest: SHA-256 of the report's original bytes (the file's, or the member's): it gives the ids.
  ///   - fileDigest: SHA-256 of the file, under which it is archived.
  ///   - fileBytes: size of the file in bytes.
  ///   - language: ISO 639-1, or nil.
  public func encode(
    _ report: Report, _ extraction: Extraction, file: PathBytes, received: Timestamp, digest: Digest,
    fileDigest: Digest, fileBytes: Int, language: String?
  ) -> FeedLine {
    var head: [UInt8] = []
    head.reserveCapacity(report.text.count + 1024)
    head.json(#","id":""#)
    digest.appendHex(to: &head, digits: 32)
    head.json(#"","received":""#)
    received.appendRFC3339(to: &head, microseconds: true)
    head.json(#"","source":"#)
    appendSource(report.source, file: file, digest: fileDigest, byteCount: fileBytes, to: &head)
    let textValue = appendReport(report, language: language, to: &head)
    head.json(#","relation":"#)

    let offsets = CodePointOffsets(report.text)
    var body: [UInt8] = []
    body.reserveCapacity(64 + extraction.mentions.count * 192 + extraction.events.count * 512)
    body.json(#","entities":["#)
    for index in extraction.mentions.indices {
      if index > 0 { body.append(UInt8(ascii: ",")) }
      MentionEncoder.append(extraction.mentions[index], index: index, text: report.text, offsets: offsets, to: &body)
    }
    body.json(#"],"events":["#)
    var clusterOffsets: [Int] = []
    clusterOffsets.reserveCapacity(extraction.events.count)
    for index in extraction.events.indices {
      if index > 0 { body.append(UInt8(ascii: ",")) }
      EventEncoder.append(
        extraction.events[index], digest: digest, offsets: offsets, clusterOffsets: &clusterOffsets, to: &body)
    }
    body.json("]")
    return FeedLine(
      received: received, head: head, textValue: textValue, body: body, clusterOffsets: clusterOffsets, tail: tail)
  }

  private func appendSource(
    _ source: Report.Source, file: PathBytes, digest: Digest, byteCount: Int, to out: inout [UInt8]
  ) {
    out.json(#"{"file":"#)
    out.json(string: file.display)
    out.json(#","member":"#)
    out.json(string: source.member)
    out.json(#","sha256":""#)
    digest.appendHex(to: &out)
    out.json(#"","bytes":"#)
    out.json(byteCount)
    out.json(#","media":"#)
    out.json(string: source.media)
    out.json(#","charset":"#)
    out.json(string: source.charset)
    out.json(#","repairs":["#)
    for (index, repair) in source.repairs.enumerated() {
      out.json(index > 0 ? #",{"kind":"# : #"{"kind":"#)
      out.json(string: repair.kind)
      out.json(#","count":"#)
      out.json(repair.count)
      out.json(#","offset":"#)
      out.json(repair.offset)
      out.json("}")
    }
    out.json("]}")
  }

  /// Returns where the value of `text` stands.
  private func appendReport(_ report: Report, language: String?, to out: inout [UInt8]) -> Range<Int> {
    out.json(#","report":{"title":"#)
    out.json(string: report.title)
    out.json(#","published":"#)
    if let published = report.published {
      out.append(UInt8(ascii: "\""))
      published.appendRFC3339(to: &out, microseconds: false)
      out.append(UInt8(ascii: "\""))
    } else {
      out.json("null")
    }
    out.json(#","outlet":"#)
    out.json(string: report.outlet)
    out.json(#","author":"#)
    out.json(string: report.author)
    out.json(#","url":"#)
    out.json(string: report.url)
    out.json(#","lang":"#)
    out.json(string: language)
    out.json(#","text":"#)
    let start = out.count
    out.json(string: report.text)
    let end = out.count
    out.json("}")
    return start..<end
  }
}
