import Testing

/// What an attack is done with.
@Suite struct InstrumentRulesTests {
  @Test(arguments: [
    ("قصفت القوات بالبراميل المتفجرة مدينة إدلب.", "البراميل المتفجرة"),
    ("نفذ فلسطيني عملية طعن بسكين في القدس.", "سكين"),
    ("سقطت قذيفة هاون على حي في دمشق.", "قذيفة هاون"),
    ("انفجرت عبوة ناسفة قرب المسجد في بغداد.", "عبوة ناسفة"),
    ("استخدمت الشرطة الرصاص الحي ضد المتظاهرين.", "الرصاص الحي"),
  ])
  func weaponsAreMeans(_ text: String, _ weapon: String) throws {
    let report = try CodedReport(text)
    #expect(report.extraction.events.contains { report.names($0.instruments) == [weapon] })
  }

  @Test func whatIsHitIsNoMeans() throws {
    let report = try CodedReport("دمر الجيش السوري دبابة للمسلحين في ريف حماة. واعترضت الدفاعات صاروخا فوق الرياض.")
    for event in report.extraction.events { #expect(report.names(event.instruments) == []) }
  }
}
