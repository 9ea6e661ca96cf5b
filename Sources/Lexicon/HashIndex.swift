import Model

/// A map from well-spread 64-bit keys to small integers: open addressing in two flat arrays.
/// For building; `PhraseTrie` reads the finished arrays.
struct HashIndex: Sendable {
  private(set) var count = 0
  /// 0 marks a free slot; a key of 0 is stored as 1.
  private(set) var keys: [UInt64]
  private(set) var values: [Int32]
  private var mask: Int

  /// An index that holds `capacity` keys before it grows.
  init(capacity: Int) {
    var slots = 16
    while slots < 2 * capacity { slots *= 2 }
    keys = Array(repeating: 0, count: slots)
    values = Array(repeating: -1, count: slots)
    mask = slots - 1
  }

  /// The value of `key`, or -1.
  func value(_ key: UInt64) -> Int32 {
    let key = key == 0 ? 1 : key
    var slot = Int(truncatingIfNeeded: key) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot &+ 1) & mask
    }
    return -1
  }

  /// The value of `key`, which becomes `value` when it has none yet.
  mutating func value(_ key: UInt64, orInsert value: Int32) -> Int32 {
    let key = key == 0 ? 1 : key
    var slot = Int(truncatingIfNeeded: key) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot &+ 1) & mask
    }
    keys[slot] = key
    values[slot] = value
    count += 1
    if 2 * count > keys.count { grow() }
    return value
  }

  /// Gives `key` this value, whatever it had.
  mutating func set(_ key: UInt64, _ value: Int32) {
    guard self.value(key, orInsert: value) != value else { return }
    let key = key == 0 ? 1 : key
    var slot = Int(truncatingIfNeeded: key) & mask
    while keys[slot] != key { slot = (slot &+ 1) & mask }
    values[slot] = value
  }

  private mutating func grow() {
    let old = (keys, values)
    keys = Array(repeating: 0, count: 2 * old.0.count)
    values = Array(repeating: -1, count: keys.count)
    mask = keys.count - 1
    for (key, value) in zip(old.0, old.1) where key != 0 {
      var slot = Int(truncatingIfNeeded: key) & mask
      while keys[slot] != 0 { slot = (slot &+ 1) & mask }
      keys[slot] = key
      values[slot] = value
    }
  }
}
