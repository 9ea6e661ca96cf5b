/// Puts results back into the order of admission, but lets none wait longer than a deadline.
///
/// A pure state machine: the pipeline gives it results and the time, it says what is next.
struct ArrivalOrder<Result> {
  /// The number that is next in order.
  private(set) var expected: UInt64 = 1
  /// Results that wait for the ones before them, and since when, in nanoseconds.
  private var early: [UInt64: (result: Result, since: UInt64)] = [:]

  /// Takes in the result of file `number`.
  mutating func add(_ result: Result, number: UInt64, now: UInt64) { early[number] = (result, now) }

  /// The next result in order, if it is there; a late one (passed over before) comes at once.
  mutating func next() -> Result? {
    guard !early.isEmpty else { return nil }
    if let next = early.removeValue(forKey: expected) {
      expected += 1
      return next.result
    }
    guard let late = early.keys.first(where: { $0 < expected }) else { return nil }
    return early.removeValue(forKey: late)?.result
  }

  /// Goes on to the earliest result that is there, if any of them has waited for `deadline` or longer.
  /// - Returns: the number that was passed over, the first if there are more.
  mutating func passOver(now: UInt64, deadline: UInt64) -> UInt64? {
    guard let first = early.keys.min(), first > expected, early.values.contains(where: { now &- $0.since >= deadline })
    else { return nil }
    let passed = expected
    expected = first
    return passed
  }

  /// Whether results wait behind one that is missing.
  var isWaiting: Bool { !early.isEmpty }
}
