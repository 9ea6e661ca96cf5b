import Archive
import Dispatch
import Feed
import Logging
import Model
import Watch

#if canImport(Glibc)
  import Glibc
#endif

/// The durable end: append a batch, make it durable, then move its originals, then give the credits back.
///
/// Two serial queues: while the originals of one batch are moved the next is being written.
final class Committer: @unchecked Sendable {
  // Sendable: `feed` and `durable` belong to `feedQueue`, `archive` and `rejected` to `archiveQueue`; the rest is immutable.

  private let feed: FeedFile
  private let archive: OriginalArchive
  private let rejected: RejectedFolder
  private let attempts: AttemptTable
  private let log: Logger
  private let progress: Progress
  private let release: @Sendable (ArrivedFile, WatchFolder.Release) -> Void
  private let feedQueue = DispatchQueue(label: "rasid.feed")
  /// Behind the last durable line; on `feedQueue`.
  private var durable: FeedReader.Position
  private let archiveQueue = DispatchQueue(label: "rasid.archive")
  /// When the folders were last made durable (monotonic nanoseconds); on `archiveQueue`.
  private var syncedAt: UInt64 = 0
  /// Behind the last line whose original, and all before it, has been moved; on `archiveQueue`.
  private var archived: FeedReader.Position
  private var isSyncScheduled = false
  /// Numbers of files that their folder does not let go; on `archiveQueue`.
  private var stuck: Set<UInt64> = []

  /// Seconds between two tries when the disk is full.
  private static let retrySeconds = 0.5
  /// Seconds between two tries to move a file that its folder does not let go.
  private static let stuckSeconds = 30.0
  /// Seconds within which moved originals are made durable.
  private static let folderSyncSeconds = 1.0

  init(
    feed: FeedFile, position: FeedReader.Position, archive: OriginalArchive, rejected: RejectedFolder,
    attempts: AttemptTable, log: Logger,
    progress: Progress, release: @escaping @Sendable (ArrivedFile, WatchFolder.Release) -> Void
  ) {
    self.feed = feed
    durable = position
    archived = position
    self.archive = archive
    self.rejected = rejected
    self.attempts = attempts
    self.log = log
    self.progress = progress
    self.release = release
  }

  /// Writes `batch`; `done` is called on the feed queue once it is durable.
  func commit(_ batch: Batch, done: @escaping @Sendable () -> Void) {
    feedQueue.async { [self] in
      FaultPoint.decided.pass()
      if !batch.bytes.isEmpty {
        write(batch.bytes)
        FaultPoint.appended.pass()
        makeDurable()
        FaultPoint.durable.pass()
        durable = .init(
          file: feed.sealedCount, offset: feed.size, sequence: batch.lastSequence, hash: batch.lastHash)
      }
      progress.committed(sequence: batch.lastSequence, files: batch.items.count)
      archiveQueue.async { [self, durable] in move(batch, upTo: durable) }
      done()
    }
  }

  /// Waits until all that was given to `commit` is done and the folders are durable.
  func finish() {
    feedQueue.sync {}
    archiveQueue.sync { syncFolders() }
  }

  /// Makes what has been moved durable, then calls `done` with the position behind the last line that this covers.
  func settle(_ done: @escaping @Sendable (FeedReader.Position) -> Void) {
    archiveQueue.async { [self] in
      syncFolders()
      done(archived)
    }
  }

  // MARK: The feed

  private func write(_ bytes: [UInt8]) {
    do throws(SystemError) {
      if feed.isFull {
        FaultPoint.rotating.pass()
        try feed.rotateIfFull()
        FaultPoint.rotated.pass()
      }
    } catch  where error.code == ENOSPC || error.code == EDQUOT || error.code == EMFILE {
      log.warning("\(error); the segment is sealed later")
    } catch { fail(error) }
    var written = 0
    if FaultPoint.halfAppended.isDue {
      try? feed.append(Array(bytes.prefix(bytes.count / 2)), written: &written)
      kill(getpid(), SIGKILL)
    }
    retrying("the feed") { () throws(SystemError) in try feed.append(bytes, written: &written) }
  }

  private func makeDurable() {
    do throws(SystemError) { try feed.sync() } catch { fail(error) }
  }

  /// Tries again and again while the disk is full; any other error ends the process.
  private func retrying(_ what: String, _ body: () throws(SystemError) -> Void) {
    var isSaid = false
    while true {
      do throws(SystemError) {
        try body()
        if isSaid { log.notice("there is room again; going on") }
        progress.isWaitingForSpace = false
        return
      } catch {
        guard error.code == ENOSPC || error.code == EDQUOT else { fail(error) }
        if !isSaid {
          log.critical("\(error); nothing is lost, files wait in the inbox until there is room for \(what)")
        }
        isSaid = true
        progress.isWaitingForSpace = true
        usleep(UInt32(Committer.retrySeconds * 1e6))
      }
    }
  }

  /// An error after which what is on disk is unknown: stop at once, the next start verifies the tail.
  private func fail(_ error: SystemError) -> Never {
    log.critical("\(error); stopping: the next start verifies the end of the feed and goes on from there")
    exit(ExitStatus.ioError)
  }

  // MARK: The originals

  private func move(_ batch: Batch, upTo position: FeedReader.Position) {
    for (position, item) in batch.items.enumerated() {
      moveOrRetry(item)
      if position == 0 { FaultPoint.moved.pass() }
    }
    FaultPoint.archived.pass()
    if stuck.isEmpty { archived = position }
    if DispatchTime.now().uptimeNanoseconds &- syncedAt > UInt64(Committer.folderSyncSeconds * 1e9) {
      syncFolders()
    } else if !isSyncScheduled {
      isSyncScheduled = true
      archiveQueue.asyncAfter(deadline: .now() + Committer.folderSyncSeconds) { [weak self] in self?.syncFolders() }
    }
  }

  private func move(_ item: Batch.Item) throws(SystemError) {
    var how = WatchFolder.Release.done
    switch item.fate {
    case .archived(let sequence):
      let outcome = try archive.store(
        item.file.path, identity: item.original.identity, bytes: item.original.bytes, digest: item.original.digest,
        day: item.original.received.day, sequence: sequence)
      if outcome == .replaced {
        log.info("\(item.file.path.display) was replaced while its line was written; the new file is read next")
        how = .later
      }
    case .rejected(let reason, let summary):
      if try rejected.store(
        item.file.path, digest: item.original.digest, identity: item.original.identity, reason: reason)
      {
        log.warning("rejected \(item.file.path.display): \(summary)")
      } else {
        how = .later
      }
    }
    attempts.end(item.file.slot)
    release(item.file, how)
  }

  /// Its lines are on the feed, but its folder does not let the file go: it is tried again later, without holding up the
  /// others. The watermark waits, so that a restart knows the file by its lines.
  private func retryLater(_ item: Batch.Item, _ error: SystemError) {
    if stuck.insert(item.file.number).inserted {
      log.error("\(error); its lines are on the feed, the file stays: give the daemon the right to write its folder")
    }
    archiveQueue.asyncAfter(deadline: .now() + Committer.stuckSeconds) { [weak self] in
      guard let self else { return }
      moveOrRetry(item)
    }
  }

  private func moveOrRetry(_ item: Batch.Item) {
    var refusal: SystemError?
    retrying("the archive") { () throws(SystemError) in
      do throws(SystemError) { try move(item) } catch  where error.code == EACCES || error.code == EPERM {
        refusal = error
      }
    }
    if let refusal { retryLater(item, refusal) } else { stuck.remove(item.file.number) }
  }

  /// Makes the moves durable, then moves the watermark: no earlier line's original needs to be looked for after a crash.
  private func syncFolders() {
    isSyncScheduled = false
    syncedAt = DispatchTime.now().uptimeNanoseconds
    do throws(SystemError) {
      try archive.sync()
      attempts.archived = archived.sequence
    } catch {
      log.error("\(error); it is tried again")
    }
  }
}
