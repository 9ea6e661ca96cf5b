/// Puts results back into the order of admission, but waits for none longer than a deadline.
///
/// A pure state machine: the pipeline gives it results and the time, it says what is next.
struct ArrivalOrder<Result> {
  /// The number that is next in order.
  private(set) var expected: UInt64 = 1
  private var early: [UInt64: Result] = [:]
  /// Since when the expected one has been waited for, in nanoseconds; nil when nothing waits behind it.
  private var waitingSince: UInt64?

  /// Takes in the result of file `number`.
  mutating func add(_ result: Result, number: UInt64, now: UInt64) {
    early[number] = result
    if waitingSince == nil { waitingSince = now }
  }

  /// The next result in order, if it is there; a late one (passed over before) comes at once.
  mutating func next(now: UInt64) -> Result? {
    guard !early.isEmpty else { return nil }
    if let result = early.removeValue(forKey: expected) {
      expected += 1
      waitingSince = early.isEmpty ? nil : now
      return result
    }
    if let late = early.keys.first(where: { $0 < expected }) {
      let result = early.removeValue(forKey: late)
      if early.isEmpty { waitingSince = nil }
      return result
    }
    return nil
  }

  /// Goes on to the earliest result that is there, if the expected one has been waited for longer than `deadline`.
  /// - Returns: the number that was passed over.
  mutating func passOver(now: UInt64, deadline: UInt64) -> UInt64? {
    guard let since = waitingSince, now &- since >= deadline, let first = early.keys.min(), first > expected else {
      return nil
    }
    let passed = expected
    expected = first
    waitingSince = now
    return passed
  }

  /// Whether results wait behind one that is missing.
  var isWaiting: Bool { waitingSince != nil }
}
