import Decode
import Model
import Watch

#if canImport(Glibc)
  import Glibc
#endif

/// The one report file that a command is asked about.
enum CommandInput {
  /// Why it could not be read.
  struct Unreadable: Error, CustomStringConvertible {
    var description: String
  }

  /// The reports in the file at `path`; `-` is standard input.
  static func reports(of path: String, _ decoder: Decoder, _ configuration: Configuration) throws -> [Report] {
    let bytesMax = configuration.decodeLimits.bytesInMax
    let bytes: [UInt8]
    if path == "-" {
      guard let input = StandardInput.read(bytesMax: bytesMax) else {
        throw Unreadable(description: "standard input has more than \(bytesMax) bytes (decode.bytes_in_max)")
      }
      bytes = input
    } else {
      switch FileReading.read(PathBytes(path), bytesMax: bytesMax) {
      case .content(let content, _): bytes = content
      case .tooLarge(let identity):
        throw Unreadable(description: "\(path) has \(identity.size) bytes, more than decode.bytes_in_max (\(bytesMax))")
      case .notReady: throw Unreadable(description: "\(path) is being written; try again")
      case .gone: throw Unreadable(description: "\(path) is not there")
      case .special(let kind): throw Unreadable(description: "\(path) is \(kind); only regular files are read")
      case .failed(let error): throw error
      }
    }
    do throws(DecodeError) {
      return try decoder.decode(bytes, name: PathBytes(path).lastComponent.bytes)
    } catch {
      throw Unreadable(description: "\(path) cannot be read: \(error.code): \(error.message)")
    }
  }
}

/// Standard input as a whole.
enum StandardInput {
  /// All bytes to the end; nil when there are more than `bytesMax`.
  static func read(bytesMax: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        return bytes
      }
      bytes += chunk[..<count]
      if bytes.count > bytesMax { return nil }
    }
  }
}
