#if canImport(Glibc)
  import Glibc
#endif

extension PathBytes {
  /// Whether anything is there; a link counts if what it points to is there. The corresponding C function is `access`.
  public var exists: Bool { withCString { access($0, F_OK) } == 0 }

  /// Renames this file to `other`, replacing what is there. The corresponding C function is `rename`.
  /// - Parameter operation: what is done by it, for the message.
  public func rename(to other: PathBytes, as operation: String = "rename") throws(SystemError) {
    let result = withCString { from in other.withCString { Glibc.rename(from, $0) } }
    guard result == 0 else { throw SystemError(operation, self) }
  }

  /// Removes this file; a missing one is fine. The corresponding C function is `unlink`.
  public func remove() throws(SystemError) {
    guard withCString({ unlink($0) }) == 0 || errno == ENOENT else { throw SystemError("remove", self) }
  }
}
