import Model
import Testing

/// Quantities in sentences as reports write them; `[…]` marks the span that must be found.
@Suite struct QuantitiesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var marked: String
    var min: Double?
    var max: Double?
    var what: String
    var unit: String?
    var approximate = false
    var testDescription: String { marked }

    init(
      _ marked: String, _ min: Double?, _ max: Double?, _ what: String, _ unit: String? = nil, approximate: Bool = false
    ) {
      (self.marked, self.min, self.max, self.what, self.unit) = (marked, min, max, what, unit)
      self.approximate = approximate
    }
  }

  static let cases: [Case] = [
    Case("خروج [حوالى 5 الاف مقاتل] من البلدة", 5000, 5000, "displaced", "fighters", approximate: true),
    Case("يضم اللواء [حوالى 5 الاف مقاتل] في البلدة", 5000, 5000, "strength", "fighters", approximate: true),
    Case("مقتل [4 او 5 مدنيين] في القصف", 4, 5, "dead", "civilians"),
    Case("وقتل [خمسة وعشرون مدنيا] في الغارة", 25, 25, "dead", "civilians"),
    Case("أصيب [ما بين 10 و20 شخصا] بجروح", 10, 20, "injured", "people"),
    Case("اعتقلت الشرطة [أكثر من 40 شخصا] في المدينة", 40, nil, "detained", "people"),
    Case("اعتقال [40 شخصا على الأقل] في المدينة", 40, nil, "detained", "people"),
    Case("قتل [أقل من عشرة جنود] في الهجوم", nil, 10, "dead", "soldiers"),
    Case("سقوط [عشرات القتلى] في الانفجار", 20, 99, "dead", "killed"),
    Case("نزح [مئات الآلاف] من منازلهم", 200_000, 999_999, "displaced"),
    Case("إصابة [عدد من المدنيين] بجروح", 2, nil, "injured", "civilians"),
    Case("مقتل [جنديين] في الكمين", 2, 2, "dead", "soldiers"),
    Case("[12 شخصا] لقوا مصرعهم في الحريق", 12, 12, "dead", "people"),
    Case("على بعد [15 كيلومترا] من المدينة", 15, 15, "distance", "km"),
    Case("قيمتها [1.5 مليون دولار أميركي] فقط", 1_500_000, 1_500_000, "money", "USD"),
    Case("يسكنها [نحو 200 ألف نسمة]", 200_000, 200_000, "population", "inhabitants", approximate: true),
    Case("سيطر على [70 في المئة] من البلدة", 70, 70, "share", "percent"),
    Case("سيطر على [50%] من البلدة", 50, 50, "share", "percent"),
    Case("بلغ العدد [خمسة وعشرين ألفا وثلاثمئة] مع نهاية الحملة", 25_300, 25_300, "count"),
    Case("[مليون ونصف المليون لاجئ] في المخيمات", 1_500_000, 1_500_000, "displaced", "refugees"),
    Case("نقل [ثلاثة عشر جريحا] إلى المستشفى", 13, 13, "injured", "wounded"),
    Case("أطلقت [١٢ صاروخا] على المدينة", 12, 12, "count", "missiles"),
    Case("سقط [1.500 قتيل] في المعركة", 1500, 1500, "dead", "killed"),
    Case("بينها [1,200 خيمة] في المخيم", 1200, 1200, "count", "tents"),
    Case("للمرة [الحادية عشرة] على التوالي", 11, 11, "ordinal"),
  ]

  /// Casualties that no number names.
  static let bare: [Case] = [
    Case("أسفر القصف عن سقوط [قتلى] وجرحى", 2, nil, "dead", "killed"),
    Case("أسفر القصف عن مقتل [شخص] في البلدة", 1, 1, "dead", "people"),
    Case("مقتل [شخص على الأقل] في الانفجار", 1, nil, "dead", "people"),
    Case("قتل طفل وأصيب [آخرون] في القصف", 2, nil, "injured", "others"),
    Case("قتلت الشرطة الإسرائيلية [فلسطينيا] في القدس", 1, 1, "dead", "Palestinians"),
    Case("مقتل [مدنيين] في قصف صاروخي", 2, nil, "dead", "civilians"),
    Case("وقتل [أحد المحتجين] برصاص الشرطة", 1, 1, "dead"),
    Case("سقط الصاروخ دون وقوع [إصابات] في البلدة", 0, 0, "injured"),
    Case("انفجرت عبوة من دون أن تسفر عن [إصابات] بحسب الجيش", 0, 0, "injured"),
    Case("اعتقال [ناشط] في المدينة", 1, 1, "detained", "activists"),
    Case("أوضحت أن [28 شخصا] من المعتقلين أجانب", 28, 28, "detained", "people"),
    Case("وصلت رفات [38 عاملا] خطفوا وقتلوا في العراق", 38, 38, "dead", "workers"),
  ]

  @Test(arguments: cases + bare) func find(_ item: Case) throws {
    let (text, span) = Marked.split(item.marked)
    let found = try Recognized(text, published: nil).quantities
    let match = try #require(found.first { $0.characters == span }, "found \(found.map(\.text))")
    #expect(match.quantity.min == item.min)
    #expect(match.quantity.max == item.max)
    #expect(match.quantity.what == item.what)
    #expect(item.unit == nil || match.quantity.unit == item.unit)
    #expect(match.quantity.approximate == item.approximate)
  }

  /// Figures and words that count nothing.
  @Test(arguments: [
    "طائرة من طراز ميغ 29 في الأجواء", "قرار مجلس الأمن 2254", "طائرات إف-16 أميركية", "عند الساعة 10:30 صباحا",
    "في 12 يناير 2016", "عام 2014", "هذا الأمر لو حدث كان خطيرا", "ألف الكاتب كتابا", "أحد القادة",
    "حركة طالبان الأفغانية",
    "في مونديال 2026", "عند الساعة العاشرة", "في ربع النهائي", "خسر 1-2 على أرضه", "قتل في سوريا",
    "ارتفاع عدد قتلى الهجوم",
  ])
  func findNothing(_ text: String) throws {
    let found = try Recognized(text, published: nil).quantities
    #expect(found.isEmpty, "found \(found.map(\.text))")
  }

  /// A number after `بينهم` is part of the toll before it.
  @Test func partsAreNoTolls() throws {
    let found = try Recognized("قتل 20 مدنيا بينهم 5 أطفال", published: nil).quantities
    #expect(found.map(\.quantity.what) == ["dead", "count"])
  }

  /// The span leaves out the particle and keeps the article.
  @Test func particlesAreLeftOut() throws {
    #expect(try Recognized("هدد بعشرات الهجمات", published: nil).quantities.first?.text == "عشرات الهجمات")
    #expect(try Recognized("تقع بنحو 40 كيلومترا", published: nil).quantities.first?.text == "نحو 40 كيلومترا")
    #expect(try Recognized("قتل العشرات", published: nil).quantities.first?.text == "العشرات")
  }
}

/// Test texts with one place marked by brackets.
enum Marked {
  /// The text without the brackets, and the marked place in characters (code points).
  static func split(_ marked: String) -> (text: String, span: Range<Int>) {
    let scalars = Array(marked.unicodeScalars)
    guard let start = scalars.firstIndex(of: "["), let end = scalars.firstIndex(of: "]") else { return (marked, 0..<0) }
    var text = String.UnicodeScalarView()
    for scalar in scalars where scalar != "[" && scalar != "]" { text.append(scalar) }
    return (String(text), start..<end - 1)
  }
}
