import Foundation
import Model

@testable import Feed

/// Lines for tests: one of everything that the encoder writes.
enum Samples {
  static let text = "قُصفت دوما \"أمس\"\nوقتل 4\tأشخاص 😀"

  static func report() -> Report {
    Report(
      source: .init(
        member: nil, original: .file, media: "text/plain", charset: "utf-8",
        repairs: [Repair(kind: "invalid-sequence", count: 1, offset: 3)]),
      text: Array(text.utf8), title: "عنوان", published: Timestamp(year: 2018, month: 3, day: 30, hour: 4), outlet: nil)
  }

  static func extraction() -> Extraction {
    // "قُصفت " is 12 bytes, "دوما" 8.
    let place = Place(
      name: "Douma", ref: "geonames:170017", latitude: 33.5717, longitude: 36.4027, level: .city, country: "SY",
      admin1: "Rif Dimashq", geoPrecision: 1)
    var event = Event(type: .assault, mode: "heavy-weapons", trigger: ByteSpan(0, 10), sentence: ByteSpan(0, 20))
    event.places = [0]
    event.dead = .init(min: 4, max: nil, who: 1)
    event.date = DateRange(
      from: CivilDay(year: 2018, month: 3, day: 30), to: CivilDay(year: 2018, month: 3, day: 30), precision: .day,
      basis: .published)
    event.acled = .init(
      type: "Explosions/Remote violence", subtype: "Shelling/artillery/missile attack", geoPrecision: 1,
      timePrecision: 1)
    return Extraction(
      mentions: [
        Mention(span: ByteSpan(11, 19), tokens: 1..<2, entity: .place(place), rule: "test"),
        Mention(
          span: ByteSpan(11, 19), tokens: 1..<2,
          entity: .quantity(Quantity(min: 4, max: nil, approximate: true, unit: "persons", what: "dead")), rule: "test"),
      ], events: [event])
  }

  static func line(number: Int) -> FeedLine {
    LineEncoder(programVersion: "0.0.0", lexiconVersion: "00").encode(
      report(), extraction(), file: PathBytes("sub/\(number).txt"),
      received: Timestamp(year: 2026, month: 11, day: 21, hour: 1),
      digest: .sha256([UInt8(truncatingIfNeeded: number)]),
      fileDigest: .sha256([UInt8(truncatingIfNeeded: number)]), fileBytes: 1, language: "ar")
  }

  /// `count` lines of a feed from its beginning.
  static func lines(count: Int) -> [UInt8] {
    var chain = HashChain(sequence: 0, hash: .zero)
    var bytes: [UInt8] = []
    for number in 1...count {
      let relation = number == 2 ? Relation(kind: .exact, of: 1, containment: 1, resemblance: 1) : nil
      let cluster = EventCluster(id: EventID(high: 1, low: 2), first: 1, reports: number)
      chain.append(line(number: number), FeedDecision(relation: relation, clusters: [cluster]), to: &bytes)
    }
    return bytes
  }
}

/// A folder that goes with the object.
final class TemporaryFolder {
  let path: PathBytes

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("rasid-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = PathBytes(url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path.display) }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path.appending(name).display))
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path.appending(name).display)))
  }
}
