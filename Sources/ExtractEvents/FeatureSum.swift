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

  /// Adds what features summed elsewhere weigh.
  mutating func add(_ sum: Float) { total += sum }

  @inline(__always)
  mutating func add(_ template: Symbol, _ a: Symbol) {
    if records { names.append("\(template.name):\(a.name)") }
    total += weights[WeightTable.key(template, a)][0]
  }

  @inline(__always)
  mutating func add(_ template: Symbol, _ a: Symbol, _ b: Symbol) {
    if records { names.append("\(template.name):\(a.name):\(b.name)") }
    total += weights[WeightTable.key(template, a, b)][0]
  }

  @inline(__always)
  mutating func add(_ template: Symbol, _ a: Symbol, _ b: Symbol, _ c: Symbol) {
    if records { names.append("\(template.name):\(a.name):\(b.name):\(c.name)") }
    total += weights[WeightTable.key(template, a, b, c)][0]
  }
}

/// The same for three classes at once, against a fourth whose sum is 0: a feature weighs differently for each.
struct ClassSums {
  /// Sums of the classes, in the order of the table's.
  private(set) var totals: SIMD4<Float> = .zero
  /// Names of the features, when recorded, without the class.
  private(set) var names: [String] = []
  private let weights: WeightTable
  private let records: Bool

  init(_ weights: WeightTable, records: Bool) {
    self.weights = weights
    self.records = records
  }

  @inline(__always)
  private mutating func add(_ key: UInt64) { totals += weights[key] }

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
