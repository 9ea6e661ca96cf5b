import Dedupe
import Foundation
import Model

/// Clusters the events of a feed anew; prints one line per event: report file, trigger offset, cluster id.
enum ClusterCommand {
  static func run(feed: String) throws {
    let clusters = try EventClusters(directory: nil)
    guard let data = FileManager.default.contents(atPath: feed) else { return }
    for line in data.split(separator: UInt8(ascii: "\n")) {
      guard let record = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else { continue }
      let entities = record["entities"] as? [[String: Any]] ?? []
      let events = record["events"] as? [[String: Any]] ?? []
      var numbers: [String: Int32] = [:]
      for (at, entity) in entities.enumerated() { numbers[entity["id"] as? String ?? ""] = Int32(at) }
      let extraction = Extraction(mentions: entities.map(mention), events: events.compactMap { event($0, numbers) })
      let kind = (record["relation"] as? [String: Any])?["kind"] as? String
      let published = (record["report"] as? [String: Any])?["published"] as? String
      let sequence = (record["seq"] as? NSNumber)?.uint64Value ?? 0
      let id = record["id"] as? String ?? ""
      let decided = clusters.decide(
        extraction, digest: Digest(hex: Array((id + id).utf8)) ?? .zero, published: published.flatMap(timestamp),
        sequence: sequence, isCopy: kind == "exact" || kind == "duplicate")
      let file = ((record["source"] as? [String: Any])?["file"] as? String ?? "").split(separator: "/").last ?? ""
      for (event, cluster) in zip(extraction.events, decided) {
        var hex: [UInt8] = []
        cluster?.id.appendHex(to: &hex)
        print(
          file, event.trigger.start, hex.isEmpty ? "-" : String(decoding: hex, as: UTF8.self), cluster?.reports ?? 0)
      }
    }
  }

  private static func mention(_ fields: [String: Any]) -> Mention {
    let name = fields["name"] as? String
    let ref = fields["ref"] as? String
    let entity: Entity
    if fields["kind"] as? String == "place" {
      entity = .place(
        Place(
          name: name ?? "", ref: ref, latitude: (fields["lat"] as? NSNumber)?.doubleValue,
          longitude: (fields["lon"] as? NSNumber)?.doubleValue,
          level: Place.Level(rawValue: fields["level"] as? String ?? "") ?? .region, country: nil, admin1: nil,
          geoPrecision: 1))
    } else {
      entity = .actor(
        Actor(name: name, ref: ref, code: fields["code"] as? String, sector: fields["sector"] as? String))
    }
    return Mention(span: ByteSpan(0, 0), tokens: 0..<0, entity: entity, rule: "feed")
  }

  private static func event(_ fields: [String: Any], _ numbers: [String: Int32]) -> Event? {
    guard let type = EventType(rawValue: fields["type"] as? String ?? ""),
      let trigger = (fields["trigger"] as? [NSNumber])?.map(\.int32Value), trigger.count == 2
    else { return nil }
    var event = Event(
      type: type, mode: fields["mode"] as? String, trigger: ByteSpan(trigger[0], trigger[1]), sentence: ByteSpan(0, 0))
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
