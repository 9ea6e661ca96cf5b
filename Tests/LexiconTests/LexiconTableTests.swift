import Testing

@testable import Lexicon

/// The table reader: cells, comments, and mistakes told with line and column.
@Suite struct LexiconTableTests {
  static let columns = ["id", "name", "spellings"]

  private func read(_ text: String) -> (table: LexiconTable, errors: [LexiconError]) {
    var errors: [LexiconError] = []
    let table = LexiconTable(file: "x.tsv", bytes: Array(text.utf8), columns: Self.columns, errors: &errors)
    return (table, errors)
  }

  @Test func cells() {
    let (table, errors) = read("# about\nid\tname\tspellings\n\na:1\tDouma\tدوما|دومه\na:2\tIdlib\n")
    #expect(errors.isEmpty)
    #expect(table.count == 2)
    #expect(table.cell(0, 1) == "Douma")
    #expect(table.list(0, 2) == ["دوما", "دومه"])
    #expect(table.line(0) == 4)
    #expect(table.isEmpty(1, 2))
    #expect(table.list(1, 2).isEmpty)
  }

  @Test func columnsInAnyOrderBomAndCarriageReturns() {
    let (table, errors) = read("\u{FEFF}name\tspellings\tid\r\nDouma\tدوما\ta:1\r\n")
    #expect(errors.isEmpty)
    #expect(table.cell(0, 0) == "a:1")
    #expect(table.cell(0, 1) == "Douma")
    #expect(table.cell(0, 2) == "دوما")
  }

  @Test func unknownColumnIsNamed() throws {
    let (_, errors) = read("id\tnam\tspellings\na\tb\tc\n")
    let error = try #require(errors.first)
    #expect(error.line == 1)
    #expect(error.column == 4)
    #expect(error.message.contains("nam"))
    #expect(error.message.contains("name"))
    #expect(error.description.hasPrefix("x.tsv:1:4: "))
  }

  @Test func tooManyCellsAreCountedInCharacters() throws {
    let (table, errors) = read("id\tname\tspellings\nدوما\tb\tc\td\n")
    #expect(table.count == 0)
    #expect(errors == [LexiconError(file: "x.tsv", line: 2, column: 10, message: errors[0].message)])
  }

  @Test func missingHeaderAndBadText() {
    #expect(read("# nothing else\n").errors.map(\.line) == [0])
    var errors: [LexiconError] = []
    let bytes = Array("id\tname\tspellings\nok\tx\ty\n".utf8) + [0x61, 0x09, 0xFF, 0x0A]
    let table = LexiconTable(file: "x.tsv", bytes: bytes, columns: Self.columns, errors: &errors)
    #expect(table.count == 1)
    #expect(errors.map(\.line) == [3])
  }

  @Test(arguments: [("12", 12.0), ("-3.25", -3.25), ("0.5", 0.5)]) func numbers(_ text: String, _ value: Double) {
    #expect(read("id\tname\tspellings\n\(text)\n").table.number(0, 0) == value)
  }

  @Test(arguments: ["", "x", "1.2.3", "-", "1e5"]) func notNumbers(_ text: String) {
    #expect(read("id\tname\tspellings\n\(text)\tx\n").table.number(0, 0) == nil)
  }
}
