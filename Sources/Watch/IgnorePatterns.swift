import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Names that are left alone: hidden files, and what writers call a file that is not finished.
struct IgnorePatterns: Sendable {
  private let patterns: [String]
  private let ignoresHidden: Bool

  init(_ patterns: [String]) {
    self.patterns = patterns.filter { $0 != ".*" }
    ignoresHidden = patterns.contains(".*")
  }

  /// Whether a file or folder of this name (one path component) is left alone.
  func match(_ name: PathBytes) -> Bool {
    if ignoresHidden && name.bytes.first == UInt8(ascii: ".") { return true }
    return name.withCString { name in patterns.contains { fnmatch($0, name, 0) == 0 } }
  }
}
