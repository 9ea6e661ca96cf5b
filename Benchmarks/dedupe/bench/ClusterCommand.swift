import Dedupe
import Foundation
import Model

/// Clusters the events of a feed anew, in the order of publication; prints one line per event: report file, trigger offset,
/// cluster id, reports.
enum ClusterCommand {
  static func run(feed: String) throws {
    let clusters = try EventClusters(directory: nil)
    guard let data = FileManager.default.contents(atPath: feed) else { return }
    func published(_ record: [String: Any]) -> String? {
      (record["report"] as? [String: Any])?["published"] as? String
    }
    let records = try data.split(separator: UInt8(ascii: "\n")).compactMap {
      try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any]
    }.enumerated().sorted {
      (published($0.element) ?? "", $0.offset) < (published($1.element) ?? "", $1.offset)
    }
    var took = Duration.zero
    var eventCount = 0
    for (at, record) in records.map(\.element).enumerated() {
      let entities = record["entities"] as? [[String: Any]] ?? []
      let events = record["events"] as? [[String: Any]] ?? []
      var numbers: [String: Int32] = [:]
      for (at, entity) in entities.enumerated() { numbers[entity["id"] as? String ?? ""] = Int32(at) }
      let extraction = Extraction(mentions: entities.map(mention), events: events.compactMap { event($0, numbers) })
      let kind = (record["relation"] as? [String: Any])?["kind"] as? String
      let id = record["id"] as? String ?? ""
      let start = ContinuousClock.now
      let decided = clusters.decide(
        extraction, digest: Digest(hex: Array((id + id).utf8)) ?? .zero,
        published: published(record).flatMap(timestamp),
        sequence: UInt64(at + 1), isCopy: kind == "exact" || kind == "duplicate")
      took += ContinuousClock.now - start
      eventCount += decided.count
      let file = ((record["source"] as? [String: Any])?["file"] as? String ?? "").split(separator: "/").last ?? ""
      for (event, cluster) in zip(extraction.events, decided) {
        var hex: [UInt8] = []
        cluster?.id.appendHex(to: &hex)
        print(
          file, event.trigger.start, hex.isEmpty ? "-" : String(decoding: hex, as: UTF8.self), cluster?.reports ?? 0)
      }
    }
    let rate = Int(Double(eventCount) / (took / .seconds(1)))
    FileHandle.standardError.write(Data("\(eventCount) events, \(rate) a second\n".utf8))
  }

  private static func mention(_ fields: [String: Any]) -> Mention {
    let name = fields["name"] as? String
    let ref = fields["ref"] as? String
    let span = (fields["span"] as? [NSNumber])?.map(\.int32Value) ?? [0, 0]
    let actor = Actor(name: name, ref: ref, code: fields["code"] as? String, sector: fields["sector"] as? String)
    let entity: Entity
    switch fields["kind"] as? String {
    case "place":
      entity = .place(
        Place(
          name: name ?? "", ref: ref, latitude: (fields["lat"] as? NSNumber)?.doubleValue,
          longitude: (fields["lon"] as? NSNumber)?.doubleValue,
          level: Place.Level(rawValue: fields["level"] as? String ?? "") ?? .region,
          country: fields["country"] as? String, admin1: fields["admin1"] as? String, geoPrecision: 1))
    case "person": entity = .person(actor)
    case "source": entity = .source(actor)
    case "weapon":
      entity = .weapon(Weapon(name: name ?? "", ref: ref, category: fields["category"] as? String ?? ""))
    case "quantity":
      entity = .quantity(
        Quantity(
          min: (fields["min"] as? NSNumber)?.doubleValue, max: (fields["max"] as? NSNumber)?.doubleValue,
          approximate: false, unit: nil, what: fields["what"] as? String ?? ""))
    case "date":
      entity = .date(DateRange(from: nil, to: nil, precision: .day, basis: .unresolved))
    default: entity = .actor(actor)
    }
    return Mention(span: ByteSpan(span[0], span[1]), tokens: 0..<0, entity: entity, rule: "feed")
  }

  private static func event(_ fields: [String: Any], _ numbers: [String: Int32]) -> Event? {
    guard let type = EventType(rawValue: fields["type"] as? String ?? ""),
      let trigger = (fields["trigger"] as? [NSNumber])?.map(\.int32Value), trigger.count == 2,
      let sentence = (fields["sentence"] as? [NSNumber])?.map(\.int32Value), sentence.count == 2
    else { return nil }
    var event = Event(
      type: type, mode: fields["mode"] as? String, trigger: ByteSpan(trigger[0], trigger[1]),
      sentence: ByteSpan(sentence[0], sentence[1]))
    func indices(_ key: String) -> [Int32] { (fields[key] as? [String] ?? []).compactMap { numbers[$0] } }
    event.actors = indices("actor")
    event.recipients = indices("recipient")
    event.places = indices("place")
    event.status = Event.Status(rawValue: fields["status"] as? String ?? "") ?? .actual
    if let date = fields["date"] as? [String: Any] {
      event.date = DateRange(
        from: (date["from"] as? String).flatMap(day), to: (date["to"] as? String).flatMap(day),
        precision: DateRange.Precision(rawValue: date["precision"] as? String ?? "") ?? .day,
        basis: DateRange.Basis(rawValue: date["basis"] as? String ?? "") ?? .unresolved)
    }
    if let dead = fields["dead"] as? [String: Any] {
      event.dead = Event.Toll(min: (dead["min"] as? NSNumber)?.intValue, max: (dead["max"] as? NSNumber)?.intValue)
    }
    return event
  }

  private static func day(_ text: String) -> CivilDay? {
    let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? CivilDay(year: parts[0], month: parts[1], day: parts[2]) : nil
  }

  private static func timestamp(_ text: String) -> Timestamp? {
    day(text).map { Timestamp(seconds: Int64($0.number) * 86_400 + 43_200) }
  }
}
