import Dispatch
import Synchronization

/// What the pipeline has got done, read by the watchdog and the status line from other threads.
final class Progress: Sendable {
  private let sequenceValue = Atomic<UInt64>(0)
  private let filesValue = Atomic<Int>(0)
  private let admittedValue = Atomic<Int>(0)
  private let waitingValue = Atomic<Bool>(false)

  /// Sequence number of the last durable line.
  var sequence: UInt64 { sequenceValue.load(ordering: .relaxed) }
  /// Files that were decided since the start.
  var files: Int { filesValue.load(ordering: .relaxed) }
  /// Files that were admitted since the start and have not left the pipeline.
  var inFlight: Int { admittedValue.load(ordering: .relaxed) }
  /// The disk is full and room is waited for: no progress is made, and none can be.
  var isWaitingForSpace: Bool {
    get { waitingValue.load(ordering: .relaxed) }
    set { waitingValue.store(newValue, ordering: .relaxed) }
  }

  func committed(sequence: UInt64, files: Int) {
    sequenceValue.store(sequence, ordering: .relaxed)
    filesValue.add(files, ordering: .relaxed)
  }

  func admitted() { admittedValue.add(1, ordering: .relaxed) }
  func released() { admittedValue.subtract(1, ordering: .relaxed) }
}
