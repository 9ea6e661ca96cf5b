import Testing

@testable import ExtractEvents

/// What a trigger is weighed by, whatever the weights are.
@Suite struct EventFeaturesTests {
  private func features(of trigger: String, in body: String) throws -> [String] {
    try ReadReport(body).reading(of: trigger).features
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
