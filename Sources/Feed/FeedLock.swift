import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Keeps a second writer away from a feed: an advisory lock on `.lock` in its folder, gone with the process.
public final class FeedLock: Sendable {
  private let descriptor: Int32

  /// Why the lock could not be had.
  public enum Failure: Error, Sendable {
    /// Another process holds it; its process id, if it wrote it.
    case held(by: Int?)
    /// The lock file could not be opened.
    case system(SystemError)
  }

  /// Takes the lock of `folder`; it is released when the object goes or the process ends.
  public init(_ folder: FeedFolder) throws(Failure) {
    let path = folder.path.appending(".lock")
    descriptor = path.withCString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o644) }
    guard descriptor >= 0 else { throw .system(SystemError("open the lock", path)) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      var buffer = [UInt8](repeating: 0, count: 32)
      let count = pread(descriptor, &buffer, buffer.count, 0)
      close(descriptor)
      let digits = buffer.prefix(max(0, count)).prefix { (0x30...0x39).contains($0) }
      throw .held(by: Int(String(decoding: digits, as: UTF8.self)))
    }
    let owner = Array("\(getpid())\n".utf8)
    ftruncate(descriptor, 0)
    _ = pwrite(descriptor, owner, owner.count, 0)
  }

  deinit { close(descriptor) }
}
