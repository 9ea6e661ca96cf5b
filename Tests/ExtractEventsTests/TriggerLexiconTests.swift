import Arabic
import Model
import Normalize
import Testing

@testable import Lexicon

@Suite struct TriggerLexiconTests {
  private static let folder: String = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/Sources/Lexicon/Data"
  }()

  private func load() throws -> TriggerLexicon {
    var errors: [LexiconError] = []
    let files = LexiconFiles(shipped: TriggerLexiconTests.folder, additions: [], errors: &errors)
    let lexicon = TriggerLexicon(files: files, errors: &errors)
    #expect(errors.isEmpty, "\(errors.prefix(5))")
    return lexicon
  }

  /// Entries that a word can be read as.
  private func entries(_ word: String, _ lexicon: TriggerLexicon) -> Set<String> {
    let text = Normalizer().normalize(Array(word.utf8))
    var readings: [TriggerReading] = []
    _ = lexicon.analyze(text.tokens[0], text.folded.span, readings: &readings)
    return Set(readings.map { lexicon.entries[Int(lexicon.forms[Int($0.form)].entry)].lemma })
  }

  @Test func knowsAllTypes() throws {
    let lexicon = try load()
    #expect(lexicon.entries.count >= 600)
    for type in EventType.allCases {
      #expect(lexicon.entries.contains { $0.readings[0].type == type }, "\(type)")
    }
  }

  @Test(arguments: [
    ("وقصفتهم", "قصف"), ("سيقاتلون", "قاتل"), ("للسيطرة", "سيطر"), ("باستعادتها", "استعاد"), ("واعتقال", "اعتقل"),
    ("هجماتها", "هجوم"), ("اتهموا", "اتهم"), ("فانسحبوا", "انسحب"), ("بقصفه", "قصف"), ("المظاهرات", "مظاهرة"),
  ])
  func readsAttachedForms(word: String, lemma: String) throws {
    #expect(entries(word, try load()).contains(lemma))
  }

  @Test func acceptsASplitOnlyIfTheRestIsKnown() throws {
    let lexicon = try load()
    for word in ["والي", "وادي", "بلدة", "كتائب", "الغاية"] { #expect(entries(word, lexicon).isEmpty, "\(word)") }
  }

  @Test func namesMistakesWithLineAndColumn() {
    let table =
      "lemma\tclass\tnouns\ttype\tmode\ttoll\tframe\tneeds\tother\tflags\nقصف\tI\t\tATTACK\t\t\tattack\t\t\t\n"
    var errors: [LexiconError] = []
    _ = LexiconTable(file: "x.tsv", bytes: Array(table.utf8), columns: TriggerLexicon.triggerColumns, errors: &errors)
    #expect(errors.isEmpty)
  }

  @Test func weightsAreReadByClass() {
    var errors: [LexiconError] = []
    let table = WeightTable(
      file: "w.tsv", bytes: Array("feature\tweight\nslot:next:left:actor\t1.5\nslot:next:left:place\t-0.5\n".utf8),
      classes: ["actor", "recipient", "place"], errors: &errors)
    #expect(errors.isEmpty)
    let weights = table[WeightTable.key(Symbol("slot"), Symbol("next"), Symbol("left"))]
    #expect(weights[0] == 1.5 && weights[1] == 0 && weights[2] == -0.5)
    #expect(table[WeightTable.key(Symbol("slot"), Symbol("next"))] == .zero)
  }

  @Test func aWrongWeightIsTold() {
    var errors: [LexiconError] = []
    _ = WeightTable(file: "w.tsv", bytes: Array("feature\tweight\nslot:next\theavy\n".utf8), errors: &errors)
    #expect(errors.count == 1 && errors[0].line == 2)
  }
}
