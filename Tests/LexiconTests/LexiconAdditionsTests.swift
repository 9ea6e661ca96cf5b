import Foundation
import Testing

@testable import Lexicon

/// The user's files beside the shipped ones: they add, replace and remove, and every mistake is told at once.
@Suite struct LexiconAdditionsTests {
  static let placeHeader = "id\tname\tspellings\tlevel\tkind\tcountry\tadmin1\tlat\tlon\tpopulation\tflags\tsource\n"
  static let douma = "t:1\tDouma\tدوما\tcity\tcity\tSY\tRif Dimashq\t33.57\t36.40\t111864\t\town\n"

  /// A new folder with these files.
  private func folder(_ files: [String: String]) throws -> String {
    let path = NSTemporaryDirectory() + "rasid-lexicon-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name)) }
    return path
  }

  private func load(_ shipped: [String: String], _ added: [String: String]) throws -> Lexicon {
    let first = try folder(shipped)
    let second = try folder(added)
    defer {
      try? FileManager.default.removeItem(atPath: first)
      try? FileManager.default.removeItem(atPath: second)
    }
    return try Lexicon.load(shipped: first, additions: [second])
  }

  /// The names of the places that a spelling of one word can mean.
  private func places(_ lexicon: Lexicon, _ spelling: String) -> [String] {
    var words = PhraseWords()
    words.read(Array(spelling.utf8), 0..<spelling.utf8.count)
    var node: Int32 = -1
    for (index, range) in words.ranges.enumerated() {
      let word = lexicon.phrases.word(StableHashOf(words.folded, range))
      if word < 0 { return [] }
      node = index == 0 ? lexicon.phrases.root(word) : lexicon.phrases.child(of: node, word: word)
      if node < 0 { return [] }
    }
    return lexicon.phrases.meanings(node).filter { $0.kind == .place }.map {
      lexicon.placeNames[Int($0.index)].name
    }
  }

  @Test func addsAPlaceAndASpelling() throws {
    let lexicon = try load(
      ["places.tsv": Self.placeHeader + Self.douma],
      [
        "mine.tsv": Self.placeHeader
          + "t:1\t\tدومة\t\t\t\t\t\t\t\t\t\nt:2\tMisraba\tمسرابا\ttown\ttown\tSY\t\t33.5\t36.4\t\t\town\n"
      ])
    #expect(places(lexicon, "دوما") == ["Douma"])
    #expect(places(lexicon, "دومة") == ["Douma"])
    #expect(places(lexicon, "مسرابا") == ["Misraba"])
  }

  @Test func replacesWhatARowHasAValueFor() throws {
    let lexicon = try load(
      ["places.tsv": Self.placeHeader + Self.douma],
      ["mine.tsv": Self.placeHeader + "t:1\tDuma\tدوما\ttown\t\t\t\t33.6\t36.5\t\t\town\n"])
    let place = try #require(lexicon.placeNames.first)
    #expect(place.name == "Duma")
    #expect(place.level == .town)
    #expect(place.latitude == 33.6)
    #expect(place.country == "SY")
  }

  @Test func removesARow() throws {
    let lexicon = try load(
      ["places.tsv": Self.placeHeader + Self.douma], ["mine.tsv": Self.placeHeader + "-t:1\n"])
    #expect(places(lexicon, "دوما").isEmpty)
  }

  @Test func tellsAllMistakesAtOnce() throws {
    let error = #expect(throws: LexiconErrors.self) {
      try load(
        [
          "places.tsv": Self.placeHeader
            + "t:1\tX\tدوما\tvillage\t\tSY\t\t33\t36\t\t\t\nt:2\tY\tعربين\ttown\t\tSY\t\t133\t36\n"
        ],
        ["mine.tsv": Self.placeHeader + "-t:9\n"])
    }
    let errors = try #require(error).errors
    #expect(errors.map(\.line) == [2, 3, 2])
    #expect(errors[0].message.contains("village"))
    #expect(errors[0].message.contains("quarter"))
    #expect(errors[1].message.contains("latitude"))
    #expect(errors[2].message.contains("t:9"))
    #expect(errors[2].file.hasSuffix("mine.tsv"))
  }

  @Test func aTableThatIsNoneIsAMistake() throws {
    let error = #expect(throws: LexiconErrors.self) {
      try load(["places.tsv": Self.placeHeader + Self.douma], ["mine.tsv": "# x\nid\tname\tspelling\na\tb\tc\n"])
    }
    let mistake = try #require(error).errors.first
    #expect(mistake?.line == 2)
    #expect(mistake?.message.contains("spellings") == true)
  }

  @Test func aFolderThatIsNotThereIsAMistake() throws {
    let error = #expect(throws: LexiconErrors.self) { try Lexicon.load(shipped: "/nonexistent/lexicon") }
    #expect(try #require(error).errors.first?.file == "/nonexistent/lexicon")
  }

  @Test func versionFollowsTheContents() throws {
    let one = try load(["places.tsv": Self.placeHeader + Self.douma], [:])
    let same = try load(["places.tsv": Self.placeHeader + Self.douma], [:])
    let other = try load(["places.tsv": Self.placeHeader + Self.douma], ["mine.tsv": Self.placeHeader + "-t:1\n"])
    #expect(one.version == same.version)
    #expect(one.version != other.version)
    #expect(one.version.count == 16)
  }

  @Test func joinedAndSplitServantsMeet() throws {
    let header = "id\tname\tspellings\tcode\tsector\tkind\tparent\tfrom\tto\tflags\n"
    let lexicon = try load(
      ["actors.tsv": header + "actor:x\tX\tكتائب عبد الله عزام|لواء عبدالرحمن\tLBN\tREB\tarmed-group\t\t\t\t\n"], [:])
    for spelling in ["كتائب عبد الله عزام", "كتائب عبدالله عزام", "لواء عبد الرحمن", "لواء عبدالرحمن"] {
      var words = PhraseWords()
      words.read(Array(spelling.utf8), 0..<spelling.utf8.count)
      var node = lexicon.phrases.root(lexicon.phrases.word(StableHashOf(words.folded, words.ranges[0])))
      for range in words.ranges.dropFirst() {
        node = lexicon.phrases.child(of: node, word: lexicon.phrases.word(StableHashOf(words.folded, range)))
        try #require(node >= 0, "\(spelling)")
      }
      #expect(lexicon.phrases.meaning(node, .actor) != nil, "\(spelling)")
    }
  }
}
