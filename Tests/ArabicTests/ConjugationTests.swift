import Testing

@testable import Arabic

/// Forms from W. Wright, A Grammar of the Arabic Language, vol. I, paradigms, and from the tables of K. C. Ryding,
/// A Reference Grammar of Modern Standard Arabic, chapters 21–31, written without vowel marks.
@Suite struct ConjugationTests {
  private func words(_ radicals: String, _ form: VerbForm, _ vowel: Character? = nil) throws -> [Conjugation.Word] {
    let verb = Conjugation(radicals: radicals.unicodeScalars.map { UInt16($0.value) }, form: form, vowel: vowel)
    return try #require(verb).words()
  }

  private func spellings(_ radicals: String, _ form: VerbForm, _ vowel: Character? = nil) throws -> Set<String> {
    Set(try words(radicals, form, vowel).filter(\.standsAlone).map(\.text))
  }

  @Test(
    "Strong, hamzated and weak verbs in all forms",
    arguments: [
      (
        "كتب", VerbForm.i, "",
        "كتب كتبت كتبا كتبتا كتبوا كتبن كتبنا كتبتم يكتب تكتب يكتبان يكتبون يكتبوا يكتبن أكتب نكتب تكتبين كاتب مكتوب"
      ),
      ("سءل", .i, "", "سأل سألت سألوا يسأل يسألون سئل سئلت سائل مسؤول"),
      ("بدء", .i, "", "بدأ بدأت بدآ بدؤوا يبدأ يبدؤون بدئ بادئ"),
      ("ءمر", .i, "", "أمر أمرت أمروا يأمر يأمرون آمر مأمور"),
      ("وصل", .i, "", "وصل وصلت يصل تصل يصلون يوصل واصل موصول"),
      ("قول", .i, "", "قال قالت قالوا قلنا قلن يقول تقول يقولون يقل قيل قيلت يقال قائل"),
      ("بيع", .i, "", "باع باعت باعوا يبيع تبيع يبيعون يبع بيع يباع بائع مبيع"),
      ("خوف", .i, "a", "خاف خافت يخاف يخافون خائف"),
      ("دعو", .i, "", "دعا دعت دعوا دعونا يدعو يدعون يدع دعي يدعى داع داعي مدعو"),
      ("رمي", .i, "", "رمى رمت رموا رمينا يرمي يرمون يرم رمي يرمى رام مرمي"),
      ("لقي", .i, "a", "لقي لقيت لقوا لقينا يلقى يلقون يلق"),
      ("ردد", .i, "", "رد ردت ردوا رددنا يرد ترد يردون مردود"),
      ("دمر", .ii, "", "دمر دمرت دمروا يدمر تدمر يدمرون مدمر تدمير"),
      ("هنء", .ii, "", "هنأ هنأت يهنئ تهنئة مهنئ"),
      ("سوي", .ii, "", "سوى سوت سووا يسوي يسوون تسوية"),
      ("قتل", .iii, "", "قاتل قاتلت قاتلوا يقاتل يقاتلون قوتل مقاتل مقاتلون مقاتلة"),
      ("ندو", .iii, "", "نادى نادت نادوا ينادي ينادون مناداة"),
      ("رسل", .iv, "", "أرسل أرسلت أرسلوا يرسل ترسل يرسلون إرسال مرسل"),
      ("قوم", .iv, "", "أقام أقامت أقمنا يقيم يقم أقيم يقام إقامة"),
      ("وقف", .iv, "", "أوقف أوقفت يوقف توقف إيقاف"),
      ("ءمن", .iv, "", "آمن آمنت يؤمن يؤمنون مؤمن إيمان"),
      ("جلو", .iv, "", "أجلى أجلت أجلوا يجلي يجلون إجلاء"),
      ("قدم", .v, "", "تقدم تقدمت تقدموا يتقدم تتقدم يتقدمون تقدم متقدم"),
      ("خلو", .v, "", "تخلى تخلت تخلوا يتخلى يتخلون تخلي متخل"),
      ("رجع", .vi, "", "تراجع تراجعت تراجعوا يتراجع يتراجعون"),
      ("سحب", .vii, "", "انسحب انسحبت انسحبوا ينسحب تنسحب ينسحبون انسحاب منسحب"),
      ("عقل", .viii, "", "اعتقل اعتقلت اعتقلوا يعتقل تعتقل اعتقال معتقل"),
      ("صدم", .viii, "", "اصطدم اصطدمت يصطدم اصطدام"),
      ("وهم", .viii, "", "اتهم اتهمت اتهموا يتهم تتهم اتهام متهم"),
      ("دعو", .viii, "", "ادعى ادعت ادعوا يدعي ادعاء"),
      ("غيل", .viii, "", "اغتال اغتالت اغتيل يغتال اغتيال"),
      ("حلل", .viii, "", "احتل احتلت احتلوا احتللنا يحتل تحتل احتلال محتل"),
      ("هدف", .x, "", "استهدف استهدفت استهدفوا يستهدف تستهدف استهداف مستهدف"),
      ("عود", .x, "", "استعاد استعادت استعدنا يستعيد تستعيد استعادة استعيد"),
      ("ولي", .x, "", "استولى استولت استولوا يستولي يستولون استيلاء"),
      ("سيطر", .q, "", "سيطر سيطرت سيطروا يسيطر تسيطر يسيطرون سيطرة مسيطر"),
      ("مركز", .qii, "", "تمركز تمركزت تمركزوا يتمركز يتمركزون متمركز"),
    ])
  func paradigm(radicals: String, form: VerbForm, vowel: String, expected: String) throws {
    let have = try spellings(radicals, form, vowel.first)
    let missing = expected.split(separator: " ").map(String.init).filter { !have.contains($0) }
    #expect(missing.isEmpty, "missing \(missing)")
  }

  @Test func doesNotMakeWhatArabicDoesNotHave() throws {
    let wrong: [(String, VerbForm, [String])] = [
      ("وصل", .i, ["يوصلون-", "يؤصل"]), ("قول", .i, ["قول", "يقال-"]), ("وهم", .viii, ["اوتهم"]),
      ("صدم", .viii, ["اصتدم"]), ("عود", .x, ["استعود"]), ("حلل", .viii, ["احتللت-", "احتللون"]),
    ]
    for (radicals, form, words) in wrong {
      let have = try spellings(radicals, form)
      for word in words { #expect(!have.contains(word), "\(word) of \(radicals) \(form.rawValue)") }
    }
  }

  @Test func dropsTheSilentAlefBeforePronouns() throws {
    let joining = try words("قصف", .i).filter { $0.takesPronoun && !$0.standsAlone }.map(\.text)
    #expect(joining.contains("قصفو"))
    let alone = try words("قصف", .i).first { $0.text == "قصفوا" }
    #expect(alone?.takesPronoun == false)
    #expect(try words("رمي", .i).contains { $0.text == "رما" && $0.takesPronoun && !$0.standsAlone })
  }

  @Test func tellsVoiceWhereSpellingDoes() throws {
    func voice(_ text: String, _ radicals: String, _ form: VerbForm) throws -> Conjugation.Voice? {
      try words(radicals, form).first { $0.text == text }?.voice
    }
    #expect(try voice("قتل", "قتل", .i) == .either)
    #expect(try voice("قيل", "قول", .i) == .passive)
    #expect(try voice("قال", "قول", .i) == .active)
    #expect(try voice("حوكم", "حكم", .iii) == .passive)
  }

  @Test func marksShortJussives() throws {
    #expect(try words("قول", .i).first { $0.text == "يقل" }?.isJussive == true)
    #expect(try words("قول", .i).first { $0.text == "يقول" }?.isJussive == false)
    #expect(try words("قصف", .i).first { $0.text == "يقصف" }?.isJussive == false)
  }

  @Test func refusesTheWrongNumberOfRadicals() {
    #expect(Conjugation(radicals: [0x642, 0x62A], form: .i) == nil)
    #expect(Conjugation(radicals: [0x642, 0x62A, 0x644], form: .q) == nil)
  }
}
