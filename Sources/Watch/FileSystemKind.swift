import CLinux
import Model

/// What kind of file system a folder is on, as far as watching it goes.
public enum FileSystemKind {
  /// Names of the file systems whose changes on other hosts inotify does not see, by `statfs` magic number
  /// (Linux, include/uapi/linux/magic.h and the file systems' own headers).
  static let network: [UInt32: String] = [
    0x6969: "NFS", 0x517B: "SMB", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB2", 0x6573_5546: "FUSE", 0x0102_1997: "9P",
    0x00C3_6400: "Ceph", 0x5346_414F: "AFS", 0x0BD0_0BD0: "Lustre", 0x7461_636F: "OCFS2", 0x0116_1970: "GFS2",
    0x564C: "NCP", 0x7375_7245: "Coda",
  ]

  /// The name of the network file system that `path` is on, or nil when it is a local one.
  public static func network(of path: PathBytes) -> String? {
    network[path.withCString { linux_filesystem_magic($0) }]
  }
}
