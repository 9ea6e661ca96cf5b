/// An append-only series of 32-bit numbers: the words (or the fingerprints) of the reports of a segment, back to back.
///
/// What is appended at once stays together. In memory the numbers lie in pieces that never move; on disk they are a
/// file that is read piecewise, so that they don't count as the process's memory.
final class NumberLog {
  /// Numbers that are gathered before they become a piece or are written.
  private static let pieceCount = 1 << 16

  private var pieces: [[UInt32]] = []
  private var starts: [UInt64] = []
  private var pending: [UInt32] = []
  private var pendingStart: UInt64 = 0

  /// Numbers so far.
  var count: UInt64 { pendingStart + UInt64(pending.count) }

  init() {}

  /// Appends the numbers; they begin at the `count` before.
  func append(_ numbers: [UInt32]) {
    pending.append(contentsOf: numbers)
    guard pending.count >= NumberLog.pieceCount else { return }
    starts.append(pendingStart)
    pieces.append(pending)
    pendingStart += UInt64(pending.count)
    pending = []
    pending.reserveCapacity(NumberLog.pieceCount + 1024)
  }

  /// Hands `count` numbers from `offset` on, which have been appended at once, to `body`.
  func read<Result>(_ offset: UInt64, _ count: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result? {
    if offset >= pendingStart {
      let start = Int(offset - pendingStart)
      guard start + count <= pending.count else { return nil }
      return pending.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<start + count])) }
    }
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = Int(offset - starts[low])
    guard start + count <= pieces[low].count else { return nil }
    return pieces[low].withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<start + count])) }
  }
}
