import Model

/// Makes the sketch of a text. Pure: runs in the parallel lanes.
public struct Sketcher: Sendable {
  /// A sketcher.
  public init() {}

  /// The sketch of `text`. `mentions` (token ranges into `text`), where there are any, tell which words are names and
  /// figures, so that bulletins of one frame with other facts are told from copies. O(n).
  public func sketch(_ text: NormalizedText, mentions: [Mention] = []) -> Sketch {
    var words: [UInt32] = []
    words.reserveCapacity(text.tokens.count)
    let classes = mentions.isEmpty ? [] : Sketcher.classes(of: mentions, tokenCount: text.tokens.count)
    var high: UInt64 = 0x6a09_e667_f3bc_c908
    var low: UInt64 = 0xbb67_ae85_84ca_a73b
    for index in text.tokens.indices {
      let token = text.tokens[index]
      guard token.kind != .punctuation else { continue }
      high = StableHash.mix(high ^ token.hash, 0xa076_1d64_78bd_642f)
      low = StableHash.mix(low &+ token.hash, 0xe703_7ed1_a0b4_28db)
      guard words.count < ShingleHash.wordCountMax else { continue }
      let kind = token.kind == .number ? WordClass.figure.rawValue : classes.isEmpty ? 0 : UInt32(classes[index])
      words.append(UInt32(truncatingIfNeeded: token.hash) & ShingleHash.wordMask | kind)
    }
    let content = ContentHash(high: high, low: low)
    let (fingerprints, distinct) = words.withUnsafeBufferPointer(Sketcher.fingerprints)
    return Sketch(contentHash: content, words: words, fingerprints: fingerprints, shingleCount: distinct)
  }

  /// The class of each token that a mention names.
  private static func classes(of mentions: [Mention], tokenCount: Int) -> [UInt8] {
    var classes = [UInt8](repeating: 0, count: tokenCount)
    for mention in mentions {
      let kind: WordClass
      switch mention.entity {
      case .place: kind = .place
      case .actor, .person: kind = .name
      case .quantity, .date: kind = .figure
      case .weapon, .source: continue
      }
      let range = Int(mention.tokens.lowerBound)..<Int(mention.tokens.upperBound)
      for index in range.clamped(to: 0..<tokenCount) { classes[index] = UInt8(kind.rawValue) }
    }
    return classes
  }

  /// The fingerprints of a text and how many different shingles it has.
  static func fingerprints(of words: UnsafeBufferPointer<UInt32>) -> (chosen: [UInt32], distinct: Int) {
    let count = ShingleHash.count(wordCount: words.count)
    guard count > 0 else { return ([], 0) }
    var chosen: [UInt32] = []
    chosen.reserveCapacity(count / 6 + ShingleHash.floor + 2)
    let distinct = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { hashes in
      var last = -1
      for at in 0..<count {
        let hash = ShingleHash.shingle(of: words, at: at)
        hashes[at] = hash
        if hash >> ShingleHash.keptShift == 0 {
          chosen.append(ShingleHash.identity(hash))
          last = at
        } else if at - last >= ShingleHash.gapMax {
          var least = last + 1
          for other in last + 1...at where hashes[other] < hashes[least] { least = other }
          chosen.append(ShingleHash.identity(hashes[least]))
          last = least
        }
      }
      if chosen.count < ShingleHash.floor { addSmallest(of: hashes, to: &chosen) }
      return distinctCount(hashes)
    }
    return (chosen.sortedUnique(), distinct)
  }

  /// Fills `chosen` up to the floor with the smallest hashes.
  private static func addSmallest(of hashes: UnsafeMutableBufferPointer<UInt64>, to chosen: inout [UInt32]) {
    var present = chosen.sortedUnique()
    for hash in hashes.sorted() where present.count < ShingleHash.floor {
      let identity = ShingleHash.identity(hash)
      // Texts that need the floor are short: a linear search is the quickest.
      if !present.contains(identity) { present.append(identity) }
    }
    chosen = present
  }

  /// How many different identities there are among `hashes`.
  private static func distinctCount(_ hashes: UnsafeMutableBufferPointer<UInt64>) -> Int {
    let capacity = 1 << (Int.bitWidth - (hashes.count * 2 - 1).leadingZeroBitCount)
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: capacity) { seen in
      seen.initialize(repeating: 0)
      var distinct = 0
      for hash in hashes {
        let identity = ShingleHash.identity(hash)
        var slot = Int(truncatingIfNeeded: hash >> 32) & (capacity - 1)
        while seen[slot] != 0 && seen[slot] != identity { slot = (slot + 1) & (capacity - 1) }
        if seen[slot] == 0 {
          seen[slot] = identity
          distinct += 1
        }
      }
      return distinct
    }
  }
}
