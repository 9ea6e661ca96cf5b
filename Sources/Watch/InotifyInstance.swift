import CInotifyTools
import Dispatch
import Model

#if canImport(Glibc)
  import Glibc
#endif

/// libinotifytools as one object on one serial queue.
///
/// The library keeps global state and is not thread-safe: one instance in a process, and every call on `queue`, which is
/// checked. Facts about the library that this rests on are in `docs/INTERNALS.md`.
final class InotifyInstance {
  /// Something that happened to a file or folder in a watched folder, or to a watched folder itself.
  struct Event {
    /// The full path: watched folder and name; empty for an overflow.
    var path: PathBytes
    /// The bits of `inotify_event.mask`.
    var mask: UInt32

    func has(_ bits: some BinaryInteger) -> Bool { mask & UInt32(truncatingIfNeeded: bits) != 0 }
    /// Events were lost: only a scan can tell what happened.
    var isOverflow: Bool { has(IN_Q_OVERFLOW) }
    var isFolder: Bool { has(IN_ISDIR) }
    /// The watched folder itself went away or elsewhere.
    var isSelfGone: Bool { has(IN_DELETE_SELF) || has(IN_MOVE_SELF) || has(IN_UNMOUNT) }
  }

  /// inotify is not to be had; the caller polls instead.
  struct Unavailable: Error, CustomStringConvertible {
    var description: String
  }

  /// OPEN and ACCESS are never asked for: a scan would feed itself. MOVED_FROM neither: archiving would.
  private static let mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR

  private let queue: DispatchQueue
  private var watched: Set<PathBytes> = []
  /// Becomes readable when there are events.
  let descriptor: Int32

  /// Starts the library. Call early: it aborts when its descriptor is 1024 or more.
  init(queue: DispatchQueue) throws(Unavailable) {
    dispatchPrecondition(condition: .onQueue(queue))
    self.queue = queue
    guard inotifytools_initialize() != 0 else {
      throw Unavailable(
        description: "inotify cannot be started: \(String(cString: strerror(inotifytools_error()))); "
          + "see fs.inotify.max_user_instances")
    }
    guard let descriptor = InotifyInstance.findDescriptor() else {
      inotifytools_cleanup()
      throw Unavailable(description: "the inotify descriptor is not to be found in /proc/self/fd")
    }
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { inotifytools_cleanup() }

  /// The library does not give its descriptor out; it is the one that /proc calls `anon_inode:inotify`.
  private static func findDescriptor() -> Int32? {
    var found: Int32?
    var target = [UInt8](repeating: 0, count: 64)
    for candidate in Int32(0)..<1024 {
      let length = readlink("/proc/self/fd/\(candidate)", &target, target.count)
      guard length > 0 else { continue }
      let name = String(decoding: target[..<length], as: UTF8.self)
      if name == "anon_inode:inotify" || name == "anon_inode:[inotify]" { found = candidate }
    }
    return found
  }

  /// Watches a folder; a folder that is watched already is left as it is (the library would leak).
  func watch(_ folder: PathBytes) throws(Unavailable) {
    dispatchPrecondition(condition: .onQueue(queue))
    guard !watched.contains(folder) else { return }
    let name = folder.appending("")
    guard name.withCString({ inotifytools_watch_file($0, Int32(bitPattern: UInt32(InotifyInstance.mask))) }) != 0 else {
      let code = inotifytools_error()
      if code == ENOENT || code == ENOTDIR { return }  // gone again: the scan will say so
      let remedy = code == ENOSPC ? "; raise fs.inotify.max_user_watches" : ""
      throw Unavailable(
        description: "cannot watch \(folder.display): \(String(cString: strerror(code)))\(remedy)")
    }
    watched.insert(folder)
  }

  /// Forgets a folder and all below it.
  func forget(_ folder: PathBytes) {
    dispatchPrecondition(condition: .onQueue(queue))
    let prefix = folder.bytes + [UInt8(ascii: "/")]
    for path in watched where path == folder || path.bytes.starts(with: prefix) {
      watched.remove(path)
      _ = path.appending("").withCString { inotifytools_remove_watch_by_filename($0) }
    }
  }

  /// All events that are there, without waiting.
  ///
  /// The library buffers events of its own, so it is drained until it has none; each points into its buffer and is copied.
  func drain() -> [Event] {
    dispatchPrecondition(condition: .onQueue(queue))
    var events: [Event] = []
    while let event = inotifytools_next_events(0, 1) {
      let mask = event.pointee.mask
      // Overflow has no watch and no name: look at the mask before building a path.
      if mask & UInt32(IN_Q_OVERFLOW) != 0 {
        events.append(Event(path: PathBytes([]), mask: mask))
        continue
      }
      guard let folder = inotifytools_filename_from_wd(event.pointee.wd) else { continue }
      var path = PathBytes(Array(UnsafeRawBufferPointer(start: folder, count: strlen(folder))))
      if path.bytes.last == UInt8(ascii: "/") { path.bytes.removeLast() }
      if event.pointee.len > 0 {
        let name = UnsafeRawPointer(event) + MemoryLayout<inotify_event>.size
        path = path.appending(
          PathBytes(Array(UnsafeRawBufferPointer(start: name, count: strlen(name.assumingMemoryBound(to: CChar.self)))))
        )
      }
      events.append(Event(path: path, mask: mask))
    }
    return events
  }
}
