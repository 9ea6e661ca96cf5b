import Model

/// A run of reports in feed order with their inverted index.
final class Segment {
  /// Number of its first report among all reports of the index.
  let base: UInt32
  private(set) var count = 0
  private var lines = LineStore()
  private let table: PostingTable
  private let words: NumberLog

  init(base: UInt32) {
    self.base = base
    table = PostingTable()
    words = NumberLog()
  }

  /// Bytes that are touched at random: entries and inverted index.
  var hotByteCount: Int { lines.count * 64 + table.byteCount }

  /// Entry number `local` (from 0) of the segment.
  @inline(__always)
  func entry(_ local: Int) -> ReportEntry {
    UnsafeRawPointer(lines[local]).load(as: ReportEntry.self)
  }

  @inline(__always)
  func touch(_ fingerprint: UInt32) -> UInt32 { table.touch(fingerprint) }

  @inline(__always)
  func find(_ fingerprint: UInt32, into reports: UnsafeMutablePointer<UInt32>, room: Int) -> Int {
    table.find(fingerprint, into: reports, room: room)
  }

  /// Hands the words of a report to `body`; nil when they cannot be read.
  func withWords<Result>(of entry: ReportEntry, _ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result? {
    words.read(entry.wordsOffset, Int(entry.wordCount), body)
  }

  /// Adds a report; `canonical` ones are found by later ones that share something, others by their whole text only.
  func append(_ sketch: Sketch, sequence: UInt64, canonical: Bool, cap: Int) {
    var entry = ReportEntry(
      sequence: sequence, contentHigh: sketch.contentHash.high, contentLow: sketch.contentHash.low,
      wordsOffset: words.count, fingerprintsOffset: 0, wordCount: 0, shingleCount: UInt32(sketch.shingleCount),
      fingerprintCount: 0, payloadChecksum: 0, checksum: 0)
    if canonical {
      entry.wordCount = UInt32(sketch.words.count)
      entry.fingerprintCount = UInt32(sketch.fingerprints.count)
      words.append(sketch.words)
    }
    entry.checksum = entry.expectedChecksum()
    let local = count
    count += 1
    lines.extend(to: count)
    UnsafeMutableRawPointer(lines[local]).storeBytes(of: entry, as: ReportEntry.self)
    table.insert(sketch.contentHash.identity, report: UInt32(local), cap: cap)
    if canonical {
      for fingerprint in sketch.fingerprints { table.insert(fingerprint, report: UInt32(local), cap: cap) }
    }
  }
}
