import Glibc

/// Inverted index: 32-bit fingerprint → numbers of the reports that have it. Linear hashing over 64-byte lines.
///
/// A line is one cache line: a header (entries in it, next overflow line) and 15 entries of 32 bits. A bucket at level
/// L is addressed by the low L bits of the fingerprint, so an entry need hold only its other 32 − L bits, and the L bits
/// that become free hold the report's number: identity of the fingerprint is exact in four bytes. It grows by
/// splitting one bucket at a time: no pause, and the load stays the same at every size. What a look-up yields is a
/// function of what was inserted, whatever the layout.
final class PostingTable {
  /// Entries of one line.
  static let entriesPerLine = 15
  /// Entries per bucket that the table aims at: above, the next bucket is split.
  static let load = 11

  private var lines = LineStore()
  private var overflow = LineStore()
  private var freeLine: UInt32 = 0
  private(set) var level: UInt32
  private(set) var next = 0
  private(set) var postings = 0
  private var scratch: [(fingerprint: UInt32, report: UInt32)] = []

  /// An empty table, laid out for about `expected` postings of `reports` reports.
  init(expected: Int = 0, reports: Int = 0) {
    let buckets = max(64, expected / PostingTable.load, reports)
    level = UInt32(Int.bitWidth - 1 - buckets.leadingZeroBitCount)
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

  /// Writes the numbers of the reports that hold `fingerprint` into `reports`, which has room for the table's cap, and
  /// returns how many.
  @inline(__always)
  func find(_ fingerprint: UInt32, into reports: UnsafeMutablePointer<UInt32>, room: Int) -> Int {
    let (bucket, level) = bucket(of: fingerprint)
    let key = fingerprint >> level
    let mask = UInt32(1) << level &- 1
    var line = lines[bucket]
    var found = 0
    while true {
      let header = line[0]
      let count = Int(header & 0xff)
      var at = 1
      while at <= count {
        let entry = line[at]
        if entry >> level == key && found < room {
          reports[found] = entry & mask
          found &+= 1
        }
        at &+= 1
      }
      let more = header >> 8
      if more == 0 { return found }
      line = overflow[Int(more)]
    }
  }

  /// Adds a report to `fingerprint`, unless it has `cap` reports already. Report numbers ascend from 0.
  func insert(_ fingerprint: UInt32, report: UInt32, cap: Int) {
    if place(fingerprint, report: report, cap: cap) {
      postings += 1
      while postings > PostingTable.load * bucketCount || Int(report) >= 1 << Int(level) { split() }
    } else if Int(report) >= 1 << Int(level) {
      // No room for the number in an entry: `place` refuses, split until there is.
      while Int(report) >= 1 << Int(level) { split() }
      if place(fingerprint, report: report, cap: cap) { postings += 1 }
    }
  }

  @inline(__always)
  private func place(_ fingerprint: UInt32, report: UInt32, cap: Int) -> Bool {
    let (bucket, level) = bucket(of: fingerprint)
    guard report >> level == 0 else { return false }
    let key = fingerprint >> level
    var line = lines[bucket]
    var same = 0
    while true {
      let header = line[0]
      let count = Int(header & 0xff)
      var at = 1
      while at <= count {
        if line[at] >> level == key { same &+= 1 }
        at &+= 1
      }
      if same >= cap { return false }
      if count < PostingTable.entriesPerLine {
        line[count + 1] = key << level | report
        line[0] = header &+ 1
        return true
      }
      var more = header >> 8
      if more == 0 {
        more = takeOverflowLine()
        line[0] = header | more << 8
      }
      line = overflow[Int(more)]
    }
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

  /// Splits the next bucket in two.
  private func split() {
    let (old, oldLevel) = (next, level)
    let mask = UInt32(1) << oldLevel &- 1
    scratch.removeAll(keepingCapacity: true)
    var line = lines[old]
    var number: UInt32 = 0
    while true {
      let header = line[0]
      for at in 0..<Int(header & 0xff) {
        let entry = line[at + 1]
        scratch.append((entry & ~mask | UInt32(old), entry & mask))
      }
      if number != 0 {
        line[0] = freeLine << 8
        freeLine = number
      } else {
        line[0] = 0
      }
      number = header >> 8
      if number == 0 { break }
      line = overflow[Int(number)]
    }
    next += 1
    lines.extend(to: 1 << Int(level) + next)
    if next == 1 << Int(level) {
      level += 1
      next = 0
    }
    for (fingerprint, report) in scratch { _ = place(fingerprint, report: report, cap: .max) }
  }
}

/// Growing storage of zeroed 64-byte lines that never moves: 2 MiB pieces straight from the kernel.
struct LineStore: ~Copyable {
  private static let linesPerChunkShift = 15
  private static let chunkBytes = 64 << linesPerChunkShift
  private static let chunkCountMax = 1 << 14

  /// Lines in use.
  private(set) var count = 0
  private var chunkCount = 0
  private let chunks: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>>

  init() { chunks = .allocate(capacity: LineStore.chunkCountMax) }

  deinit {
    for index in 0..<chunkCount { munmap(chunks[index], LineStore.chunkBytes) }
    chunks.deallocate()
  }

  /// The 16 words of a line.
  @inline(__always)
  subscript(line: Int) -> UnsafeMutablePointer<UInt32> {
    chunks[line >> LineStore.linesPerChunkShift]
      + (line & (1 << LineStore.linesPerChunkShift - 1)) << 4
  }

  /// Makes room for `count` lines, zeroed. Out of memory ends the process, as it does for every allocation.
  mutating func extend(to count: Int) {
    while chunkCount << LineStore.linesPerChunkShift < count {
      precondition(chunkCount < LineStore.chunkCountMax, "a dedupe segment is limited to 32 GiB")
      let memory = mmap(nil, LineStore.chunkBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      guard let memory, memory != MAP_FAILED else { fatalError("out of memory for the dedupe index") }
      madvise(memory, LineStore.chunkBytes, MADV_HUGEPAGE)
      chunks[chunkCount] = memory.bindMemory(to: UInt32.self, capacity: LineStore.chunkBytes / 4)
      chunkCount += 1
    }
    self.count = max(self.count, count)
  }
}
