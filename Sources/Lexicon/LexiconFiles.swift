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
  public static let fileBytesMax = 64 << 20

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
    do throws(SystemError) {
      for name in try Directory.names(in: PathBytes(folder)).sorted() {
        guard name.display.hasSuffix(".tsv"), !name.display.hasPrefix(".") else { continue }
        read(PathBytes(folder).appending(name), isAddition: isAddition, &errors)
      }
    } catch {
      errors.append(LexiconError(file: folder, line: 0, column: 0, message: "cannot read the folder: \(error.reason)"))
    }
  }

  private mutating func read(_ path: PathBytes, isAddition: Bool, _ errors: inout [LexiconError]) {
    do throws(SystemError) {
      let bytes = try WholeFile.read(path, bytesMax: LexiconFiles.fileBytesMax)
      files.append(
        File(
          path: path.display, name: path.lastComponent.display, bytes: bytes,
          columns: LexiconTable.namesOfColumns(bytes), isAddition: isAddition))
    } catch {
      let message = "cannot read the file: \(error.reason)"
      errors.append(LexiconError(file: path.display, line: 0, column: 0, message: message))
    }
  }
}
