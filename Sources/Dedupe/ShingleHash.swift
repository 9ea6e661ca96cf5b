import Model

/// How words become shingles and shingles become fingerprints. Every constant here is part of the sketch's version.
enum ShingleHash {
  /// Version of everything that is derived from a sketch and kept on disk; a change rebuilds the index from the feed.
  static let version: UInt32 = 1 << 16 | StableHash.version

  /// Words in a shingle.
  static let wordsPerShingle = 3
  /// FracMinHash keeps the shingles whose hash is below 2^64 / 8.
  static let keptShift: UInt64 = 61
  /// No run of this many shingles is left without a fingerprint: the smallest of the run is taken.
  static let gapMax = 16
  /// A short text keeps its smallest hashes up to this many fingerprints.
  static let floor = 24
  /// Words of a text that are looked at; the content hash covers all of them.
  static let wordCountMax = 1 << 18

  /// The bits of a stored word that name the word; the low two hold its `WordClass`.
  static let wordMask: UInt32 = ~3

  private static let key0: UInt64 = 0x9e37_79b9_7f4a_7c15
  private static let key1: UInt64 = 0xd6e8_feb8_6659_fd93

  /// Hash of three neighbouring words, in order; their classes don't count.
  @inline(__always)
  static func shingle(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> UInt64 {
    let head = UInt64(a & wordMask) | UInt64(b & wordMask) << 32
    return StableHash.mix(head ^ key0, (UInt64(c & wordMask) &* key1) ^ key1)
  }

  /// What stands for the shingle in sets and in the inverted index: its low 32 bits, never 0.
  @inline(__always)
  static func identity(_ shingle: UInt64) -> UInt32 {
    let low = UInt32(truncatingIfNeeded: shingle)
    return low == 0 ? 1 : low
  }

  /// How many shingles a text of `wordCount` words has, repeated ones included: a text of one or two words has one.
  @inline(__always)
  static func count(wordCount: Int) -> Int {
    wordCount >= wordsPerShingle ? wordCount - wordsPerShingle + 1 : min(wordCount, 1)
  }

  /// Shingle number `at` of `words`.
  @inline(__always)
  static func shingle(of words: UnsafeBufferPointer<UInt32>, at: Int) -> UInt64 {
    if words.count >= wordsPerShingle { return shingle(words[at], words[at + 1], words[at + 2]) }
    return shingle(words[0], words.count > 1 ? words[1] : 0, 0)
  }
}

/// What a word is to the comparison of two texts: a frame is made of plain words, facts are the rest.
enum WordClass: UInt32 {
  /// Any other word.
  case plain = 0
  /// A number, a date or another figure.
  case figure = 1
  /// Part of the name of a place.
  case place = 2
  /// Part of the name of an actor or a person.
  case name = 3

  /// The class that a stored word carries.
  @inline(__always)
  init(of word: UInt32) { self = WordClass(rawValue: word & 3) ?? .plain }
}
