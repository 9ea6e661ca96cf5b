import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Writes small files whole or not at all.
public enum WholeFile {
  /// Writes `bytes` to a hidden file beside `path`, makes it durable and renames it to `path`.
  public static func write(_ bytes: [UInt8], to path: PathBytes, mode: mode_t = 0o640) throws(SystemError) {
    let temporary = path.parent.appending("\(leftoverPrefix)\(getpid())-\(path.lastComponent.bytes.count)")
    let descriptor = temporary.withCString { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode) }
    guard descriptor >= 0 else { throw SystemError("create", temporary) }
    var written = 0
    var code: Int32 = 0
    while written < bytes.count && code == 0 {
      let result = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written) }
      if result > 0 { written += result } else if result == 0 { code = ENOSPC } else if errno != EINTR { code = errno }
    }
    if code == 0 && fsync(descriptor) != 0 { code = errno }
    close(descriptor)
    if code == 0 {
      let renamed = temporary.withCString { from in path.withCString { to in rename(from, to) } }
      if renamed != 0 { code = errno }
    }
    guard code == 0 else {
      _ = temporary.withCString { unlink($0) }
      throw SystemError("write", path, code: code)
    }
  }

  /// Removes what a process that was killed while writing left in `folder`. Call while no other process writes there.
  public static func removeLeftovers(in folder: PathBytes) {
    let prefix = Array(leftoverPrefix.utf8)
    for name in (try? Directory.names(in: folder)) ?? [] where name.bytes.starts(with: prefix) {
      _ = folder.appending(name).withCString { unlink($0) }
    }
  }

  private static let leftoverPrefix = ".write-"
}
