import ExtractEntities
import Model
import Normalize
import Testing

@testable import ExtractEvents

/// What a trigger is weighed by, whatever the weights are.
@Suite struct EventFeaturesTests {
  private func features(of trigger: String, in body: String) throws -> [String] {
    let lexicon = try CodedReport.lexicon.get()
    let bytes = Array(("تطورات ميدانية\n\n" + body).utf8)
    let report = Report(
      source: .init(member: nil, original: .file, media: "text/plain", charset: "utf-8"), text: bytes)
    let text = Normalizer().normalize(bytes)
    let analysis = EntityFinder(lexicon: lexicon).find(in: report, text)
    let record = EventCoder(lexicon: lexicon).trainingRecord(report, text, analysis)
    let item = record.items.first {
      String(decoding: bytes[Int($0.trigger.start)..<Int($0.trigger.end)], as: UTF8.self) == trigger
    }
    return try #require(item).readings[0].features
  }

  @Test func aKillingWithItsAgentIsNoResult() throws {
    let names = try features(of: "قتلت", in: "قتلت القوات العراقية خمسة مسلحين بعدما شنوا هجوما على حاجز في كركوك.")
    #expect(names.contains("agent:yes"), "\(names)")
  }

  @Test func aNumberOfVictimsIsNoAgent() throws {
    let names = try features(of: "قتل", in: "قتل خمسة مسلحين في هجوم على حاجز في كركوك.")
    #expect(!names.contains { $0.hasPrefix("agent:") }, "\(names)")
  }
}
