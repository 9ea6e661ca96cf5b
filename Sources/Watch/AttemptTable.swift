import Model

#if canImport(Glibc)
  import Glibc
#endif

/// What is in flight, in a file that outlives the process: a mapped page table, written without system calls.
///
/// Two questions are answered from it after a crash: which files were being decoded when the process died (a file that does
/// so again and again is rejected), and which files in the inbox are the very ones whose lines are on the feed already.
/// It survives `kill -9`. A power loss may leave an older state of it, which costs nothing but these two answers.
public final class AttemptTable: @unchecked Sendable {
  // Sendable: a slot is written by the one holder of its credit; the header by the committer alone.

  /// How far a file has come.
  public enum Phase: UInt32, Sendable {
    case free = 0
    /// Between reading and the end of extraction.
    case decoding = 1
    /// Its line is made, and perhaps on the feed; the file is still in the inbox.
    case decoded = 2
  }

  /// A file that was in flight when the last process ended.
  public struct Left: Sendable {
    /// Which file, in which state.
    public var identity: FileIdentity
    /// How far it had come.
    public var phase: Phase
    /// How often the process died while decoding it, this time included.
    public var deaths: Int
    /// Sequence number of its first line, once it was given one; 0 before.
    public var firstSequence: UInt64
  }

  private static let magic: UInt64 = 0x3174_7441_6469_7352  // "RsidAtt1"
  private static let headerBytes = 64
  private static let slotBytes = 64

  private let base: UnsafeMutableRawPointer
  private let size: Int
  /// What the last process left.
  public let left: [FileIdentity: Left]
  /// Whether the machine was started anew since the last process, as far as the table tells.
  public let isRebooted: Bool

  /// Opens or creates the table at `path`, reads what was left and clears it.
  /// - Parameter slots: how many files can be in flight.
  public init(_ path: PathBytes, slots: Int) throws(SystemError) {
    let bytes = AttemptTable.headerBytes + slots * AttemptTable.slotBytes
    let descriptor = path.withCString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o640) }
    guard descriptor >= 0 else { throw SystemError("open the table of attempts", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError("examine the table of attempts", path) }
    let oldBytes = Int(status.st_size)
    size = max(bytes, oldBytes)
    // Blocks are reserved now: a full disk must not turn a later store into SIGBUS.
    let reserved = posix_fallocate(descriptor, 0, off_t(size))
    guard reserved == 0 else { throw SystemError("reserve the table of attempts", path, code: reserved) }
    guard let address = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), address != MAP_FAILED
    else { throw SystemError("map the table of attempts", path) }
    base = address
    let boot = AttemptTable.bootID()
    var left: [FileIdentity: Left] = [:]
    let isOurs = address.load(as: UInt64.self) == AttemptTable.magic
    isRebooted = !isOurs || address.load(fromByteOffset: 8, as: UInt64.self) != boot
    if isOurs {
      for slot in 0..<(oldBytes - AttemptTable.headerBytes) / AttemptTable.slotBytes {
        guard let entry = AttemptTable.read(address + AttemptTable.offset(slot)) else { continue }
        left[entry.identity] = entry
      }
    }
    self.left = left
    let watermark = isOurs ? address.load(fromByteOffset: 16, as: UInt64.self) : 0
    memset(address, 0, size)
    address.storeBytes(of: AttemptTable.magic, as: UInt64.self)
    address.storeBytes(of: boot, toByteOffset: 8, as: UInt64.self)
    address.storeBytes(of: watermark, toByteOffset: 16, as: UInt64.self)
  }

  deinit { munmap(base, size) }

  /// Sequence number of the last line whose original, and all before it, is known to be in the archive.
  public var archived: UInt64 {
    get { base.load(fromByteOffset: 16, as: UInt64.self) }
    set { base.storeBytes(of: newValue, toByteOffset: 16, as: UInt64.self) }
  }

  /// Records that the file in `slot` is about to be decoded.
  public func begin(_ slot: Int, _ identity: FileIdentity, deaths: Int) {
    let at = base + AttemptTable.offset(slot)
    at.storeBytes(of: UInt32(deaths), toByteOffset: 4, as: UInt32.self)
    at.storeBytes(of: identity.device, toByteOffset: 8, as: UInt64.self)
    at.storeBytes(of: identity.inode, toByteOffset: 16, as: UInt64.self)
    at.storeBytes(of: identity.size, toByteOffset: 24, as: Int64.self)
    at.storeBytes(of: identity.modified, toByteOffset: 32, as: Int64.self)
    at.storeBytes(of: identity.changed, toByteOffset: 40, as: Int64.self)
    at.storeBytes(of: 0, toByteOffset: 48, as: UInt64.self)
    at.storeBytes(of: Phase.decoding.rawValue, as: UInt32.self)
  }

  /// Records which lines the file in `slot` is about to get.
  public func decided(_ slot: Int, firstSequence: UInt64) {
    (base + AttemptTable.offset(slot)).storeBytes(of: firstSequence, toByteOffset: 48, as: UInt64.self)
  }

  /// Records that the file in `slot` was decoded without harm.
  public func decoded(_ slot: Int) {
    (base + AttemptTable.offset(slot)).storeBytes(of: Phase.decoded.rawValue, as: UInt32.self)
  }

  /// Records that the file in `slot` has left the inbox.
  public func end(_ slot: Int) {
    (base + AttemptTable.offset(slot)).storeBytes(of: Phase.free.rawValue, as: UInt32.self)
  }

  private static func offset(_ slot: Int) -> Int { headerBytes + slot * slotBytes }

  private static func read(_ at: UnsafeMutableRawPointer) -> Left? {
    guard let phase = Phase(rawValue: at.load(as: UInt32.self)), phase != .free else { return nil }
    let identity = FileIdentity(
      device: at.load(fromByteOffset: 8, as: UInt64.self), inode: at.load(fromByteOffset: 16, as: UInt64.self),
      size: at.load(fromByteOffset: 24, as: Int64.self), modified: at.load(fromByteOffset: 32, as: Int64.self),
      changed: at.load(fromByteOffset: 40, as: Int64.self))
    let before = Int(at.load(fromByteOffset: 4, as: UInt32.self))
    return Left(
      identity: identity, phase: phase, deaths: phase == .decoding ? before + 1 : before,
      firstSequence: at.load(fromByteOffset: 48, as: UInt64.self))
  }

  /// A number for this boot of the machine, from /proc; 0 where there is none.
  private static func bootID() -> UInt64 {
    let text = try? WholeFile.read(PathBytes("/proc/sys/kernel/random/boot_id"), bytesMax: 64)
    return text.map { StableHash.hash($0) } ?? 0
  }
}
