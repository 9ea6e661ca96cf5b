import Model
import Testing

@testable import ExtractEntities

/// Dates in sentences as reports write them, reckoned from Wednesday, 14 March 2018; `[…]` marks the span.
@Suite struct DatesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var marked: String
    var from: String
    var to: String
    var precision: DateRange.Precision
    var basis: DateRange.Basis
    var testDescription: String { marked }

    init(_ marked: String, _ from: String, _ to: String, _ precision: DateRange.Precision, _ basis: DateRange.Basis) {
      (self.marked, self.from, self.to, self.precision, self.basis) = (marked, from, to, precision, basis)
    }
  }

  static let published = CivilDay(year: 2018, month: 3, day: 14)

  static let cases: [Case] = [
    Case("في [12 يناير 2016] وقع الهجوم", "2016-01-12", "2016-01-12", .day, .text),
    Case("في [12 كانون الثاني/يناير 2016] وقع", "2016-01-12", "2016-01-12", .day, .text),
    Case("في [السادس من جانفي 2011] وقع", "2011-01-06", "2011-01-06", .day, .text),
    Case("منذ [آذار 2011] وحتى الآن", "2011-03-01", "2011-03-31", .month, .text),
    Case("في [21/4/2016] وقع", "2016-04-21", "2016-04-21", .day, .text),
    Case("في [15 رمضان 1439] وقع", "2018-05-30", "2018-05-30", .day, .text),
    Case("قتل [أمس] في الغارة", "2018-03-13", "2018-03-13", .day, .published),
    Case("قتل [أول أمس] في الغارة", "2018-03-12", "2018-03-12", .day, .published),
    Case("قصفت [مساء الثلاثاء] البلدة", "2018-03-13", "2018-03-13", .day, .published),
    Case("أعلنت [اليوم الأربعاء] أنها", "2018-03-14", "2018-03-14", .day, .published),
    Case("قصفت [الجمعة الماضي] البلدة", "2018-03-09", "2018-03-09", .day, .published),
    Case("يعقد [الجمعة المقبل] في جنيف", "2018-03-16", "2018-03-16", .day, .published),
    Case("قتل في [الأسبوع الماضي] عشرون", "2018-03-05", "2018-03-11", .week, .published),
    Case("قتل [قبل ثلاثة أيام] في البلدة", "2018-03-11", "2018-03-11", .day, .published),
    Case("محاصرة [منذ 4 أشهر] من الجيش", "2017-11-14", "2018-03-14", .month, .published),
    Case("خلال [العام الماضي] قتل", "2017-01-01", "2017-12-31", .year, .published),
    Case("في [أواخر عام 2016] سيطر", "2016-07-01", "2016-12-31", .year, .text),
    Case("في [ثمانينيات القرن الماضي] وقعت", "1980-01-01", "1989-12-31", .decade, .text),
    Case("في [عام 2014] وقعت", "2014-01-01", "2014-12-31", .year, .text),
    Case("[من 2 إلى 7 فبراير 2018] وقعت", "2018-02-02", "2018-02-07", .day, .text),
    Case("في [18 شباط/فبراير] وقعت", "2018-02-18", "2018-02-18", .day, .published),
    Case("في [نوفمبر] وقعت", "2017-11-01", "2017-11-30", .month, .published),
    Case("في [الربع الثالث من عام 2016] وقعت", "2016-07-01", "2016-09-30", .month, .text),
  ]

  @Test(arguments: cases) func find(_ item: Case) throws {
    let (text, span) = Marked.split(item.marked)
    let found = try Recognized(text, published: DatesTests.published).dates
    let match = try #require(found.first { $0.characters == span }, "found \(found.map(\.text))")
    #expect(match.range.from == Specification.day(item.from))
    #expect(match.range.to == Specification.day(item.to))
    #expect(match.range.precision == item.precision)
    #expect(match.range.basis == item.basis)
  }

  /// Without the report's date, relative expressions are found and stay open; full dates do not need it.
  @Test(arguments: ["قتل أمس في الغارة", "في الأسبوع الماضي", "منذ 4 أشهر", "في 12 يناير", "مساء الثلاثاء"])
  func staysOpen(_ text: String) throws {
    let range = try #require(try Recognized(text, published: nil).dates.first).range
    #expect(range.from == nil && range.to == nil && range.basis == .unresolved)
  }

  @Test(arguments: [
    "بعد صلاة الجمعة في المسجد", "قوى 14 آذار اللبنانية", "في اليوم التالي للهجوم نفسه مارس الضغط",
    "وهو في الثلاثينيات من عمره",
    "رمضان شلح", "آب الطفل",
  ])
  func noDateOfItsOwn(_ text: String) throws {
    let found = try Recognized(text, published: DatesTests.published).dates
    #expect(found.allSatisfy { $0.text == "اليوم التالي" }, "found \(found.map(\.text))")
  }

  /// Reingold & Dershowitz's sample days of the tabular calendar, and the round trip over 60 years.
  @Test func hijriCalendar() {
    #expect(HijriCalendar.day(year: 1445, month: 1, day: 1) == CivilDay(year: 2023, month: 7, day: 19))
    #expect(HijriCalendar.day(year: 1439, month: 9, day: 1) == CivilDay(year: 2018, month: 5, day: 16))
    #expect(HijriCalendar.day(year: 1, month: 1, day: 1) == CivilDay(year: 622, month: 7, day: 19))
    for year in 1400...1460 {
      let first = HijriCalendar.day(year: year, month: 1, day: 1)
      #expect(HijriCalendar.year(of: first) == year)
      #expect(HijriCalendar.year(of: CivilDay(number: first.number - 1)) == year - 1)
      let length = HijriCalendar.lastDay(year: year, month: 12).number - first.number + 1
      #expect(length == ([2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29].contains(year % 30) ? 355 : 354))
    }
  }
}
