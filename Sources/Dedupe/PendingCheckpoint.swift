import Glibc
import Model
import Synchronization

/// The rest of a checkpoint: all bytes are with the system, and what remains is to wait for the disk.
///
/// It needs nothing of the index, which may go on meanwhile, so any thread may do it; checkpoints are finished in the
/// order in which they were begun.
public struct PendingCheckpoint: Sendable {
  typealias Step = @Sendable () throws(SystemError) -> Void
  private var steps: [Step] = []

  init() {}

  mutating func add(_ step: @escaping Step) { steps.append(step) }

  mutating func add(_ other: PendingCheckpoint) { steps += other.steps }

  /// Waits until everything is on the disk. Throws the first error; the checkpoint then does not count.
  public func finish() throws(SystemError) {
    for step in steps { try step() }
  }
}

/// What has become of the files of a segment, or of the clusters; shared with the checkpoints that are under way.
final class DiskState: Sendable {
  private let error = Mutex<SystemError?>(nil)
  private let snapshots = Mutex<Int>(0)

  /// The first error of the disk; from then on the owner goes on in memory.
  var failure: SystemError? { error.withLock { $0 } }

  func fail(_ new: SystemError) { error.withLock { if $0 == nil { $0 = new } } }

  /// Does `step`, which is a wait for the disk, and notes its error.
  func noting(_ step: PendingCheckpoint.Step) throws(SystemError) {
    do { try step() } catch {
      fail(error)
      throw error
    }
  }

  /// Whether a snapshot is being written, so that another one must wait.
  var isWritingSnapshot: Bool { snapshots.withLock { $0 > 0 } }

  func beginSnapshot() { snapshots.withLock { $0 += 1 } }

  func endSnapshot() { snapshots.withLock { $0 -= 1 } }
}
