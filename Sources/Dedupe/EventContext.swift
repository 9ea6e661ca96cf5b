import Model

/// Who and what is named where an event is told: up to eight names, each with a weight from 1 to 3 of what it says when
/// another report names it too.
///
/// A name is two bits of weight and 14 of a hash; two that differ meet once in 16,000 times, and one alone decides little.
struct EventContext {
  /// The heaviest first, 0 for none.
  private var names = SIMD8<UInt16>()

  init() {}

  /// What the sentence of `event` and its parties name, but for the place that it is compared at.
  init(_ event: Event, _ mentions: [Mention], at place: Place) {
    var found: [UInt16] = []
    func add(_ entity: Entity) {
      guard let name = EventContext.name(entity, at: place), !found.contains(name) else { return }
      found.append(name)
    }
    for index in event.actors + event.recipients where mentions.indices.contains(Int(index)) {
      add(mentions[Int(index)].entity)
    }
    for mention in mentions[EventContext.mentions(in: event.sentence, mentions)] {
      // Who is quoted is quoted on everything.
      if case .source = mention.entity { continue }
      add(mention.entity)
    }
    found.sort(by: >)
    for (at, name) in found.prefix(names.scalarCount).enumerated() { names[at] = name }
  }

  /// The mentions, which are in the order of the text, that begin within `sentence`.
  private static func mentions(in sentence: ByteSpan, _ mentions: [Mention]) -> Range<Int> {
    func first(from start: Int32) -> Int {
      var low = 0
      var high = mentions.count
      while low < high {
        let middle = (low + high) / 2
        if mentions[middle].span.start < start { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let start = first(from: sentence.start)
    return start..<max(start, first(from: sentence.end))
  }

  private static func name(_ entity: Entity, at place: Place) -> UInt16? {
    switch entity {
    case .person(let person): person.ref.map { name($0, weight: 3) } ?? person.name.map { name($0, weight: 2) }
    case .actor(let actor), .source(let actor): name(of: actor)
    case .place(let other):
      other.ref == place.ref || other.level == .country && other.country == place.country
        ? nil : other.ref.map { name($0, weight: other.level == .country ? 1 : 2) }
    case .weapon(let weapon): name(weapon.ref ?? weapon.name, weight: 1)
    case .quantity(let quantity): name(of: quantity)
    case .date: nil
    }
  }

  private static func name(of actor: Actor) -> UInt16? {
    if let ref = actor.ref { return name(ref, weight: 2) }
    guard let sector = actor.sector, sector != "CVL" else { return nil }
    return (actor.code.map { $0 + sector } ?? actor.name).map { name($0, weight: 1) }
  }

  /// Numbers from here on are not met by chance.
  private static let numberMin = 10.0

  /// A number is as good as a name, but for the dead, who are compared as such.
  private static func name(of quantity: Quantity) -> UInt16? {
    guard let number = quantity.min, number == quantity.max, number >= numberMin, quantity.what != "dead" else {
      return nil
    }
    return name("\(number) \(quantity.what)", weight: 2)
  }

  private static func name(_ name: String, weight: UInt16) -> UInt16 {
    weight << 14 | EventFacts.hash16(name) & 0x3fff
  }

  /// The weights of the names that both have, added up.
  func sharedWeight(_ other: EventContext) -> Int {
    var weight = 0
    for at in names.indices where names[at] != 0 && any(other.names .== names[at]) { weight += Int(names[at] >> 14) }
    return weight
  }

  /// Takes up names of `other` where there is room.
  mutating func complete(_ other: EventContext) {
    for at in other.names.indices where other.names[at] != 0 && !any(names .== other.names[at]) {
      guard let free = names.indices.first(where: { names[$0] == 0 }) else { return }
      names[free] = other.names[at]
    }
  }
}

extension Entity {
  /// The actor, person or source that it is.
  var actor: Actor? {
    switch self {
    case .actor(let actor), .person(let actor), .source(let actor): actor
    case .place, .weapon, .quantity, .date: nil
    }
  }
}
