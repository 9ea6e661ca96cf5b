import Foundation
import Model
import Testing

@testable import Feed

@Suite struct LineEncoderTests {
  private func object(_ line: [UInt8]) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
  }

  @Test func spansAreCodePointsOfTheText() throws {
    let line = Samples.lines(count: 1)
    let record = try object(line)
    let report = try #require(record["report"] as? [String: Any])
    let text = try #require(report["text"] as? String)
    #expect(text == Samples.text)
    let entity = try #require((record["entities"] as? [[String: Any]])?.first)
    let span = try #require(entity["span"] as? [Int])
    let scalars = Array(text.unicodeScalars)[span[0]..<span[1]]
    #expect(String(String.UnicodeScalarView(scalars)) == entity["text"] as? String)
    #expect(entity["text"] as? String == "دوما")
  }

  @Test func anExactCopyHasNoTextAndNoFinds() throws {
    let second = try object(Array(Samples.lines(count: 2).split(separator: 0x0A)[1]))
    #expect((second["report"] as? [String: Any])?["text"] is NSNull)
    #expect((second["entities"] as? [Any])?.isEmpty == true)
    #expect((second["events"] as? [Any])?.isEmpty == true)
  }

  @Test func keysStandInTheirOrder() {
    let line = String(decoding: Samples.lines(count: 1), as: UTF8.self)
    let keys = [
      "\"v\"", "\"seq\"", "\"id\"", "\"received\"", "\"source\"", "\"report\"", "\"relation\"", "\"entities\"",
      "\"events\"", "\"coder\"", "\"prev\"", "\"hash\"",
    ]
    var from = line.startIndex
    for key in keys {
      guard let range = line.range(of: key, range: from..<line.endIndex) else {
        Issue.record("\(key) is missing or out of order")
        return
      }
      from = range.upperBound
    }
  }

  @Test func everyByteThatNeedsItIsEscaped() throws {
    var all = ""
    for value in UInt32(0)..<0x300 { all.unicodeScalars.append(Unicode.Scalar(value)!) }
    var bytes: [UInt8] = []
    bytes.json(string: all)
    let back = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) as? String
    #expect(back.map { Array($0.utf8) } == Array(all.utf8))
  }

  @Test(arguments: [
    (0.97, "0.97"), (1, "1"), (-33.5717, "-33.5717"), (0.00004, "0"), (1e14, "100000000000000"),
    (999_999_999_999_999, "999999999999999"), (1e15, "null"), (.nan, "null"), (.infinity, "null"), (0.99999, "1"),
  ])
  func numbersAreShort(_ value: Double, _ expected: String) {
    var bytes: [UInt8] = []
    bytes.json(value, decimals: 4)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }
}
