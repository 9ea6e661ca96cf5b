import Model
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The twelve reports of our own, against what a careful reader found in them. The weights were made from none of them.
@Suite struct OwnReportsTests {
  /// One annotated report; spans are the n-th occurrence of a string.
  private struct Gold: Decodable {
    struct Span: Decodable {
      var t: String
      var n: Int
    }
    struct Event: Decodable {
      var trigger: Span
      var type: String
      var status: String
    }
    var doc: String
    var events: [Event]
  }

  @Test func eventsAreFoundWithTheirTypes() throws {
    var right = 0
    var coded = 0
    var wanted = 0
    var sameStatus = 0
    for name in try OwnReportsTests.names() {
      let gold = try JSONDecoder().decode(Gold.self, from: Data(contentsOf: OwnReportsTests.url(name)))
      let report = try CodedReport(text: [UInt8](Data(contentsOf: OwnReportsTests.url(gold.doc))))
      let events = report.extraction.events
      coded += events.count
      wanted += gold.events.count
      for event in gold.events {
        let place = try #require(OwnReportsTests.offset(of: event.trigger, in: report.text))
        let found = events.first {
          $0.trigger.start <= place && place < $0.trigger.end && $0.type.rawValue == event.type
        }
        guard let found else { continue }
        right += 1
        if found.status.rawValue == event.status { sameStatus += 1 }
      }
    }
    #expect(wanted == 47)
    let f1 = 2 * Double(right) / Double(coded + wanted)
    #expect(f1 >= 0.8, "typed events: F1 \(f1)")
    #expect(Double(sameStatus) >= 0.95 * Double(right))
  }

  private static let folder = #filePath.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/own"

  private static func url(_ name: String) -> URL { URL(filePath: folder + "/" + name) }

  private static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }.sorted()
  }

  /// Byte offset of the n-th occurrence, overlapping ones counted.
  private static func offset(of span: Gold.Span, in text: [UInt8]) -> Int32? {
    let wanted = Array(span.t.utf8)
    var left = span.n
    for start in text.indices where text[start...].starts(with: wanted) {
      left -= 1
      if left == 0 { return Int32(start) }
    }
    return nil
  }
}
