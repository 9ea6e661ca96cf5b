import Testing

@testable import ExtractEvents

/// What the status of a trigger is weighed by, whatever the weights are.
@Suite struct StatusRulesTests {
  private func features(of trigger: String, in body: String) throws -> [String] {
    try ReadReport(body).reading(of: trigger).status
  }

  @Test func aVerbOfTheFutureIsACue() throws {
    let names = try features(of: "هجوم", in: "وستشهد المنطقة قريبة الحدود أي هجوم على القرى.")
    #expect(names.contains { $0.hasPrefix("cue:") && !$0.hasPrefix("cue:none") }, "\(names)")
  }

  @Test func failureIsACue() throws {
    let names = try features(of: "السيطرة", in: "وفشلت القوات الحكومية في السيطرة على المطار.")
    #expect(names.contains("cue:failure:no"), "\(names)")
  }

  @Test func whatIsJoinedIsAsReal() throws {
    let names = try features(of: "اعتقال", in: "لم يعلن الجيش عن قصف المدينة واعتقال سكانها.")
    #expect(names.contains { $0.hasPrefix("conjunct:") }, "\(names)")
  }

  @Test func aWordBehindSaysThatItIsExpected() throws {
    let names = try features(of: "هجوم", in: "واستعد السكان بعد أنباء عن هجوم متوقع على المدينة.")
    #expect(names.contains { $0.hasPrefix("after:") }, "\(names)")
  }
}
