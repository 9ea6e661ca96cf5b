import Model
import Testing

@testable import Decode

@Suite("Text repair")
struct TextRepairTests {
  let decoder = CharsetDecoder()

  private func repaired(_ text: String) throws -> (text: String, repairs: [Repair]) {
    let decoded = try decoder.decode(Array(text.utf8))
    return (SampleTexts.string(decoded), decoded.repairs)
  }

  @Test("UTF-8 misread once is restored", arguments: [SampleTexts.plain, SampleTexts.typographic])
  func misreadOnce(text: String) throws {
    let latin = try repaired(SampleTexts.misread(text, as: .windows1252))
    #expect(latin.text == text)
    #expect(latin.repairs.map(\.kind) == ["mojibake-windows-1252"])
    let latin1 = try repaired(SampleTexts.misreadAsLatin1(text))
    #expect(latin1.text == text)
    #expect(latin1.repairs.map(\.kind) == ["mojibake-latin-1"])
    let arabic = try repaired(SampleTexts.misread(text, as: .windows1256))
    #expect(arabic.text == text)
    #expect(arabic.repairs.map(\.kind) == ["mojibake-windows-1256"])
  }

  @Test(
    "UTF-8 misread twice is restored", arguments: [Charset.windows1252, .windows1256],
    [Charset.windows1252, .windows1256])
  func misreadTwice(first: Charset, second: Charset) throws {
    let text = SampleTexts.typographic
    let broken = SampleTexts.misread(SampleTexts.misread(text, as: first), as: second)
    let outcome = try repaired(broken)
    #expect(outcome.text == text)
    #expect(outcome.repairs.map(\.kind) == ["mojibake-\(second.rawValue)", "mojibake-\(first.rawValue)"])
  }

  @Test("a misread part is restored, the rest stays; the place is the code point in the mended text")
  func misreadPart() throws {
    let good = "هل هي مهددة؟\n"
    let outcome = try repaired(good + SampleTexts.misread("نعم، هي كذلك", as: .windows1256) + "\nعلى الشط، مثلا")
    #expect(outcome.text == good + "نعم، هي كذلك" + "\nعلى الشط، مثلا")
    // Ten signs outside ASCII: the spaces were never broken.
    #expect(outcome.repairs == [Repair(kind: "mojibake-windows-1256", count: 10, offset: good.unicodeScalars.count)])
    #expect(try repaired("he said â€œnoâ€¦ and itâ€™s fine").text == "he said “no… and it’s fine")
  }

  @Test("Windows-1256 misread as Latin is restored")
  func latinDisguise() throws {
    let bytes = try #require(SampleTexts.encode(SampleTexts.plain, .windows1256))
    let broken = SampleTexts.string(SingleByteTable.windows1252.decode(bytes).points)
    let outcome = try repaired("Source: agency\n" + broken)
    #expect(outcome.text == "Source: agency\n" + SampleTexts.plain)
    #expect(outcome.repairs == [Repair(kind: "windows-1256-as-latin", count: 3, offset: 15)])
  }

  @Test("references left in Arabic text are read; text about HTML keeps them")
  func references() throws {
    let outcome = try repaired(
      "قال &quot;لا&quot;&nbsp;ثم &amp;laquo;نعم&raquo; &#1608;&#x645;&#1590;&#1609; &unknown; & AT&T")
    #expect(outcome.text == "قال \"لا\"\u{A0}ثم «نعم» ومضى &unknown; & AT&T")
    #expect(outcome.repairs == [Repair(kind: "html-entities", count: 9, offset: 4)])
    let about = "Write &lt;b&gt; for bold and &amp; for an ampersand"
    #expect(try repaired(about).text == about)
    #expect(try repaired("رقم &#0; &#xD800; &#99999999; &#; &;").repairs.isEmpty)
  }

  @Test("text in display order is turned, numbers and Latin words in it are not")
  func visualOrder() throws {
    let logical =
      "أعلنت الحكومة في بيان صادر عن وزارة الداخلية أن 1,250 شخصا (بينهم نساء) غادروا المنطقة عبر BBC News الجديدة"
    let visual =
      "ةديدجلا BBC News ربع ةقطنملا اورداغ (ءاسن مهنيب) اصخش 1,250 نأ ةيلخادلا ةرازو نع رداص نايب يف ةموكحلا تنلعأ"
    let outcome = try repaired(visual)
    #expect(outcome.text == logical)
    #expect(outcome.repairs == [Repair(kind: "visual-order", count: 1, offset: 0)])
    #expect(try repaired(logical).repairs.isEmpty)
  }

  @Test("presentation forms become letters, turned only when they are in display order")
  func presentationForms() throws {
    let shaped: [UInt32] = [0xFEB3, 0xFEEE, 0xFED5, 0x20, 0xFE8D, 0xFEDF, 0xFEB4, 0xFEFC, 0xFEA1]
    let logical = try repaired(SampleTexts.string(shaped))
    #expect(logical.text == "سوق السلاح")
    #expect(logical.repairs == [Repair(kind: "presentation-forms", count: 8, offset: 0)])
    let visual = try repaired(SampleTexts.string(shaped.reversed()))
    #expect(visual.text == "سوق السلاح")
    #expect(visual.repairs.map(\.kind) == ["visual-order", "presentation-forms"])
  }

  @Test(
    "good text is never changed",
    arguments: [
      SampleTexts.plain, SampleTexts.typographic, "صلى الله عليه وسلم ﷺ و﴿الحمد لله﴾ وﻻ إله إلا الله",
      "محفوظ؟ نعم، لفظ… بسيط” غليظ’",
      "Café déjà vu à Noël, Çà et là : « été »", "NÃO É ÁGUA; AÇÕES À MÃO", "ط§", "Ø", "ط،", "é", "&", "AT&T; R&D",
      "Tổng thống nói với các phóng viên", "رئیس‌جمهور به خبرنگاران گفت که پژوهش‌ها",
      "صدر نے صحافیوں کو بتایا کہ مذاکرات",
      "ى حرف", "ة حرف", "قال إن ى وة من الحروف", "\u{202B}نص\u{202C}", "ظ²", "أ“ب”", "(أ) (ب)",
    ])
  func goodText(text: String) throws {
    let outcome = try repaired(text)
    #expect(outcome.text == text)
    #expect(outcome.repairs.isEmpty)
  }
}
