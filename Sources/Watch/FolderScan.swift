import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Reads a tree of folders: of the inbox, the truth that events only hint at.
struct FolderScan {
  /// A regular file that a scan found.
  struct Found {
    /// Relative to the root.
    var path: PathBytes
    var identity: FileIdentity
  }

  /// The folder at the head of the tree.
  let root: PathBytes
  let ignore: IgnorePatterns
  /// Whether a path needs no further look: it is known.
  var isKnown: (PathBytes) -> Bool = { _ in false }
  /// Called with each folder (full path) before it is read, so that it is watched before it is scanned.
  var enter: (PathBytes) -> Void = { _ in }
  /// Called with each thing that is neither a regular file nor a folder; it is never opened.
  var special: (_ path: PathBytes, _ kind: String) -> Void = { _, _ in }
  /// Called with each folder that cannot be read.
  var unreadable: (SystemError) -> Void = { _ in }

  /// Levels of folders below the root that are followed.
  private static let depthMax = 64

  /// All files that are not known, below `folder` (relative; empty for the root), in no particular order.
  func files(below folder: PathBytes) -> [Found] {
    var found: [Found] = []
    read(folder, depth: 0, &found)
    return found
  }

  private func read(_ folder: PathBytes, depth: Int, _ found: inout [Found]) {
    let path = folder.bytes.isEmpty ? root : root.appending(folder)
    enter(path)
    guard let stream = path.withCString({ opendir($0) }) else {
      if errno != ENOENT { unreadable(SystemError("read the folder", path)) }
      return
    }
    defer { closedir(stream) }
    let descriptor = dirfd(stream)
    var folders: [PathBytes] = []
    for name in Directory.names(of: stream) where !ignore.match(name) {
      let relative = folder.appending(name)
      if isKnown(relative) { continue }
      var status = stat()
      guard name.withCString({ fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFREG: found.append(Found(path: relative, identity: FileIdentity(status)))
      case S_IFDIR: folders.append(relative)
      default: special(relative, FolderScan.kind(status.st_mode))
      }
    }
    for sub in folders.sorted() {
      if depth < FolderScan.depthMax {
        read(sub, depth: depth + 1, &found)
      } else {
        unreadable(SystemError("follow folders any deeper than", root.appending(sub), code: ELOOP))
      }
    }
  }

  /// What a file that is no report is, in words.
  static func kind(_ mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFLNK: "a symbolic link"
    case S_IFIFO: "a named pipe"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    default: "no regular file"
    }
  }
}
