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
  var place: UInt32 = 0
  /// Hash of the province's name (a province's own), 0 when it is not known.
  var province: UInt16 = 0
  /// Hash of the country's code, 0 for seas and the like.
  var country: UInt16 = 0
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
  /// Who and what else the sentence names.
  var context = EventContext()
  /// Reports that have told it.
  var reports: UInt32 = 0
  /// Ordinal of the type.
  var type: UInt8 = 0
  /// Index into the type's modes plus one; 0 for none.
  var mode: UInt8 = 0
  /// Status, extent and kind of date, two bits each.
  private var flags: UInt8 = 0
  private var unused: UInt8 = 0
  /// The cluster before in the same chain, plus one.
  var next: UInt32 = 0
  /// Number of the cluster; as stored.
  var number: UInt32 = 0

  /// How large a place is.
  enum Extent: UInt8 {
    /// A town, a quarter, a base: a point on the map of a country.
    case point
    /// A province, a region, a sea.
    case area
    case country
  }

  /// What is known of the time.
  enum DateKind: UInt8 {
    /// A day that the text gives.
    case day
    /// A longer time that the text gives.
    case span
    /// The text gives none: news of the day of publication or the one before.
    case news
  }

  var status: UInt8 {
    get { flags & 3 }
    set { flags = flags & ~3 | newValue & 3 }
  }

  var extent: Extent {
    get { Extent(rawValue: flags >> 2 & 3) ?? .country }
    set { flags = flags & ~12 | newValue.rawValue << 2 }
  }

  var dateKind: DateKind {
    get { DateKind(rawValue: flags >> 4 & 3) ?? .news }
    set { flags = flags & ~48 | newValue.rawValue << 4 }
  }

  /// Those who did it, or to whom it was done.
  struct Party: Equatable {
    var refs: (UInt32, UInt32, UInt32) = (0, 0, 0)
    var kinds: (UInt16, UInt16) = (0, 0)

    static func == (a: Party, b: Party) -> Bool { a.refs == b.refs && a.kinds == b.kinds }

    init() {}

    /// The named and the nameable among `mentions[indices]`.
    init(_ indices: [Int32], _ mentions: [Mention]) {
      for index in indices where mentions.indices.contains(Int(index)) {
        guard let actor = mentions[Int(index)].entity.actor else { continue }
        if let ref = actor.ref { add(ref: EventFacts.hash(ref)) }
        // Civilians are on every side.
        if let code = actor.code, actor.sector != "CVL" {
          add(kind: EventFacts.hash16(code + Party.side(actor.sector)))
        }
      }
    }

    private mutating func add(ref: UInt32) {
      guard ref != 0, ref != refs.0, ref != refs.1 else { return }
      if refs.0 == 0 { refs.0 = ref } else if refs.1 == 0 { refs.1 = ref } else if refs.2 == 0 { refs.2 = ref }
    }

    private mutating func add(kind: UInt16) {
      guard kind != 0, kind != kinds.0 else { return }
      if kinds.0 == 0 { kinds.0 = kind } else if kinds.1 == 0 { kinds.1 = kind }
    }

    /// Takes up those of `other` where there is room.
    mutating func complete(_ other: Party) {
      for ref in [other.refs.0, other.refs.1, other.refs.2] { add(ref: ref) }
      for kind in [other.kinds.0, other.kinds.1] { add(kind: kind) }
    }

    /// What one report calls the army, another calls the government.
    private static func side(_ sector: String?) -> String {
      switch sector {
      case "GOV", "MIL", "COP", "SPY", "JUD", "LEG": "state"
      case "REB", "OPP", "UAF", "PTY", "PRM", "INS": "opposed"
      default: sector ?? ""
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
  /// Changes with the meaning of any byte of it: logs of another version are begun anew.
  static let version: UInt32 = 2

  static func hash(_ string: String) -> UInt32 {
    let hash = UInt32(truncatingIfNeeded: StableHash.hash(Array(string.utf8)))
    return hash == 0 ? 1 : hash
  }

  static func hash16(_ string: String) -> UInt16 {
    let hash = UInt16(truncatingIfNeeded: hash(string) >> 8)
    return hash == 0 ? 1 : hash
  }

  init() {}

  /// The facts of an event, one for each of its places; none when it lacks a resolved place, or a date where the report
  /// has none either: such events are told too often to be told apart.
  static func facts(of event: Event, _ mentions: [Mention], published: Timestamp?, sequence: UInt64) -> [EventFacts] {
    var facts = EventFacts()
    facts.type = UInt8(event.type.ordinal)
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
    var smallest = Extent.country
    for index in event.places.prefix(4) where mentions.indices.contains(Int(index)) {
      guard case .place(let place) = mentions[Int(index)].entity, let latitude = place.latitude,
        let longitude = place.longitude
      else { continue }
      var placed = facts
      placed.latitude = Float(latitude)
      placed.longitude = Float(longitude)
      placed.place = place.ref.map(EventFacts.hash) ?? 0
      placed.country = place.country.map(EventFacts.hash16) ?? 0
      switch place.level {
      case .country: placed.extent = .country
      case .admin1, .region, .water: placed.extent = .area
      case .city, .town, .quarter, .site: placed.extent = .point
      }
      placed.province = (place.level == .admin1 ? place.name : place.admin1).map(EventFacts.hash16) ?? 0
      placed.context = EventContext(event, mentions, at: place)
      found.append(placed)
      if placed.extent.rawValue < smallest.rawValue { smallest = placed.extent }
    }
    // The smallest places say where; the larger ones hold them, or are somebody's.
    found.removeAll { $0.extent != smallest }
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
      // The day of the report is often when a rare attack was spoken of.
      let isSpeech = isRare && date.basis == .published && published.map { to.number >= $0.day.number - 1 } ?? false
      switch date.precision {
      case .day where isSpeech: break
      case .day, .week, .month:
        self.from = Int32(clamping: from.number)
        self.to = Int32(clamping: max(from, to).number)
        dateKind = date.precision == .day && from == to ? .day : .span
        return true
      case .year, .decade:
        // A year is no date to tell events apart by; years up to this day say how long, not when.
        guard let published, to >= published.day else { return false }
      }
    } else if date != nil {
      return false
    }
    guard let day = published?.day.number else { return false }
    // What is reported without a date is news: of that day or the one before; what is rare is news for longer.
    from = Int32(clamping: day - (isRare ? Int(EventFacts.rareDays) : 1))
    to = Int32(clamping: day)
    dateKind = .news
    return true
  }
}
