import Arabic
import Model

/// The words of numbers, counted nouns and dates, in every written form with attached particles, behind one lookup.
public struct NumberLexicon: Sendable {
  /// Columns of `numbers.tsv`.
  public static let numberColumns = ["forms", "role", "min", "max", "flags"]
  /// Columns of `units.tsv`.
  public static let unitColumns = ["name", "forms", "dual", "plural", "what", "flags"]
  /// Columns of `calendar.tsv`.
  public static let calendarColumns = ["forms", "kind", "value", "flags"]

  /// The written forms with their readings; `wordIndex` gives indices into it.
  public private(set) var words: [NumberWord] = []
  /// The entries of `units.tsv`.
  public private(set) var units: [CountedUnit] = []
  /// Entries of several words; `NumberWord.phrases` are ranges of it, longest first.
  public private(set) var phrases: [Phrase] = []
  /// Hashes of the words of phrases after the first, back to back.
  public private(set) var phraseHashes: [UInt64] = []
  private var table = NumberWordTable([])

  /// An entry of several words.
  public struct Phrase: Sendable {
    /// Its words after the first, in `phraseHashes`.
    public var rest: Range<Int32>
    /// Index into `words` of its reading.
    public var word: Int32
  }

  /// A lexicon without words.
  public init() {}

  /// Reads the tables, shipped ones first; a later entry adds to the earlier ones.
  /// - Parameters:
  ///   - numbers: tables with `numberColumns`.
  ///   - units: tables with `unitColumns`.
  ///   - calendar: tables with `calendarColumns`.
  ///   - errors: gets every mistake; entries at fault are left out.
  public init(
    numbers: [LexiconTable], units: [LexiconTable], calendar: [LexiconTable], errors: inout [LexiconError]
  ) {
    var builder = NumberLexiconBuilder()
    for table in numbers { builder.readNumbers(table, &errors) }
    for table in units { builder.readUnits(table, &errors) }
    for table in calendar { builder.readCalendar(table, &errors) }
    builder.expand()
    words = builder.words
    self.units = builder.units
    phrases = builder.phrases
    phraseHashes = builder.phraseHashes
    table = NumberWordTable(builder.hashes)
  }

  /// Index into `words` of the written form with this hash (`Token.hash`), -1 when it is none.
  @inline(__always)
  public func wordIndex(_ hash: UInt64) -> Int32 { table.value(hash) }
}
