import Lexicon
import Model

/// A number of victims with the word that counts it.
struct TollCount {
  /// What befell them.
  var kind: TriggerEntry.Toll
  /// How many.
  var toll: Event.Toll
  /// Index of the candidate that counts, -1 when the quantity says itself what it is.
  var candidate: Int
  /// Where the count stands.
  var token: Int
  /// The rule that read it, for `rasid explain`.
  var rule: StaticString
}

/// The closed classes of particles.tsv that tolls are read by.
struct TollSigns {
  /// `آخرون`.
  let others: UInt64
  /// `بينهم`: a part of a number said before.
  let subset: UInt64
  /// `مقابل`: the dead of the other side.
  let versus: UInt64
  /// The last word of `على الأقل`.
  let least: UInt64
  /// `ضحايا`: dead and injured alike.
  let victims: UInt64
  /// `بعد`, `قبل`, `إثر`.
  let after: UInt64
  /// `إلى`.
  let to: UInt64
  /// `أحد`: one of those that follow.
  let one: UInt64
  /// `اثنان`, which also is a weekday.
  let two: UInt64
  /// `من`.
  let from: UInt64
  /// `على`.
  let on: UInt64

  init(_ lexicon: TriggerLexicon) {
    others = lexicon.particle("others")
    subset = lexicon.particle("subset")
    versus = lexicon.particle("versus")
    least = lexicon.particle("least")
    victims = lexicon.particle("victims")
    after = lexicon.particle("p-after")
    to = lexicon.particle("p-to")
    one = lexicon.particle("one")
    two = lexicon.particle("two")
    from = lexicon.particle("p-from")
    on = lexicon.particle("p-on")
  }
}
