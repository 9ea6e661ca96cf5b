/// How the words of one text lie in another: runs of shared words in order, the slots between them, and what the
/// slots hold. Counts are words unless they say shingles.
struct Alignment {
  /// Different shingles that both texts have.
  var sharedShingles = 0
  /// Words of the new text, and of the earlier one, that lie in shared runs or in slots between them.
  var covered = (new: 0, earlier: 0)
  /// Shared runs in the order of both texts (moved passages after them).
  var runs: [Run] = []
  /// Figures in slots that stand against another figure, and names against another name.
  var factsChanged = 0
  /// Figures and names within the shared runs.
  var factsKept = 0
  /// Short stretches where the texts differ between two shared runs (or at an end).
  var slots = 0
  /// Words of the new text in slots.
  var slotWords = 0

  /// A stretch of the same words in both texts.
  struct Run {
    /// First word in the new text.
    var new: Int
    /// First word in the earlier text.
    var earlier: Int
    /// Words.
    var count: Int
    /// Whether it keeps the order of the runs before it (moved passages don't).
    var inOrder = true
  }

  /// A slot is at most this many words on either side.
  static let slotMax = 6
  /// A run out of order counts as a moved passage from this many words.
  static let movedMin = 12
}

/// Aligns one new text with candidates, one after another. Keeps its buffers.
final class Aligner {
  private var words: UnsafeBufferPointer<UInt32> = .init(start: nil, count: 0)
  private var shingles: [UInt32] = []
  private var keys: [UInt32] = []
  private var positions: [Int32] = []
  private var mask = 0
  private var seen: [UInt64] = []
  private var raw: [Alignment.Run] = []
  private var best: [Int] = []
  private var before: [Int] = []
  private var coveredEarlier: [Bool] = []
  private var coveredNew: [Bool] = []

  /// Runs that the chain looks back over; bounds the work on long texts.
  private static let lookBack = 48
  /// What a shift of the diagonal costs at most, in quarters of a word.
  private static let shiftCostMax = 16

  /// Takes `words` as the new text; they must stay in place until the last `align`.
  func begin(_ words: UnsafeBufferPointer<UInt32>) {
    self.words = words
    let count = ShingleHash.count(wordCount: words.count)
    let capacity = 1 << (Int.bitWidth - max(7, count * 2 - 1).leadingZeroBitCount)
    if keys.count < capacity || keys.count > capacity * 16 {
      keys = [UInt32](repeating: 0, count: capacity)
      positions = [Int32](repeating: 0, count: capacity)
    } else {
      for index in 0..<capacity { keys[index] = 0 }
    }
    mask = capacity - 1
    shingles.removeAll(keepingCapacity: true)
    for at in 0..<count {
      let identity = ShingleHash.identity(ShingleHash.shingle(of: words, at: at))
      shingles.append(identity)
      var slot = Aligner.home(identity) & mask
      while keys[slot] != 0 && keys[slot] != identity { slot = (slot + 1) & mask }
      if keys[slot] == 0 {
        keys[slot] = identity
        positions[slot] = Int32(at)
      }
    }
  }

  @inline(__always)
  private static func home(_ identity: UInt32) -> Int { Int((identity &* 0x9e37_79b1) >> 7) }

  /// First place of a shingle in the new text, -1 when it has none.
  @inline(__always)
  func position(of identity: UInt32) -> Int {
    var slot = Aligner.home(identity) & mask
    while keys[slot] != 0 {
      if keys[slot] == identity { return Int(positions[slot]) }
      slot = (slot + 1) & mask
    }
    return -1
  }

  /// Counts the shingles that `earlier` shares with the new text, and finds the runs of shared words.
  /// O(n + m) expected.
  func align(with earlier: UnsafeBufferPointer<UInt32>) -> Alignment {
    var result = Alignment()
    let count = ShingleHash.count(wordCount: earlier.count)
    let blocks = (shingles.count + 63) / 64
    seen.removeAll(keepingCapacity: true)
    seen.append(contentsOf: repeatElement(0, count: blocks))
    raw.removeAll(keepingCapacity: true)
    var at = 0
    while at < count {
      let start = position(of: ShingleHash.identity(ShingleHash.shingle(of: earlier, at: at)))
      guard start >= 0 else {
        at += 1
        continue
      }
      var length = 1
      mark(start, &result)
      while at + length < count, start + length < shingles.count {
        let identity = ShingleHash.identity(ShingleHash.shingle(of: earlier, at: at + length))
        guard identity == shingles[start + length] else { break }
        mark(position(of: identity), &result)
        length += 1
      }
      let words = min(length + ShingleHash.wordsPerShingle - 1, self.words.count, earlier.count)
      raw.append(.init(new: start, earlier: at, count: words))
      at += length
    }
    chain(&result)
    cover(&result, earlier)
    return result
  }

  @inline(__always)
  private func mark(_ position: Int, _ result: inout Alignment) {
    let bit = UInt64(1) << UInt64(position & 63)
    if seen[position >> 6] & bit == 0 {
      seen[position >> 6] |= bit
      result.sharedShingles += 1
    }
  }

  /// The heaviest series of runs that keeps the order of both texts, then the long runs beside it.
  private func chain(_ result: inout Alignment) {
    guard !raw.isEmpty else { return }
    best.removeAll(keepingCapacity: true)
    before.removeAll(keepingCapacity: true)
    var top = 0
    for index in raw.indices {
      var score = raw[index].count * 4
      var from = -1
      var other = index - 1
      let last = max(0, index - Aligner.lookBack)
      while other >= last {
        // Runs may overlap by the words that two neighbouring shingles share.
        let run = raw[other]
        if run.new < raw[index].new, run.new + run.count <= raw[index].new + 2 {
          // What lies between should be as long in both: a chance phrase elsewhere must not win over the frame.
          let shift = abs((raw[index].new - run.new) - (raw[index].earlier - run.earlier))
          let joined = best[other] + raw[index].count * 4 - min(shift, Aligner.shiftCostMax)
          if joined > score {
            score = joined
            from = other
          }
        }
        other -= 1
      }
      best.append(score)
      before.append(from)
      if score > best[top] { top = index }
    }
    var chosen = [Bool](repeating: false, count: raw.count)
    var index = top
    while index >= 0 {
      chosen[index] = true
      index = before[index]
    }
    for index in raw.indices where chosen[index] { result.runs.append(raw[index]) }
    for index in raw.indices where !chosen[index] && raw[index].count >= Alignment.movedMin {
      var run = raw[index]
      run.inOrder = false
      result.runs.append(run)
    }
  }

  private func cover(_ result: inout Alignment, _ earlier: UnsafeBufferPointer<UInt32>) {
    coveredNew.removeAll(keepingCapacity: true)
    coveredNew.append(contentsOf: repeatElement(false, count: words.count))
    coveredEarlier.removeAll(keepingCapacity: true)
    coveredEarlier.append(contentsOf: repeatElement(false, count: earlier.count))
    guard !result.runs.isEmpty else { return }
    var ends = (new: 0, earlier: 0)
    for run in result.runs {
      if run.inOrder {
        slot(ends.new..<max(ends.new, run.new), ends.earlier..<max(ends.earlier, run.earlier), earlier, &result)
        ends = (run.new + run.count, run.earlier + run.count)
      }
      for at in 0..<run.count {
        if !coveredEarlier[run.earlier + at] && !coveredNew[run.new + at] && words[run.new + at] & 3 != 0 {
          result.factsKept += 1
        }
        coveredNew[run.new + at] = true
        coveredEarlier[run.earlier + at] = true
      }
    }
    slot(ends.new..<max(ends.new, words.count), ends.earlier..<max(ends.earlier, earlier.count), earlier, &result)
    for covered in coveredNew where covered { result.covered.new += 1 }
    for covered in coveredEarlier where covered { result.covered.earlier += 1 }
  }

  /// Takes the words between two runs, if they are few, as one slot of a common frame.
  private func slot(
    _ new: Range<Int>, _ old: Range<Int>, _ earlier: UnsafeBufferPointer<UInt32>, _ result: inout Alignment
  ) {
    guard new.count <= Alignment.slotMax, old.count <= Alignment.slotMax, !(new.isEmpty && old.isEmpty) else { return }
    for at in new { coveredNew[at] = true }
    for at in old { coveredEarlier[at] = true }
    // The shingles hide equal words between two changed ones: find them by place.
    var differs = false
    var facts = (new: 0, earlier: 0)
    if new.count == old.count {
      for (a, b) in zip(new, old) {
        if (words[a] ^ earlier[b]) & ShingleHash.wordMask == 0 {
          if words[a] & 3 != 0 { result.factsKept += 1 }
          continue
        }
        differs = true
        result.slotWords += 1
        if words[a] & 3 != 0 && (words[a] ^ earlier[b]) & 3 == 0 { result.factsChanged += 1 }
      }
    } else {
      for at in new where words[at] & 3 != 0 { facts.new += 1 }
      for at in old where earlier[at] & 3 != 0 { facts.earlier += 1 }
      result.factsChanged += min(facts.new, facts.earlier)
      result.slotWords += new.count
      differs = true
    }
    // A word put in or left out is no slot: nothing stands against anything.
    if differs && !new.isEmpty && !old.isEmpty { result.slots += 1 }
  }
}
