import Lexicon
import Model

/// What the rules weigh of a mention, as plain numbers.
struct MentionInfo {
  /// First token.
  var start: Int
  /// Token after the last.
  var end: Int
  /// Particles attached before the first word.
  var prefix: Clitics
  /// Its kind by name: `actor`, `place`, `thing` …
  var kind: Symbol
  /// Sector of an actor, level of a place.
  var detail: Symbol
  /// The kind of its entity.
  var entity: Kind
  /// A common noun for people, no organisation: an actor without a lexicon id.
  var isGeneric: Bool
  /// A candidate of the entity stage, not on the feed unless an event takes it.
  var isCandidate: Bool
  /// A number of dead, injured or detained.
  var isToll: Bool

  /// The kinds of entities.
  enum Kind: UInt8 { case place, actor, person, weapon, quantity, date, source }

  /// Whether it names somebody: an actor or a person.
  var isParty: Bool { entity == .actor || entity == .person }

  /// Whether it can be anything to an event.
  var canTakePart: Bool { entity != .quantity && entity != .date }

  private static let unknown = Symbol("?")
  private static let sectors: [String: Symbol] = Dictionary(
    uniqueKeysWithValues: [
      "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CVL", "CRM", "LAB", "REL", "HLH",
      "UAF", "IGO", "NGO", "MNC", "SET", "AGR",
    ].map { ($0, Symbol($0)) })
  private static let levels: [Place.Level: Symbol] = Dictionary(
    uniqueKeysWithValues: Place.Level.allCases.map { ($0, Symbol($0.rawValue)) })

  init(_ mention: Mention, isCandidate: Bool) {
    start = Int(mention.tokens.lowerBound)
    end = Int(mention.tokens.upperBound)
    prefix = mention.prefix
    self.isCandidate = isCandidate
    isGeneric = false
    isToll = false
    detail = MentionInfo.unknown
    switch mention.entity {
    case .place(let place):
      entity = .place
      kind = Signs.place
      detail = MentionInfo.levels[place.level]!
    case .actor(let actor):
      entity = .actor
      kind = !isCandidate ? Signs.actor : actor.code != nil ? Signs.party : Signs.thing
      isGeneric = actor.ref == nil
      detail = actor.sector.flatMap { MentionInfo.sectors[$0] } ?? MentionInfo.unknown
    case .person(let actor):
      entity = .person
      kind = Signs.person
      detail = actor.sector.flatMap { MentionInfo.sectors[$0] } ?? MentionInfo.unknown
    case .source(let actor):
      entity = .source
      kind = Signs.source
      detail = actor.sector.flatMap { MentionInfo.sectors[$0] } ?? MentionInfo.unknown
    case .weapon:
      entity = .weapon
      kind = Signs.weapon
    case .quantity(let quantity):
      entity = .quantity
      kind = Signs.quantity
      isToll = quantity.what == "dead" || quantity.what == "injured" || quantity.what == "detained"
    case .date:
      entity = .date
      kind = Signs.date
    }
  }
}
