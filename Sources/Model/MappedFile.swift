#if canImport(Glibc)
  import Glibc
#endif

/// A file mapped for reading.
public final class MappedFile {
  /// Its bytes; valid as long as the object lives.
  public let bytes: UnsafeBufferPointer<UInt8>

  /// How it is read: what the system is told of it.
  public enum Access: Sendable {
    /// From its beginning to its end.
    case sequential
    /// Here and there: reading ahead would fill the memory with what nobody asked for.
    case random
  }

  /// Maps the whole file at `path`; an empty one has no bytes. The corresponding C function is `mmap`.
  public init(_ path: PathBytes, access: Access = .sequential) throws(SystemError) {
    let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError("examine", path) }
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = UnsafeBufferPointer(start: nil, count: 0)
      return
    }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw SystemError("map", path)
    }
    madvise(address, size, access == .sequential ? MADV_SEQUENTIAL : MADV_RANDOM)
    bytes = UnsafeBufferPointer(start: address.assumingMemoryBound(to: UInt8.self), count: size)
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }
}
