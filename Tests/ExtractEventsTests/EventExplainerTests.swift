import Testing

/// Every field of an event names the rule that gave it.
@Suite struct EventExplainerTests {
  private let text =
    "قال المرصد السوري لحقوق الإنسان إن قوات النظام قصفت بالبراميل المتفجرة مدينة إدلب في 3 أيار 2018 ما أسفر عن مقتل 5 مدنيين."

  @Test func namesTheRules() throws {
    let lines = try CodedReport(text, explain: true).event("قصفت").explanation
    for start in [
      "trigger ", "frame ", "actor ", "place ", "instrument ", "mode: ", "status ", "date: ", "source: ", "dead ",
    ] {
      #expect(lines.contains { $0.hasPrefix(start) }, "\(start): \(lines)")
    }
  }

  @Test func nothingUnlessAsked() throws {
    for event in try CodedReport(text).extraction.events { #expect(event.explanation.isEmpty) }
  }
}
