import Model

/// Finds the words of names that a misspelt word is one letter away from: one letter more, less or other.
///
/// Every name word is entered under each of its spellings with one letter left out, with the place of that letter. A word of
/// the text is looked up as it is (it lacks a letter) and with one letter left out (another letter, or one too many).
public struct NearWords: Sendable {
  /// Words shorter than this many letters have too many neighbours.
  public static let lettersMin = 4

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
    guard letters >= NearWords.lettersMin, letters < 32 else { return }
    for place in 0..<letters {
      var shorter = Array(folded)
      shorter.removeSubrange(2 * place..<2 * place + 2)
      add(StableHash.hash(shorter), word << 5 | Int32(place))
      if 2 * count > keys.count { grow() }
    }
  }

  /// Appends to `found` the numbers of the words that are one letter away from the folded Arabic letters `folded`.
  public func find(_ folded: ArraySlice<UInt8>, into found: inout [Int32], exactly trie: PhraseTrie) {
    let letters = folded.count / 2
    guard letters >= NearWords.lettersMin - 1, letters < 32 else { return }
    // A letter is missing.
    forEach(StableHash.hash(Array(folded))) { word, _ in found.append(word) }
    var shorter: [UInt8] = []
    for place in 0..<letters {
      shorter.removeAll(keepingCapacity: true)
      shorter += folded.prefix(2 * place)
      shorter += folded.dropFirst(2 * place + 2)
      let hash = StableHash.hash(shorter)
      // A letter is another.
      forEach(hash) { word, other in if other == place { found.append(word) } }
      // A letter is too many.
      let whole = trie.word(hash)
      if whole >= 0 { found.append(whole) }
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
