import Arabic
import Model
import Testing

@testable import Normalize

@Suite struct NormalizerTests {
  private func words(_ text: String) -> [String] {
    let normalized = Normalizer().normalize(Array(text.utf8))
    return normalized.tokens.map { String(decoding: normalized.folded[$0.foldedRange], as: UTF8.self) }
  }

  private func sentences(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    let normalized = Normalizer().normalize(bytes)
    return normalized.sentences.map { sentence in
      let tokens = normalized.tokens[sentence.tokens]
      return String(decoding: bytes[Int(tokens.first!.start)..<Int(tokens.last!.end)], as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("أإآٱا", "ااااا"), ("مُحَمَّدٌ", "محمد"), ("عـــربي", "عربي"), ("مدينة", "مدينه"), ("على", "علي"), ("مسؤول", "مسوول"),
    ("شاطئ", "شاطي"), ("کیف", "كيف"), ("ﺍﻟﻌﺮﺑﻴﺔ", "العربيه"), ("ﻻ", "لا"), ("ﷲ", "الله"), ("٤٥٦", "456"),
    ("۴۵۶", "456"),
    ("٣٫٥", "3.5"), ("ABC", "abc"), ("a\u{200F}b", "ab"),
  ])
  func spellingsAreFolded(_ source: String, _ folded: String) { #expect(words(source) == [folded]) }

  @Test func aHamzaOnTheLineStays() { #expect(words("دعا دعاء") == ["دعا", "دعاء"]) }

  @Test func tokensKnowWhatTheFoldLeftOut() {
    let tokens = Normalizer().normalize(Array("دوماً مدينة\nعلى".utf8)).tokens
    #expect(tokens[0].flags.contains(.tanween))
    #expect(tokens[1].flags.contains(.taMarbuta))
    #expect(tokens[2].flags.isSuperset(of: [.alefMaqsura, .lineBreakBefore]))
  }

  /// Every folded byte maps back into the token that it came from, at a letter boundary, in order.
  @Test func everyFoldedPositionMapsIntoTheSource() {
    var random = SystemRandomNumberGenerator()
    let letters = Array("اأإآبتةىيءؤئ ًٌَُّـ٠١٢۳4.،؟\"«»\n \u{200F}\u{FEFF}abÉﷲﻻﺍ😀क".unicodeScalars)
    for _ in 0..<300 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...80, using: &random) { text.append(letters.randomElement(using: &random)!) }
      let bytes = Array(String(text).utf8)
      let normalized = Normalizer().normalize(bytes)
      var last: Int32 = 0
      for token in normalized.tokens {
        #expect(token.start >= last && token.end > token.start && Int(token.end) <= bytes.count)
        last = token.end
        #expect(StableHash.hash(normalized.folded, in: token.foldedRange) == token.hash)
        var previous = token.start
        for count in 0...token.foldedRange.count {
          let offset = Folding.sourceOffset(skipping: count, of: token, in: bytes)
          #expect(offset >= previous && offset <= token.end)
          #expect(Int(offset) == bytes.count || bytes[Int(offset)] & 0xC0 != 0x80, "not at a letter")
          previous = offset
        }
      }
      let covered = normalized.sentences.flatMap { Array($0.tokens) }
      #expect(covered == Array(normalized.tokens.indices))
    }
  }

  @Test func sentencesEndAtStopsButNotInAbbreviationsAndDecimals() {
    #expect(sentences("قال إ. ب. إن 3.5 بالمئة. ثم عاد؟ نعم!").count == 3)
    #expect(sentences("قذائف ار. بي. جي. وقذائف ضد الدبابات.").count == 1)
    #expect(sentences("مدينة دوما.لاعلن فيلق الرحمن").count == 2)
    #expect(sentences("قال: \"نعم.\" ثم ذهب.") == ["قال: \"نعم.\"", "ثم ذهب."])
  }

  @Test func aHeadlineIsASentenceOfItsOwn() {
    let normalized = Normalizer().normalize(Array("غارات في تعز\n\nقتل ثلاثة.\nوأصيب آخر.".utf8))
    #expect(normalized.sentences.count == 3)
    #expect(normalized.sentences[0].isHeadline)
    #expect(!normalized.sentences[1].isHeadline)
  }

  @Test func softWrappedLinesAreOneSentence() {
    let line = "وقال المتحدث باسم الجيش في بيان له صباح اليوم إن القوات واصلت تقدمها نحو المدينة من جهة"
    let text = Array(repeating: line, count: 6).joined(separator: "\n") + " الشرق."
    #expect(sentences(text).count == 1)
  }

  @Test func theLanguageIsNamed() {
    #expect(Normalizer().normalize(Array("قال الرئيس إن الجيش تقدم".utf8)).language == "ar")
    #expect(Normalizer().normalize(Array("رئیس جمهور ایران گفت که".utf8)).language == "fa")
    #expect(Normalizer().normalize(Array("the army said".utf8)).language == "und")
    #expect(Normalizer().normalize([]).language == nil)
  }
}
