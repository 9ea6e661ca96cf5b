import Dispatch
import Model
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Reads records back in parallel lanes, and hands on in the order of the feed what is made of them. The chain is not
/// checked: it is for lines that `FeedReader` has verified, or that nothing depends on.
public enum FeedReplay {
  /// A lane's task: so many bytes of whole lines.
  private static let batchBytes = 1 << 20
  /// Tasks under way for each lane.
  private static let batchesPerLane = 3

  /// Reads all whole lines behind `start`; a last line without its newline is left out.
  /// - Parameters:
  ///   - lanes: how many lines are read at the same time; 0 for as many as there are cores.
  ///   - make: what is done with each record in the lanes.
  ///   - take: called on the caller's thread, in order, with what `make` made.
  /// - Throws: `FeedReader.BadLine`, `SystemError`, or what `take` throws.
  public static func read<Made: Sendable>(
    _ files: [PathBytes], from start: FeedReader.Position, lanes: Int = 0,
    make: @escaping @Sendable (StoredRecord) -> Made, take: (Made) throws -> Void
  ) throws {
    let lanes = lanes > 0 ? lanes : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let queue = DispatchQueue(label: "rasid.replay", attributes: .concurrent)
    var lines = Lines(files: files, position: start)
    var underWay: ArraySlice<Batch<Made>> = []
    while true {
      while underWay.count < lanes * FeedReplay.batchesPerLane, let batch: Batch<Made> = try lines.next() {
        queue.async { batch.run(make) }
        underWay.append(batch)
      }
      guard let batch = underWay.popFirst() else { return }
      for made in try batch.wait() { try take(made) }
    }
  }

  /// Lines of one file, one behind the other, and what is made of them.
  private final class Batch<Made: Sendable>: @unchecked Sendable {
    // Sendable: `made` is written by the one task that runs, and read after `done` says that it has.
    private let file: MappedFile
    private let path: PathBytes
    private let range: Range<Int>
    /// Sequence number of the first line.
    private let sequence: UInt64
    private var made: Result<[Made], FeedReader.BadLine> = .success([])
    private let done = DispatchSemaphore(value: 0)

    init(file: MappedFile, path: PathBytes, range: Range<Int>, sequence: UInt64) {
      self.file = file
      self.path = path
      self.range = range
      self.sequence = sequence
    }

    func run(_ make: (StoredRecord) -> Made) {
      made = read(make)
      done.signal()
    }

    func wait() throws(FeedReader.BadLine) -> [Made] {
      done.wait()
      return try made.get()
    }

    private func read(_ make: (StoredRecord) -> Made) -> Result<[Made], FeedReader.BadLine> {
      var made: [Made] = []
      var sequence = sequence
      var at = range.lowerBound
      while at < range.upperBound {
        let end = FeedReplay.newline(file.bytes, from: at) ?? range.upperBound
        let line = UnsafeBufferPointer(rebasing: file.bytes[at..<end])
        if !FeedReader.isTorn(line, sequence: sequence) {
          var cursor = JSONCursor(line)
          do {
            made.append(make(try StoredRecord(&cursor)))
          } catch {
            return .failure(
              FeedReader.BadLine(
                file: path, line: Int(sequence - self.sequence) + 1, offset: at, sequence: sequence,
                reason: "not a feed record: expected \(error.expected) at byte \(error.offset) of the line",
                isTorn: false))
          }
          sequence += 1
        }
        at = end + 1
      }
      return .success(made)
    }
  }

  private static func newline(_ bytes: UnsafeBufferPointer<UInt8>, from at: Int) -> Int? {
    guard at < bytes.count, let found = memchr(bytes.baseAddress! + at, 0x0A, bytes.count - at) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(bytes.baseAddress!)
  }

  /// Cuts files into batches of whole lines.
  private struct Lines {
    let files: [PathBytes]
    var position: FeedReader.Position
    private var mapped: MappedFile?

    init(files: [PathBytes], position: FeedReader.Position) {
      self.files = files
      self.position = position
    }

    mutating func next<Made>() throws -> Batch<Made>? {
      while position.file < files.count {
        let path = files[position.file]
        let file = try mapped ?? MappedFile(path)
        mapped = file
        let start = position.offset
        let sequence = position.sequence + 1
        while position.offset - start < FeedReplay.batchBytes,
          let end = FeedReplay.newline(file.bytes, from: position.offset)
        {
          let line = UnsafeBufferPointer(rebasing: file.bytes[position.offset..<end])
          if !FeedReader.isTorn(line, sequence: position.sequence + 1) { position.sequence += 1 }
          position.offset = end + 1
        }
        if position.offset > start {
          return Batch(file: file, path: path, range: start..<position.offset - 1, sequence: sequence)
        }
        position.file += 1
        position.offset = 0
        mapped = nil
      }
      return nil
    }
  }
}
