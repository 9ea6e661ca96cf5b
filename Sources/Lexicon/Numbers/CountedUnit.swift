/// A counted noun with its English unit, or a word that says what the number beside it counts: one entry of `units.tsv`.
public struct CountedUnit: Sendable, Equatable {
  /// English unit, ISO 4217 for money.
  public var name: String
  /// What kind of figure it makes: `dead`, `distance`, `count` … (`Quantity.what`).
  public var what: String
  /// A person: a governor decides what the number is.
  public var isPerson: Bool
  /// The noun itself says what became of them: `قتيل`.
  public var isVictim: Bool
  /// Also another word: counted only after a number.
  public var isWeak: Bool
  /// Line of the entry in its file, from 1.
  public var line: Int32

  /// The values that `what` may have.
  public static let kinds: Set<String> = [
    "dead", "injured", "detained", "displaced", "casualties", "strength", "population", "distance", "area", "volume",
    "weight", "speed", "power", "money", "duration", "share", "count",
  ]
}
