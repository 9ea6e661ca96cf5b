import Model

/// Reads one item of `events` back.
struct StoredEvent {
  var event: Event
  var id: EventID
  var cluster: EventCluster?

  init(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) {
    try cursor.expect("{")
    id = try StoredEvent.eventID(&cursor)
    try cursor.expect(",")
    try cursor.key("type")
    guard let type = EventType(rawValue: try cursor.text()) else {
      throw .init(offset: cursor.at, expected: "an event type")
    }
    try cursor.expect(",")
    try cursor.key("mode")
    let mode = try cursor.optionalText()
    try cursor.expect(",")
    try cursor.key("trigger")
    let trigger = try StoredEntity.span(&cursor)
    try cursor.expect(",")
    try cursor.key("sentence")
    event = Event(type: type, mode: mode, trigger: trigger, sentence: try StoredEntity.span(&cursor))
    event.actors = try StoredEvent.references(&cursor, "actor")
    event.recipients = try StoredEvent.references(&cursor, "recipient")
    event.places = try StoredEvent.references(&cursor, "place")
    event.instruments = try StoredEvent.references(&cursor, "instrument")
    try cursor.expect(",")
    try cursor.key("date")
    if !cursor.null() {
      try cursor.expect("{")
      event.date = try StoredEntity.dateFields(&cursor)
      try cursor.expect("}")
    }
    event.dead = try StoredEvent.toll(&cursor, "dead")
    event.injured = try StoredEvent.toll(&cursor, "injured")
    event.detained = try StoredEvent.toll(&cursor, "detained")
    event.displaced = try StoredEvent.toll(&cursor, "displaced")
    try cursor.expect(",")
    try cursor.key("status")
    guard let status = Event.Status(rawValue: try cursor.text()) else {
      throw .init(offset: cursor.at, expected: "a status")
    }
    event.status = status
    try cursor.expect(",")
    try cursor.key("certainty")
    guard let certainty = Event.Certainty(rawValue: try cursor.text()) else {
      throw .init(offset: cursor.at, expected: "a certainty")
    }
    event.certainty = certainty
    try cursor.expect(",")
    try cursor.key("source")
    event.source = cursor.null() ? nil : try StoredEvent.reference(&cursor)
    try cursor.expect(",")
    try cursor.key("acled")
    try cursor.skipValue()
    try cursor.expect(",")
    try cursor.key("cluster")
    cluster = try StoredEvent.cluster(&cursor)
    try cursor.expect("}")
  }

  private static func eventID(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> EventID {
    try cursor.key("id")
    let words = try cursor.hexWords(2)
    return EventID(high: words.0, low: words.1)
  }

  private static func reference(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> Int32 {
    let text = try cursor.text()
    guard text.hasPrefix("n"), let number = Int32(text.dropFirst()), number > 0 else {
      throw .init(offset: cursor.at, expected: "an entity id")
    }
    return number - 1
  }

  private static func references(
    _ cursor: inout JSONCursor, _ key: StaticString
  ) throws(JSONCursor.Malformed) -> [Int32] {
    try cursor.expect(",")
    try cursor.key(key)
    var references: [Int32] = []
    try cursor.array { (cursor) throws(JSONCursor.Malformed) in references.append(try reference(&cursor)) }
    return references
  }

  private static func toll(_ cursor: inout JSONCursor, _ key: StaticString) throws(JSONCursor.Malformed) -> Event.Toll?
  {
    try cursor.expect(",")
    try cursor.key(key)
    if cursor.null() { return nil }
    try cursor.expect("{")
    try cursor.key("min")
    let min = try cursor.optionalNumber().map { Int($0) }
    try cursor.expect(",")
    try cursor.key("max")
    let max = try cursor.optionalNumber().map { Int($0) }
    try cursor.expect(",")
    try cursor.key("who")
    let who = cursor.null() ? nil : try reference(&cursor)
    try cursor.expect("}")
    return Event.Toll(min: min, max: max, who: who)
  }

  private static func cluster(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> EventCluster? {
    if cursor.null() { return nil }
    try cursor.expect("{")
    let id = try eventID(&cursor)
    try cursor.expect(",")
    try cursor.key("first")
    let first = try cursor.integer()
    try cursor.expect(",")
    try cursor.key("reports")
    let reports = try cursor.integer()
    try cursor.expect("}")
    return EventCluster(id: id, first: UInt64(clamping: first), reports: reports)
  }
}
