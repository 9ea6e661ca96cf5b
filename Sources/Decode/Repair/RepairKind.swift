import Model

/// The kinds of repair that reading a text can report.
public enum RepairKind: String, Sendable, CaseIterable {
  /// Bytes that mean nothing in the character set became U+FFFD.
  case invalidSequence = "invalid-sequence"
  /// UTF-8 that had been read as Windows-1252 and encoded again.
  case mojibakeWindows1252 = "mojibake-windows-1252"
  /// UTF-8 that had been read as ISO-8859-1 and encoded again.
  case mojibakeLatin1 = "mojibake-latin-1"
  /// UTF-8 that had been read as Windows-1256 and encoded again.
  case mojibakeWindows1256 = "mojibake-windows-1256"
  /// Windows-1256 that had been read as Windows-1252 or ISO-8859-1 and encoded again.
  case windows1256AsLatin = "windows-1256-as-latin"
  /// Character references of HTML left in the text became the characters.
  case htmlEntities = "html-entities"
  /// Text stored in the order of display became logical order.
  case visualOrder = "visual-order"
  /// Arabic presentation forms became the letters.
  case presentationForms = "presentation-forms"
  /// The character set that the file declares is not the one it is in.
  case declaredCharsetWrong = "declared-charset-wrong"
}

extension Repair {
  /// A repair of a kind that text decoding knows.
  public init(_ kind: RepairKind, count: Int, offset: Int? = nil) {
    self.init(kind: kind.rawValue, count: count, offset: offset)
  }
}
