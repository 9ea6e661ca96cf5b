import Lexicon
import Model

/// Adds up the weights of features; for training, also writes the features down.
struct FeatureSum {
  /// The sum so far.
  private(set) var total: Float = 0
  /// Names of the features, when recorded.
  private(set) var names: [String] = []
  private let weights: WeightTable
  private let records: Bool

  init(_ weights: WeightTable, records: Bool) {
    self.weights = weights
    self.records = records
  }

  @inline(__always)
  mutating func add(_ template: Symbol, _ a: Symbol) {
    if records { names.append("\(template.name):\(a.name)") }
    total += weights[WeightTable.key(template, a)]
  }

  @inline(__always)
  mutating func add(_ template: Symbol, _ a: Symbol, _ b: Symbol) {
    if records { names.append("\(template.name):\(a.name):\(b.name)") }
    total += weights[WeightTable.key(template, a, b)]
  }

  @inline(__always)
  mutating func add(_ template: Symbol, _ a: Symbol, _ b: Symbol, _ c: Symbol) {
    if records { names.append("\(template.name):\(a.name):\(b.name):\(c.name)") }
    total += weights[WeightTable.key(template, a, b, c)]
  }
}

/// The same for three classes at once, against a fourth whose sum is 0: a feature weighs differently for each.
struct ClassSums {
  /// Names of the classes.
  struct Classes {
    let first: Symbol
    let second: Symbol
    let third: Symbol
    /// Roles, against none.
    static let roles = Classes(first: Symbol("actor"), second: Symbol("recipient"), third: Symbol("place"))
    /// Statuses, against actual.
    static let statuses = Classes(
      first: Symbol("negated"), second: Symbol("planned"), third: Symbol("hypothetical"))
  }

  /// Sums of the three classes.
  private(set) var totals: (first: Float, second: Float, third: Float) = (0, 0, 0)
  /// Names of the features, when recorded, without the class.
  private(set) var names: [String] = []
  private let weights: WeightTable
  private let records: Bool

  private let classes: Classes

  init(_ weights: WeightTable, _ classes: Classes, records: Bool) {
    self.weights = weights
    self.classes = classes
    self.records = records
  }

  @inline(__always)
  private mutating func add(_ key: UInt64) {
    totals.first += weights[WeightTable.join(key, classes.first)]
    totals.second += weights[WeightTable.join(key, classes.second)]
    totals.third += weights[WeightTable.join(key, classes.third)]
  }

  @inline(__always)
  mutating func add(_ template: Symbol, _ a: Symbol) {
    if records { names.append("\(template.name):\(a.name)") }
    add(WeightTable.key(template, a))
  }

  @inline(__always)
  mutating func add(_ template: Symbol, _ a: Symbol, _ b: Symbol) {
    if records { names.append("\(template.name):\(a.name):\(b.name)") }
    add(WeightTable.key(template, a, b))
  }

  @inline(__always)
  mutating func add(_ template: Symbol, _ a: Symbol, _ b: Symbol, _ c: Symbol) {
    if records { names.append("\(template.name):\(a.name):\(b.name):\(c.name)") }
    add(WeightTable.key(template, a, b, c))
  }
}
