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

/// The running service: composes the stages, answers signals, feeds the watchdog, and stops in order.
final class Daemon: @unchecked Sendable {
  // Sendable: the variables belong to `queue`.

  private let loader: ConfigurationLoader
  private let configuration: Configuration
  private let log: Logger
  private let notifier = Notifier()
  private let progress = Progress()
  private let lock: FeedLock
  private let watch: WatchFolder
  private let pipeline: Pipeline
  private let queue = DispatchQueue(label: "rasid.service")
  private var signals: [any DispatchSourceSignal] = []
  private var timer: (any DispatchSourceTimer)?
  private var lastPing = (files: -1, sequence: UInt64.max)
  private var lastStatus = ""
  /// Sequence number of the last durable line when the last checkpoint was begun, and when that was (monotonic nanoseconds).
  private var lastCheckpoint = (sequence: UInt64(0), time: DispatchTime.now().uptimeNanoseconds)
  private let linesReadAtStart: UInt64
  private var isStopping = false
  private let stopped = DispatchSemaphore(value: 0)

  /// Lines after which a checkpoint is written, …
  private static let checkpointLines: UInt64 = 20_000
  /// … lines read at the start after which one is written at once, …
  private static let checkpointLinesAtStart: UInt64 = 500
  /// … and seconds, if there were any lines.
  private static let checkpointSeconds = 60.0

  /// Recovers the feed and puts everything together; nothing is watched yet.
  init(_ configuration: Configuration, loader: ConfigurationLoader, log: Logger) throws {
    self.configuration = configuration
    self.loader = loader
    self.log = log
    let folders = configuration.folders
    for folder in [folders.inbox, folders.archive, folders.rejected, folders.feed, folders.state] {
      try Directory.create(folder, mode: folder == folders.inbox ? 0o775 : 0o755)
    }
    lock = try FeedLock(FeedFolder(folders.feed))
    for folder in [folders.rejected, folders.state, OriginalArchive.folder(folders.archive, Timestamp.now().day)] {
      WholeFile.removeLeftovers(in: folder)
    }
    let stages = try Stages(configuration)
    let attempts = try AttemptTable(folders.state.appending("attempts"), slots: configuration.filesInFlightMax)
    let recovery = try Recovery(configuration, attempts: attempts, log: log)
    let feed = try FeedFile(folder: FeedFolder(folders.feed), rotateBytes: configuration.rotateBytes)

    let watch = WatchFolder(configuration.watch, notice: { [log] in Daemon.say($0, log) })
    let release: @Sendable (ArrivedFile, WatchFolder.Release) -> Void = { [progress] file, how in
      progress.released()
      watch.release(file, how)
    }
    let archive = OriginalArchive(root: folders.archive, inbox: folders.inbox)
    let position = FeedReader.Position(
      file: feed.sealedCount, offset: feed.size, sequence: recovery.end.sequence, hash: recovery.end.hash)
    let committer = Committer(
      feed: feed, position: position, archive: archive,
      rejected: RejectedFolder(root: folders.rejected, inbox: folders.inbox), attempts: attempts, log: log,
      progress: progress, release: release)
    let known = KnownTexts()
    let lane = Lane(
      inbox: folders.inbox, deathsMax: configuration.deathsMax, attempts: attempts, known: known, log: log)
    let chain = HashChain(sequence: recovery.end.sequence, hash: recovery.end.hash)
    let decider = Decider(index: recovery.index, clusters: recovery.clusters, chain: chain, known: known)
    pipeline = Pipeline(
      lane: lane, stages: stages, decider: decider, tail: recovery.tail, committer: committer, archive: archive,
      attempts: attempts, log: log, progress: progress, lanes: configuration.lanes,
      deadlineSeconds: configuration.deadlineSeconds,
      release: release)
    self.watch = watch
    lastCheckpoint.sequence = recovery.end.sequence
    linesReadAtStart = recovery.linesRead
    progress.committed(sequence: recovery.end.sequence, files: 0)
  }

  /// Watches until a signal ends it. Returns the exit status.
  func run() -> Int32 {
    handleSignals()
    watch.start { [pipeline] in pipeline.admit($0) }
    log.info("ready: drop files into \(configuration.folders.inbox.display)")
    notifier.ready(status: statusLine())
    startTimer()
    // A start that had much to read spares the next one the same work, should this process be killed soon.
    if linesReadAtStart >= Daemon.checkpointLinesAtStart { queue.async { [self] in writeCheckpoint() } }
    stopped.wait()
    return queue.sync { finish() }
  }

  // MARK: Signals

  private func handleSignals() {
    // A lease that is broken while we look at a file sends SIGIO, whose default is to end the process.
    for number in [SIGTERM, SIGINT, SIGHUP, SIGIO, SIGPIPE] { signal(number, SIG_IGN) }
    for (number, action) in [(SIGTERM, stop), (SIGINT, stop), (SIGHUP, reload)] as [(Int32, @Sendable () -> Void)] {
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { @Sendable in action() }
      source.resume()
      signals.append(source)
    }
  }

  private func stop() {
    if isStopping {
      log.notice("stopping at once")
      _exit(0)
    }
    isStopping = true
    log.notice("stopping: finishing \(progress.inFlight) files in flight")
    notifier.stopping(status: "finishing \(progress.inFlight) files in flight")
    watch.stop()
    let seconds = configuration.drainSeconds
    DispatchQueue.global().async { [self] in
      if !pipeline.drain(seconds: seconds) {
        log.warning("not finished within \(seconds) s; the rest stays in the inbox for the next start")
      }
      stopped.signal()
    }
  }

  private func finish() -> Int32 {
    timer?.cancel()
    if progress.inFlight == 0 {
      let written = DispatchSemaphore(value: 0)
      writeCheckpoint { written.signal() }
      written.wait()
    }
    log.notice("stopped after \(progress.files) files; last line \(progress.sequence)")
    return 0
  }

  private func reload() {
    guard !isStopping else { return }
    notifier.reloading()
    do {
      let new = try loader.load()
      pipeline.replaceStages(try Stages(new))
      LogLevel.current = new.logLevel
      log.notice("reloaded: lexicons, [decode] limits and log.level are in force; other keys wait for a restart")
    } catch {
      log.error("not reloaded, going on as before: \(error)")
    }
    notifier.ready(status: statusLine())
  }

  // MARK: The clock

  private func startTimer() {
    let interval = min(1, (notifier.watchdogSeconds ?? 2) / 3)
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler { @Sendable [weak self] in self?.tick() }
    timer.schedule(deadline: .now() + interval, repeating: interval, leeway: .milliseconds(100))
    timer.resume()
    self.timer = timer
  }

  private func tick() {
    let status = statusLine()
    if isAlive() { notifier.alive(status: status) } else if status != lastStatus { notifier.status(status) }
    lastStatus = status
    guard !isStopping else { return }
    let now = DispatchTime.now().uptimeNanoseconds
    let lines = progress.sequence - lastCheckpoint.sequence
    if lines >= Daemon.checkpointLines
      || lines > 0 && now - lastCheckpoint.time > UInt64(Daemon.checkpointSeconds * 1e9)
    {
      writeCheckpoint()
    }
  }

  /// A sign of life only for real progress: nothing to do, something done since the last one, or waiting for room on the
  /// disk; and no file that hangs in a lane.
  private func isAlive() -> Bool {
    let now = (files: progress.files, sequence: progress.sequence)
    defer { lastPing = now }
    if pipeline.longestWork > UInt64(configuration.hangSeconds * 1e9) { return false }
    return progress.inFlight == 0 || progress.isWaitingForSpace || now != lastPing
  }

  /// Begins a checkpoint; `done` is called when it is written, or has failed.
  private func writeCheckpoint(_ done: @escaping @Sendable () -> Void = {}) {
    lastCheckpoint = (progress.sequence, DispatchTime.now().uptimeNanoseconds)
    pipeline.checkpoint { [log, state = configuration.folders.state] result in
      do { try Checkpoint.write(try result.get(), in: state) } catch {
        log.warning("no checkpoint: \(error); the next start takes longer")
      }
      done()
    }
  }

  private func statusLine() -> String {
    let depth = watch.depth
    let room = progress.isWaitingForSpace ? "; the disk is full" : ""
    return "last line \(progress.sequence), \(depth.inFlight) files in flight, \(depth.waiting) waiting\(room)"
  }

  private static func say(_ notice: WatchFolder.Notice, _ log: Logger) {
    switch notice {
    case .watching(let how): log.info("noticing files by \(how)")
    case .overflow: log.warning("inotify events were lost; the inbox is read instead (fs.inotify.max_queued_events)")
    case .inboxMissing: log.error("the inbox is gone; waiting for it to come back")
    case .inboxBack: log.notice("the inbox is back")
    case .special(let path, let kind):
      log.warning("left alone: \(path.display) is \(kind); only regular files are read")
    case .unreadable(let error): log.error("\(error); give the daemon the right to read it")
    case .fallback(let reason): log.warning("polling instead of inotify: \(reason)")
    }
  }
}
