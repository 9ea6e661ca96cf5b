import Dispatch
import Model

#if canImport(Glibc)
  import Glibc
#endif

/// The live feed file: append, make durable, rotate. Used by one serial queue.
public final class FeedFile {
  private let folder: FeedFolder
  private let rotateBytes: Int
  private var descriptor: Int32 = -1
  /// Bytes in the live file.
  public private(set) var size: Int = 0
  /// When the last segment was sealed (monotonic nanoseconds).
  private var sealedAt: UInt64?
  /// Number of sealed segments before the live file.
  public private(set) var sealedCount: Int
  /// Number of the next segment to be sealed.
  private var nextSealed: Int

  /// Opens the live file of `folder` for appending, creating it if it is missing.
  /// - Parameter rotateBytes: the file is sealed once it has this many bytes; 0 never.
  public init(folder: FeedFolder, rotateBytes: Int) throws(SystemError) {
    self.folder = folder
    self.rotateBytes = rotateBytes
    let sealed = try folder.sealedNumbers()
    sealedCount = sealed.count
    nextSealed = (sealed.last ?? 0) + 1
    try open()
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private func open() throws(SystemError) {
    descriptor = folder.live.withCString { Glibc.open($0, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644) }
    guard descriptor >= 0 else { throw SystemError("open the feed", folder.live) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError("examine the feed", folder.live) }
    size = Int(status.st_size)
  }

  /// Appends `batch[written...]` with one `write` where the system takes it whole.
  ///
  /// On an error `written` says how far it came: the rest can be appended later, and the line that was cut completes itself.
  /// - Throws: what `write` reports; `ENOSPC` and `EDQUOT` pass when there is room again.
  public func append(_ batch: [UInt8], written: inout Int) throws(SystemError) {
    while written < batch.count {
      let result = batch.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, $0.count - written) }
      if result > 0 {
        written += result
        size += result
      } else if errno != EINTR {
        throw SystemError("append to the feed", folder.live, code: result == 0 ? ENOSPC : errno)
      }
    }
  }

  /// Makes everything appended so far durable.
  ///
  /// The corresponding C function is `fdatasync`. An error is final: the kernel has dropped the pages and would report
  /// success the next time, so the caller must stop and let the next start verify the tail.
  public func sync() throws(SystemError) {
    guard fdatasync(descriptor) == 0 else { throw SystemError("make the feed durable", folder.live) }
  }

  /// Seconds between two rotations at least: `tail -F` must have gone on to one file before the next takes its place.
  private static let pauseSeconds = 3.0

  /// Whether the live file has grown large enough to be sealed, and the last one was sealed long enough ago.
  public var isFull: Bool {
    guard rotateBytes > 0, size >= rotateBytes else { return false }
    guard let sealedAt else { return true }
    return DispatchTime.now().uptimeNanoseconds - sealedAt >= UInt64(FeedFile.pauseSeconds * 1e9)
  }

  /// Seals the live file under its number and opens a new one, if it has grown large enough.
  ///
  /// A rename, then a new file: `tail -F` reads the old one to its end and goes on with the new one. Call between batches.
  /// - Returns: whether it did.
  @discardableResult
  public func rotateIfFull() throws(SystemError) -> Bool {
    guard isFull else { return false }
    try folder.live.rename(to: folder.sealed(nextSealed), as: "seal")
    nextSealed += 1
    sealedAt = DispatchTime.now().uptimeNanoseconds
    sealedCount += 1
    close(descriptor)
    try open()
    try Directory.sync(folder.path)
    return true
  }
}
