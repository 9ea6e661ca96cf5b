import ExtractEntities
import Lexicon
import Model
import Normalize
import Testing

@testable import ExtractEvents

/// A report under a headline of its own, read with the shipped lexicons up to where events are coded.
struct ReadReport {
  let lexicon: Lexicon
  let bytes: [UInt8]
  let report: Report
  let text: NormalizedText
  let analysis: EntityAnalysis

  init(_ body: String) throws {
    lexicon = try CodedReport.lexicon.get()
    bytes = Array(("تطورات ميدانية\n\n" + body).utf8)
    report = Report(source: .init(member: nil, original: .file, media: "text/plain", charset: "utf-8"), text: bytes)
    text = Normalizer().normalize(bytes)
    analysis = EntityFinder(lexicon: lexicon).find(in: report, text)
  }

  /// The words from one byte to another.
  func words(_ start: Int32, _ end: Int32) -> String { String(decoding: bytes[Int(start)..<Int(end)], as: UTF8.self) }

  /// What the default reading of a trigger is weighed by, whatever the weights are.
  func reading(of trigger: String) throws -> (type: String, mode: String?, features: [String], status: [String]) {
    let record = EventCoder(lexicon: lexicon).trainingRecord(report, text, analysis)
    return try #require(record.items.first { words($0.trigger.start, $0.trigger.end) == trigger }).readings[0]
  }
}
