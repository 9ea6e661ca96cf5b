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

  /// The names in a folder but `.` and `..`, in no particular order.
  public static func names(in path: PathBytes) throws(SystemError) -> [PathBytes] {
    guard let stream = path.withCString({ opendir($0) }) else { throw SystemError("read the folder", path) }
    defer { closedir(stream) }
    return names(of: stream)
  }

  /// The same of a folder that is open already.
  public static func names(of stream: OpaquePointer) -> [PathBytes] {
    var names: [PathBytes] = []
    while let entry = readdir(stream) {
      let start = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \dirent.d_name)!
      let length = strlen(start.assumingMemoryBound(to: CChar.self))
      let name = PathBytes(Array(UnsafeRawBufferPointer(start: start, count: length)))
      if name.bytes != [0x2E] && name.bytes != [0x2E, 0x2E] { names.append(name) }
    }
    return names
  }
}
