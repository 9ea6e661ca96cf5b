import Glibc
import Model

/// A file of the index: a 64-byte header that says what it is and for whom, then data that is only ever appended.
///
/// Derived from the feed, so nothing here needs to survive: a file that is damaged, of another version or made with other
/// settings is dropped, in part or whole, and the feed is replayed.
final class StateFile {
  /// What a file holds.
  enum Kind: UInt32 { case words = 1, fingerprints, entries, table, clusters, mark, snapshot }

  /// What must agree for the data to be of use.
  struct Header: Equatable {
    var kind: Kind
    var segment: UInt32 = 0
    var base: UInt32 = 0
    var documentFrequencyMax: UInt32 = 0
    var segmentReports: UInt32 = 0
    var level: UInt32 = 0
    var next: UInt32 = 0
    var postings: UInt64 = 0
    var checksum: UInt64 = 0

    static let byteCount = 64
    private static let magic: UInt64 = 0x3250_4445_4453_4152  // "RASDEDP2"

    /// The 64 bytes: fields little-endian, the last eight a checksum of the rest.
    func encoded() -> [UInt8] {
      var bytes: [UInt8] = []
      func put<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
      }
      put(Header.magic)
      put(ShingleHash.version)
      put(kind.rawValue)
      put(segment)
      put(base)
      put(documentFrequencyMax)
      put(segmentReports)
      put(level)
      put(next)
      put(postings)
      put(checksum)
      put(StableHash.hash(bytes))
      return bytes
    }

    /// Reads 64 bytes; nil when they are damaged or of another version.
    init?(_ bytes: [UInt8], kind: Kind) {
      self.kind = kind
      guard bytes.count == Header.byteCount else { return nil }
      func get<Number: FixedWidthInteger>(_ at: Int) -> Number {
        bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: Number.self)) }
      }
      guard get(0) == Header.magic, get(8) == ShingleHash.version, get(12) == kind.rawValue,
        get(56) == StableHash.hash(Array(bytes[..<56]))
      else { return nil }
      segment = get(16)
      base = get(20)
      documentFrequencyMax = get(24)
      segmentReports = get(28)
      level = get(32)
      next = get(36)
      postings = get(40)
      checksum = get(48)
    }

    init(kind: Kind) { self.kind = kind }

    /// The header of the file at `path`; nil when it is missing or damaged.
    init?(of path: PathBytes, kind: Kind) {
      let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      var bytes = [UInt8](repeating: 0, count: Header.byteCount)
      guard bytes.withUnsafeMutableBytes({ pread(descriptor, $0.baseAddress, $0.count, 0) }) == Header.byteCount else {
        return nil
      }
      self.init(bytes, kind: kind)
    }
  }

  let path: PathBytes
  private let descriptor: Int32
  /// Bytes of data behind the header.
  private(set) var byteCount: Int

  /// Opens `path`, or creates it. A file with another header is begun anew.
  init(path: PathBytes, header: Header) throws(SystemError) {
    self.path = path
    descriptor = path.withCString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o640) }
    guard descriptor >= 0 else { throw SystemError("open", path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError("stat", path) }
    byteCount = max(0, Int(status.st_size) - Header.byteCount)
    var bytes = [UInt8](repeating: 0, count: Header.byteCount)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, Header.byteCount, 0) }
    if count != Header.byteCount || Header(bytes, kind: header.kind) != header {
      try truncate(to: -Header.byteCount)
      try StateFile.write(header.encoded().span.bytes, to: descriptor, at: 0, path)
      byteCount = 0
    }
  }

  deinit { close(descriptor) }

  /// Appends `bytes` to the data. What was written before a failure is cut off by the next start.
  func append(_ bytes: RawSpan) throws(SystemError) {
    try StateFile.write(bytes, to: descriptor, at: Header.byteCount + byteCount, path)
    byteCount += bytes.byteCount
  }

  /// Writes `bytes` over the beginning of the data.
  func overwrite(_ bytes: RawSpan) throws(SystemError) {
    try StateFile.write(bytes, to: descriptor, at: Header.byteCount, path)
    byteCount = max(byteCount, bytes.byteCount)
  }

  /// Reads into `buffer` from byte `offset` of the data on; false when there are not as many bytes.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool {
    var done = 0
    while done < buffer.count {
      let count = pread(
        descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(Header.byteCount + offset + done))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  /// Cuts the data to `count` bytes.
  func truncate(to count: Int) throws(SystemError) {
    guard ftruncate(descriptor, off_t(Header.byteCount + count)) == 0 else { throw SystemError("truncate", path) }
    byteCount = max(0, count)
  }

  /// Waits until the data is on the disk.
  func synchronize() throws(SystemError) {
    guard fdatasync(descriptor) == 0 else { throw SystemError("fdatasync", path) }
  }

  /// Waits, whenever it is called and on whatever thread, until what is written by then is on the disk.
  func synchronization() throws(SystemError) -> PendingCheckpoint.Step {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw SystemError("duplicate the descriptor of", path) }
    let duplicate = Duplicate(descriptor: copy, path: path)
    return { () throws(SystemError) in try duplicate.synchronize() }
  }

  /// Another descriptor of the file, of a life of its own.
  private final class Duplicate: Sendable {
    let descriptor: Int32
    let path: PathBytes

    init(descriptor: Int32, path: PathBytes) {
      self.descriptor = descriptor
      self.path = path
    }

    deinit { close(descriptor) }

    func synchronize() throws(SystemError) {
      guard fdatasync(descriptor) == 0 else { throw SystemError("fdatasync", path) }
    }
  }

  /// Writes all of `bytes` at `offset`.
  private static func write(_ bytes: RawSpan, to descriptor: Int32, at offset: Int, _ path: PathBytes)
    throws(SystemError)
  {
    var done = 0
    while done < bytes.byteCount {
      let count = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress! + done, $0.count - done, off_t(offset + done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw SystemError("write", path) }
      done += count
    }
  }
}
