import Model
import Testing

/// Places in sentences: which words are one, which of the namesakes it is, and what is none.
@Suite struct PlacesTests {
  @Test(
    arguments: [
      ("قصفت الطائرات مدينة دوما في ريف دمشق", "دوما", "SY", .city),
      ("سيطر المسلحون على بلدة حمورية بدوما", "حمورية", "SY", .town),
      ("وصلت القافلة إلى الغوطة الشرقية مساء", "الغوطة الشرقية", "SY", .region),
      ("اندلعت معارك في محافظة إدلب", "إدلب", "SY", .admin1),
      ("انفجرت عبوة في مدينة إدلب", "إدلب", "SY", .city),
      ("توجهت السفينة إلى البحر الأحمر", "البحر الأحمر", nil, .water),
      ("قتل ثلاثة في العراق أمس", "العراق", "IQ", .country),
      ("أغارت المقاتلات على مطار حماة العسكري", "مطار حماة العسكري", "SY", .site),
      ("وصل الوفد إلى العاصمة السورية دمشق", "دمشق", "SY", .city),
      ("تظاهر المئات في العاصمة الأردنية عمان", "عمان", "JO", .city),
    ] as [(String, String, String?, Place.Level)])
  func resolves(_ sentence: String, _ words: String, _ country: String?, _ level: Place.Level) throws {
    let found = try Analyzed(sentence).places
    let match = try #require(found.first { $0.words == words }, "found \(found.map(\.words))")
    if let country { #expect(match.place.country == country) }
    #expect(match.place.level == level)
  }

  /// The span is the name: no particle, no class noun.
  @Test(
    arguments: [
      ("قتل ثلاثة بدوما في سوريا", "دوما"), ("وصلت التعزيزات للموصل في العراق", "موصل"),
      ("اشتباكات في سوريا والعراق", "العراق"), ("هجوم على مدينة حلب وريفها", "حلب"),
    ])
  func spans(_ sentence: String, _ words: String) throws {
    let found = try Analyzed(sentence).places.map(\.words)
    #expect(found.contains(words), "found \(found)")
  }

  /// Words that are also names of places, and what acts rather than lies somewhere.
  @Test(
    arguments: [
      ("كان دوماً يقول الحقيقة في سوريا", "دوماً"), ("عقد الدوما الروسي جلسة في موسكو", "الدوما"),
      ("أعلنت روسيا انسحاب قواتها من سوريا", "روسيا"), ("اتهمت دمشق إسرائيل بقصف المطار في سوريا", "إسرائيل"),
      ("سيطرت الفصائل السورية على البلدة", "السورية"), ("وأن القوات تقدمت في تركيا", "وأن"),
      ("فاز نادي برشلونة الإسباني في المباراة النهائية بهدف", "برشلونة"),
      ("تعزيزات من الميليشيات إلى الأراضي السعودية", "السعودية"), ("أطلق الجيش الرصاص الحي في العراق", "الحي"),
    ])
  func isNoPlace(_ sentence: String, _ words: String) throws {
    let found = try Analyzed(sentence).places.map(\.words)
    #expect(!found.contains(words), "found \(found)")
  }

  /// A namesake is chosen by its class noun, and by the country that the report is about.
  @Test func namesakes() throws {
    let governorate = try #require(try Analyzed("في محافظة درعا جنوب سوريا").places.first { $0.words == "درعا" })
    #expect(governorate.place.level == .admin1)
    let lebanese = try #require(
      try Analyzed("اندلعت اشتباكات في طرابلس بعد أن انتشر الجيش اللبناني في بيروت").places.first {
        $0.words == "طرابلس"
      })
    #expect(lebanese.place.country == "LB")
    let libyan = try #require(
      try Analyzed("اندلعت اشتباكات في طرابلس بليبيا وقالت حكومة الوفاق الليبية إنها تسيطر").places.first {
        $0.words == "طرابلس"
      })
    #expect(libyan.place.country == "LY")
  }

  /// A country that acts is an actor with its government's code.
  @Test func governments() throws {
    let parties = try Analyzed("أعلنت روسيا أن إسرائيل قصفت مواقع في سوريا").parties
    let russia = try #require(parties.first { $0.words == "روسيا" })
    #expect(russia.actor.code == "RUS")
    #expect(russia.actor.sector == "GOV")
  }

  /// One wrong letter in a long name counts where a place is expected and a neighbour speaks for it, and only there.
  @Test func misspelt() throws {
    let found = try Analyzed("تسمع قذائف بين حرزتا ودوما في ريف دمشق بسوريا").places
    let harasta = try #require(found.first { $0.words == "حرزتا" }, "found \(found.map(\.words))")
    #expect(harasta.place.admin1 == "Rif Dimashq")
    #expect(try !Analyzed("قال حرزتا إن الوضع هادئ").places.contains { $0.words == "حرزتا" })
    let actors = try Analyzed("هاجم فيلق الرحمن جيش الإسلام. الخلاف بين جيش الاسلام وفيق الرحمن مستمر").parties
    #expect(actors.contains { $0.words == "فيق الرحمن" && $0.actor.ref == "actor:faylaq-al-rahman" })
  }
}
