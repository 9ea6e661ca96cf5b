import Glibc
import Model
import Testing

/// A file of `Tests/DecodeTests/Fixtures`, read in place.
struct Fixture: Sendable, CustomTestStringConvertible {
  /// Path below the folder of fixtures.
  let path: String
  let bytes: [UInt8]

  var testDescription: String { path }

  init(_ path: String) throws {
    self.path = path
    bytes = try Fixture.read(Fixture.root + "/" + path)
  }

  static let root: String = {
    let here = #filePath
    return here.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/") + "/Fixtures"
  }()

  static let goldenRoot = root + "/golden"

  /// Every fixture, by path.
  static let all: [Fixture] = paths(below: "").sorted().compactMap { try? Fixture($0) }

  struct Unreadable: Error { let path: String }

  static func read(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw Unreadable(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  static func write(_ path: String, _ bytes: [UInt8]) throws {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
    guard let file = fopen(path, "wb") else { throw Unreadable(path: path) }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  /// Whether it needs poppler's `pdftotext`, and that is not there.
  var lacksReader: Bool { path.hasPrefix("pdf/") && access("/usr/bin/pdftotext", X_OK) != 0 }

  private static func paths(below folder: String) -> [String] {
    guard let directory = opendir(root + "/" + folder) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") || name == "golden" || name.hasSuffix(".py") { continue }
      let path = folder.isEmpty ? name : folder + "/" + name
      if entry.pointee.d_type == UInt8(DT_DIR) { found += paths(below: path) } else { found.append(path) }
    }
    return found
  }
}
