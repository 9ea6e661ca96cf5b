#if canImport(Glibc)
  import Glibc
#endif

/// Small files, read and written as a whole.
public enum WholeFile {
  /// Reads the file at `path`. Links are followed, and a pipe is read to its end: for files that nobody writes meanwhile.
  /// - Parameters:
  ///   - bytesMax: a larger file is an error, `EFBIG`.
  ///   - what: what the file is, for the message: `cannot open WHAT PATH: …`.
  public static func read(
    _ path: PathBytes, bytesMax: Int, as what: String = "the file"
  ) throws(SystemError) -> [UInt8] {
    let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw SystemError("open \(what)", path) }
    defer { close(descriptor) }
    // A size to begin with: a pipe has none, and files of /proc say that they are empty.
    var status = stat()
    let expected = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    var bytes: [UInt8] = []
    while max(bytes.count, expected) <= bytesMax {
      var result = 0
      let part = [UInt8](unsafeUninitializedCapacity: max(expected + 1 - bytes.count, chunkBytes)) { buffer, count in
        repeat { result = Glibc.read(descriptor, buffer.baseAddress, buffer.count) } while result < 0 && errno == EINTR
        count = max(result, 0)
      }
      guard result >= 0 else { throw SystemError("read \(what)", path) }
      if result == 0 { return bytes }
      if bytes.isEmpty { bytes = part } else { bytes += part }
    }
    throw SystemError("read \(what)", path, code: EFBIG)
  }

  /// Bytes that are read at once where the size is not known.
  private static let chunkBytes = 4096

  /// Writes `bytes` to `path`, whole or not at all: to a hidden file beside it, which is made durable and then renamed.
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
      do throws(SystemError) { try temporary.rename(to: path) } catch { code = error.code }
    }
    guard code == 0 else {
      try? temporary.remove()
      throw SystemError("write", path, code: code)
    }
  }

  /// Removes what a process that was killed while writing left in `folder`. Call while no other process writes there.
  public static func removeLeftovers(in folder: PathBytes) {
    let prefix = Array(leftoverPrefix.utf8)
    for name in (try? Directory.names(in: folder)) ?? [] where name.bytes.starts(with: prefix) {
      try? folder.appending(name).remove()
    }
  }

  private static let leftoverPrefix = ".write-"
}
