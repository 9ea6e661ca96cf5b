/// Aligns one new text with candidates, one after another.
///
/// Keeps its buffers, and works on raw memory: this is where the stage spends its time. All indices are bounded by the
/// word counts that the buffers were reserved for.
struct Aligner: ~Copyable {
  private var words: UnsafeBufferPointer<UInt32> = .init(start: nil, count: 0)
  private var shingles: UnsafeBufferPointer<UInt32> = .init(start: nil, count: 0)
  /// Shingle → its first place in the new text: identity in the low half, place in the high half, 0 for none.
  private var slots: ScratchBuffer<UInt64>
  private var mask = 0
  private var seen: ScratchBuffer<UInt64>
  private var raw: ScratchBuffer<Alignment.Run>
  private var rawCount = 0
  private var best: ScratchBuffer<Int32>
  private var before: ScratchBuffer<Int32>
  private var coveredNew: ScratchBuffer<Bool>
  private var coveredEarlier: ScratchBuffer<Bool>

  /// Runs that the chain looks back over; bounds the work on long texts.
  private static let lookBack = 48
  /// What a shift of the diagonal costs at most, in quarters of a word.
  private static let shiftCostMax = 16

  init() {
    slots = ScratchBuffer()
    seen = ScratchBuffer()
    raw = ScratchBuffer()
    best = ScratchBuffer()
    before = ScratchBuffer()
    coveredNew = ScratchBuffer()
    coveredEarlier = ScratchBuffer()
  }

  /// Takes `words` with their `shingles`, in order, as the new text; they must stay in place until the last `align`.
  mutating func begin(_ words: UnsafeBufferPointer<UInt32>, _ shingles: UnsafeBufferPointer<UInt32>) {
    self.words = words
    self.shingles = shingles
    let capacity = 1 << (Int.bitWidth - max(7, shingles.count * 2 - 1).leadingZeroBitCount)
    slots.reserve(capacity)
    slots.fill(0, count: capacity)
    mask = capacity - 1
    for at in 0..<shingles.count {
      let identity = shingles[at]
      var slot = Aligner.home(identity) & mask
      while slots[slot] != 0 && UInt32(truncatingIfNeeded: slots[slot]) != identity { slot = (slot &+ 1) & mask }
      if slots[slot] == 0 { slots[slot] = UInt64(at) << 32 | UInt64(identity) }
    }
  }

  @inline(__always)
  private static func home(_ identity: UInt32) -> Int { Int((identity &* 0x9e37_79b1) >> 7) }

  /// First place of a shingle in the new text, -1 when it has none.
  @inline(__always)
  private func position(of identity: UInt32) -> Int {
    var slot = Aligner.home(identity) & mask
    while slots[slot] != 0 {
      if UInt32(truncatingIfNeeded: slots[slot]) == identity { return Int(slots[slot] >> 32) }
      slot = (slot &+ 1) & mask
    }
    return -1
  }

  /// Counts the shingles that `earlier` shares with the new text, and finds the runs of shared words. nil when they share
  /// too little for any relation. O(n + m) expected.
  mutating func align(with earlier: UnsafeBufferPointer<UInt32>) -> Alignment? {
    var result = Alignment()
    result.sharedShingles = findRuns(earlier)
    var reach = Alignment.slotMax
    for index in 0..<rawCount { reach += raw[index].count + Alignment.slotMax }
    guard reach >= RelationRule.shortPassageWords || Double(reach) >= 0.5 * Double(min(words.count, earlier.count))
    else { return nil }
    chain(&result)
    cover(&result, earlier)
    return result
  }

  /// All runs of shared words, those in the order of both texts first, the moved ones after them.
  mutating func runs(with earlier: UnsafeBufferPointer<UInt32>) -> [Alignment.Run] {
    var result = Alignment()
    _ = findRuns(earlier)
    chain(&result)
    return result.runs
  }

  /// Fills `raw` with the runs of shared shingles in the order of `earlier`; returns how many different ones are shared.
  private mutating func findRuns(_ earlier: UnsafeBufferPointer<UInt32>) -> Int {
    let count = ShingleHash.count(wordCount: earlier.count)
    seen.reserve((shingles.count + 63) / 64)
    seen.fill(0, count: (shingles.count + 63) / 64)
    raw.reserve(count)
    rawCount = 0
    var shared = 0
    var at = 0
    while at < count {
      let start = position(of: ShingleHash.identity(ShingleHash.shingle(of: earlier, at: at)))
      guard start >= 0 else {
        at &+= 1
        continue
      }
      var length = 1
      shared &+= mark(start)
      while at &+ length < count, start &+ length < shingles.count {
        let identity = ShingleHash.identity(ShingleHash.shingle(of: earlier, at: at &+ length))
        guard identity == shingles[start &+ length] else { break }
        shared &+= mark(position(of: identity))
        length &+= 1
      }
      let covered = min(length + ShingleHash.wordsPerShingle - 1, words.count, earlier.count)
      raw[rawCount] = .init(new: start, earlier: at, count: covered)
      rawCount &+= 1
      at &+= length
    }
    return shared
  }

  /// 1 when the shingle at `position` was not seen before.
  @inline(__always)
  private mutating func mark(_ position: Int) -> Int {
    let bit = UInt64(1) << UInt64(position & 63)
    let isNew = seen[position >> 6] & bit == 0
    seen[position >> 6] |= bit
    return isNew ? 1 : 0
  }

  /// The heaviest series of runs that keeps the order of both texts, then the long runs beside it.
  private mutating func chain(_ result: inout Alignment) {
    guard rawCount > 0 else { return }
    best.reserve(rawCount)
    before.reserve(rawCount)
    var top = 0
    for index in 0..<rawCount {
      let run = raw[index]
      var score = run.count &* 4
      var from = -1
      var other = index &- 1
      let last = max(0, index &- Aligner.lookBack)
      while other >= last {
        let earlier = raw[other]
        // Runs may overlap by the words that two neighbouring shingles share.
        if earlier.new < run.new, earlier.new &+ earlier.count <= run.new &+ 2 {
          // What lies between should be as long in both: a chance phrase elsewhere must not win over the frame.
          let shift = abs((run.new &- earlier.new) &- (run.earlier &- earlier.earlier))
          let joined = Int(best[other]) &+ run.count &* 4 &- min(shift, Aligner.shiftCostMax)
          if joined > score {
            score = joined
            from = other
          }
        }
        other &-= 1
      }
      best[index] = Int32(score)
      before[index] = Int32(from)
      if score > best[top] { top = index }
    }
    // From the last run of the chain back to the first; what is chosen is marked by a score of -1.
    var index = top
    var length = 0
    while index >= 0 {
      best[index] = -1
      length += 1
      index = Int(before[index])
    }
    result.runs.reserveCapacity(length)
    for index in 0..<rawCount where best[index] == -1 { result.runs.append(raw[index]) }
    for index in 0..<rawCount where best[index] != -1 && raw[index].count >= Alignment.movedMin {
      var run = raw[index]
      run.inOrder = false
      result.runs.append(run)
    }
  }

  private mutating func cover(_ result: inout Alignment, _ earlier: UnsafeBufferPointer<UInt32>) {
    coveredNew.reserve(words.count)
    coveredNew.fill(false, count: words.count)
    coveredEarlier.reserve(earlier.count)
    coveredEarlier.fill(false, count: earlier.count)
    guard !result.runs.isEmpty else { return }
    var ends = (new: 0, earlier: 0)
    for at in result.runs.indices {
      let run = result.runs[at]
      if run.inOrder {
        slot(ends.new..<max(ends.new, run.new), ends.earlier..<max(ends.earlier, run.earlier), earlier, &result)
        ends = (run.new + run.count, run.earlier + run.count)
      }
      for at in 0..<run.count {
        let (new, old) = (run.new &+ at, run.earlier &+ at)
        if words[new] & 3 != 0, !coveredEarlier[old], !coveredNew[new] { result.factsKept += 1 }
        coveredNew[new] = true
        coveredEarlier[old] = true
      }
    }
    slot(ends.new..<max(ends.new, words.count), ends.earlier..<max(ends.earlier, earlier.count), earlier, &result)
    for at in 0..<words.count where coveredNew[at] { result.covered.new += 1 }
    for at in 0..<earlier.count where coveredEarlier[at] { result.covered.earlier += 1 }
  }

  /// Takes the words between two runs, if they are few, as one slot of a common frame.
  private mutating func slot(
    _ new: Range<Int>, _ old: Range<Int>, _ earlier: UnsafeBufferPointer<UInt32>, _ result: inout Alignment
  ) {
    guard new.count <= Alignment.slotMax, old.count <= Alignment.slotMax, !(new.isEmpty && old.isEmpty) else { return }
    for at in new { coveredNew[at] = true }
    for at in old { coveredEarlier[at] = true }
    // The shingles hide equal words between two changed ones: find them by place.
    let differs =
      new.count != old.count
      || zip(new, old).contains { (words[$0] ^ earlier[$1]) & ShingleHash.wordMask != 0 }
    // Facts of one class that stand on one side only, against each other.
    for kind in WordClass.figure.rawValue...WordClass.name.rawValue {
      var onlyNew = 0
      var onlyEarlier = 0
      for at in new where words[at] & 3 == kind {
        if old.contains(where: { (earlier[$0] ^ words[at]) & ShingleHash.wordMask == 0 }) {
          result.factsKept += 1
        } else {
          onlyNew += 1
        }
      }
      for at in old where earlier[at] & 3 == kind {
        if !new.contains(where: { (words[$0] ^ earlier[at]) & ShingleHash.wordMask == 0 }) { onlyEarlier += 1 }
      }
      result.factsChanged += min(onlyNew, onlyEarlier)
    }
    // A word put in or left out is no slot: nothing stands against anything.
    if differs && !new.isEmpty && !old.isEmpty { result.slots += 1 }
  }
}
