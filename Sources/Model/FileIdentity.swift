#if canImport(Glibc)
  import Glibc
#endif

/// Which file, in which state: two equal identities mean that nothing was written or replaced in between.
public struct FileIdentity: Sendable, Hashable {
  /// Device number.
  public var device: UInt64
  /// Inode number.
  public var inode: UInt64
  /// Bytes.
  public var size: Int64
  /// Last write, nanoseconds since 1970.
  public var modified: Int64
  /// Last change of content or of the inode itself, nanoseconds since 1970. A rename changes it.
  public var changed: Int64

  /// The identity in a `stat` result.
  public init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
  }

  /// The identity of what is at `path`; of a link, its own. The corresponding C function is `lstat`.
  public init(of path: PathBytes) throws(SystemError) {
    var status = stat()
    guard path.withCString({ lstat($0, &status) }) == 0 else { throw SystemError("examine", path) }
    self.init(status)
  }

  /// An identity of its parts.
  public init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }

  /// Whether this is the same file with the same content, a rename apart.
  public func isSameContent(as other: FileIdentity) -> Bool {
    device == other.device && inode == other.inode && size == other.size && modified == other.modified
  }
}
