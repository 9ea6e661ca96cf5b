import Model

@testable import Dedupe

/// A small deterministic source of numbers (SplitMix64), so that a failing test fails again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}

/// Texts of made-up words, as Normalize would hand them over.
struct RandomTexts {
  var random: SplitMix
  /// How many different words there are; small vocabularies repeat shingles.
  var vocabulary = 20_000

  init(seed: UInt64) { random = SplitMix(seed) }

  /// `count` words, the frequent ones more often, as in a language.
  mutating func words(_ count: Int) -> [String] {
    (0..<count).map { _ in
      let uniform = Double.random(in: 0..<1, using: &random)
      return "w\(Int(Double(vocabulary) * uniform * uniform * uniform))"
    }
  }

  /// `words` with about `share` of them replaced.
  mutating func edited(_ words: [String], share: Double) -> [String] {
    words.map { word in
      Double.random(in: 0..<1, using: &random) < share ? self.words(1)[0] : word
    }
  }

  /// The tokens of `words`; a word of digits is a number.
  static func normalized(_ words: [String]) -> NormalizedText {
    var folded: [UInt8] = []
    var tokens: [Token] = []
    for word in words {
      let bytes = Array(word.utf8)
      let isNumber = bytes.allSatisfy { (0x30...0x39).contains($0) }
      tokens.append(
        Token(
          start: Int32(folded.count), end: Int32(folded.count + bytes.count), foldedStart: Int32(folded.count),
          foldedEnd: Int32(folded.count + bytes.count), hash: StableHash.hash(bytes),
          kind: isNumber ? .number : .arabic,
          flags: .spaceBefore))
      folded += bytes
    }
    return NormalizedText(folded: folded, tokens: tokens, sentences: [], language: "ar")
  }

  static func sketch(_ words: [String]) -> Sketch { Sketcher().sketch(normalized(words)) }

  /// A series of reports as an inbox sees them: new ones, copies, edits, revisions, excerpts.
  mutating func stream(_ count: Int, length: ClosedRange<Int> = 20...120) -> [Sketch] {
    var texts: [[String]] = []
    for _ in 0..<count {
      let earlier = texts.randomElement(using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: texts.append(earlier ?? words(40))
      case 1: texts.append(edited(earlier ?? words(40), share: 0.05))
      case 2: texts.append((earlier ?? words(40)) + words(30))
      case 3: texts.append(Array((earlier ?? words(40)).prefix(30)))
      default: texts.append(words(Int.random(in: length, using: &random)))
      }
    }
    return texts.map(RandomTexts.sketch)
  }
}

/// The set of three-word windows, reckoned on the words themselves.
func bruteShingles(_ words: [String]) -> Set<[String]> {
  guard words.count >= 3 else { return words.isEmpty ? [] : [words] }
  return Set((0...words.count - 3).map { Array(words[$0..<$0 + 3]) })
}
