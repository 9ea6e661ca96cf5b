import Model

/// Gathers, for one new report, the earlier reports that share fingerprints with it, the likeliest first.
struct Candidates {
  /// A report that shares fingerprints.
  struct Candidate {
    /// Number of the report in the index.
    var report: UInt32
    /// Shared fingerprints that are not boilerplate.
    var hits: UInt16
    /// Their weight: rare fingerprints say more.
    var weight: UInt32
    /// Where in the new report the last one stands, in words.
    var last: UInt32
    /// How many stand near the one before: a passage shares fingerprints in a row, chance phrases lie scattered.
    var near: UInt16
  }

  private var keys: [UInt32]
  private var slots: [UInt16]
  private var found: [Candidate] = []
  private static let capacity = 1 << 13

  init() {
    keys = [UInt32](repeating: 0, count: Candidates.capacity)
    slots = [UInt16](repeating: 0, count: Candidates.capacity)
  }

  /// Forgets what was gathered.
  mutating func clear() {
    if found.count * 8 > Candidates.capacity {
      for index in keys.indices { keys[index] = 0 }
    } else {
      for candidate in found { remove(candidate.report) }
    }
    found.removeAll(keepingCapacity: true)
  }

  /// All slots of a probe series become empty together, so removal in any order is safe.
  private mutating func remove(_ report: UInt32) {
    var slot = Candidates.home(report)
    while keys[slot] != 0 {
      keys[slot] = 0
      slot = (slot + 1) & (Candidates.capacity - 1)
    }
  }

  @inline(__always)
  private static func home(_ report: UInt32) -> Int { Int((report &* 0x9e37_79b1) >> 19) }

  /// What sharing a fingerprint with a report says, by how many reports have it.
  @inline(__always)
  static func weight(frequency: Int) -> UInt32 {
    switch frequency {
    case 1: 6
    case 2...3: 5
    case 4...7: 4
    case 8...15: 3
    default: 2
    }
  }

  /// Shared fingerprints within so many words are near each other: in a shared passage one word in eight begins a
  /// fingerprint.
  private static let nearWords: UInt32 = 24

  /// Counts the fingerprint at word `at` of the new report, which `report` shares; places ascend.
  mutating func add(_ report: UInt32, weight: UInt32, at: UInt32) {
    var slot = Candidates.home(report)
    while keys[slot] != 0 {
      if keys[slot] == report &+ 1 {
        let index = Int(slots[slot])
        found[index].hits &+= 1
        found[index].weight &+= weight
        if at &- found[index].last <= Candidates.nearWords { found[index].near &+= 1 }
        found[index].last = at
        return
      }
      slot = (slot + 1) & (Candidates.capacity - 1)
    }
    // A text of very many fingerprints may touch more reports than there is room for; the first come are kept.
    guard found.count < Candidates.capacity / 2 else { return }
    keys[slot] = report &+ 1
    slots[slot] = UInt16(found.count)
    found.append(Candidate(report: report, hits: 1, weight: weight, last: at, near: 0))
  }

  /// The likeliest candidates, at most `count`: by weight, then by arrival.
  mutating func best(_ count: Int, where isWorth: (Candidate) -> Bool) -> [Candidate] {
    var chosen: [Candidate] = []
    for candidate in found {
      if chosen.count == count, !Candidates.precedes(candidate, chosen[count - 1]) { continue }
      guard isWorth(candidate) else { continue }
      var at = chosen.count
      while at > 0, Candidates.precedes(candidate, chosen[at - 1]) { at -= 1 }
      chosen.insert(candidate, at: at)
      if chosen.count > count { chosen.removeLast() }
    }
    return chosen
  }

  private static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
    a.weight != b.weight ? a.weight > b.weight : a.report < b.report
  }
}
