#if canImport(Glibc)
  import Glibc
#endif

/// Whole-folder operations.
public enum Directory {
  /// Makes the entries of a folder durable.
  public static func sync(_ path: PathBytes) throws(SystemError) {
    let descriptor = path.withCString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw SystemError("open the folder", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw SystemError("make the folder durable", path) }
  }

  /// Creates a folder and those above it.
  /// - Parameter mode: permission bits of the new folders, before the umask.
  public static func create(_ path: PathBytes, mode: mode_t = 0o755) throws(SystemError) {
    if path.withCString({ mkdir($0, mode) }) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, !path.parent.bytes.isEmpty else { throw SystemError("create the folder", path) }
    try create(path.parent, mode: mode)
    guard path.withCString({ mkdir($0, mode) }) == 0 || errno == EEXIST else {
      throw SystemError("create the folder", path)
    }
  }
}
