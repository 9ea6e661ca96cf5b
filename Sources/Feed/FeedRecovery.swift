import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Brings the end of a feed in order after whatever ended the last writer, by appending only.
///
/// Legal states of the tail and what is done with each are listed in `docs/INTERNALS.md`.
public struct FeedRecovery {
  /// What recovery found and did.
  public struct Outcome: Sendable {
    /// Behind the last good line.
    public var end: FeedReader.Position
    /// Bytes of a half-written line that were completed; 0 when there was none.
    public var tornBytes: Int
    /// Bytes cut off after a reboot; 0 when nothing was.
    public var cutBytes: Int
  }

  /// Why the feed cannot be gone on with.
  public enum Failure: Error, Sendable {
    /// A line before the tail is bad: somebody or something altered the feed.
    case altered(FeedReader.BadLine)
    /// A file could not be read or written.
    case system(SystemError)
  }

  /// Verifies the feed from `start` to its end and mends the tail.
  /// - Parameters:
  ///   - folder: the feed's folder; it may be empty or lack the live file.
  ///   - start: a position that is known to be good, or the beginning.
  ///   - rebooted: whether the machine was started anew since the last writer: then no reader can have seen the tail, and a
  ///     tail that is no beginning of a line (lost pages) may be cut.
  ///   - depth: `.records` to visit each record on the way.
  ///   - visit: called with each record.
  public static func recover(
    _ folder: FeedFolder, from start: FeedReader.Position, rebooted: Bool, depth: FeedReader.Depth,
    visit: (StoredRecord, FeedReader.Position) throws -> Void = { _, _ in }
  ) throws -> Outcome {
    var position = start
    let files = try folder.files()
    guard !files.isEmpty else { return Outcome(end: position, tornBytes: 0, cutBytes: 0) }
    do {
      try FeedReader.read(files, from: &position, depth: depth, visit: visit)
      return Outcome(end: position, tornBytes: 0, cutBytes: 0)
    } catch let bad as FeedReader.BadLine {
      let live = folder.live
      guard bad.file == live else { throw Failure.altered(bad) }
      if bad.isTorn, let done = try complete(live, from: bad.offset, position) {
        return done
      }
      guard rebooted, try !holdsLine(live, after: bad.offset) else { throw Failure.altered(bad) }
      return try cut(live, at: bad.offset, position)
    }
  }

  /// Appends what a torn last line lacks. Returns nil when it is no beginning of a line of ours.
  private static func complete(
    _ live: PathBytes, from offset: Int, _ position: FeedReader.Position
  ) throws -> Outcome? {
    let mapped = try MappedFile(live)
    let torn = mapped.bytes[offset...]
    // Whole but for the newline: then it is a good line, and the newline makes it count.
    let completion = TornLine.completion(of: torn) ?? (torn.last == UInt8(ascii: "}") ? [0x0A] : nil)
    guard let completion else { return nil }
    let file = live.withCString { open($0, O_WRONLY | O_APPEND | O_CLOEXEC) }
    guard file >= 0 else { throw Failure.system(SystemError("open the feed", live)) }
    defer { close(file) }
    var written = 0
    while written < completion.count {
      let result = completion.withUnsafeBytes { write(file, $0.baseAddress! + written, completion.count - written) }
      guard result > 0 || errno == EINTR else {
        throw Failure.system(SystemError("complete the torn last line of", live))
      }
      written += max(0, result)
    }
    guard fdatasync(file) == 0 else { throw Failure.system(SystemError("make the feed durable", live)) }
    var end = position
    // The line may have become a good one; read it again.
    try FeedReader.read(files(before: live, position), from: &end, depth: .chain)
    return Outcome(end: end, tornBytes: torn.count, cutBytes: 0)
  }

  /// Whether a whole line of the feed stands anywhere behind the beginning of a bad one: then the bad one is no tail that a
  /// power loss left, but a line that somebody altered.
  private static func holdsLine(_ live: PathBytes, after offset: Int) throws(SystemError) -> Bool {
    let mapped = try MappedFile(live)
    let lines = mapped.bytes[offset...].split(separator: 0x0A, omittingEmptySubsequences: true)
    return lines.contains { line in
      let line = UnsafeBufferPointer(rebasing: line)
      return FeedReader.ChainTail(line).map { Digest.sha256(line[..<$0.hashedCount]) == $0.hash } ?? false
    }
  }

  /// The list of files that `position` indexes, as far as the live file needs it.
  private static func files(before live: PathBytes, _ position: FeedReader.Position) -> [PathBytes] {
    Array(repeating: live, count: position.file + 1)
  }

  private static func cut(_ live: PathBytes, at offset: Int, _ position: FeedReader.Position) throws -> Outcome {
    let mapped = try MappedFile(live)
    let lost = Array(mapped.bytes[offset...])
    let keep = PathBytes(live.bytes + Array(".cut-\(time(nil))".utf8))
    let copy = keep.withCString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640) }
    guard copy >= 0 else { throw Failure.system(SystemError("keep the cut tail in", keep)) }
    defer { close(copy) }
    guard write(copy, lost, lost.count) == lost.count, fsync(copy) == 0 else {
      throw Failure.system(SystemError("keep the cut tail in", keep))
    }
    guard live.withCString({ truncate($0, off_t(offset)) }) == 0 else {
      throw Failure.system(SystemError("cut the lost tail of", live))
    }
    return Outcome(end: position, tornBytes: 0, cutBytes: lost.count)
  }
}
