import Model

/// What Dedupe keeps of a text: pure, the same on every machine.
public struct Sketch: Sendable {
  /// 128-bit hash over the words and numbers of the folded text, in order; marks and white space don't count.
  public var contentHash: ContentHash
  /// The words, hashed to 30 bits, with the word's class in the low two bits; in the order of the text.
  public var words: [UInt32]
  /// The chosen shingles (FracMinHash 1/8, gaps filled, with a floor), distinct, in the order of the text.
  public var fingerprints: [UInt32]
  /// The word at which each fingerprint begins first; ascending.
  var places: [UInt32]
  /// What stands for each shingle, in the order of the text.
  var sequence: [UInt32]
  /// How many different shingles the text has.
  public var shingleCount: Int

  /// Words and numbers in the text.
  public var wordCount: Int { words.count }

  /// The different shingles of the text, ascending. O(n log n).
  public var shingles: [UInt32] { sequence.sortedUnique() }
}

/// 128 bits that stand for a normalized text.
public struct ContentHash: Sendable, Hashable {
  /// High half.
  public var high: UInt64
  /// Low half.
  public var low: UInt64

  /// A hash of its halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// What stands for it in the inverted index, beside the shingles.
  var identity: UInt32 { ShingleHash.identity(StableHash.mix(low ^ high, 0x94d0_49bb_1331_11eb)) }
}

extension [UInt32] {
  /// Ascending, each value once.
  func sortedUnique() -> [UInt32] {
    var sorted = self
    sorted.sort()
    var kept = 0
    for index in sorted.indices where index == 0 || sorted[index] != sorted[kept - 1] {
      sorted[kept] = sorted[index]
      kept += 1
    }
    sorted.removeLast(sorted.count - kept)
    return sorted
  }
}
