import Logging
import Model
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Writes log lines to standard error: with the time for a terminal, with a priority that journald reads under systemd.
struct StandardErrorLogHandler: Logging.LogHandler {
  /// The level of all loggers: a reload changes it for those that are at work.
  var logLevel: Logger.Level {
    get { LogLevel.current }
    set { LogLevel.current = newValue }
  }
  var metadata: Logger.Metadata = [:]
  private let isJournal: Bool

  init(level: Logger.Level) {
    LogLevel.current = level
    isJournal = getenv("JOURNAL_STREAM") != nil
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let values = metadata.merging(event.metadata ?? [:]) { $1 }
    let suffix = values.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    // One line a message: what a file is called must not forge another.
    let text = "\(event.message)\(suffix)".unicodeScalars.map { $0.value < 0x20 ? " " : String($0) }.joined()
    let line =
      isJournal
      ? "<\(StandardErrorLogHandler.priority(event.level))>\(text)\n"
      : "\(Timestamp.now().rfc3339(microseconds: false)) \(event.level.rawValue.padded(to: 8)) \(text)\n"
    let bytes = Array(line.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }

  /// syslog(3) priorities, as sd-daemon(3) prefixes them.
  private static func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

/// The one level of logging of the process.
enum LogLevel {
  private static let value = Mutex(Logger.Level.info)

  static var current: Logger.Level {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}
