import Model

/// A run of reports in feed order with their inverted index: in memory, or in four files of the state folder.
///
/// `entries` holds 64 bytes per report, `words` and `fingerprints` what they point to; all three only grow. Words and
/// fingerprints are written before the entries that point to them, so that a process that is killed leaves at worst
/// a tail that no entry names. A full segment is sealed: its inverted index is written to `table`, and mapped.
final class Segment {
  /// Number of its first report among all reports of the index.
  let base: UInt32
  @exclusivity(unchecked) private(set) var count = 0
  private let disk = DiskState()
  /// Whether a report could not be read back as it was written.
  private(set) var isDamaged = false

  /// Keeps the touching of lines from being optimised away.
  private var loadTouched: UInt32 = 0
  private let place: Place?
  private let configuration: DedupeConfiguration
  private let words: NumberLog
  private let fingerprints: NumberLog
  private let entries: StateFile?
  // No method is entered while another one runs on the same segment: the index is used by one thread, and what is
  // handed to closures never leads back here.
  @exclusivity(unchecked) private var lines = LineStore()
  private var linesWritten = 0
  /// Whether it takes no more reports.
  private(set) var isSealed = false
  /// Days on which its first and its last report were received, in days since 1970.
  private(set) var days: ClosedRange<UInt16> = 0...0
  /// Reports in the snapshot of the inverted index on disk.
  private var snapshotCount = 0
  /// The inverted index.
  @exclusivity(unchecked) private(set) var table: PostingTable

  /// Where the segment's files are.
  struct Place {
    var directory: PathBytes
    var number: UInt32

    /// The file for `kind`: `dedupe-000012.words`.
    func path(_ kind: StateFile.Kind) -> PathBytes {
      let digits = String(number)
      let padded = String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
      return directory.appending("dedupe-\(padded).\(kind)")
    }
  }

  /// Segment number `number`, whose first report is number `base`; goes on where its files end, as far as they are whole.
  init(directory: PathBytes?, number: UInt32, base: UInt32, configuration: DedupeConfiguration) throws(SystemError) {
    self.base = base
    self.configuration = configuration
    guard let directory else {
      place = nil
      entries = nil
      words = NumberLog(file: nil)
      fingerprints = NumberLog(file: nil)
      table = PostingTable()
      return
    }
    let place = Place(directory: directory, number: number)
    func file(_ kind: StateFile.Kind) throws(SystemError) -> StateFile {
      try StateFile(path: place.path(kind), header: Segment.header(kind, number, base, configuration))
    }
    self.place = place
    let entries = try file(.entries)
    self.entries = entries
    words = NumberLog(file: try file(.words))
    fingerprints = NumberLog(file: try file(.fingerprints))
    table = PostingTable()
    try load(entries)
  }

  private static func header(
    _ kind: StateFile.Kind, _ number: UInt32, _ base: UInt32, _ configuration: DedupeConfiguration
  ) -> StateFile.Header {
    var header = StateFile.Header(kind: kind)
    header.segment = number
    header.base = base
    header.documentFrequencyMax = UInt32(configuration.documentFrequencyMax)
    header.segmentReports = UInt32(configuration.segmentReports)
    return header
  }

  /// Bytes that are touched at random: entries and inverted index.
  var hotByteCount: Int { lines.count * 64 + table.byteCount }
  /// Whether it takes no more reports.
  var isFull: Bool { isSealed || count >= configuration.segmentReports }

  /// Whether it should be closed before a report of `day`: so that what has left the hot window is in a segment of its
  /// own, and not in memory.
  func isAged(on day: UInt16) -> Bool {
    count >= configuration.agedSegmentReports && Int(days.lowerBound) + configuration.hotDays < Int(day)
  }

  /// Feed sequence number of its last report, nil when it is empty.
  var lastSequence: UInt64? { count > 0 ? entry(count - 1).sequence : nil }

  /// Feed sequence number of its first report, nil when it is empty.
  var firstSequence: UInt64? { count > 0 ? entry(0).sequence : nil }

  /// Entry number `local` (from 0) of the segment.
  @inline(__always)
  func entry(_ local: Int) -> ReportEntry {
    UnsafeRawPointer(lines[local]).load(as: ReportEntry.self)
  }

  /// Hands the words of a report to `body`; nil when they cannot be read as they were written.
  func withWords<Result>(of entry: ReportEntry, _ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result? {
    let result = words.read(entry.wordsOffset, Int(entry.wordCount)) { numbers -> Result? in
      ReportEntry.checksum(numbers) == entry.wordsChecksum ? body(numbers) : nil
    }
    if let result, let result { return result }
    isDamaged = true
    return nil
  }

  // MARK: Taking in

  /// Adds a report; `canonical` ones are found by later ones that share something, others by their whole text only.
  func append(_ sketch: Sketch, sequence: UInt64, day: UInt16, canonical: Bool) {
    var entry = ReportEntry(
      sequence: sequence, day: day, content: sketch.contentHash, wordsOffset: words.count,
      fingerprintsOffset: fingerprints.count, shingleCount: UInt32(sketch.shingleCount))
    if canonical {
      entry.wordCount = UInt32(sketch.words.count)
      entry.fingerprintCount = UInt32(sketch.fingerprints.count)
      entry.wordsChecksum = sketch.words.withUnsafeBufferPointer(ReportEntry.checksum)
      words.append(sketch.words)
      if place != nil {
        entry.fingerprintsChecksum = sketch.fingerprints.withUnsafeBufferPointer(ReportEntry.checksum)
        fingerprints.append(sketch.fingerprints)
      }
    }
    entry.checksum = entry.expectedChecksum()
    store(entry)
    index(entry, number: count - 1)
    if canonical {
      sketch.fingerprints.withUnsafeBufferPointer { index($0, number: count - 1) }
    }
    if words.isFull { flush() }
  }

  private func store(_ entry: ReportEntry) {
    days = count == 0 ? entry.day...entry.day : days.lowerBound...max(days.upperBound, entry.day)
    count += 1
    lines.extend(to: count)
    UnsafeMutableRawPointer(lines[count - 1]).storeBytes(of: entry, as: ReportEntry.self)
  }

  private func index(_ entry: ReportEntry, number: Int) {
    table.insert(entry.content.identity, report: UInt32(number), cap: configuration.documentFrequencyMax)
  }

  private func index(_ fingerprints: UnsafeBufferPointer<UInt32>, number: Int) {
    for fingerprint in fingerprints {
      table.insert(fingerprint, report: UInt32(number), cap: configuration.documentFrequencyMax)
    }
  }

  // MARK: On disk

  /// Hands what has been gathered to the system: then a crash of the process loses nothing of it.
  private func flush() {
    do {
      try words.flush()
      try fingerprints.flush()
      guard let entries, disk.failure == nil else { return }
      try lines.withBytes(of: linesWritten..<count) { (bytes) throws(SystemError) in try entries.append(bytes.bytes) }
      linesWritten = count
    } catch {
      disk.fail(error)
      words.stopWriting()
      fingerprints.stopWriting()
    }
  }

  /// Hands all that the segment has to the system; it is on the disk when what is returned is finished. Throws the first
  /// error that the disk gave since the start.
  /// - Parameter isBusy: whether reports wait, so that a snapshot, which takes half a second for a million reports, is put
  ///   off for a while.
  func beginCheckpoint(isBusy: Bool) throws(SystemError) -> PendingCheckpoint {
    flush()
    if let failure = disk.failure { throw failure }
    var pending = PendingCheckpoint()
    guard let entries else { return pending }
    do {
      for step in [try words.synchronization(), try fingerprints.synchronization(), try entries.synchronization()] {
        if let step { pending.add { [disk] () throws(SystemError) in try disk.noting(step) } }
      }
      let isDue = count - snapshotCount >= max(configuration.snapshotReports, isBusy ? count / 2 : count / 4)
      if isDue, !isFull, !disk.isWritingSnapshot { pending.add(try writeSnapshot()) }
    } catch {
      disk.fail(error)
      throw error
    }
    return pending
  }

  /// Has the inverted index written as it is, so that a start need only add the reports that came after.
  private func writeSnapshot() throws(SystemError) -> PendingCheckpoint {
    var pending = PendingCheckpoint()
    guard let place else { return pending }
    let step = try table.write(to: place.path(.snapshot), header: tableHeader(.snapshot, place, reports: count))
    snapshotCount = count
    disk.beginSnapshot()
    pending.add { [disk] () throws(SystemError) in
      defer { disk.endSnapshot() }
      try disk.noting(step)
    }
    return pending
  }

  private func tableHeader(_ kind: StateFile.Kind, _ place: Place, reports: Int) -> StateFile.Header {
    var header = Segment.header(kind, place.number, base, configuration)
    header.segmentReports = UInt32(reports)
    return header
  }

  /// Takes up the snapshot, when it is whole and of reports that are all there.
  private func adoptSnapshot() {
    guard let place, let header = StateFile.Header(of: place.path(.snapshot), kind: .snapshot),
      Int(header.segmentReports) <= count, header.segmentReports > 0,
      let table = PostingTable(
        path: place.path(.snapshot), header: tableHeader(.snapshot, place, reports: Int(header.segmentReports)),
        sealed: false)
    else { return }
    self.table = table
    snapshotCount = Int(header.segmentReports)
  }

  /// Writes the inverted index of a full segment and maps it, so that its memory is the system's to reclaim.
  func seal() throws(SystemError) {
    isSealed = true
    guard let place else { return }
    try beginCheckpoint(isBusy: false).finish()
    try table.write(to: place.path(.table), header: tableHeader(.table, place, reports: count))()
    adoptSealed()
  }

  @discardableResult
  private func adoptSealed() -> Bool {
    guard let place, count == linesWritten, count > 0,
      let sealed = PostingTable(
        path: place.path(.table), header: tableHeader(.table, place, reports: count), sealed: true),
      let mapped = try? MappedFile(place.path(.entries), access: .random), mapped.bytes.count >= (count + 1) * 64
    else { return false }
    isSealed = true
    // A checkpoint that was under way may leave one behind.
    try? place.path(.snapshot).remove()
    table = sealed
    // The header of the file is its first line.
    lines = LineStore(mapped: mapped, first: 1, count: count)
    return true
  }

  /// Entries that are read at once.
  private static let loadCount = 1024
  /// The last words of a segment are checked when it is loaded, as a crash may have torn them; the others when they
  /// are read.
  private static let checkedWords: UInt64 = 16 << 20
  /// Fingerprints whose lines are touched ahead of their turn.
  private static let touchCount = 64

  /// Takes in the entries as far as they and what they point to are whole, and cuts off the rest.
  private func load(_ entries: StateFile) throws(SystemError) {
    let available = entries.byteCount / ReportEntry.byteCount
    lines.extend(to: available)
    var ends = (words: UInt64(0), fingerprints: UInt64(0))
    while count < available {
      let batch = min(Segment.loadCount, available - count)
      let good = loadBatch(entries, batch, &ends)
      count += good
      if good < batch { break }
    }
    linesWritten = count
    if count > 0 { days = entry(0).day...max(entry(0).day, entry(count - 1).day) }
    try entries.truncate(to: count * ReportEntry.byteCount)
    try words.truncate(to: ends.words)
    try fingerprints.truncate(to: ends.fingerprints)
    if adoptSealed() { return }
    snapshotCount = 0
    adoptSnapshot()
    if snapshotCount == 0 { makeTable() }
    indexReports(from: snapshotCount)
    if isFull { try seal() }
  }

  /// Reads the next `batch` entries and checks them; returns how many are whole.
  private func loadBatch(
    _ entries: StateFile, _ batch: Int, _ ends: inout (words: UInt64, fingerprints: UInt64)
  ) -> Int {
    var sequence = lastSequence ?? 0
    // A batch never spans two chunks of the lines: it is a power of two, and so are they.
    let target = UnsafeMutableRawBufferPointer(start: lines[count], count: batch * ReportEntry.byteCount)
    guard entries.read(into: target, at: count * ReportEntry.byteCount) else { return 0 }
    var end = ends
    var good = 0
    while good < batch {
      let entry = self.entry(count + good)
      guard entry.checksum == entry.expectedChecksum(), entry.sequence > sequence, entry.wordsOffset == end.words,
        entry.fingerprintsOffset == end.fingerprints, end.words + UInt64(entry.wordCount) <= words.count,
        end.fingerprints + UInt64(entry.fingerprintCount) <= fingerprints.count
      else { break }
      sequence = entry.sequence
      end.words += UInt64(entry.wordCount)
      end.fingerprints += UInt64(entry.fingerprintCount)
      good += 1
    }
    let from = words.count > Segment.checkedWords ? words.count - Segment.checkedWords : 0
    let whole = min(
      wholeEntries(of: good, in: fingerprints, from: ends.fingerprints, to: end.fingerprints) { entry in
        (Int(entry.fingerprintCount), entry.fingerprintsChecksum)
      },
      end.words <= from
        ? good
        : wholeEntries(of: good, in: words, from: ends.words, to: end.words) { entry in
          (Int(entry.wordCount), entry.wordsChecksum)
        })
    for at in 0..<whole {
      let entry = self.entry(count + at)
      ends.words += UInt64(entry.wordCount)
      ends.fingerprints += UInt64(entry.fingerprintCount)
    }
    return whole
  }

  /// How many of the next `good` entries find their numbers in `log` as they were written; all are read at once.
  private func wholeEntries(
    of good: Int, in log: NumberLog, from start: UInt64, to end: UInt64,
    _ expected: (ReportEntry) -> (count: Int, checksum: UInt32)
  ) -> Int {
    log.read(start, Int(end - start)) { numbers in
      var offset = 0
      for at in 0..<good {
        let (count, checksum) = expected(entry(self.count + at))
        let part = UnsafeBufferPointer(rebasing: numbers[offset..<offset + count])
        guard count == 0 || ReportEntry.checksum(part) == checksum else { return at }
        offset += count
      }
      return good
    } ?? 0
  }

  /// An empty inverted index, laid out for the reports that are there.
  private func makeTable() {
    let postings = place != nil ? Int(fingerprints.count) : Int(words.count / 6)
    table = PostingTable(expected: postings + count, reports: count)
  }

  /// Puts the reports from number `start` on into the inverted index, from their fingerprints (in memory: their words).
  private func indexReports(from start: Int) {
    var number = start
    while number < count {
      let batch = min(place == nil ? 1 : Segment.loadCount, count - number)
      let first = entry(number)
      let last = entry(number + batch - 1)
      if place != nil {
        let end = last.fingerprintsOffset + UInt64(last.fingerprintCount)
        fingerprints.read(first.fingerprintsOffset, Int(end - first.fingerprintsOffset)) { numbers in
          index(number..<number + batch, numbers)
        }
      } else if first.isCanonical {
        _ = withWords(of: first) { words in
          let shingles = Sketcher.shingles(of: words)
          index(first, number: number)
          shingles.chosen.map { shingles.all[Int($0)] }.withUnsafeBufferPointer { index($0, number: number) }
        }
      } else {
        index(first, number: number)
      }
      number += batch
    }
  }

  /// Puts the reports of `range` into the inverted index; their fingerprints are `numbers`, back to back.
  private func index(_ range: Range<Int>, _ numbers: UnsafeBufferPointer<UInt32>) {
    var offset = 0
    var ahead = 0
    var touched: UInt32 = 0
    for number in range {
      let entry = self.entry(number)
      // Lines are fetched side by side when they are asked for some way ahead.
      let next = min(numbers.count, offset + Int(entry.fingerprintCount) + Segment.touchCount)
      while ahead < next {
        touched &+= table.touch(numbers[ahead])
        ahead += 1
      }
      index(entry, number: number)
      index(
        UnsafeBufferPointer(rebasing: numbers[offset..<offset + Int(entry.fingerprintCount)]), number: number)
      offset += Int(entry.fingerprintCount)
    }
    loadTouched &+= touched
  }

  /// Forgets the reports after feed sequence number `sequence`.
  func rewind(to sequence: UInt64) throws(SystemError) {
    var kept = count
    while kept > 0, entry(kept - 1).sequence > sequence { kept -= 1 }
    guard kept < count else { return }
    flush()
    let first = entry(kept)
    var restored = LineStore()
    restored.extend(to: kept)
    for number in 0..<kept {
      UnsafeMutableRawPointer(restored[number]).copyMemory(from: lines[number], byteCount: ReportEntry.byteCount)
    }
    lines = restored
    count = kept
    isSealed = false
    days = kept > 0 ? days.lowerBound...entry(kept - 1).day : 0...0
    linesWritten = min(linesWritten, kept)
    try entries?.truncate(to: linesWritten * ReportEntry.byteCount)
    try words.truncate(to: first.wordsOffset)
    try fingerprints.truncate(to: first.fingerprintsOffset)
    if let place {
      try place.path(.table).remove()
      try place.path(.snapshot).remove()
    }
    snapshotCount = 0
    makeTable()
    indexReports(from: 0)
  }

  /// Removes the files of segment `number`; true when there were any.
  static func remove(directory: PathBytes, number: UInt32) throws(SystemError) -> Bool {
    let place = Place(directory: directory, number: number)
    let existed = place.path(.entries).exists
    // The entries last: as long as they are there, the segment is looked for.
    for kind in [StateFile.Kind.table, .snapshot, .words, .fingerprints, .entries] { try place.path(kind).remove() }
    return existed
  }
}
