import Glibc
import Model

/// What two events are compared by: 128 bytes, the same in memory and on disk (little-endian). As kept for a cluster, it
/// is the event that opened it, completed by what later ones knew better.
struct EventFacts {
  /// The cluster's id.
  var idHigh: UInt64 = 0
  var idLow: UInt64 = 0
  /// Feed sequence number of the report that opened the cluster.
  var first: UInt64 = 0
  /// … and of the last one that was counted.
  var last: UInt64 = 0
  /// Hash of the gazetteer's id of the place, 0 when it has none.
  var place: UInt64 = 0
  /// Degrees.
  var latitude: Float = 0
  var longitude: Float = 0
  /// Days since 1970, inclusive.
  var from: Int32 = 0
  var to: Int32 = 0
  /// Killed, -1 when not told; the greatest number is open at `Int32.max`.
  var deadMin: Int32 = -1
  var deadMax: Int32 = -1
  /// Hashes of lexicon ids, and of country with sector; 0 for none.
  var actors = Party()
  var recipients = Party()
  /// Reports that have told it.
  var reports: UInt32 = 0
  var type: UInt8 = 0
  /// Index into the type's modes plus one; 0 for none.
  var mode: UInt8 = 0
  var status: UInt8 = 0
  /// 0 for places that are points on the map of a country, 1 for areas.
  var isArea: UInt8 = 0
  /// 0 for a day that the text gives, 1 for a longer time, 2 for the day of publication.
  var dateKind: UInt8 = 0
  var unused: UInt8 = 0
  var unused2: UInt16 = 0
  /// The cluster before in the same chain, plus one.
  var next: UInt32 = 0
  /// Number of the cluster; as stored.
  var number: UInt32 = 0
  /// Over the bytes before.
  var checksum: UInt32 = 0

  /// Those who did it, or to whom it was done.
  struct Party: Equatable {
    var refs: (UInt32, UInt32, UInt32) = (0, 0, 0)
    var kinds: (UInt32, UInt32) = (0, 0)

    static func == (a: Party, b: Party) -> Bool { a.refs == b.refs && a.kinds == b.kinds }

    init() {}

    /// The named and the nameable among `mentions[indices]`.
    init(_ indices: [Int32], _ mentions: [Mention]) {
      for index in indices where mentions.indices.contains(Int(index)) {
        let actor: Actor
        switch mentions[Int(index)].entity {
        case .actor(let found), .person(let found), .source(let found): actor = found
        case .place, .weapon, .quantity, .date: continue
        }
        if let ref = actor.ref {
          let hash = EventFacts.hash(ref)
          if refs.0 == 0 { refs.0 = hash } else if refs.1 == 0 { refs.1 = hash } else if refs.2 == 0 { refs.2 = hash }
        }
        // Civilians are on every side.
        if let code = actor.code, actor.sector != "CVL" {
          let hash = EventFacts.hash(code + (actor.sector ?? ""))
          if kinds.0 == 0 { kinds.0 = hash } else if kinds.1 == 0 { kinds.1 = hash }
        }
      }
    }

    var isNamed: Bool { refs.0 != 0 }

    /// Whether one and the same is named in both.
    func sharesName(_ other: Party) -> Bool {
      [refs.0, refs.1, refs.2].contains { $0 != 0 && ($0 == other.refs.0 || $0 == other.refs.1 || $0 == other.refs.2) }
    }

    /// Whether both are known and have nothing in common.
    func contradicts(_ other: Party) -> Bool {
      if isNamed && other.isNamed { return !sharesName(other) }
      guard kinds.0 != 0, other.kinds.0 != 0 else { return false }
      return ![kinds.0, kinds.1].contains { $0 != 0 && ($0 == other.kinds.0 || $0 == other.kinds.1) }
    }
  }

  static let byteCount = 128

  static func hash(_ string: String) -> UInt32 {
    let hash = UInt32(truncatingIfNeeded: StableHash.hash(Array(string.utf8)))
    return hash == 0 ? 1 : hash
  }

  init() {}

  /// The facts of an event, one for each of its places; none when it lacks a resolved place, or a date where the report
  /// has none either: such events are told too often to be told apart.
  static func facts(of event: Event, _ mentions: [Mention], published: Timestamp?, sequence: UInt64) -> [EventFacts] {
    var facts = EventFacts()
    guard let type = EventType.allCases.firstIndex(of: event.type) else { return [] }
    facts.type = UInt8(type)
    if let mode = event.mode, let index = event.type.modes.firstIndex(of: mode) { facts.mode = UInt8(index + 1) }
    guard facts.setDate(event.date, published) else { return [] }
    switch event.status {
    case .actual: facts.status = 0
    case .negated: facts.status = 1
    case .planned: facts.status = 2
    case .hypothetical: facts.status = 3
    }
    if let dead = event.dead {
      facts.deadMin = Int32(clamping: dead.min ?? 0)
      facts.deadMax = dead.max.map { Int32(clamping: $0) } ?? .max
    }
    facts.actors = Party(event.actors, mentions)
    facts.recipients = Party(event.recipients, mentions)
    facts.first = sequence
    facts.last = sequence
    var found: [EventFacts] = []
    for index in event.places.prefix(4) where mentions.indices.contains(Int(index)) {
      guard case .place(let place) = mentions[Int(index)].entity, let latitude = place.latitude,
        let longitude = place.longitude
      else { continue }
      var placed = facts
      placed.latitude = Float(latitude)
      placed.longitude = Float(longitude)
      placed.place = place.ref.map { StableHash.hash(Array($0.utf8)) } ?? 0
      switch place.level {
      case .country, .admin1, .region, .water: placed.isArea = 1
      case .city, .town, .quarter, .site: placed.isArea = 0
      }
      found.append(placed)
    }
    return found
  }

  /// Days for which an attack of a rare kind is spoken of without its date.
  static let rareDays: Int32 = 7

  /// Whether it is of a kind that one place does not see twice in a week.
  var isRare: Bool {
    guard mode > 0, EventType.allCases[Int(type)] == .assault else { return false }
    let mode = EventType.assault.modes[Int(mode) - 1]
    return mode == "unconventional" || mode == "suicide-attack"
  }

  private mutating func setDate(_ date: DateRange?, _ published: Timestamp?) -> Bool {
    if let date, let from = date.from, let to = date.to {
      switch date.precision {
      case .day, .week, .month: break
      // A year is no date to tell events apart by.
      case .year, .decade: return false
      }
      self.from = Int32(clamping: from.number)
      self.to = Int32(clamping: max(from, to).number)
      dateKind = date.precision == .day && from == to ? 0 : 1
      return true
    }
    guard date == nil, let day = published?.day.number else { return false }
    // What is reported without a date is news: of that day or the one before; what is rare is news for longer.
    from = Int32(clamping: day - (isRare ? Int(EventFacts.rareDays) : 1))
    to = Int32(clamping: day)
    dateKind = 2
    return true
  }
}
