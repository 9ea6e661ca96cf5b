import Model
import Normalize
import Testing

@testable import Dedupe

@Suite struct SketcherTests {
  @Test func marksAndSpaceDoNotCount() {
    let plain = RandomTexts.normalized(["a", "b", "12", "c"])
    var marked = plain
    let mark = Token(
      start: 0, end: 1, foldedStart: 0, foldedEnd: 1, hash: StableHash.hash([0x2C]), kind: .punctuation, flags: [])
    marked.tokens.insert(mark, at: 2)
    for index in marked.tokens.indices { marked.tokens[index].flags = [.lineBreakBefore] }
    let (a, b) = (Sketcher().sketch(plain), Sketcher().sketch(marked))
    #expect(a.contentHash == b.contentHash)
    #expect(a.fingerprints == b.fingerprints)
    #expect(b.wordCount == 4)
  }

  @Test func orderOfWordsIsPartOfTheContent() {
    #expect(
      RandomTexts.sketch(["a", "b", "c"]).contentHash != RandomTexts.sketch(["a", "c", "b"]).contentHash)
    #expect(RandomTexts.sketch(["ab", "c"]).contentHash != RandomTexts.sketch(["a", "bc"]).contentHash)
  }

  /// What is chosen depends on the shingle, not on where it stands: of two passages, in either order, all shingles that
  /// FracMinHash keeps are kept, but for those that span the joint.
  @Test func sketchDoesNotDependOnOrder() {
    var texts = RandomTexts(seed: 1)
    for _ in 0..<200 {
      let a = texts.words(Int.random(in: 40...300, using: &texts.random))
      let b = texts.words(Int.random(in: 40...300, using: &texts.random))
      let (one, other) = (RandomTexts.sketch(a + b), RandomTexts.sketch(b + a))
      #expect(Set(one.shingles).symmetricDifference(other.shingles).count <= 4)
      let kept = { (words: [String]) -> Set<UInt32> in
        let sketch = RandomTexts.sketch(words)
        return sketch.words.withUnsafeBufferPointer { words in
          Set(
            (0..<words.count - 2).map { ShingleHash.shingle(of: words, at: $0) }
              .filter { $0 >> ShingleHash.keptShift == 0 }.map(ShingleHash.identity))
        }
      }
      let inner = kept(a).union(kept(b))
      #expect(inner.isSubset(of: one.fingerprints))
      #expect(inner.isSubset(of: other.fingerprints))
    }
  }

  @Test func noRunIsWithoutFingerprint() {
    var texts = RandomTexts(seed: 2)
    for _ in 0..<100 {
      let sketch = RandomTexts.sketch(texts.words(Int.random(in: 30...400, using: &texts.random)))
      let chosen = Set(sketch.fingerprints)
      sketch.words.withUnsafeBufferPointer { words in
        var gap = 0
        for at in 0..<words.count - 2 {
          gap = chosen.contains(ShingleHash.identity(ShingleHash.shingle(of: words, at: at))) ? 0 : gap + 1
          #expect(gap < 2 * ShingleHash.gapMax)
        }
      }
    }
  }

  @Test func shortTextsKeepAllShingles() {
    var texts = RandomTexts(seed: 3)
    for count in 1...26 {
      let words = texts.words(count)
      let sketch = RandomTexts.sketch(words)
      #expect(sketch.fingerprints.sorted() == sketch.shingles)
      #expect(sketch.shingleCount == bruteShingles(words).count)
    }
    let none = RandomTexts.sketch([])
    #expect(none.fingerprints.isEmpty && none.shingleCount == 0)
  }

  @Test func mentionsClassTheirWords() {
    let text = RandomTexts.normalized(["a", "b", "c", "7"])
    let place = Place(
      name: "B", ref: nil, latitude: nil, longitude: nil, level: .city, country: nil, admin1: nil, geoPrecision: 1)
    let mention = Mention(span: ByteSpan(1, 2), tokens: 1..<2, entity: .place(place), rule: "test")
    let plain = Sketcher().sketch(text)
    let classed = Sketcher().sketch(text, mentions: [mention])
    #expect(classed.words.map { WordClass(of: $0) } == [.plain, .place, .plain, .figure])
    #expect(plain.fingerprints == classed.fingerprints)
    #expect(plain.contentHash == classed.contentHash)
  }

  /// The list is written as Normalize folds.
  @Test func figureWordsAreFolded() {
    for word in FigureWords.all {
      let sketch = Sketcher().sketch(Normalizer().normalize(Array(word.utf8)))
      #expect(sketch.words.map { WordClass(of: $0) } == [.figure], "\(word)")
      #expect(Normalizer().normalize(Array(word.utf8)).folded == Array(word.utf8))
    }
  }
}
