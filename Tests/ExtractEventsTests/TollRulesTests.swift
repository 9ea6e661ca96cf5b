import Model
import Testing

/// What counts victims, how many, and of which event.
@Suite struct TollRulesTests {
  @Test func numberStandsBehindOtherWords() throws {
    let event = try CodedReport("قتل ليلة أمس 5 وجرح 4 إثر هجوم على حاجز للجيش في درعا.").event("هجوم")
    #expect(event.dead?.range == "5…5")
    #expect(event.injured?.range == "4…4")
  }

  @Test func deadAndInjuredShareANumber() throws {
    let event = try CodedReport("أعلنت مصادر طبية مقتل وإصابة العشرات في غارات على مدينة تعز.").event("غارات")
    #expect(event.dead?.range == "20…99")
    #expect(event.injured?.range == "20…99")
  }

  @Test func otherSideIsAdded() throws {
    let event = try CodedReport("أسفرت المعارك في ريف حلب عن تسعة قتلى في صفوف القوات، مقابل سبعة في صفوف الفصائل.")
      .event("المعارك")
    #expect(event.dead?.range == "16…16")
  }

  @Test func kindsAreNotAdded() throws {
    let event = try CodedReport("أدى القصف على مدينة إدلب إلى سقوط قتلى وجرحى من المدنيين.").event("القصف")
    #expect(event.dead?.range == "2…")
    #expect(event.injured?.range == "2…")
  }

  @Test func oneVictimByHisNoun() throws {
    let event = try CodedReport("انفجر لغم على عربة في الطريق قرب مدينة مأرب، أسفر عن مقتل عسكري وإصابة اثنين آخرين.")
      .event("انفجر")
    #expect(event.dead?.range == "1…1")
    #expect(event.injured?.range == "2…2")
  }

  @Test func noCasualties() throws {
    let event = try CodedReport("استهدف قصف مدفعي بلدة سراقب دون وقوع إصابات.").event("قصف")
    #expect(event.injured?.range == "0…0")
  }

  @Test func whoKillsIsNoResult() throws {
    let report = try CodedReport("قتلت الشرطة شابا بعدما نفذ هجوما على حاجز في القدس.")
    #expect(try report.event("هجوما").dead == nil)
  }

  @Test func releaseIsNoToll() throws {
    let event = try CodedReport("أفرجت السلطات المصرية عن 18 شخصا من السجناء.").event("أفرجت")
    #expect(event.detained == nil)
  }

  @Test func detainedAreCounted() throws {
    let event = try CodedReport("اعتقلت الشرطة الإيرانية 67 شخصا خلال الاحتجاجات في طهران.").event("اعتقلت")
    #expect(event.detained?.range == "67…67")
  }

  @Test func aTallyStandsFarBehind() throws {
    let event = try CodedReport("ارتفع عدد القتلى جراء الغارات على مدينة تعز اليمنية يوم الاثنين إلى مئة مدني.")
      .event("الغارات")
    #expect(event.dead?.range == "100…100")
  }

  @Test func verbOfLossBindsToTheAttackBefore() throws {
    let event = try CodedReport("شنت الطائرات الحربية عشرات الغارات التي أودت بحياة نحو 250 مدنيا في مدينة حلب.")
      .event("الغارات")
    #expect(event.dead?.range == "250…250")
  }

  @Test func aPluralPronounHasTheNumberBefore() throws {
    let event = try CodedReport("اقتحم أربعة أشخاص السفارة الإيرانية وأعلنت الشرطة البريطانية توقيفهم في لندن.")
      .event("توقيفهم")
    #expect(event.detained?.range == "4…4")
  }

  @Test func aDualPronounIsTwo() throws {
    let event = try CodedReport("وكان الزوجان في سيارة عندما اعتقلتهما الشرطة البلجيكية في بروكسل.").event("اعتقلتهما")
    #expect(event.detained?.range == "2…2")
  }

  @Test func countsOfBothSidesAreAdded() throws {
    let event = try CodedReport(
      "أسفرت المعارك في ريف حماة عن تسعة قتلى في صفوف القوات السورية وستة قتلى في صفوف الفصائل."
    )
    .event("المعارك")
    #expect(event.dead?.range == "15…15")
  }

  @Test func theNumberBeforeAJoinedWordIsNotIts() throws {
    let event = try CodedReport("شنت الطائرات غارات على مدينة غزة أدت إلى مقتل فلسطينيين اثنين وإصابة 15 آخرين.")
      .event("غارات")
    #expect(event.dead?.range == "2…2")
    #expect(event.injured?.range == "15…15")
  }

  @Test func whoDescribesIsNotAdded() throws {
    let event = try CodedReport("قتل المئات من مسلحي وقيادات الميليشيات في الحديدة.").event("قتل")
    #expect(event.dead?.range == "200…999")
  }

  @Test func aCountSinceTheAttackIsTheAttacks() throws {
    let event = try CodedReport("ارتفعت الحصيلة إلى 709 قتلى منذ بدء القصف على مدينة دوما السورية.").event("القصف")
    #expect(event.dead?.range == "709…709")
  }
}
