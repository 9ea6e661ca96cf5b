import Glibc
import Model

extension PathBytes {
  /// Renames this file to `other`, replacing what is there.
  func rename(to other: PathBytes) throws(SystemError) {
    let result = withCString { from in other.withCString { Glibc.rename(from, $0) } }
    guard result == 0 else { throw SystemError("rename", self) }
  }

  /// Removes this file; a missing one is fine.
  func remove() throws(SystemError) {
    guard withCString({ unlink($0) }) == 0 || errno == ENOENT else { throw SystemError("remove", self) }
  }

  /// Whether there is a file.
  var exists: Bool { withCString { access($0, F_OK) } == 0 }
}
