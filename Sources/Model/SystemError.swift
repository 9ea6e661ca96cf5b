#if canImport(Glibc)
  import Glibc
#endif

/// A system call that failed: what was tried, on what, and the system's reason.
public struct SystemError: Error, Sendable, CustomStringConvertible {
  /// What was tried: `open`, `rename to the archive` …
  public var operation: String
  /// On what.
  public var path: PathBytes
  /// The value of `errno`.
  public var code: Int32

  /// The failure of `operation` on `path`; `code` is taken from `errno` when not given.
  public init(_ operation: String, _ path: PathBytes, code: Int32 = errno) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The system's reason: `Permission denied`.
  public var reason: String { String(cString: strerror(code)) }

  /// `cannot open /x/y: Permission denied`.
  public var description: String { "cannot \(operation) \(path.display): \(reason)" }
}
