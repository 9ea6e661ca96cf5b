import Model

/// An append-only series of 32-bit numbers: the words (or the fingerprints) of the reports of a segment, back to back.
///
/// What is appended at once stays together. With a file the numbers are written in pieces and read back one report at a
/// time, so that they don't count as the process's memory; without one, or when the disk refuses, they stay in memory.
final class NumberLog {
  /// Numbers that are gathered before they become a piece or are written.
  private static let pieceCount = 1 << 16

  // One thread uses the series, and `body` of `read` does not come back to it.
  @exclusivity(unchecked) private var file: StateFile?
  /// Numbers in the file; those behind are in `pieces`, then in `pending`.
  @exclusivity(unchecked) private var fileCount: UInt64 = 0
  private var isWriting: Bool
  private var pieces: [[UInt32]] = []
  private var starts: [UInt64] = []
  @exclusivity(unchecked) private var pending: [UInt32] = []
  @exclusivity(unchecked) private var pendingStart: UInt64 = 0
  @exclusivity(unchecked) private var scratch: UnsafeMutableBufferPointer<UInt32>

  /// Numbers so far.
  var count: UInt64 { pendingStart + UInt64(pending.count) }
  /// Whether what has been gathered should be written.
  var isFull: Bool { pending.count >= NumberLog.pieceCount }

  /// A series that goes on in `file`, or in memory.
  init(file: StateFile?) {
    self.file = file
    isWriting = file != nil
    fileCount = UInt64((file?.byteCount ?? 0) / 4)
    pendingStart = fileCount
    scratch = .allocate(capacity: 1 << 12)
  }

  deinit { scratch.deallocate() }

  /// Appends the numbers; they begin at the `count` before.
  func append(_ numbers: [UInt32]) { pending.append(contentsOf: numbers) }

  /// Writes what has been gathered. After an error all further numbers stay in memory.
  func flush() throws(SystemError) {
    guard !pending.isEmpty else { return }
    guard isWriting, let file else {
      keepPending()
      return
    }
    do {
      try file.append(pending.span.bytes)
    } catch {
      isWriting = false
      keepPending()
      throw error
    }
    fileCount += UInt64(pending.count)
    pendingStart = fileCount
    pending.removeAll(keepingCapacity: true)
  }

  /// Stops writing: what follows stays in memory.
  func stopWriting() { isWriting = false }

  private func keepPending() {
    // Without a file small pieces would only cost time to search.
    guard isFull else { return }
    starts.append(pendingStart)
    pieces.append(pending)
    pendingStart += UInt64(pending.count)
    pending = []
    pending.reserveCapacity(NumberLog.pieceCount + NumberLog.pieceCount / 8)
  }

  /// Waits until what has been written is on the disk, when it is called; nil without a file.
  func synchronization() throws(SystemError) -> PendingCheckpoint.Step? {
    isWriting ? try file?.synchronization() : nil
  }

  /// Forgets the numbers from `count` on.
  func truncate(to count: UInt64) throws(SystemError) {
    let kept = min(count, fileCount)
    // Not only whole numbers may be too many: a torn write leaves a part of one.
    if let file, file.byteCount != Int(kept) * 4 { try file.truncate(to: Int(kept) * 4) }
    fileCount = kept
    while let start = starts.last, start + UInt64(pieces[pieces.count - 1].count) > count {
      let piece = pieces.removeLast()
      starts.removeLast()
      // The piece that is cut goes on as what is being gathered.
      pending = start < count ? Array(piece[..<Int(count - start)]) : []
      pendingStart = min(start, count)
    }
    if pendingStart > count {
      pending.removeAll()
      pendingStart = count
    }
    if self.count > count { pending.removeLast(Int(self.count - count)) }
  }

  /// Hands `count` numbers from `offset` on, which have been appended at once, to `body`; nil when they are not there.
  func read<Result>(_ offset: UInt64, _ count: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result? {
    if offset >= pendingStart {
      return NumberLog.pass(pending, Int(offset - pendingStart), count, body)
    }
    if offset < fileCount {
      if scratch.count < count {
        scratch.deallocate()
        scratch = .allocate(capacity: count * 2)
      }
      let part = UnsafeMutableBufferPointer(rebasing: scratch[..<count])
      guard let file, file.read(into: UnsafeMutableRawBufferPointer(part), at: Int(offset) * 4) else { return nil }
      return body(UnsafeBufferPointer(part))
    }
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    guard low < pieces.count else { return nil }
    return NumberLog.pass(pieces[low], Int(offset - starts[low]), count, body)
  }

  private static func pass<Result>(
    _ numbers: [UInt32], _ start: Int, _ count: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Result
  ) -> Result? {
    guard start + count <= numbers.count else { return nil }
    return numbers.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<start + count])) }
  }
}
