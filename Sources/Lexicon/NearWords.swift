import Arabic
import Model

/// Finds the words of names that a misspelt word is one letter away from: one letter more, less or other.
///
/// Every name word is entered under each of its spellings with one letter left out, with the place of that letter. A word of
/// the text is looked up as it is (it lacks a letter) and with one letter left out (another letter, or one too many).
public struct NearWords: Sendable {
  /// Words shorter than this many letters have too many neighbours.
  public static let lettersMin = 4
  /// Words of this many letters and more are left out: the place of a letter must fit into five bits.
  private static let lettersMax = 32

  private var keys: [UInt64]
  /// The word times 32, and the place of the letter left out.
  private var values: [Int32]
  private var count = 0
  /// One bit a key, by other bits of the hash than the slots: nearly all look-ups end here, in the cache.
  private var filter: [UInt64] = Array(repeating: 0, count: NearWords.filterBits / 64)

  /// Bits of the filter, a power of two: 128 KB.
  private static let filterBits = 1 << 20

  init(capacity: Int) {
    var slots = 64
    while slots < 2 * capacity { slots *= 2 }
    keys = Array(repeating: 0, count: slots)
    values = Array(repeating: -1, count: slots)
  }

  /// Enters word number `word`, whose folded letters are `folded`.
  mutating func insert(_ folded: ArraySlice<UInt8>, word: Int32) {
    let letters = folded.count / 2
    guard letters >= NearWords.lettersMin, letters < NearWords.lettersMax else { return }
    folded.withUnsafeBytes { folded in
      NearWords.forEachShorter(folded) { place, hash in
        add(hash, word << 5 | Int32(place))
        if 2 * count > keys.count { grow() }
      }
    }
  }

  /// Appends to `found` the numbers of the words that are one letter away from the folded Arabic letters `folded`.
  /// - Parameter withArticle: they are taken with the article before them.
  public func find(
    _ folded: UnsafeRawBufferPointer, withArticle: Bool = false, into found: inout [Int32], exactly trie: PhraseTrie
  ) {
    guard withArticle else { return find(folded, into: &found, trie) }
    withUnsafeTemporaryAllocation(byteCount: folded.count + NearWords.article.count, alignment: 1) { word in
      word.copyBytes(from: NearWords.article)
      UnsafeMutableRawBufferPointer(rebasing: word[NearWords.article.count...]).copyMemory(from: folded)
      find(UnsafeRawBufferPointer(word), into: &found, trie)
    }
  }

  private static let article = Folding.fold(word: "ال")

  private func find(_ folded: UnsafeRawBufferPointer, into found: inout [Int32], _ trie: PhraseTrie) {
    let letters = folded.count / 2
    guard letters >= NearWords.lettersMin - 1, letters < NearWords.lettersMax else { return }
    // A letter is missing.
    forEach(StableHash.hash(folded)) { word, _ in found.append(word) }
    NearWords.forEachShorter(folded) { place, hash in
      // A letter is another.
      forEach(hash) { word, other in if other == place { found.append(word) } }
      // A letter is too many.
      let whole = trie.word(hash)
      if whole >= 0 { found.append(whole) }
    }
  }

  /// Calls `body` with the hash of the letters `folded` without one, for each place of that one.
  @inline(__always)
  private static func forEachShorter(_ folded: UnsafeRawBufferPointer, _ body: (_ place: Int, _ hash: UInt64) -> Void) {
    let count = folded.count - 2
    withUnsafeTemporaryAllocation(byteCount: count, alignment: 8) { shorter in
      shorter.copyMemory(from: UnsafeRawBufferPointer(rebasing: folded[2...]))
      for place in 0..<folded.count / 2 {
        body(place, StableHash.hash(UnsafeRawBufferPointer(rebasing: shorter[..<count])))
        // The next lacks the letter behind, and has this one.
        guard 2 * place < count else { break }
        shorter[2 * place] = folded[2 * place]
        shorter[2 * place + 1] = folded[2 * place + 1]
      }
    }
  }

  private static func filterBit(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key >> 36) & (filterBits - 1) }

  private mutating func add(_ key: UInt64, _ value: Int32) {
    let bit = NearWords.filterBit(key)
    filter[bit >> 6] |= 1 << UInt64(bit & 63)
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while values[slot] >= 0 { slot = (slot + 1) & mask }
    keys[slot] = key
    values[slot] = value
    count += 1
  }

  private mutating func grow() {
    let old = (keys, values)
    keys = Array(repeating: 0, count: 2 * old.0.count)
    values = Array(repeating: -1, count: keys.count)
    count = 0
    for (key, value) in zip(old.0, old.1) where value >= 0 { add(key, value) }
  }

  private func forEach(_ key: UInt64, _ body: (_ word: Int32, _ place: Int) -> Void) {
    let bit = NearWords.filterBit(key)
    guard filter[bit >> 6] & (1 << UInt64(bit & 63)) != 0 else { return }
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while values[slot] >= 0 {
      if keys[slot] == key { body(values[slot] >> 5, Int(values[slot] & 31)) }
      slot = (slot + 1) & mask
    }
  }
}
