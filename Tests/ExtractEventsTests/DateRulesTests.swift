import Model
import Testing

/// When an event was.
@Suite struct DateRulesTests {
  // Saturday.
  private let published = Timestamp(year: 2026, month: 11, day: 21, hour: 9, minute: 0, second: 0)

  @Test func dateOfTheClauseGoesFirst() throws {
    let report = try CodedReport(
      "قصفت طائرات حربية يوم الخميس مدينة إدلب، وهاجم مسلحون الجمعة حاجزا للجيش في درعا.", published: published)
    #expect(try report.event("قصفت").date?.from == CivilDay(year: 2026, month: 11, day: 19))
    #expect(try report.event("هاجم").date?.from == CivilDay(year: 2026, month: 11, day: 20))
    #expect(try report.event("هاجم").date?.precision == .day)
  }

  @Test func carriedDateIsMarked() throws {
    let report = try CodedReport(
      "انتشرت قوات الأمن الخميس في وسط المدينة. وهاجم مسلحون حاجزا للجيش السوري في درعا.", published: published)
    let date = try #require(try report.event("هاجم").date)
    #expect(date.from == CivilDay(year: 2026, month: 11, day: 19))
    #expect(date.precision == .week)
  }

  @Test func nothingIsGuessed() throws {
    let report = try CodedReport(
      "انتشرت قوات الأمن الخميس ثم انسحبت الجمعة.\n\nوهاجم مسلحون حاجزا للجيش السوري في درعا.", published: published)
    #expect(try report.event("هاجم").date == nil)
  }
}
