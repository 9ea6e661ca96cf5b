import Model

/// Inverted index: 32-bit fingerprint → numbers of the reports that have it. Linear hashing over 64-byte lines.
///
/// A line is one cache line: a header (entries in it, next overflow line) and 15 entries of 32 bits. A bucket at level
/// L is addressed by the low L bits of the fingerprint, so an entry need hold only its other 32 − L bits, and the L bits
/// that become free hold the report's number: identity of the fingerprint is exact in four bytes. It grows by
/// splitting one bucket at a time: no pause, and the load stays the same at every size. What a look-up yields is a
/// function of what was inserted, whatever the layout.
///
/// A fingerprint that reaches the cap is boilerplate: its list is thrown away but for the first report, and an entry with
/// the number of all ones at the head of the bucket says so.
final class PostingTable {
  /// Entries of one line.
  static let entriesPerLine = 15
  /// Entries per bucket that the table aims at: above, the next bucket is split.
  static let load = 11

  // One thread uses the table and no method calls out, so accesses never overlap.
  @exclusivity(unchecked) private var lines: LineStore
  @exclusivity(unchecked) private var overflow: LineStore
  @exclusivity(unchecked) private var freeLine: UInt32 = 0
  @exclusivity(unchecked) private(set) var level: UInt32
  @exclusivity(unchecked) private(set) var next = 0
  @exclusivity(unchecked) private(set) var postings = 0
  @exclusivity(unchecked) private var scratch = ScratchBuffer<UInt32>()

  /// An empty table, laid out for about `expected` postings of `reports` reports.
  init(expected: Int = 0, reports: Int = 0) {
    let buckets = max(64, expected / PostingTable.load, reports)
    level = UInt32(Int.bitWidth - 1 - buckets.leadingZeroBitCount)
    lines = LineStore()
    overflow = LineStore()
    lines.extend(to: 1 << Int(level))
    // Line 0 of the overflow is the "none" of the headers.
    overflow.extend(to: 1)
  }

  /// Buckets at present.
  var bucketCount: Int { 1 << Int(level) + next }
  /// Bytes of memory that the lines take.
  var byteCount: Int { (lines.count + overflow.count) * 64 }

  @inline(__always)
  private func bucket(of fingerprint: UInt32) -> (bucket: Int, level: UInt32) {
    let low = Int(fingerprint & (1 << level &- 1))
    return low >= next ? (low, level) : (Int(fingerprint & (1 << (level + 1) &- 1)), level + 1)
  }

  /// Touches the line of `fingerprint`, so that many cache misses run side by side; the value means nothing.
  @inline(__always)
  func touch(_ fingerprint: UInt32) -> UInt32 { lines[bucket(of: fingerprint).bucket][0] }

  /// What is known of a fingerprint.
  struct Found {
    /// Reports that were written out.
    var count = 0
    /// Whether so many reports have it that only the first one is kept.
    var isCapped = false
  }

  /// Writes the numbers of the reports that hold `fingerprint` into `reports`, which has room for the table's cap.
  @inline(__always)
  func find(_ fingerprint: UInt32, into reports: UnsafeMutablePointer<UInt32>, room: Int) -> Found {
    let (bucket, level) = bucket(of: fingerprint)
    let mask = ~UInt32(0) << level
    let key = fingerprint & mask
    var line = lines[bucket]
    var found = Found()
    while true {
      let header = line[0]
      let count = Int(header & 0xff)
      var at = 1
      while at <= count {
        let entry = line[at]
        if entry & mask == key {
          if entry | mask == ~0 {
            found.isCapped = true
          } else if found.count < room {
            reports[found.count] = entry & ~mask
            found.count &+= 1
          }
        }
        at &+= 1
      }
      let more = header >> 8
      if more == 0 || found.isCapped && found.count > 0 { return found }
      line = overflow[Int(more)]
    }
  }

  /// Adds a report to `fingerprint`; the report that makes `cap` (at least 2) turns it into boilerplate. Report numbers
  /// ascend from 0.
  func insert(_ fingerprint: UInt32, report: UInt32, cap: Int) {
    // The number must fit beside the key, and all ones is no number.
    while report >= 1 << level &- 1 { split() }
    guard place(fingerprint, report: report, cap: cap) else { return }
    postings += 1
    while postings > PostingTable.load * bucketCount { split() }
  }

  @inline(__always)
  private func place(_ fingerprint: UInt32, report: UInt32, cap: Int) -> Bool {
    let (bucket, level) = bucket(of: fingerprint)
    let mask = ~UInt32(0) << level
    let key = fingerprint & mask
    var line = lines[bucket]
    var same = 0
    while true {
      let header = line[0]
      let count = Int(header & 0xff)
      var at = 1
      while at <= count {
        if line[at] & mask == key {
          if line[at] | mask == ~0 { return false }
          same &+= 1
        }
        at &+= 1
      }
      if same &+ 1 >= cap {
        wear(bucket, key, mask)
        return false
      }
      if count < PostingTable.entriesPerLine {
        line[count + 1] = key | report
        line[0] = header &+ 1
        return true
      }
      line = following(line)
    }
  }

  /// Throws the list of a fingerprint away: the mark and the first report come to the head of the bucket.
  private func wear(_ bucket: Int, _ key: UInt32, _ mask: UInt32) {
    let count = takeEntries(of: bucket)
    var first = ~UInt32(0)
    var worn = 0
    for at in 0..<count where scratch[at] & mask == key {
      first = min(first, scratch[at] & ~mask)
      worn += 1
    }
    var line = lines[bucket]
    append(key | ~mask, to: &line)
    append(key | first, to: &line)
    for at in 0..<count where scratch[at] & mask != key { append(scratch[at], to: &line) }
    postings -= worn - 2
  }

  /// The overflow line behind a full line, a new one where there is none.
  private func following(_ line: UnsafeMutablePointer<UInt32>) -> UnsafeMutablePointer<UInt32> {
    var more = line[0] >> 8
    if more == 0 {
      more = takeOverflowLine()
      line[0] |= more << 8
    }
    return overflow[Int(more)]
  }

  private func takeOverflowLine() -> UInt32 {
    if freeLine != 0 {
      let line = freeLine
      freeLine = overflow[Int(line)][0] >> 8
      overflow[Int(line)][0] = 0
      return line
    }
    overflow.extend(to: overflow.count + 1)
    return UInt32(overflow.count - 1)
  }

  /// Splits the next bucket in two: the lowest bit of the key that the entries hold says which way each one goes.
  private func split() {
    let (old, bit) = (next, UInt32(1) << level)
    let count = takeEntries(of: old)
    lines.extend(to: 1 << Int(level) + next + 1)
    var low = lines[old]
    var high = lines[1 << Int(level) + next]
    for at in 0..<count {
      let entry = scratch[at]
      // The bit now belongs to the address; in the entry it is free for the number, and the mark stays all ones.
      let isMark = entry | ~(bit &- 1) == ~0
      let moved = isMark ? entry | bit : entry & ~bit
      if entry & bit == 0 { append(moved, to: &low) } else { append(moved, to: &high) }
    }
    next += 1
    if next == 1 << Int(level) {
      level += 1
      next = 0
    }
  }

  /// Moves the entries of a bucket to `scratch`, in order, and returns how many; the bucket is empty then.
  private func takeEntries(of bucket: Int) -> Int {
    var count = 0
    var line = lines[bucket]
    var number: UInt32 = 0
    while true {
      let header = line[0]
      let entries = Int(header & 0xff)
      scratch.extend(to: count + entries)
      for at in 0..<entries { scratch[count &+ at] = line[at &+ 1] }
      count += entries
      line[0] = 0
      if number != 0 {
        line[0] = freeLine << 8
        freeLine = number
      }
      number = header >> 8
      if number == 0 { return count }
      line = overflow[Int(number)]
    }
  }

  @inline(__always)
  private func append(_ entry: UInt32, to line: inout UnsafeMutablePointer<UInt32>) {
    var count = Int(line[0] & 0xff)
    if count == PostingTable.entriesPerLine {
      line = following(line)
      count = 0
    }
    line[count + 1] = entry
    line[0] &+= 1
  }

  // MARK: On disk

  /// The table in a file that `write` made; nil when the file is missing, damaged or made for something else. A `sealed`
  /// one is mapped and only read; another one is copied and goes on.
  init?(path: PathBytes, header expected: StateFile.Header, sealed: Bool) {
    guard let mapped = try? MappedFile(path, access: .random) else { return nil }
    let bytes = UnsafeRawBufferPointer(mapped.bytes)
    guard bytes.count % 64 == 0, bytes.count >= 128,
      let header = StateFile.Header(Array(bytes[..<64]), kind: expected.kind), header.level < 32
    else { return nil }
    var plain = header
    (plain.level, plain.next, plain.postings, plain.checksum) = (0, 0, 0, 0)
    let buckets = 1 << Int(header.level) + Int(header.next)
    guard plain == expected, bytes.count / 64 > buckets + 1,
      PostingTable.checksum(UnsafeRawBufferPointer(rebasing: bytes[64...]), seed: 0) == header.checksum
    else { return nil }
    level = header.level
    next = Int(header.next)
    postings = Int(header.postings)
    let overflowCount = bytes.count / 64 - 1 - buckets
    if sealed {
      lines = LineStore(mapped: mapped, first: 1, count: buckets)
      overflow = LineStore(mapped: mapped, first: 1 + buckets, count: overflowCount)
    } else {
      lines = LineStore(copying: bytes, first: 1, count: buckets)
      overflow = LineStore(copying: bytes, first: 1 + buckets, count: overflowCount)
      // Line 0 is nobody's: `write` keeps the head of the free lines there.
      freeLine = overflow[0][0]
      overflow[0][0] = 0
    }
  }

  /// Writes the table to `path`, whole or not at all: it is there when the step that is returned has been done, which only
  /// waits for the disk.
  func write(to path: PathBytes, header plain: StateFile.Header) throws(SystemError) -> PendingCheckpoint.Step {
    var header = plain
    header.level = level
    header.next = UInt32(next)
    header.postings = UInt64(postings)
    overflow[0][0] = freeLine
    defer { overflow[0][0] = 0 }
    var checksum: UInt64 = 0
    lines.withBytes(of: 0..<lines.count) { checksum = PostingTable.checksum($0, seed: checksum) }
    overflow.withBytes(of: 0..<overflow.count) { checksum = PostingTable.checksum($0, seed: checksum) }
    header.checksum = checksum
    var temporary = path
    temporary.bytes.append(contentsOf: ".tmp".utf8)
    let file = try StateFile(path: temporary, header: header)
    try file.truncate(to: 0)
    try lines.withBytes(of: 0..<lines.count) { (bytes) throws(SystemError) in try file.append(bytes.bytes) }
    try overflow.withBytes(of: 0..<overflow.count) { (bytes) throws(SystemError) in try file.append(bytes.bytes) }
    let synchronize = try file.synchronization()
    return { [temporary] () throws(SystemError) in
      try synchronize()
      try temporary.rename(to: path)
    }
  }

  /// Line by line, so that it does not matter in which pieces the lines come.
  private static func checksum(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    var state = seed
    var at = 0
    while at < bytes.count {
      var sum: UInt64 = 0
      for offset in stride(from: at, to: at + 64, by: 16) {
        sum &+= StableHash.mix(
          bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ 0xa076_1d64_78bd_642f &+ UInt64(offset - at),
          bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self) ^ 0xe703_7ed1_a0b4_28db)
      }
      state = StableHash.mix(state ^ sum, 0x9e37_79b9_7f4a_7c15)
      at += 64
    }
    return state
  }
}
