import CLinux
import Model

#if canImport(Glibc)
  import Glibc
#endif

/// What reading an admitted file gave.
public enum ReadOutcome: Sendable {
  /// The whole file as it stood still while it was read.
  case content(bytes: [UInt8], identity: FileIdentity)
  /// Larger than the limit: not read.
  case tooLarge(identity: FileIdentity)
  /// Somebody is writing it, or it changed while it was read: look again later.
  case notReady
  /// It is no longer there.
  case gone
  /// It is no regular file (what it is instead).
  case special(String)
  /// The system refuses.
  case failed(SystemError)
}

/// Reads files that may be written, replaced or removed at any moment.
public enum FileReading {
  /// Reads the file at `path`, which is never followed if it is a link and never waited for if it is a pipe.
  /// - Parameter bytesMax: larger files are not read.
  public static func read(_ path: PathBytes, bytesMax: Int) -> ReadOutcome {
    let descriptor = openForReading(path)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: return .gone
      case ELOOP: return .special("a symbolic link")
      case ENXIO: return .special("a socket")
      default: return .failed(SystemError("open", path))
      }
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .failed(SystemError("examine", path)) }
    guard status.st_mode & S_IFMT == S_IFREG else { return .special(FolderScan.kind(status.st_mode)) }
    let identity = FileIdentity(status)
    if isBeingWritten(descriptor) { return .notReady }
    guard identity.size <= Int64(bytesMax) else { return .tooLarge(identity: identity) }
    let size = Int(identity.size)
    var failure: SystemError?
    // One byte more than the file has: a file that grows shows by it.
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      while count < buffer.count {
        let result = Glibc.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
        if result > 0 {
          count += result
        } else if result == 0 {
          break
        } else if errno != EINTR {
          failure = SystemError("read", path)
          break
        }
      }
    }
    if let failure { return .failed(failure) }
    var after = stat()
    guard fstat(descriptor, &after) == 0, FileIdentity(after) == identity, bytes.count == size else { return .notReady }
    return .content(bytes: bytes, identity: identity)
  }

  /// Whether it is certain that nobody has the file at `path` open for writing.
  static func isAtRest(_ path: PathBytes) -> Bool {
    let descriptor = openForReading(path)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return writer(descriptor) == .nobody
  }

  /// Whether somebody has the file open for writing, now and a moment later: the kernel tells of a close just before it takes
  /// the writer's access back.
  private static func isBeingWritten(_ descriptor: Int32) -> Bool {
    guard writer(descriptor) == .somebody else { return false }
    usleep(closingMicroseconds)
    return writer(descriptor) == .somebody
  }

  /// How long a close may take from its event on.
  private static let closingMicroseconds: UInt32 = 1000

  private static func openForReading(_ path: PathBytes) -> Int32 {
    path.withCString { open($0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
  }

  private enum Writer { case somebody, nobody, unknown }

  /// Who has the file open for writing: then a read lease is refused with `EAGAIN`.
  ///
  /// Leases need the file's owner or CAP_LEASE and a local file system; where they cannot be had, time and the comparison
  /// before and after reading have to do.
  private static func writer(_ descriptor: Int32) -> Writer {
    switch linux_is_open_for_writing(descriptor) {
    case 0: .nobody
    case 1: .somebody
    default: .unknown
    }
  }
}
