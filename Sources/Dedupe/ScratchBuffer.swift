/// Raw memory for trivial values that grows and is kept between uses. Not initialised, not checked: whoever uses it
/// reserves first and stays within.
struct ScratchBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// Where the values are, until the next `reserve`.
  private(set) var start: UnsafeMutablePointer<Element>
  private var capacity: Int

  init() {
    capacity = 1024
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  /// Makes room for `count` values; what was there is lost when it has to grow.
  mutating func reserve(_ count: Int) {
    guard count > capacity else { return }
    start.deallocate()
    capacity = count * 2
    start = .allocate(capacity: capacity)
  }

  /// Makes room for `count` values; those that are there stay.
  mutating func extend(to count: Int) {
    guard count > capacity else { return }
    let grown = UnsafeMutablePointer<Element>.allocate(capacity: count * 2)
    grown.update(from: start, count: capacity)
    start.deallocate()
    start = grown
    capacity = count * 2
  }

  /// Sets the first `count` values.
  mutating func fill(_ value: Element, count: Int) { start.update(repeating: value, count: count) }

  /// The value at `index`.
  subscript(index: Int) -> Element {
    @inline(__always) get { start[index] }
    @inline(__always) nonmutating set { start[index] = newValue }
  }

  /// The first `count` values.
  func prefix(_ count: Int) -> UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: start, count: count) }
}
