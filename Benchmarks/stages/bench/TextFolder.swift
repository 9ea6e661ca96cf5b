import Glibc
import Model

/// The texts of a folder as reports, in the order of their names.
struct TextFolder {
  /// One for each file.
  private(set) var reports: [Report] = []
  /// Bytes of all texts.
  private(set) var bytes = 0

  /// The folder cannot be read, or has no text.
  struct Failure: Error { var folder: String }

  init(_ folder: String) throws {
    guard let directory = opendir(folder) else { throw Failure(folder: folder) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { names.append(name) }
    }
    let source = Report.Source(member: nil, original: .file, media: "text/plain", charset: "utf-8")
    for name in names.sorted() {
      guard let file = fopen("\(folder)/\(name)", "r") else { continue }
      defer { fclose(file) }
      var text: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { text += buffer[..<count] }
      reports.append(Report(source: source, text: text))
      bytes += text.count
    }
    guard !reports.isEmpty else { throw Failure(folder: folder) }
  }
}
