import Model

/// A feed line read back: what recovery, replay, `verify` and `similar` need of it.
///
/// Reading is strict: every key, in its order, with its type (`docs/feed.schema.json`).
public struct StoredRecord: Sendable {
  /// Sequence number.
  public var sequence: UInt64
  /// First 32 hex digits of the SHA-256 of the report's original bytes.
  public var id: String
  /// When the file was admitted.
  public var received: String
  /// The dropped file, relative to the inbox, as `PathBytes.display` writes it.
  public var file: String
  /// The item inside a container.
  public var member: String?
  /// SHA-256 of the file.
  public var digest: Digest
  /// When the report says it was published.
  public var published: String?
  /// The report's text; nil for an exact copy.
  public var text: [UInt8]?
  /// What it is to an earlier report.
  public var relation: Relation?
  /// The entities; their spans are as on the feed, in code points.
  public var mentions: [Mention]
  /// The events; their spans are as on the feed, in code points.
  public var events: [Event]
  /// The ids of the events.
  public var eventIDs: [EventID]
  /// The cluster of each event.
  public var clusters: [EventCluster?]
}

extension StoredRecord {
  /// `published` as a moment; nil when there is none.
  public var publishedMoment: Timestamp? {
    guard let published, let day = CivilDay(published) else { return nil }
    let clock = published.dropFirst(11).dropLast().split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3 else { return nil }
    return Timestamp(seconds: Int64(day.number * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]))
  }

  /// Reads a line up to its `prev` key.
  init(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) {
    sequence = try cursor.leadingSequence()
    try cursor.expect(",")
    try cursor.key("id")
    id = try cursor.text()
    try cursor.expect(",")
    try cursor.key("received")
    received = try cursor.text()
    try cursor.expect(",")
    try cursor.key("source")
    (file, member, digest) = try StoredRecord.source(&cursor)
    try cursor.expect(",")
    try cursor.key("report")
    (published, text) = try StoredRecord.report(&cursor)
    try cursor.expect(",")
    try cursor.key("relation")
    relation = try StoredRecord.relation(&cursor)
    try cursor.expect(",")
    try cursor.key("entities")
    var mentions: [Mention] = []
    try cursor.array { (cursor) throws(JSONCursor.Malformed) in mentions.append(try StoredEntity.mention(&cursor)) }
    self.mentions = mentions
    try cursor.expect(",")
    try cursor.key("events")
    var stored: [StoredEvent] = []
    try cursor.array { (cursor) throws(JSONCursor.Malformed) in stored.append(try StoredEvent(&cursor)) }
    events = stored.map(\.event)
    eventIDs = stored.map(\.id)
    clusters = stored.map(\.cluster)
    try cursor.expect(",")
    try cursor.key("coder")
    try cursor.expect("{")
    try cursor.key("rasid")
    try cursor.skipString()
    try cursor.expect(",")
    try cursor.key("lexicon")
    try cursor.skipString()
    try cursor.expect("}")
    try cursor.expect(",")
  }

  private static func source(
    _ cursor: inout JSONCursor
  ) throws(JSONCursor.Malformed) -> (String, String?, Digest) {
    try cursor.expect("{")
    try cursor.key("file")
    let file = try cursor.text()
    try cursor.expect(",")
    try cursor.key("member")
    let member = try cursor.optionalText()
    try cursor.expect(",")
    try cursor.key("sha256")
    var digest = Digest.zero
    digest.words = try cursor.hexWords(4)
    try cursor.expect(",")
    try cursor.key("bytes")
    _ = try cursor.integer()
    try cursor.expect(",")
    try cursor.key("media")
    try cursor.skipString()
    try cursor.expect(",")
    try cursor.key("charset")
    try cursor.skipString()
    try cursor.expect(",")
    try cursor.key("repairs")
    try cursor.array { (cursor) throws(JSONCursor.Malformed) in try cursor.skipValue() }
    try cursor.expect("}")
    return (file, member, digest)
  }

  private static func report(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> (String?, [UInt8]?) {
    try cursor.expect("{")
    try cursor.key("title")
    try cursor.skipOptionalString()
    try cursor.expect(",")
    try cursor.key("published")
    let published = try cursor.optionalText()
    for key: StaticString in ["outlet", "author", "url", "lang"] {
      try cursor.expect(",")
      try cursor.key(key)
      try cursor.skipOptionalString()
    }
    try cursor.expect(",")
    try cursor.key("text")
    let text = try cursor.optionalString()
    try cursor.expect("}")
    return (published, text)
  }

  private static func relation(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> Relation? {
    if cursor.null() { return nil }
    try cursor.expect("{")
    try cursor.key("kind")
    guard let kind = Relation.Kind(rawValue: try cursor.text()) else {
      throw .init(offset: cursor.at, expected: "a kind of relation")
    }
    try cursor.expect(",")
    try cursor.key("of")
    let of = try cursor.integer()
    try cursor.expect(",")
    try cursor.key("containment")
    let containment = try cursor.number()
    try cursor.expect(",")
    try cursor.key("resemblance")
    let resemblance = try cursor.number()
    try cursor.expect("}")
    return Relation(kind: kind, of: UInt64(clamping: of), containment: containment, resemblance: resemblance)
  }
}

extension JSONCursor {
  /// Reads `{"v":1,"seq":N`.
  mutating func leadingSequence() throws(Malformed) -> UInt64 {
    try expect("{")
    try key("v")
    guard try integer() == 1 else { throw Malformed(offset: at, expected: "version 1") }
    try expect(",")
    try key("seq")
    return UInt64(clamping: try integer())
  }
}
