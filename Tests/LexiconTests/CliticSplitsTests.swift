import Arabic
import Model
import Testing

/// Splits of words into particles and rest: only offers, all of them, and in a fixed order.
@Suite struct CliticSplitsTests {
  /// The splits of a word after which `rest` remains: letters split off and particles.
  private func splits(_ word: String, leaving rest: String) -> [(clitics: Clitics, letters: Int)] {
    let folded = Folding.fold(word: word)
    let wanted = StableHash.hash(Folding.fold(word: rest))
    var out: [(Clitics, Int)] = []
    folded.withUnsafeBytes { bytes in
      CliticSplits.forEach(of: bytes) { clitics, skipped, hash in
        if hash == wanted { out.append((clitics, skipped / 2)) }
      }
    }
    return out
  }

  @Test(
    arguments: [
      ("دوما", "دوما", [], 0), ("بدوما", "دوما", [.bi], 1), ("وبدوما", "دوما", [.wa, .bi], 2),
      ("والجيش", "الجيش", [.wa], 1), ("والجيش", "جيش", [.wa, .al], 3), ("بالموصل", "الموصل", [.bi], 1),
      ("بالموصل", "موصل", [.bi, .al], 3), ("للجيش", "جيش", [.li, .al], 2), ("للجيش", "الجيش", [.li], 2),
      ("للاذقية", "اللاذقية", [.li], 2), ("وللجيش", "الجيش", [.wa, .li], 3), ("كالجيش", "جيش", [.ka, .al], 3),
      ("سيقصف", "يقصف", [.sa], 1), ("الجيش", "جيش", [.al], 2),
    ] as [(String, String, Clitics, Int)])
  func offers(_ word: String, _ rest: String, _ clitics: Clitics, _ letters: Int) {
    #expect(splits(word, leaving: rest).contains { $0.clitics == clitics && $0.letters == letters })
  }

  @Test(arguments: [("واد", "د"), ("بل", "ل"), ("الى", "ى")]) func leavesTwoLettersAtLeast(
    _ word: String, _ rest: String
  ) {
    #expect(splits(word, leaving: rest).isEmpty)
  }

  @Test func wholeWordComesFirst() {
    var first: Int?
    Folding.fold(word: "وبالموصل").withUnsafeBytes { bytes in
      CliticSplits.forEach(of: bytes) { _, skipped, _ in if first == nil { first = skipped } }
    }
    #expect(first == 0)
  }
}
