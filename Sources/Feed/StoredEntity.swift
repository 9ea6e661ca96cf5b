import Model

/// Reads one item of `entities` back.
enum StoredEntity {
  static func mention(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> Mention {
    try cursor.expect("{")
    try cursor.key("id")
    try cursor.skipString()
    try cursor.expect(",")
    try cursor.key("kind")
    let kind = try cursor.text()
    try cursor.expect(",")
    try cursor.key("span")
    let span = try span(&cursor)
    try cursor.expect(",")
    try cursor.key("text")
    try cursor.skipString()
    try cursor.expect(",")
    let entity: Entity
    switch kind {
    case "place": entity = .place(try place(&cursor))
    case "actor": entity = .actor(try actor(&cursor))
    case "person": entity = .person(try actor(&cursor))
    case "source": entity = .source(try actor(&cursor))
    case "weapon": entity = .weapon(try weapon(&cursor))
    case "quantity": entity = .quantity(try quantity(&cursor))
    case "date": entity = .date(try dateFields(&cursor))
    default: throw .init(offset: cursor.at, expected: "a kind of entity")
    }
    try cursor.expect("}")
    return Mention(span: span, tokens: 0..<0, entity: entity, rule: "feed")
  }

  /// Reads `[start,end]`, which are code points.
  static func span(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> ByteSpan {
    try cursor.expect("[")
    let start = try cursor.integer()
    try cursor.expect(",")
    let end = try cursor.integer()
    try cursor.expect("]")
    return ByteSpan(Int32(clamping: start), Int32(clamping: end))
  }

  private static func text(_ cursor: inout JSONCursor, _ key: StaticString) throws(JSONCursor.Malformed) -> String? {
    try cursor.key(key)
    return try cursor.optionalText()
  }

  private static func place(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> Place {
    let name = try text(&cursor, "name") ?? ""
    try cursor.expect(",")
    let ref = try text(&cursor, "ref")
    try cursor.expect(",")
    try cursor.key("lat")
    let latitude = try cursor.optionalNumber()
    try cursor.expect(",")
    try cursor.key("lon")
    let longitude = try cursor.optionalNumber()
    try cursor.expect(",")
    guard let level = Place.Level(rawValue: try text(&cursor, "level") ?? "") else {
      throw .init(offset: cursor.at, expected: "a level")
    }
    try cursor.expect(",")
    let country = try text(&cursor, "country")
    try cursor.expect(",")
    let admin1 = try text(&cursor, "admin1")
    try cursor.expect(",")
    try cursor.key("geo_precision")
    let precision = try cursor.integer()
    return Place(
      name: name, ref: ref, latitude: latitude, longitude: longitude, level: level, country: country, admin1: admin1,
      geoPrecision: precision)
  }

  private static func actor(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> Actor {
    let name = try text(&cursor, "name")
    try cursor.expect(",")
    let ref = try text(&cursor, "ref")
    try cursor.expect(",")
    let code = try text(&cursor, "code")
    try cursor.expect(",")
    return Actor(name: name, ref: ref, code: code, sector: try text(&cursor, "sector"))
  }

  private static func weapon(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> Weapon {
    let name = try text(&cursor, "name") ?? ""
    try cursor.expect(",")
    let ref = try text(&cursor, "ref")
    try cursor.expect(",")
    return Weapon(name: name, ref: ref, category: try text(&cursor, "category") ?? "")
  }

  private static func quantity(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> Quantity {
    try cursor.key("min")
    let min = try cursor.optionalNumber()
    try cursor.expect(",")
    try cursor.key("max")
    let max = try cursor.optionalNumber()
    try cursor.expect(",")
    try cursor.key("approximate")
    let approximate = try cursor.boolean()
    try cursor.expect(",")
    let unit = try text(&cursor, "unit")
    try cursor.expect(",")
    let what = try text(&cursor, "what") ?? ""
    return Quantity(min: min, max: max, approximate: approximate, unit: unit, what: what)
  }

  /// Reads `"from":…,"to":…,"precision":…,"basis":…`.
  static func dateFields(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> DateRange {
    try cursor.key("from")
    let from = try cursor.optionalDay()
    try cursor.expect(",")
    try cursor.key("to")
    let to = try cursor.optionalDay()
    try cursor.expect(",")
    guard let precision = DateRange.Precision(rawValue: try text(&cursor, "precision") ?? "") else {
      throw .init(offset: cursor.at, expected: "a date precision")
    }
    try cursor.expect(",")
    guard let basis = DateRange.Basis(rawValue: try text(&cursor, "basis") ?? "") else {
      throw .init(offset: cursor.at, expected: "a date basis")
    }
    return DateRange(from: from, to: to, precision: precision, basis: basis)
  }
}
