import Model

/// A passage that two texts share: for people, who want to see why one is said to be related to the other.
public struct SharedPassage: Sendable, Equatable {
  /// Tokens of the first text, marks between the words included.
  public var first: Range<Int>
  /// Tokens of the second text.
  public var second: Range<Int>
  /// Words and numbers in it.
  public var wordCount: Int
  /// Whether it stands elsewhere in the order of the passages: moved.
  public var isMoved: Bool

  /// The passages of at least `wordCountMin` words that `first` and `second` share, in the order of `first`. Words count by
  /// their folded form; marks don't. O(n + m) expected.
  public static func between(
    _ first: NormalizedText, _ second: NormalizedText, wordCountMin: Int = 3
  ) -> [SharedPassage] {
    let sketcher = Sketcher()
    let (a, b) = (sketcher.sketch(first), sketcher.sketch(second))
    guard a.wordCount > 0, b.wordCount > 0 else { return [] }
    let places = (first: wordPlaces(first), second: wordPlaces(second))
    var aligner = Aligner()
    let runs = a.words.withUnsafeBufferPointer { words in
      a.sequence.withUnsafeBufferPointer { aligner.begin(words, $0) }
      return b.words.withUnsafeBufferPointer { aligner.runs(with: $0) }
    }
    return runs.filter { $0.count >= wordCountMin }
      .map { run in
        SharedPassage(
          first: places.first[run.new]..<places.first[run.new + run.count - 1] + 1,
          second: places.second[run.earlier]..<places.second[run.earlier + run.count - 1] + 1, wordCount: run.count,
          isMoved: !run.inOrder)
      }
      .sorted { $0.first.lowerBound < $1.first.lowerBound }
  }

  /// Indices of the tokens that are words or numbers, as many as a sketch looks at.
  private static func wordPlaces(_ text: NormalizedText) -> [Int] {
    text.tokens.indices.lazy.filter { text.tokens[$0].kind != .punctuation }.prefix(ShingleHash.wordCountMax)
      .map { $0 }
  }
}
