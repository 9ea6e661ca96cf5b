import Glibc
import Model

/// Growing storage of zeroed 64-byte lines that never moves: 2 MiB pieces straight from the kernel, or a mapped file.
struct LineStore: ~Copyable {
  private static let linesPerChunkShift = 15
  private static let chunkBytes = 64 << linesPerChunkShift
  private static let chunkCountMax = 1 << 14
  private static let smallChunks = 4

  /// Lines in use.
  private(set) var count = 0
  private var chunkCount = 0
  private let chunks: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>>
  private let mapped: MappedFile?

  init() {
    chunks = .allocate(capacity: LineStore.chunkCountMax)
    mapped = nil
  }

  /// Lines `first` and on of a mapped file; they are only read.
  init(mapped: MappedFile, first: Int, count: Int) {
    chunks = .allocate(capacity: LineStore.chunkCountMax)
    self.mapped = mapped
    self.count = count
    let bytes = UnsafeRawBufferPointer(mapped.bytes)
    var line = 0
    while line < count {
      // Read only: nothing writes through this pointer, since a sealed segment takes no reports.
      chunks[chunkCount] = UnsafeMutablePointer(
        mutating: (bytes.baseAddress! + (first + line) * 64).assumingMemoryBound(to: UInt32.self))
      chunkCount += 1
      line += 1 << LineStore.linesPerChunkShift
    }
  }

  /// A copy of lines `first` and on of `bytes`.
  init(copying bytes: UnsafeRawBufferPointer, first: Int, count: Int) {
    self.init()
    extend(to: count)
    var line = 0
    while line < count {
      let end = min(count, line + (1 << LineStore.linesPerChunkShift))
      UnsafeMutableRawPointer(self[line]).copyMemory(
        from: bytes.baseAddress! + (first + line) * 64, byteCount: (end - line) * 64)
      line = end
    }
  }

  deinit {
    if mapped == nil {
      for index in 0..<chunkCount { munmap(chunks[index], LineStore.chunkBytes) }
    }
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
      precondition(chunkCount < LineStore.chunkCountMax && mapped == nil, "a dedupe segment is limited to 32 GiB")
      let memory = mmap(nil, LineStore.chunkBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      guard let memory, memory != MAP_FAILED else { fatalError("out of memory for the dedupe index") }
      // Large pages spare the look-ups of a large index the walks; a small index should take what it uses.
      if chunkCount >= LineStore.smallChunks { madvise(memory, LineStore.chunkBytes, MADV_HUGEPAGE) }
      chunks[chunkCount] = memory.bindMemory(to: UInt32.self, capacity: LineStore.chunkBytes / 4)
      chunkCount += 1
    }
    self.count = max(self.count, count)
  }

  /// Calls `body` with the bytes of the lines in `range`, in pieces.
  func withBytes<Failure: Error>(
    of range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var line = range.lowerBound
    while line < range.upperBound {
      let end = min(range.upperBound, (line >> LineStore.linesPerChunkShift + 1) << LineStore.linesPerChunkShift)
      try body(UnsafeRawBufferPointer(start: self[line], count: (end - line) * 64))
      line = end
    }
  }
}
