import Glibc
import Model

@testable import Dedupe

/// A folder that is gone after the test.
final class TemporaryFolder {
  let path: PathBytes
  /// The bytes that `read` gave last.
  private(set) var original: [UInt8] = []

  init() throws {
    var template = Array("/tmp/rasid-dedupe-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp", PathBytes("/tmp")) }
    path = PathBytes(template.dropLast().map { UInt8(bitPattern: $0) })
  }

  deinit {
    for name in names { try? path.appending(name).remove() }
    _ = path.withCString { rmdir($0) }
  }

  /// Names of the files, sorted.
  var names: [String] {
    guard let folder = path.withCString({ opendir($0) }) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The bytes of a file.
  func read(_ name: String) -> [UInt8] {
    var bytes: [UInt8] = []
    path.appending(name).withCString { path in
      guard let file = fopen(path, "rb") else { return }
      defer { fclose(file) }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    }
    original = bytes
    return bytes
  }

  /// Makes a file hold these bytes.
  func write(_ name: String, _ bytes: [UInt8]) {
    path.appending(name).withCString { path in
      guard let file = fopen(path, "wb") else { return }
      defer { fclose(file) }
      _ = fwrite(bytes, 1, bytes.count, file)
    }
  }
}
