import Model

/// The names of files that wait for admission, in order, each once.
///
/// The files themselves stay on disk; what is kept is a name a file, and of names no more than a limit.
struct Backlog {
  private var arrived: ArraySlice<PathBytes> = []
  private var fresh = FolderTurns()
  /// Large files that wait until others have left the pipeline, and the bytes that each needs.
  private var aside: ArraySlice<(path: PathBytes, bytes: Int)> = []
  /// Names that are waiting here or are in flight.
  private var known: Set<PathBytes> = []
  private let priority: WatchConfiguration.Priority
  private let namesMax: Int
  /// Names were left out for want of room: a scan is needed once there is some.
  private(set) var isTruncated = false

  init(priority: WatchConfiguration.Priority, namesMax: Int) {
    self.priority = priority
    self.namesMax = namesMax
  }

  var waiting: Int { arrived.count + fresh.count + aside.count }

  func contains(_ path: PathBytes) -> Bool { known.contains(path) }

  /// Adds a file that an event told of.
  mutating func add(fresh path: PathBytes) {
    guard !known.contains(path) else { return }
    guard waiting < namesMax else { return isTruncated = true }
    known.insert(path)
    append(path, isFresh: true)
  }

  private mutating func append(_ path: PathBytes, isFresh: Bool) {
    if isFresh && priority == .fresh { fresh.append(path) } else { arrived.append(path) }
  }

  /// Adds what a scan found, oldest first: by time of last write, then by name.
  /// - Parameter areFresh: the scan was made because of an event.
  mutating func add(scanned files: [FolderScan.Found], areFresh: Bool = false) {
    let ordered = files.sorted {
      $0.identity.modified != $1.identity.modified
        ? $0.identity.modified < $1.identity.modified : $0.path < $1.path
    }
    for file in ordered where !known.contains(file.path) {
      guard waiting < namesMax else { return isTruncated = true }
      known.insert(file.path)
      append(file.path, isFresh: areFresh)
    }
  }

  /// The next to admit; it stays known until `forget`.
  mutating func next() -> PathBytes? { fresh.popFirst() ?? arrived.popFirst() }

  /// Lets the files behind a large one go first, until there is room for it.
  mutating func putAside(_ path: PathBytes, bytes: Int) { aside.append((path, bytes)) }

  /// Whether large files wait for room: another one has to wait behind them.
  var hasAside: Bool { !aside.isEmpty }

  /// The first of the large files that wait, if `bytes` are enough for it; it stays known until `forget`.
  mutating func takeAside(fitting bytes: Int) -> PathBytes? {
    guard let first = aside.first, first.bytes <= bytes else { return nil }
    return aside.removeFirst().path
  }

  /// Puts a file back to the head of the line.
  mutating func putBack(_ path: PathBytes) { arrived.insert(path, at: arrived.startIndex) }

  /// Lets a file be noticed anew.
  mutating func forget(_ path: PathBytes) { known.remove(path) }

  /// Whether a scan should fetch the names that were left out, now that half of the room is free.
  mutating func takeTruncation() -> Bool {
    guard isTruncated, waiting <= namesMax / 2 else { return false }
    isTruncated = false
    return true
  }
}
