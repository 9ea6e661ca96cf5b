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
    FigureWords.withTest { isFigure in
      for index in text.tokens.indices {
        let token = text.tokens[index]
        guard token.kind != .punctuation else { continue }
        high = StableHash.mix(high ^ token.hash, 0xa076_1d64_78bd_642f)
        low = StableHash.mix(low &+ token.hash, 0xe703_7ed1_a0b4_28db)
        guard words.count < ShingleHash.wordCountMax else { continue }
        let kind =
          token.kind == .number || isFigure(token.hash)
          ? WordClass.figure.rawValue : classes.isEmpty ? 0 : UInt32(classes[index])
        words.append(UInt32(truncatingIfNeeded: token.hash) & ShingleHash.wordMask | kind)
      }
    }
    let content = ContentHash(high: high, low: low)
    let shingles = words.withUnsafeBufferPointer(Sketcher.shingles)
    return Sketch(
      contentHash: content, words: words, fingerprints: shingles.chosen.map { shingles.all[Int($0)] },
      places: shingles.chosen, sequence: shingles.all,
      shingleCount: shingles.distinct)
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

  /// The shingles of a text in order, which of them are fingerprints, and how many different ones there are.
  static func shingles(of words: UnsafeBufferPointer<UInt32>) -> (all: [UInt32], chosen: [UInt32], distinct: Int) {
    let count = ShingleHash.count(wordCount: words.count)
    guard count > 0 else { return ([], [], 0) }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { hashes in
      let all = [UInt32](unsafeUninitializedCapacity: count) { all, filled in
        for at in 0..<count {
          hashes[at] = ShingleHash.shingle(of: words, at: at)
          all[at] = ShingleHash.identity(hashes[at])
        }
        filled = count
      }
      let (first, distinct) = firstOccurrences(all)
      return (all, choose(hashes, all, first, distinct), distinct)
    }
  }

  /// Where the fingerprints of a text stand, in order: the kept hashes and the smallest of each gap; when these are fewer than the
  /// floor, the smallest hashes up to the floor.
  private static func choose(
    _ hashes: UnsafeMutableBufferPointer<UInt64>, _ all: [UInt32], _ first: [Bool], _ distinct: Int
  ) -> [UInt32] {
    var chosen: [UInt32] = []
    chosen.reserveCapacity(hashes.count / 6 + ShingleHash.floor + 2)
    var last = -1
    for at in 0..<hashes.count {
      if hashes[at] >> ShingleHash.keptShift == 0 {
        if first[at] { chosen.append(UInt32(at)) }
        last = at
      } else if at &- last >= ShingleHash.gapMax {
        var least = last + 1
        for other in last + 1...at where hashes[other] < hashes[least] { least = other }
        if first[least] { chosen.append(UInt32(least)) }
        last = least
      }
    }
    guard chosen.count < min(ShingleHash.floor, distinct) else { return chosen }
    let firsts = all.indices.filter { first[$0] }
    if distinct <= ShingleHash.floor { return firsts.map { UInt32($0) } }
    let bound = firsts.map { hashes[$0] }.sorted()[ShingleHash.floor - 1]
    let gaps = Set(chosen)
    return firsts.map { UInt32($0) }.filter { hashes[Int($0)] <= bound || gaps.contains($0) }
  }

  /// Which shingles occur for the first time, and how many do.
  private static func firstOccurrences(_ all: [UInt32]) -> (first: [Bool], count: Int) {
    let capacity = 1 << (Int.bitWidth - (all.count * 2 - 1).leadingZeroBitCount)
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: capacity) { seen in
      seen.initialize(repeating: 0)
      var count = 0
      let first = all.map { identity in
        var slot = Int((identity &* 0x9e37_79b1) >> 7) & (capacity - 1)
        while seen[slot] != 0 && seen[slot] != identity { slot = (slot &+ 1) & (capacity - 1) }
        guard seen[slot] == 0 else { return false }
        seen[slot] = identity
        count += 1
        return true
      }
      return (first, count)
    }
  }
}
