import Model

/// Encodes one item of `entities`.
enum MentionEncoder {
  static func append(
    _ mention: Mention, index: Int, text: [UInt8], offsets: CodePointOffsets, to out: inout [UInt8]
  ) {
    out.json(#"{"id":"n"#)
    out.json(index + 1)
    out.json(#"","kind":"#)
    switch mention.entity {
    case .place: out.json(#""place""#)
    case .actor: out.json(#""actor""#)
    case .person: out.json(#""person""#)
    case .weapon: out.json(#""weapon""#)
    case .quantity: out.json(#""quantity""#)
    case .date: out.json(#""date""#)
    case .source: out.json(#""source""#)
    }
    out.json(#","span":["#)
    out.json(offsets.codePoint(mention.span.start))
    out.json(",")
    out.json(offsets.codePoint(mention.span.end))
    out.json(#"],"text":"#)
    out.json(string: text[Int(mention.span.start)..<Int(mention.span.end)])
    switch mention.entity {
    case .place(let place): append(place, to: &out)
    case .actor(let actor), .person(let actor), .source(let actor): append(actor, to: &out)
    case .weapon(let weapon): append(weapon, to: &out)
    case .quantity(let quantity): append(quantity, to: &out)
    case .date(let date): append(date, to: &out)
    }
    out.json("}")
  }

  private static func append(_ place: Place, to out: inout [UInt8]) {
    out.json(#","name":"#)
    out.json(string: place.name)
    out.json(#","ref":"#)
    out.json(string: place.ref)
    out.json(#","lat":"#)
    out.json(place.latitude, decimals: 4)
    out.json(#","lon":"#)
    out.json(place.longitude, decimals: 4)
    out.json(#","level":"#)
    out.json(string: place.level.rawValue)
    out.json(#","country":"#)
    out.json(string: place.country)
    out.json(#","admin1":"#)
    out.json(string: place.admin1)
    out.json(#","geo_precision":"#)
    out.json(place.geoPrecision)
  }

  private static func append(_ actor: Actor, to out: inout [UInt8]) {
    out.json(#","name":"#)
    out.json(string: actor.name)
    out.json(#","ref":"#)
    out.json(string: actor.ref)
    out.json(#","code":"#)
    out.json(string: actor.code)
    out.json(#","sector":"#)
    out.json(string: actor.sector)
  }

  private static func append(_ weapon: Weapon, to out: inout [UInt8]) {
    out.json(#","name":"#)
    out.json(string: weapon.name)
    out.json(#","ref":"#)
    out.json(string: weapon.ref)
    out.json(#","category":"#)
    out.json(string: weapon.category)
  }

  private static func append(_ quantity: Quantity, to out: inout [UInt8]) {
    out.json(#","min":"#)
    out.json(quantity.min, decimals: 6)
    out.json(#","max":"#)
    out.json(quantity.max, decimals: 6)
    out.json(#","approximate":"#)
    out.json(quantity.approximate ? "true" : "false")
    out.json(#","unit":"#)
    out.json(string: quantity.unit)
    out.json(#","what":"#)
    out.json(string: quantity.what)
  }

  private static func append(_ date: DateRange, to out: inout [UInt8]) {
    out.append(UInt8(ascii: ","))
    appendFields(of: date, to: &out)
  }

  /// Appends `"from":…,"to":…,"precision":…,"basis":…`.
  static func appendFields(of date: DateRange, to out: inout [UInt8]) {
    out.json(#""from":"#)
    append(day: date.from, to: &out)
    out.json(#","to":"#)
    append(day: date.to, to: &out)
    out.json(#","precision":"#)
    out.json(string: date.precision.rawValue)
    out.json(#","basis":"#)
    out.json(string: date.basis.rawValue)
  }

  private static func append(day: CivilDay?, to out: inout [UInt8]) {
    guard let day else { return out.json("null") }
    out.append(UInt8(ascii: "\""))
    day.append(to: &out)
    out.append(UInt8(ascii: "\""))
  }
}
