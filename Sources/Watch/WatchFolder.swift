import CInotifyTools
import Dispatch
import Model
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The Watch stage: notices files, and admits them one after the other as long as there are credits.
///
/// Events are hints, the scan is the truth: whatever an event tells of is only a name to look at, and whatever it fails to
/// tell of (overflow, a folder filled before it was watched, a network file system) a scan finds. All state belongs to
/// `queue`; `start`, `release` and `stop` may be called from anywhere.
public final class WatchFolder: @unchecked Sendable {
  // Sendable: every stored variable is read and written on `queue` only; `released` is behind a lock.

  /// Something a person should know.
  public enum Notice: Sendable {
    /// Watching works, how: `inotify` or `polling`, with why for polling.
    case watching(how: String)
    /// Events were lost; a scan is under way.
    case overflow
    /// The inbox is not there.
    case inboxMissing
    /// The inbox is there again.
    case inboxBack
    /// Something that is never opened.
    case special(path: PathBytes, kind: String)
    /// A file or folder that cannot be read for now.
    case unreadable(SystemError)
    /// A folder that cannot be watched: polling instead.
    case fallback(reason: String)
  }

  /// How a file left the pipeline.
  public enum Release: Sendable {
    /// It is in the archive or in `rejected`, or gone.
    case done
    /// It is still in the inbox and should be looked at again after the settling time.
    case later
    /// It is still in the inbox and is left alone until a later scan sees it changed or the pause is over.
    case unreadable
  }

  private let configuration: WatchConfiguration
  private let queue = DispatchQueue(label: "rasid.watch")
  private let ignore: IgnorePatterns
  private let notice: @Sendable (Notice) -> Void
  private var admit: (@Sendable (ArrivedFile) -> Void)?

  private var inotify: InotifyInstance?
  private var source: (any DispatchSourceRead)?
  private var timer: (any DispatchSourceTimer)?
  private var backlog: Backlog
  /// Files that are looked at again at a given moment (nanoseconds of the monotonic clock).
  private var parked: [PathBytes: UInt64] = [:]
  /// When polling: what a file looked like at the last look.
  private var seen: [PathBytes: FileIdentity] = [:]
  /// Things that were named in the log already.
  private var named: Set<PathBytes> = []
  private var freeSlots: [Int] = []
  /// Files that left the pipeline and have not been taken back yet.
  private let released = Mutex<[(file: ArrivedFile, how: Release)]>([])
  private var bytesInFlight = 0
  /// The part of `bytesInFlight` that large files hold.
  private var largeBytesInFlight = 0
  private var filesInFlight = 0
  private var number: UInt64 = 0
  private var nextScan: UInt64 = 0
  /// When the timer fires.
  private var nextTick = UInt64.max
  private var isInboxThere = false
  private var isStopped = false

  /// A file is large that would take more than this part of the credits.
  private static let largePart = 16

  /// Seconds between two looks at parked files and at a missing inbox.
  private static let tickSeconds = 0.25
  /// Seconds for which a file that the system refuses is left alone.
  private static let unreadablePauseSeconds = 30.0
  /// Things that are named in the log at most, so that a hostile folder cannot fill memory.
  private static let namedMax = 10_000

  /// A watcher that is not started yet.
  /// - Parameter notice: called on the watcher's queue with what a person should know.
  public init(_ configuration: WatchConfiguration, notice: @escaping @Sendable (Notice) -> Void) {
    self.configuration = configuration
    self.notice = notice
    ignore = IgnorePatterns(configuration.ignore)
    backlog = Backlog(priority: configuration.priority, namesMax: configuration.namesMax)
    freeSlots = Array((0..<configuration.filesInFlightMax).reversed())
  }

  /// Starts inotify (or polling), then scans, then goes on. Returns when the first scan is done.
  /// - Parameter admit: called on the watcher's queue with each admitted file; give it back with `release`.
  public func start(admit: @escaping @Sendable (ArrivedFile) -> Void) {
    queue.sync {
      self.admit = admit
      startWatching()
      isInboxThere = true
      scan(below: PathBytes([]))
      startTimer()
      pump()
    }
  }

  /// Admits nothing any more; files in flight go on to their end.
  public func stop() {
    queue.sync {
      isStopped = true
      source?.cancel()
      timer?.cancel()
      source = nil
      timer = nil
    }
  }

  /// Gives the credits of an admitted file back.
  public func release(_ file: ArrivedFile, _ how: Release) {
    let isFirst = released.withLock { released in
      released.append((file, how))
      return released.count == 1
    }
    if isFirst { queue.async { [self] in takeBack() } }
  }

  /// Takes all credits back that were given since the last time.
  private func takeBack() {
    let all = released.withLock { released in
      defer { released = [] }
      return released
    }
    for (file, how) in all {
      filesInFlight -= 1
      bytesInFlight -= file.reservedBytes
      if isLarge(file.reservedBytes) { largeBytesInFlight -= file.reservedBytes }
      freeSlots.append(file.slot)
      switch how {
      case .done: backlog.forget(file.path)
      case .later: park(file.path, seconds: configuration.settleSeconds)
      case .unreadable: park(file.path, seconds: WatchFolder.unreadablePauseSeconds)
      }
    }
    pump()
  }

  /// How many files wait for admission, and how many are in flight.
  public var depth: (waiting: Int, inFlight: Int) { queue.sync { (backlog.waiting + parked.count, filesInFlight) } }

  // MARK: Watching

  private func startWatching() {
    if configuration.mode == .poll { return notice(.watching(how: "polling, as configured")) }
    if configuration.mode == .auto, let network = FileSystemKind.network(of: configuration.inbox) {
      return notice(.watching(how: "polling: \(network) does not tell of changes made on other hosts"))
    }
    do throws(InotifyInstance.Unavailable) {
      let inotify = try InotifyInstance(queue: queue)
      self.inotify = inotify
      let source = DispatchSource.makeReadSource(fileDescriptor: inotify.descriptor, queue: queue)
      source.setEventHandler { @Sendable [weak self] in self?.drain() }
      source.resume()
      self.source = source
      notice(.watching(how: "inotify"))
    } catch {
      fallBack(error.description)
    }
  }

  private func fallBack(_ reason: String) {
    source?.cancel()
    source = nil
    inotify = nil
    notice(.fallback(reason: reason))
    nextScan = 0
  }

  private var isPolling: Bool { inotify == nil }

  private func drain() {
    guard let inotify, !isStopped else { return }
    for event in inotify.drain() {
      if event.isOverflow {
        notice(.overflow)
        nextScan = 0
      } else if event.isSelfGone {
        inotify.forget(event.path)
        if event.path == configuration.inbox { inboxIsGone() } else { nextScan = 0 }
      } else if let path = relative(event.path) {
        take(event, at: path)
      }
    }
    if nextScan == 0 { scan(below: PathBytes([])) }
    pump()
  }

  private func take(_ event: InotifyInstance.Event, at path: PathBytes) {
    guard !isIgnored(path) else { return }
    if event.isFolder {
      scan(below: path)
    } else if event.has(IN_CLOSE_WRITE) || event.has(IN_MOVED_TO) {
      parked[path] = nil
      backlog.add(fresh: path)
    } else if isHardLink(path) {
      // A link made into the inbox is never closed: its creation is all that is told of it.
      backlog.add(fresh: path)
    }
  }

  private func isHardLink(_ path: PathBytes) -> Bool {
    var status = stat()
    return configuration.inbox.appending(path).withCString { lstat($0, &status) } == 0 && status.st_nlink > 1
  }

  private func relative(_ path: PathBytes) -> PathBytes? {
    let prefix = configuration.inbox.bytes
    guard path.bytes.count > prefix.count + 1, path.bytes.starts(with: prefix) else { return nil }
    return PathBytes(Array(path.bytes[(prefix.count + 1)...]))
  }

  private func isIgnored(_ path: PathBytes) -> Bool {
    path.bytes.split(separator: UInt8(ascii: "/")).contains { ignore.match(PathBytes(Array($0))) }
  }

  // MARK: Scanning

  private func scan(below folder: PathBytes) {
    if folder.bytes.isEmpty {
      nextScan = WatchFolder.now + seconds(isPolling ? configuration.pollSeconds : configuration.rescanSeconds)
    }
    var failure: InotifyInstance.Unavailable?
    let scan = FolderScan(
      root: configuration.inbox, ignore: ignore,
      isKnown: { [self] in backlog.contains($0) || parked[$0] != nil },
      enter: { [self] path in
        do throws(InotifyInstance.Unavailable) { try inotify?.watch(path) } catch { failure = error }
      },
      special: { [self] path, kind in nameOnce(path) { .special(path: path, kind: kind) } },
      unreadable: { [self] error in nameOnce(error.path) { .unreadable(error) } })
    let found = scan.files(below: folder)
    // What lies in a folder that has just come is as fresh as a drop.
    backlog.add(scanned: found.filter(isReady), areFresh: !folder.bytes.isEmpty)
    if let failure { fallBack(failure.description) }
  }

  /// Whether a file that a scan found may be read now; if not it is parked, or waits for the next poll.
  private func isReady(_ file: FolderScan.Found) -> Bool {
    if isPolling {
      if seen[file.path] == file.identity {
        seen[file.path] = nil
        return true
      }
      seen[file.path] = file.identity
      return false
    }
    let now = Timestamp.now()
    let age =
      now.seconds * 1_000_000_000 + Int64(now.nanoseconds) - max(file.identity.changed, file.identity.modified)
    if age >= Int64(configuration.settleSeconds * 1e9) { return true }
    if FileReading.isAtRest(configuration.inbox.appending(file.path)) { return true }
    park(file.path, seconds: configuration.settleSeconds)
    return false
  }

  private func park(_ path: PathBytes, seconds delay: Double) {
    backlog.forget(path)
    parked[path] = WatchFolder.now + seconds(delay)
  }

  private func nameOnce(_ path: PathBytes, _ make: () -> Notice) {
    guard named.count < WatchFolder.namedMax, named.insert(path).inserted else { return }
    notice(make())
  }

  // MARK: The clock

  private func startTimer() {
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler { @Sendable [weak self] in self?.tick() }
    timer.resume()
    self.timer = timer
    schedule()
  }

  /// The timer runs only as fast as something waits for it: an idle daemon sleeps until the next scan.
  private func schedule() {
    guard let timer else { return }
    let now = WatchFolder.now
    var due = nextScan
    if !parked.isEmpty || !isInboxThere { due = min(due, now + seconds(WatchFolder.tickSeconds)) }
    // A look that is due already is not put off: with files coming all the time it would never be taken.
    guard due < nextTick else { return }
    nextTick = due
    let wait = due > now ? due - now : 1_000_000
    timer.schedule(deadline: .now() + .nanoseconds(Int(clamping: wait)), leeway: .milliseconds(10))
  }

  private func tick() {
    guard !isStopped else { return }
    nextTick = .max
    checkInbox()
    let now = WatchFolder.now
    for (path, due) in parked where due <= now {
      parked[path] = nil
      backlog.add(fresh: path)
    }
    if isInboxThere && (nextScan <= now || backlog.takeTruncation()) { scan(below: PathBytes([])) }
    pump()
    schedule()
  }

  private func inboxIsGone() {
    guard isInboxThere else { return }
    isInboxThere = false
    notice(.inboxMissing)
  }

  private func checkInbox() {
    var status = stat()
    let isThere =
      configuration.inbox.withCString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
    if isThere && !isInboxThere {
      isInboxThere = true
      nextScan = 0
      notice(.inboxBack)
    } else if !isThere {
      inotify?.forget(configuration.inbox)
      inboxIsGone()
    }
  }

  private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }
  private func seconds(_ value: Double) -> UInt64 { UInt64(max(0, value) * 1e9) }

  // MARK: Admission

  /// Admits files while there are credits.
  private func pump() {
    guard !isStopped, let admit else { return }
    while let slot = freeSlots.last, let (path, bytes) = nextThatFits() {
      freeSlots.removeLast()
      filesInFlight += 1
      bytesInFlight += bytes
      if isLarge(bytes) { largeBytesInFlight += bytes }
      number += 1
      admit(ArrivedFile(number: number, path: path, reservedBytes: bytes, slot: slot))
    }
    if backlog.takeTruncation() { nextScan = 0 }
    schedule()
  }

  /// The next file for which there are credits, and the bytes that it takes of them.
  ///
  /// Large files have half of the credits between them, and take no more than that: one that finds no room lets those behind
  /// it go first.
  private func nextThatFits() -> (path: PathBytes, bytes: Int)? {
    let largeMax = configuration.bytesInFlightMax / 2
    while true {
      let room = configuration.bytesInFlightMax - bytesInFlight
      let large = backlog.takeAside(fitting: min(largeMax - largeBytesInFlight, room))
      guard let path = large ?? backlog.next() else { return nil }
      guard let size = sizeOfFile(path) else {
        backlog.forget(path)
        continue
      }
      let bytes = min(size, largeMax)
      if isLarge(bytes) && (largeBytesInFlight + bytes > largeMax || large == nil && backlog.hasAside) {
        backlog.putAside(path, bytes: bytes)
      } else if bytes > room {
        backlog.putBack(path)
        return nil
      } else {
        return (path, bytes)
      }
    }
  }

  private func isLarge(_ bytes: Int) -> Bool { bytes > configuration.bytesInFlightMax / WatchFolder.largePart }

  /// Bytes of a regular file; nil when it is gone or none.
  private func sizeOfFile(_ path: PathBytes) -> Int? {
    var status = stat()
    guard configuration.inbox.appending(path).withCString({ lstat($0, &status) }) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else {
      if status.st_mode & S_IFMT != S_IFDIR {
        nameOnce(path) { .special(path: path, kind: FolderScan.kind(status.st_mode)) }
      }
      return nil
    }
    return Int(status.st_size)
  }
}
