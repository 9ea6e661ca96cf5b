import Model

/// What the rules need to know of one place of the gazetteer. Plain bytes: it is copied for every candidate.
public struct PlaceEntry: Sendable {
  /// How large it is.
  public var level: Place.Level
  /// Kind of place (`governorate`, `quarter`, `airbase`), free words of the files.
  public var kind: Kind
  /// Index of the country in `Lexicon.countries`, -1 for seas and the like.
  public var country: Int16
  /// Number of the province within the gazetteer, unique over all countries; -1 when unknown.
  public var admin1: Int16
  /// 0...255: log2 of the population times ten, a rank between namesakes; 0 when unknown.
  public var prominence: UInt8
  /// Needs a class noun, a container or a near place to match.
  public var isWeak: Bool

  /// The kinds that rules tell apart.
  public enum Kind: UInt8, Sendable {
    case other, country, capital, district, camp, front
  }

  /// The levels as bits, `Place.Level.allCases` in order: for class nouns, which select several.
  public var levelBit: UInt8 { PlaceEntry.bit(level) }

  /// The bit of one level.
  public static func bit(_ level: Place.Level) -> UInt8 {
    switch level {
    case .country: 1
    case .admin1: 2
    case .region: 4
    case .city: 8
    case .town: 16
    case .quarter: 32
    case .site: 64
    case .water: 128
    }
  }
}

/// A class noun: `مدينة`, `محافظة`, `حي`.
public struct ClassNoun: Sendable {
  /// The levels that it selects (`PlaceEntry.bit`).
  public var levels: UInt8
  /// The level that it names first.
  public var firstLevel: UInt8
  /// It is often part of the official name.
  public var isOfficial: Bool
}

/// A state, for evidence and for actors.
public struct Country: Sendable {
  /// ISO 3166-1 alpha-2.
  public var alpha2: String
  /// PLOVER code, ISO 3166-1 alpha-3; empty when no demonym of the lexicon gives it.
  public var code: String
  /// English name.
  public var name: String
}
