import Lexicon
import Model

/// What the rules weigh of a mention, as plain numbers.
struct MentionInfo {
  /// Its words, as bytes of the report's text.
  var span: ByteSpan
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

  init(_ mention: Mention, isCandidate: Bool, signs: Signs) {
    span = mention.span
    start = Int(mention.tokens.lowerBound)
    end = Int(mention.tokens.upperBound)
    prefix = mention.prefix
    self.isCandidate = isCandidate
    isGeneric = false
    isToll = false
    detail = signs.unknown
    switch mention.entity {
    case .place(let place):
      entity = .place
      kind = signs.place
      detail = signs.level(place.level)
    case .actor(let actor):
      entity = .actor
      kind = !isCandidate ? signs.actor : actor.code != nil ? signs.party : signs.thing
      isGeneric = actor.ref == nil
      detail = signs.sector(actor.sector)
    case .person(let actor):
      entity = .person
      kind = signs.person
      detail = signs.sector(actor.sector)
    case .source(let actor):
      entity = .source
      kind = signs.source
      detail = signs.sector(actor.sector)
    case .weapon:
      entity = .weapon
      kind = signs.weapon
    case .quantity(let quantity):
      entity = .quantity
      kind = signs.quantity
      isToll = quantity.what == "dead" || quantity.what == "injured" || quantity.what == "detained"
    case .date(let date):
      entity = .date
      kind = signs.date
      detail = signs.precision(date.precision)
    }
  }
}
