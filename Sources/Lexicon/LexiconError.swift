/// A mistake in a lexicon file, told so that an analyst can find and mend it.
public struct LexiconError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Path of the file, as it was opened.
  public var file: String
  /// Line, counted from 1; 0 when the mistake is not in one line (a file that cannot be read).
  public var line: Int
  /// Column of the first character at fault, counted from 1 in characters; 0 when the whole line is.
  public var column: Int
  /// What is wrong and what is expected.
  public var message: String

  /// A mistake at `line` and `column` (both from 1) of `file`.
  public init(file: String, line: Int, column: Int, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `file:line:column: message`, the form that editors jump to.
  public var description: String {
    line == 0 ? "\(file): \(message)" : "\(file):\(line):\(max(column, 1)): \(message)"
  }
}

/// All mistakes found in one attempt to load the lexicons, in the order of the files and lines.
public struct LexiconErrors: Error, Sendable, Equatable, CustomStringConvertible {
  /// Never empty.
  public var errors: [LexiconError]

  /// The mistakes `errors`; at least one.
  public init(_ errors: [LexiconError]) { self.errors = errors }

  /// One mistake a line.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
