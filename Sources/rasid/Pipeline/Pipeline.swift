import Archive
import Dispatch
import Feed
import Logging
import Model
import Synchronization
import Watch

#if canImport(Glibc)
  import Glibc
#endif

/// The way of a report, composed: lanes in parallel, then one serial queue in arrival order, then the committer.
///
/// Waiting happens at admission only: a file holds its credits until its original is archived.
final class Pipeline: @unchecked Sendable {
  // Sendable: the variables belong to `orderQueue`; `stages` is behind a lock.

  private let lane: Lane
  private let committer: Committer
  private let archive: OriginalArchive
  private let attempts: AttemptTable
  private let log: Logger
  private let progress: Progress
  private let deadlineNanoseconds: UInt64
  private let release: @Sendable (ArrivedFile, WatchFolder.Release) -> Void
  private let laneQueue = DispatchQueue(label: "rasid.lanes", attributes: .concurrent)
  private let lookQueue = DispatchQueue(label: "rasid.lanes.look")
  private let orderQueue = DispatchQueue(label: "rasid.order")
  private let checkpointQueue = DispatchQueue(label: "rasid.checkpoint")
  private let stages: Mutex<Stages>
  private let laneWork: Mutex<LaneQueue>
  /// Results on their way to `orderQueue`.
  private let finished = Mutex<[LaneResult]>([])
  /// Whether a look for slow files is under way.
  private let isLookingForSlow = Mutex(false)

  private var order = ArrivalOrder<LaneResult>()
  private var decider: Decider
  private var tail: FeedTail
  private var batch = Batch()
  private var isCommitting = false
  private var deadlineTimer: (any DispatchSourceTimer)?

  /// How long results gather while more files wait, in milliseconds: a wake-up and a commit for each would cost more than
  /// the decision itself.
  private static let gatherMilliseconds = 2
  /// A file is slow when a lane has been at it for so long, in milliseconds.
  private static let slowMilliseconds = 500

  init(
    lane: Lane, stages: Stages, decider: Decider, tail: FeedTail, committer: Committer, archive: OriginalArchive,
    attempts: AttemptTable, log: Logger, progress: Progress, lanes: Int, deadlineSeconds: Double,
    release: @escaping @Sendable (ArrivedFile, WatchFolder.Release) -> Void
  ) {
    self.lane = lane
    self.stages = Mutex(stages)
    self.decider = decider
    self.tail = tail
    self.committer = committer
    self.archive = archive
    self.attempts = attempts
    self.log = log
    self.progress = progress
    self.release = release
    laneWork = Mutex(
      LaneQueue(
        lanesMax: lanes > 0 ? lanes : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
        slowNanoseconds: UInt64(Pipeline.slowMilliseconds) * 1_000_000))
    deadlineNanoseconds = UInt64(deadlineSeconds * 1e9)
    batch.lastSequence = decider.sequence
    batch.lastHash = decider.hash
  }

  /// Takes in an admitted file.
  func admit(_ file: ArrivedFile) {
    progress.admitted()
    if laneWork.withLock({ $0.add(file) }) {
      laneQueue.async { [self] in runLane() }
    } else {
      lookForSlowFiles()
    }
  }

  /// Works through admitted files until there are none.
  private func runLane() {
    while let file = laneWork.withLock({ $0.next(now: DispatchTime.now().uptimeNanoseconds) }) {
      let stages = self.stages.withLock { $0 }
      let result = lane.process(file, stages)
      laneWork.withLock { $0.finish(file) }
      handOver(result)
    }
  }

  /// After a moment, and again as long as files wait, starts lanes in place of those that are at a slow file.
  private func lookForSlowFiles() {
    let isNew = isLookingForSlow.withLock { isLooking in
      defer { isLooking = true }
      return !isLooking
    }
    guard isNew else { return }
    lookQueue.asyncAfter(deadline: .now() + .milliseconds(Pipeline.slowMilliseconds / 2)) { [self] in
      isLookingForSlow.withLock { $0 = false }
      let now = DispatchTime.now().uptimeNanoseconds
      while laneWork.withLock({ $0.needsSpareLane(now: now) }) {
        // On a queue of its own, which has a thread of its own: the slow files may hold all that `laneQueue` gets.
        DispatchQueue(label: "rasid.lanes.spare").async { [self] in runLane() }
      }
      if laneWork.withLock({ $0.hasWaiting }) { lookForSlowFiles() }
    }
  }

  /// Gives a result to `orderQueue`: at once when nothing else waits, else with those that follow within a moment.
  private func handOver(_ result: LaneResult) {
    let isFirst = finished.withLock { finished in
      finished.append(result)
      return finished.count == 1
    }
    guard isFirst else { return }
    if laneWork.withLock({ $0.hasWaiting }) {
      orderQueue.asyncAfter(deadline: .now() + .milliseconds(Pipeline.gatherMilliseconds)) { [self] in collect() }
    } else {
      orderQueue.async { [self] in collect() }
    }
  }

  /// Swaps the pure stages: files that a lane has begun end with the old ones.
  func replaceStages(_ new: Stages) { stages.withLock { $0 = new } }

  /// How long the slowest file has been worked on, in nanoseconds.
  var longestWork: UInt64 {
    let now = DispatchTime.now().uptimeNanoseconds
    return laneWork.withLock { $0.longestWork(now: now) }
  }

  /// Waits until all that was admitted is durable and moved, or `seconds` have passed. Returns whether it is.
  func drain(seconds: Double) -> Bool {
    let end = DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9)
    while progress.inFlight > 0 {
      if DispatchTime.now().uptimeNanoseconds > end { return false }
      usleep(2000)
    }
    committer.finish()
    return true
  }

  /// Writes the index down, then calls `done` with a position in the feed up to which the index is complete and all
  /// originals are in the archive. Waits for nothing: a full disk only delays it.
  func checkpoint(_ done: @escaping @Sendable (Result<FeedReader.Position, any Error>) -> Void) {
    committer.settle { [self] position in
      orderQueue.async { [self] in
        let begun = Result { try decider.beginCheckpoint(isBusy: progress.inFlight > 0) }
        // Waiting for the disk does not hold up what arrives.
        checkpointQueue.async {
          done(Result { for pending in try begun.get() { try pending.finish() } }.map { position })
        }
      }
    }
  }

  // MARK: In arrival order

  private func collect() {
    let results = finished.withLock { finished in
      defer { finished = [] }
      return finished
    }
    let now = DispatchTime.now().uptimeNanoseconds
    for result in results { order.add(result, number: result.file.number, now: now) }
    while let next = order.next() { decide(next) }
    if order.isWaiting { startDeadlineTimer() }
    flush()
  }

  private func decide(_ result: LaneResult) {
    switch result.outcome {
    case .nothing: leave(result.file, .done)
    case .notNow(let how): leave(result.file, how)
    case .rejected(let rejection, let original):
      let note = ReasonNote(rejection, path: result.file.path, original: original)
      let fate = Batch.Item.Fate.rejected(reason: note.json(), summary: "\(note.code): \(note.message)")
      batch.items.append(.init(file: result.file, original: original, fate: fate))
    case .reports(let reports, let original):
      append(reports, of: result.file, original)
    }
  }

  private func append(_ reports: [Stages.Prepared], of file: ArrivedFile, _ original: LaneResult.Original) {
    var rest = reports[...]
    var original = original
    var firstSequence = decider.sequence + 1
    if !tail.isEmpty, let run = tail.take(file.path, original.digest), isLeftOver(file, original, run) {
      // The process died after these lines and before the move: go on where it stopped.
      rest = reports.dropFirst(run.count)
      firstSequence = run.firstSequence
      original.received = Timestamp(seconds: Int64(run.day.number) * 86_400)
      log.info("\(file.path.display) is on the feed already (seq \(run.firstSequence)); finishing its move")
    }
    attempts.decided(file.slot, firstSequence: firstSequence)
    for report in rest { decider.append(report, to: &batch.bytes) }
    batch.lastSequence = decider.sequence
    batch.lastHash = decider.hash
    batch.items.append(.init(file: file, original: original, fate: .archived(firstSequence: firstSequence)))
  }

  /// Whether a file is the one that these lines were made from, and not an equal one that was dropped later: it was in
  /// flight when the process died; or, where the table of attempts did not survive, its original is not in the archive.
  private func isLeftOver(_ file: ArrivedFile, _ original: LaneResult.Original, _ run: FeedTail.Run) -> Bool {
    if let left = attempts.left[original.identity] { return left.firstSequence == run.firstSequence }
    return !archive.contains(file.path, digest: original.digest, day: run.day, sequence: run.firstSequence)
  }

  private func leave(_ file: ArrivedFile, _ how: WatchFolder.Release) {
    attempts.end(file.slot)
    release(file, how)
  }

  /// Hands the batch to the committer as soon as that is free: what gathers meanwhile is the next batch.
  private func flush() {
    guard !isCommitting, !batch.isEmpty else { return }
    isCommitting = true
    let full = batch
    batch = Batch(lastSequence: full.lastSequence, lastHash: full.lastHash)
    committer.commit(full) { [self] in
      orderQueue.async { [self] in
        isCommitting = false
        flush()
      }
    }
  }

  // MARK: The deadline

  private func startDeadlineTimer() {
    guard deadlineTimer == nil else { return }
    let timer = DispatchSource.makeTimerSource(queue: orderQueue)
    timer.setEventHandler { @Sendable [weak self] in self?.checkDeadline() }
    timer.schedule(deadline: .now() + .milliseconds(100), repeating: .milliseconds(100), leeway: .milliseconds(20))
    timer.resume()
    deadlineTimer = timer
  }

  private func checkDeadline() {
    let now = DispatchTime.now().uptimeNanoseconds
    while let passed = order.passOver(now: now, deadline: deadlineNanoseconds) {
      log.warning("file number \(passed) is slow; the files behind it go first")
      while let next = order.next() { decide(next) }
    }
    if !order.isWaiting {
      deadlineTimer?.cancel()
      deadlineTimer = nil
    }
    flush()
  }
}
