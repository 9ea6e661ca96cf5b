import Glibc

/// The files of a folder, in the order of their names.
struct TextFolder {
  /// A file as it lies there.
  struct File {
    var name: [UInt8]
    var bytes: [UInt8]
  }

  private(set) var files: [File] = []
  /// Bytes of all files.
  private(set) var bytes = 0

  /// The folder cannot be read, or has no file.
  struct Failure: Error { var folder: String }

  init(_ folder: String) throws {
    guard let directory = opendir(folder) else { throw Failure(folder: folder) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { names.append(name) }
    }
    for name in names.sorted() {
      guard let file = fopen("\(folder)/\(name)", "r") else { continue }
      defer { fclose(file) }
      var content: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { content += buffer[..<count] }
      files.append(File(name: Array(name.utf8), bytes: content))
      bytes += content.count
    }
    guard !files.isEmpty else { throw Failure(folder: folder) }
  }
}
