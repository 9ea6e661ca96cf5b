import Glibc
import Model

/// The lexicon files as they were read: the shipped folder first, then the user's, each folder in the order of its file names.
///
/// A file is known by its columns: every file whose columns are those of a place file is one. The user's files therefore need no
/// fixed names; a row whose key a file before it has extends or replaces that row, and `-key` removes it.
public struct LexiconFiles: Sendable {
  /// One file.
  public struct File: Sendable {
    /// Path, for messages.
    public var path: String
    /// Its name without the folder.
    public var name: String
    /// The contents.
    public var bytes: [UInt8]
    /// The names in its first line that is no comment.
    public var columns: [String]
    /// Whether it comes from the user, not with the program.
    public var isAddition: Bool

    /// The mistake of a file that is none of the tables: the columns of the shipped file of the same name, or of the table that
    /// it shares most columns with, are named as what is expected.
    func unknownColumns(_ known: [[String]], shipped: LexiconFiles) -> LexiconError {
      let namesake = shipped.files.first { !$0.isAddition && $0.name == name && known.contains($0.columns) }?.columns
      let own = Set(columns)
      let nearest = known.max { own.intersection($0).count < own.intersection($1).count } ?? []
      let expected = (namesake ?? nearest).joined(separator: " TAB ")
      return LexiconError(
        file: path, line: LexiconTable.lineOfColumns(bytes), column: 1,
        message: columns.isEmpty
          ? "the file is empty; expected a line with the names of the columns"
          : "no table has these columns (\(columns.joined(separator: " TAB "))); expected \(expected)")
    }
  }

  /// All `.tsv` files.
  public private(set) var files: [File] = []
  /// 16 hex digits over the names and contents of all files, in order: the version of the lexicons.
  public private(set) var version: String = ""

  /// A file of the lexicons is not larger than this.
  static let fileBytesMax = 64 << 20

  /// Reads all `.tsv` files in `shipped` and then in the folders of `additions`; what cannot be read goes to `errors`.
  public init(shipped: String, additions: [String], errors: inout [LexiconError]) {
    read(folder: shipped, isAddition: false, &errors)
    for folder in additions { read(folder: folder, isAddition: true, &errors) }
    var state: UInt64 = 0
    for file in files {
      state = StableHash.mix(state ^ StableHash.hash(Array(file.name.utf8)), 0x9e37_79b9_7f4a_7c15)
      state = StableHash.mix(state ^ StableHash.hash(file.bytes), 0xa076_1d64_78bd_642f)
    }
    let digits = String(state, radix: 16)
    version = String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The tables with exactly these columns in this order, shipped ones first.
  public func tables(columns: [String], errors: inout [LexiconError]) -> [LexiconTable] {
    var tables: [LexiconTable] = []
    for file in files where file.columns == columns {
      tables.append(LexiconTable(file: file.path, bytes: file.bytes, columns: columns, errors: &errors))
    }
    return tables
  }

  /// The file of this name that was shipped, and those of the same name that the user added.
  public func files(named name: String) -> [File] { files.filter { $0.name == name } }

  private mutating func read(folder: String, isAddition: Bool, _ errors: inout [LexiconError]) {
    guard let directory = opendir(folder) else {
      let reason = String(cString: strerror(errno))
      errors.append(LexiconError(file: folder, line: 0, column: 0, message: "cannot read the folder: \(reason)"))
      return
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".tsv") && !name.hasPrefix(".") { names.append(name) }
    }
    for name in names.sorted() {
      let path = folder + "/" + name
      guard let bytes = LexiconFiles.contents(path) else {
        let reason = String(cString: strerror(errno))
        errors.append(LexiconError(file: path, line: 0, column: 0, message: "cannot read the file: \(reason)"))
        continue
      }
      files.append(
        File(
          path: path, name: name, bytes: bytes, columns: LexiconTable.namesOfColumns(bytes), isAddition: isAddition))
    }
  }

  /// The whole file, or nil with `errno` set.
  private static func contents(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    guard status.st_size <= fileBytesMax else {
      errno = EFBIG
      return nil
    }
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, filled in
      while filled < buffer.count {
        let count = Glibc.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
        if count < 0 && errno == EINTR { continue }
        failed = count < 0
        if count <= 0 { break }
        filled += count
      }
    }
    return failed ? nil : bytes
  }
}
