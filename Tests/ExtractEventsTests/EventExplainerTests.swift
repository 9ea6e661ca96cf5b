import Testing

/// Every field of an event names the rule that gave it.
@Suite struct EventExplainerTests {
  private let text =
    "قال المرصد السوري لحقوق الإنسان إن قوات النظام قصفت بالبراميل المتفجرة مدينة إدلب في 3 أيار 2018 ما أسفر عن مقتل 5 مدنيين."

  @Test func namesTheRuleOfEveryField() throws {
    let event = try CodedReport(text, explain: true).event("قصفت")
    let fields = [
      ("trigger ", true), ("frame ", true), ("mode: ", true), ("status ", true), ("date: ", event.date != nil),
      ("actor ", !event.actors.isEmpty), ("recipient ", !event.recipients.isEmpty), ("place ", !event.places.isEmpty),
      ("instrument ", !event.instruments.isEmpty), ("source: ", event.source != nil), ("dead ", event.dead != nil),
    ]
    for (start, isSet) in fields {
      #expect(event.explanation.contains { $0.hasPrefix(start) } == isSet, "\(start): \(event.explanation)")
    }
  }

  @Test func nothingUnlessAsked() throws {
    for event in try CodedReport(text).extraction.events { #expect(event.explanation.isEmpty) }
  }
}
