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

/// The same for several classes at once: a feature weighs differently for each.
struct ClassSums {
  /// Sums of actor, recipient and place; none is 0.
  private(set) var totals: (actor: Float, recipient: Float, place: Float) = (0, 0, 0)
  /// Names of the features, when recorded, without the class.
  private(set) var names: [String] = []
  private let weights: WeightTable
  private let records: Bool

  init(_ weights: WeightTable, records: Bool) {
    self.weights = weights
    self.records = records
  }

  /// Mixed into a feature's key for each class: `actor`, `recipient`, `place`.
  private static let actor = Symbol("actor")
  private static let recipient = Symbol("recipient")
  private static let place = Symbol("place")

  @inline(__always)
  private mutating func add(_ key: UInt64) {
    totals.actor += weights[WeightTable.join(key, ClassSums.actor)]
    totals.recipient += weights[WeightTable.join(key, ClassSums.recipient)]
    totals.place += weights[WeightTable.join(key, ClassSums.place)]
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
