import Model

/// What to watch and how.
public struct WatchConfiguration: Sendable {
  /// How new files are noticed.
  public enum Mode: String, Sendable, CaseIterable {
    /// By inotify, or by polling where inotify cannot see (network file systems) or has no watches left.
    case auto
    /// By inotify only.
    case inotify
    /// By reading the folder again and again.
    case poll
  }

  /// What is admitted first when both a backlog and fresh drops wait.
  public enum Priority: String, Sendable, CaseIterable {
    /// In the order of arrival: the backlog, oldest first, then fresh drops.
    case arrival
    /// Fresh drops before the backlog, their folders by turns.
    case fresh
  }

  /// The folder to watch.
  public var inbox: PathBytes
  /// How new files are noticed.
  public var mode = Mode.auto
  /// What is admitted first.
  public var priority = Priority.arrival
  /// Shell patterns (`fnmatch`) of file and folder names that are left alone.
  public var ignore = WatchConfiguration.defaultIgnore
  /// Seconds between full scans, which find what no event told of.
  public var rescanSeconds = 30.0
  /// Seconds between two looks at the folder when polling.
  public var pollSeconds = 2.0
  /// Seconds for which a file that was found by a scan must have been left unchanged.
  public var settleSeconds = 1.0
  /// Files in flight at most.
  public var filesInFlightMax = 256
  /// Bytes of files in flight at most. Large files have half of it between them; one that is larger still counts as that half.
  public var bytesInFlightMax = 64 << 20
  /// Names of waiting files kept in memory at most; more stay on disk until there is room.
  public var namesMax = 200_000

  /// Names that writers give to files that are not finished yet, and to hidden files.
  public static let defaultIgnore = [
    ".*", "*.tmp", "*.part", "*.partial", "*.crdownload", "*.download", "*.swp", "*.filepart", "*~",
  ]

  /// Defaults for the folder `inbox`.
  public init(inbox: PathBytes) { self.inbox = inbox }
}
