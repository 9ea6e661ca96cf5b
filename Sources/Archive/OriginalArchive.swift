import CLinux
import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Where originals go once their lines are durable: `archive/YYYY/MM/DD/<sha256 prefix>-<name>`. Used by one serial queue.
public final class OriginalArchive {
  /// What became of a file of the inbox.
  public enum Outcome: Sendable, Equatable {
    /// It was moved into the archive.
    case moved
    /// It was replaced or changed after it was read: the bytes that were read are archived, the new file stays in the inbox.
    case replaced
    /// It was gone: the bytes that were read are archived.
    case gone
  }

  private let root: PathBytes
  private let inbox: PathBytes
  private var folder: (day: CivilDay, path: PathBytes)?
  /// Folders whose entries have changed since the last `sync`.
  private var touched: Set<PathBytes> = []

  /// The archive below `root`, for files of `inbox`, which is on the same file system.
  public init(root: PathBytes, inbox: PathBytes) {
    self.root = root
    self.inbox = inbox
  }

  /// Moves `path` (relative to the inbox) into the archive.
  ///
  /// The move is a rename, and what was moved is then compared with what was read, so that a file that took its place in
  /// the meantime is put back and not lost.
  /// - Parameters:
  ///   - identity: the file as it was read.
  ///   - bytes: what was read, should it have to be written.
  ///   - day: the day of admission (UTC).
  ///   - sequence: of the file's first line; it tells two equal files of one day apart.
  public func store(
    _ path: PathBytes, identity: FileIdentity, bytes: [UInt8], digest: Digest, day: CivilDay, sequence: UInt64
  ) throws(SystemError) -> Outcome {
    let folder = try folder(of: day)
    let source = inbox.appending(path)
    let target = folder.appending(OriginalArchive.name(of: path, digest: digest))
    let second = folder.appending(OriginalArchive.name(of: path, digest: digest, sequence: sequence))
    var moved = target
    var result = renameWithoutReplacing(source, target)
    if result == EEXIST {
      moved = second
      result = renameWithoutReplacing(source, second)
    }
    if result == ENOENT {
      try write(bytes, to: second, in: folder)
      return .gone
    }
    guard result == 0 else { throw SystemError("move to the archive", source, code: result) }
    touched.insert(folder)
    touched.insert(source.parent)
    if try FileIdentity(of: moved).isSameContent(as: identity) { return .moved }
    // Something else was moved: put it back where it was dropped, under another name if that is taken again.
    if renameWithoutReplacing(moved, source) != 0 {
      let aside = PathBytes(source.bytes + Array(".\(sequence)".utf8))
      guard renameWithoutReplacing(moved, aside) == 0 else { throw SystemError("put back", source) }
    }
    try write(bytes, to: second, in: folder)
    return .replaced
  }

  /// Whether an original with this digest and name is in the archive, of that day.
  public func contains(_ path: PathBytes, digest: Digest, day: CivilDay, sequence: UInt64) -> Bool {
    let folder = OriginalArchive.folder(root, day)
    return [nil, sequence].contains { number in
      folder.appending(OriginalArchive.name(of: path, digest: digest, sequence: number)).exists
    }
  }

  /// Makes all moves since the last call durable.
  public func sync() throws(SystemError) {
    for folder in touched {
      do throws(SystemError) { try Directory.sync(folder) } catch {
        // A folder of the inbox may have been removed since; its entry is gone with it.
        guard error.code == ENOENT else { throw error }
      }
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// The folder of a day below an archive's root.
  public static func folder(_ root: PathBytes, _ day: CivilDay) -> PathBytes {
    let (year, month, dayOfMonth) = day.civil
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return root.appending("\(year)/\(two(month))/\(two(dayOfMonth))")
  }

  /// The name in the archive or in `rejected`: 16 hex digits of the digest, a hyphen, the file's own name, shortened at its
  /// beginning where the file system would not take it. `sequence` is added for a second equal file of the same day.
  public static func name(of path: PathBytes, digest: Digest, sequence: UInt64? = nil, suffix: String = "") -> PathBytes
  {
    let prefix = Array((digest.hex(digits: 16) + (sequence.map { ".\($0)" } ?? "") + "-").utf8)
    let room = nameBytesMax - prefix.count - suffix.utf8.count
    return PathBytes(prefix + path.lastComponent.bytes.suffix(room) + Array(suffix.utf8))
  }

  /// NAME_MAX of Linux file systems.
  private static let nameBytesMax = 255

  private func folder(of day: CivilDay) throws(SystemError) -> PathBytes {
    if let folder, folder.day == day, folder.path.exists { return folder.path }
    let path = OriginalArchive.folder(root, day)
    try Directory.create(path, mode: 0o750)
    folder = (day, path)
    return path
  }

  private func renameWithoutReplacing(_ from: PathBytes, _ to: PathBytes) -> Int32 {
    from.withCString { from in to.withCString { to in linux_rename_noreplace(from, to) } }
  }

  private func write(_ bytes: [UInt8], to path: PathBytes, in folder: PathBytes) throws(SystemError) {
    try WholeFile.write(bytes, to: path, mode: 0o640)
    touched.insert(folder)
  }
}
