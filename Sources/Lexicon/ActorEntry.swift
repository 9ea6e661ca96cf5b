import Model

/// An organised actor, or a known person.
public struct ActorEntry: Sendable {
  /// What goes on the feed.
  public var actor: Actor
  /// `armed-group`, `army`, `media` … for actors; empty for persons.
  public var kind: String
  /// Index into `Lexicon.countries` of the state that the code names, or -1.
  public var country: Int16
  /// Also a common word: needs support.
  public var isWeak: Bool
}

/// A generic actor or thing: a common noun.
public struct GenericNoun: Sendable {
  /// What goes on the feed: gloss (the Arabic lemma), code and sector.
  public var actor: Actor
  /// Person, group or thing.
  public var kind: Kind
  /// Countable as victims.
  public var isUnit: Bool
  /// Takes a qualifier or owner.
  public var isForce: Bool

  /// Kinds of nouns.
  public enum Kind: String, Sendable { case person, group, thing }
}

/// An adjective of nationality, region, people or confession.
public struct Demonym: Sendable {
  /// English adjective.
  public var name: String
  /// Index into `Lexicon.countries`, or -1.
  public var country: Int16
  /// PLOVER code, nil when none fits.
  public var code: String?
}

/// An office or title before a name.
public struct Office: Sendable {
  /// Sector of the holder, nil when the complement decides.
  public var sector: String?
  /// An institution, place or adjective may follow.
  public var takesComplement: Bool
  /// A person's name may follow directly.
  public var isTitle: Bool
}

/// The head of a phrase that names who says something.
public enum SourceKind: String, Sendable, CaseIterable {
  case anonymous, official, witness, media, document
}

/// A weapon or means.
public struct WeaponEntry: Sendable {
  /// What goes on the feed.
  public var weapon: Weapon
  /// The PLOVER ASSAULT mode that an attack with it has, or nil.
  public var mode: String?
}

/// What an adjective or participle does in a noun phrase.
public enum Qualifier: String, Sendable, CaseIterable {
  /// Part of the phrase: `المسلحة`.
  case plain
  /// Takes a complement with a preposition: `الموالية ل`, `المرتبطون ب`.
  case bound
  /// No part of a phrase, whatever its ending.
  case never
  /// Heads no phrase, though its letters are those of a common noun for persons (`المفاوضات`, `أمام`).
  case other
}

/// What a word before the name of a country or capital tells of it.
public enum PlaceContext: String, Sendable, CaseIterable {
  /// The name is a location.
  case place
  /// The name is a government that acts or is acted upon.
  case actor
  /// `من`: a location, unless support or the like comes from it.
  case from
  /// What follows is the name of something else: a channel, a club, a company.
  case name
  /// A word of sports reports.
  case sport
}

/// What a spelling needs that is the name of a place and yet mostly something else.
public enum PlaceStop: String, Sendable, CaseIterable {
  /// Is never taken for a place.
  case never
  /// A class noun of its level before it: `بلدة الحي`.
  case classNoun = "class-noun"
  /// Its province or country, or a place near it.
  case container
}
