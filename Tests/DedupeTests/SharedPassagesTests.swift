import Model
import Testing

@testable import Dedupe

@Suite struct SharedPassagesTests {
  @Test func passagesAreTheSameWords() {
    var texts = RandomTexts(seed: 21)
    let (a, b, c, d) = (texts.words(20), texts.words(30), texts.words(25), texts.words(15))
    let first = a + b + c
    let second = d + b + a
    let passages = SharedPassage.between(RandomTexts.normalized(first), RandomTexts.normalized(second), wordCountMin: 8)
    #expect(passages.count == 2)
    #expect(passages.map(\.wordCount) == [20, 30])
    #expect(passages.map(\.isMoved) == [true, false])
    for passage in passages { #expect(Array(first[passage.first]) == Array(second[passage.second])) }
  }

  @Test func nothingInCommon() {
    #expect(SharedPassage.between(RandomTexts.normalized(["a", "b", "c"]), RandomTexts.normalized([])).isEmpty)
    #expect(
      SharedPassage.between(RandomTexts.normalized(["a", "b", "c"]), RandomTexts.normalized(["c", "b", "a"])).isEmpty)
  }
}
