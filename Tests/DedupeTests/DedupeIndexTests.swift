import Model
import Testing

@testable import Dedupe

@Suite struct DedupeIndexTests {
  private func index() throws -> DedupeIndex { try DedupeIndex(directory: nil) }

  @Test func exactCopyPointsToTheFirst() throws {
    var texts = RandomTexts(seed: 1)
    let index = try index()
    let text = RandomTexts.sketch(texts.words(100))
    #expect(index.decide(text, sequence: 1) == nil)
    for sequence in UInt64(2)...4 {
      #expect(
        index.decide(text, sequence: sequence)
          == Relation(kind: .exact, of: 1, containment: 1, resemblance: 1))
    }
    #expect(index.lastSequence == 4)
  }

  @Test func textsWithoutWordsAreNew() throws {
    let index = try index()
    #expect(index.decide(RandomTexts.sketch([]), sequence: 1) == nil)
    #expect(index.decide(RandomTexts.sketch([]), sequence: 2) == nil)
  }

  @Test(arguments: [60, 150, 400, 3000])
  func kinds(length: Int) throws {
    var texts = RandomTexts(seed: UInt64(length))
    let index = try index()
    let text = texts.words(length)
    _ = index.decide(RandomTexts.sketch(text), sequence: 1)
    func kind(_ words: [String], _ sequence: UInt64) -> Relation? {
      // Each variant meets the original only: the copies of it are not canonical, the others are forgotten.
      let relation = index.decide(RandomTexts.sketch(words), sequence: sequence)
      try? index.rewind(to: 1)
      return relation
    }
    #expect(kind(texts.edited(text, share: 0.05), 2)?.kind == .duplicate)
    #expect(kind(texts.words(5) + text, 2)?.kind == .duplicate, "a dateline")
    #expect(kind(text + texts.words(length / 2), 2)?.kind == .revision)
    #expect(kind(Array(text.dropLast(length * 6 / 10)), 2)?.kind == .excerpt)
    #expect(kind(texts.words(120) + text.prefix(min(200, max(40, length / 4))) + texts.words(120), 2)?.kind == .overlap)
    #expect(kind(texts.words(length), 2) == nil)
    let revision = try #require(kind(text + texts.words(length / 2), 2))
    #expect(revision.of == 1)
    #expect(revision.containment > 0.9)
  }

  @Test func revisionsPointToTheLatestThatTheyContain() throws {
    var texts = RandomTexts(seed: 4)
    let index = try index()
    var text = texts.words(100)
    _ = index.decide(RandomTexts.sketch(text), sequence: 1)
    for sequence in UInt64(2)...20 {
      text += texts.words(60)
      let relation = index.decide(RandomTexts.sketch(text), sequence: sequence)
      #expect(relation?.kind == .revision)
      #expect(relation?.of == sequence - 1)
    }
  }

  @Test func copiesOfCopiesPointToTheOriginal() throws {
    var texts = RandomTexts(seed: 5)
    let index = try index()
    let text = texts.words(200)
    _ = index.decide(RandomTexts.sketch(text), sequence: 1)
    let copy = texts.edited(text, share: 0.03)
    #expect(index.decide(RandomTexts.sketch(copy), sequence: 2)?.kind == .duplicate)
    #expect(index.decide(RandomTexts.sketch(texts.edited(copy, share: 0.03)), sequence: 3)?.of == 1)
    // An exact copy names the report with the very text, be it a copy itself: the feed takes the text from there.
    #expect(
      index.decide(RandomTexts.sketch(copy), sequence: 4)
        == Relation(kind: .exact, of: 2, containment: 1, resemblance: 1))
  }

  @Test func bulletinsOfOneFrameAreTemplates() throws {
    var texts = RandomTexts(seed: 6)
    let index = try index()
    let frame = texts.words(40)
    for sequence in UInt64(1)...300 {
      var words = frame
      words[10] = "\(Int.random(in: 3...99, using: &texts.random))"
      words[20] = "\(Int.random(in: 100...999, using: &texts.random))"
      words[30] = "place\(Int.random(in: 0...9, using: &texts.random))"
      let relation = index.decide(RandomTexts.sketch(words), sequence: sequence)
      if sequence > 1 { #expect(relation?.kind == .template || relation?.kind == .exact, "\(sequence)") }
    }
  }

  @Test(arguments: [12, 18, 25, 29])
  func briefReports(length: Int) throws {
    for seed in 0..<20 {
      var texts = RandomTexts(seed: UInt64(1000 * length + seed))
      let text = texts.words(length)
      func kind(_ words: [String]) throws -> Relation.Kind? {
        let fresh = try index()
        _ = fresh.decide(RandomTexts.sketch(text), sequence: 1)
        return fresh.decide(RandomTexts.sketch(words), sequence: 2)?.kind
      }
      #expect(try kind(["d", "e"] + text) == .duplicate, "a dateline")
      #expect(try kind(texts.words(7) + text) == .duplicate, "a headline")
      #expect(try kind(text + texts.words(60)) == .revision)
      #expect(try kind(Array(text.prefix(length / 2))) == (length > 12 ? .excerpt : .duplicate))
      #expect(try kind(texts.words(length)) == nil)
      var other = text
      other[4] = "17"
      var changed = other
      changed[4] = "23"
      let fresh = try index()
      _ = fresh.decide(RandomTexts.sketch(other), sequence: 1)
      #expect(fresh.decide(RandomTexts.sketch(changed), sequence: 2)?.kind == .template, "another figure")
    }
  }

  @Test func recurringTailsDoNotLink() throws {
    var texts = RandomTexts(seed: 7)
    let index = try index()
    let tail = texts.words(28)
    for sequence in UInt64(1)...200 {
      let relation = index.decide(RandomTexts.sketch(texts.words(120) + tail), sequence: sequence)
      #expect(relation == nil, "\(sequence)")
    }
    // A copy that has lost the tail, or has got another one's, is still a copy; without so many to show that it is a
    // tail, it would be an excerpt.
    let text = texts.words(90)
    _ = index.decide(RandomTexts.sketch(text + tail), sequence: 201)
    let lost = index.decide(RandomTexts.sketch(text), sequence: 202)
    #expect(lost?.kind == .duplicate && lost?.of == 201)
    let other = texts.words(90)
    _ = index.decide(RandomTexts.sketch(other), sequence: 203)
    let gained = index.decide(RandomTexts.sketch(other + tail), sequence: 204)
    #expect(gained?.kind == .duplicate && gained?.of == 203)
    let ending = texts.words(28)
    _ = index.decide(RandomTexts.sketch(texts.words(90) + ending), sequence: 205)
    let third = texts.words(90)
    _ = index.decide(RandomTexts.sketch(third + ending), sequence: 206)
    #expect(index.decide(RandomTexts.sketch(third), sequence: 207)?.kind == .excerpt)
  }

  /// Containment and resemblance are reckoned on the full sets: they equal what the words themselves give. Only two
  /// different shingles with one 32-bit identity could differ, which for texts of some hundred words happens once in
  /// some ten thousand pairs, and then by one shingle.
  @Test func containmentAgreesWithBruteForce() throws {
    var texts = RandomTexts(seed: 8)
    texts.vocabulary = 300
    var compared = 0
    for _ in 0..<400 {
      let index = try index()
      let a = texts.words(Int.random(in: 20...300, using: &texts.random))
      var b = texts.edited(a, share: Double.random(in: 0...0.1, using: &texts.random))
      if Bool.random(using: &texts.random) { b += texts.words(60) }
      if Bool.random(using: &texts.random) { b.removeFirst(b.count / 3) }
      _ = index.decide(RandomTexts.sketch(a), sequence: 1)
      guard let relation = index.decide(RandomTexts.sketch(b), sequence: 2), relation.kind != .exact else { continue }
      compared += 1
      let (one, other) = (bruteShingles(a), bruteShingles(b))
      let shared = Double(one.intersection(other).count)
      #expect(abs(relation.containment - shared / Double(min(one.count, other.count))) < 1e-9)
      #expect(abs(relation.resemblance - shared / Double(one.union(other).count)) < 1e-9)
    }
    #expect(compared > 250)
  }

  @Test func replayGivesTheSame() throws {
    var texts = RandomTexts(seed: 9)
    let stream = texts.stream(600)
    let (first, second) = (try index(), try index())
    var decided: [Relation?] = []
    for (at, sketch) in stream.enumerated() { decided.append(first.decide(sketch, sequence: UInt64(at + 1))) }
    // Half of it comes back from the feed, half is decided anew.
    for (at, sketch) in stream.enumerated() {
      if at < 300 {
        second.restore(sketch, sequence: UInt64(at + 1), relation: decided[at])
      } else {
        #expect(second.decide(sketch, sequence: UInt64(at + 1)) == decided[at], "\(at)")
      }
    }
    #expect(Set(decided.compactMap { $0?.kind }).count >= 4)
  }
}
