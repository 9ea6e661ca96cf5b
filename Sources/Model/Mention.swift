/// An entity where the text names it: one item of `entities` on the feed.
public struct Mention: Sendable {
  /// The words, without attached particles; byte offsets into `Report.text`.
  public var span: ByteSpan
  /// The tokens that the words touch, as indices into `NormalizedText.tokens`.
  public var tokens: Range<Int32>
  /// The particles attached before the first word.
  public var prefix: Clitics
  /// What is named.
  public var entity: Entity
  /// The lexicon entry that it was found by: index into the lexicon's entries, -1 when a rule found it without one.
  public var entry: Int32
  /// The rule that made or resolved it, for `rasid explain`.
  public var rule: StaticString

  /// A mention of its parts.
  public init(
    span: ByteSpan, tokens: Range<Int32>, prefix: Clitics = [], entity: Entity, entry: Int32 = -1, rule: StaticString
  ) {
    self.span = span
    self.tokens = tokens
    self.prefix = prefix
    self.entity = entity
    self.entry = entry
    self.rule = rule
  }
}

/// The particles that Arabic writes attached before a word.
public struct Clitics: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: UInt8
  /// A set of the bits of `rawValue`.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// و, and.
  public static let wa = Clitics(rawValue: 1)
  /// ف, then.
  public static let fa = Clitics(rawValue: 2)
  /// ب, in, by.
  public static let bi = Clitics(rawValue: 4)
  /// ك, as.
  public static let ka = Clitics(rawValue: 8)
  /// ل, to, for.
  public static let li = Clitics(rawValue: 16)
  /// س, the future.
  public static let sa = Clitics(rawValue: 32)
  /// ال (also within لل), the article.
  public static let al = Clitics(rawValue: 64)
}

/// What a mention names.
public indirect enum Entity: Sendable {
  /// A named place.
  case place(Place)
  /// An organised or generic actor.
  case actor(Actor)
  /// A person.
  case person(Actor)
  /// A weapon or means.
  case weapon(Weapon)
  /// A number with what it counts.
  case quantity(Quantity)
  /// A date, a period or a time.
  case date(DateRange)
  /// Somebody who is quoted.
  case source(Actor)
}

/// A place, resolved against the gazetteer.
public struct Place: Sendable {
  /// English name.
  public var name: String
  /// Gazetteer id, `geonames:170017`; nil when unresolved.
  public var ref: String?
  /// Decimal degrees north, nil when unknown.
  public var latitude: Double?
  /// Decimal degrees east, nil when unknown.
  public var longitude: Double?
  /// How large it is.
  public var level: Level
  /// ISO 3166-1 alpha-2, nil for seas and the like.
  public var country: String?
  /// English name of the province.
  public var admin1: String?
  /// ACLED's: 1 exact, 2 part of a region, 3 region.
  public var geoPrecision: Int

  /// How large a place is.
  public enum Level: String, Sendable, CaseIterable {
    case country, admin1, region, city, town, quarter, site, water
  }

  /// A place of its parts.
  public init(
    name: String, ref: String?, latitude: Double?, longitude: Double?, level: Level, country: String?, admin1: String?,
    geoPrecision: Int
  ) {
    self.name = name
    self.ref = ref
    self.latitude = latitude
    self.longitude = longitude
    self.level = level
    self.country = country
    self.admin1 = admin1
    self.geoPrecision = geoPrecision
  }
}

/// An actor, a person or a quoted source.
public struct Actor: Sendable {
  /// English name, or the gloss of a generic noun; nil when unknown.
  public var name: String?
  /// Lexicon id, `actor:jaysh-al-islam`; nil for generic actors.
  public var ref: String?
  /// PLOVER country code: ISO 3166-1 alpha-3, or IGO, NGO …; nil when unknown.
  public var code: String?
  /// PLOVER sector: GOV, MIL, REB, CVL …; nil when unknown.
  public var sector: String?

  /// An actor of its parts.
  public init(name: String?, ref: String? = nil, code: String? = nil, sector: String? = nil) {
    self.name = name
    self.ref = ref
    self.code = code
    self.sector = sector
  }
}

/// A weapon or means.
public struct Weapon: Sendable {
  /// English name.
  public var name: String
  /// Lexicon id.
  public var ref: String?
  /// `firearm`, `artillery`, `aircraft`, `drone`, `bomb` …
  public var category: String

  /// A weapon of its parts.
  public init(name: String, ref: String?, category: String) {
    self.name = name
    self.ref = ref
    self.category = category
  }
}

/// A number and what it counts.
public struct Quantity: Sendable, Equatable {
  /// Least value, nil when open below.
  public var min: Double?
  /// Greatest value, nil when open above.
  public var max: Double?
  /// `حوالي`, `نحو`: the value is not exact.
  public var approximate: Bool
  /// What is counted, in English where the lexicon knows it: `fighters`, `km`, `USD`, `percent`.
  public var unit: String?
  /// What kind of figure it is: `dead`, `injured`, `detained`, `displaced`, `strength`, `population`, `distance`, `money`,
  /// `share`, `duration`, `ordinal`, `count`.
  public var what: String

  /// A quantity of its parts.
  public init(min: Double?, max: Double?, approximate: Bool = false, unit: String? = nil, what: String = "count") {
    self.min = min
    self.max = max
    self.approximate = approximate
    self.unit = unit
    self.what = what
  }
}

/// A run of days, with how it was found.
public struct DateRange: Sendable, Equatable {
  /// First day; nil when the expression is relative and the report has no date.
  public var from: CivilDay?
  /// Last day, inclusive.
  public var to: CivilDay?
  /// How exact it is.
  public var precision: Precision
  /// What it rests on.
  public var basis: Basis

  /// How exact a date is.
  public enum Precision: String, Sendable { case day, week, month, year, decade }
  /// What a date rests on: `text` names it in full; `published` was reckoned from the report's own date.
  public enum Basis: String, Sendable { case text, published, unresolved }

  /// A date range of its parts.
  public init(from: CivilDay?, to: CivilDay?, precision: Precision, basis: Basis) {
    self.from = from
    self.to = to
    self.precision = precision
    self.basis = basis
  }
}
