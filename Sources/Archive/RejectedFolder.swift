import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Where files go that could not be read: `rejected/<sha256 prefix>-<name>`, with the reason beside each. One serial queue.
public struct RejectedFolder: Sendable {
  private let root: PathBytes
  private let inbox: PathBytes

  /// The folder `root`, for files of `inbox`, which is on the same file system.
  public init(root: PathBytes, inbox: PathBytes) {
    self.root = root
    self.inbox = inbox
  }

  /// Moves `path` (relative to the inbox) here: the reason is written first, so that no file is without one.
  /// - Parameters:
  ///   - digest: SHA-256 of the file; of its name and size where the file was not read.
  ///   - identity: the file as it was read.
  ///   - reason: the JSON text of the reason.
  /// - Returns: whether the file was there and the same; false when it was replaced or changed and stays for a new look.
  public func store(
    _ path: PathBytes, digest: Digest, identity: FileIdentity, reason: [UInt8]
  ) throws(SystemError) -> Bool {
    let source = inbox.appending(path)
    let target = root.appending(OriginalArchive.name(of: path, digest: digest))
    let note = root.appending(OriginalArchive.name(of: path, digest: digest, suffix: ".reason.json"))
    do throws(SystemError) {
      guard try FileIdentity(of: source).isSameContent(as: identity) else { return false }
    } catch {
      guard error.code == ENOENT else { throw error }
      return false
    }
    try WholeFile.write(reason, to: note)
    do throws(SystemError) { try source.rename(to: target, as: "move to the rejected files") } catch {
      guard error.code == ENOENT else { throw error }
      return false
    }
    try Directory.sync(root)
    return true
  }
}
