import Arabic
import Foundation
import Lexicon
import Model
import Normalize
import Testing

@testable import ExtractEntities

/// Persons as reports name them; `[…]` marks the phrase, which is taken whole.
@Suite struct PeopleTests {
  static let lexicon: Result<Lexicon, any Error> = Result {
    try Lexicon.load(shipped: SharedData.project + "/Sources/Lexicon/Data")
  }

  private func persons(_ string: String) throws -> [(characters: Range<Int>, text: String, actor: Actor)] {
    let text = Array(string.utf8)
    let report = Report(
      source: Report.Source(member: nil, original: .file, media: "text/plain", charset: "utf-8"), text: text)
    let scratch = ScratchText(
      report: report, text: Normalizer().normalize(text), lexicon: try PeopleTests.lexicon.get())
    return PeopleFinder(scratch).find().compactMap { mention in
      guard case .person(let actor) = mention.entity else { return nil }
      let before = String(decoding: text[..<Int(mention.span.start)], as: UTF8.self).unicodeScalars.count
      let own = String(decoding: text[Int(mention.span.start)..<Int(mention.span.end)], as: UTF8.self)
      return (before..<before + own.unicodeScalars.count, own, actor)
    }
  }

  @Test(arguments: [
    "قال [وزير الخارجية الروسي سيرغي لافروف] في موسكو", "التقى ب[الرئيس بوتين] في سوتشي",
    "أعلن [القائد محمد علوش] الانسحاب", "قال [المتحدث باسم الجيش العراقي] إن القوات تقدمت",
    "صرح [العميد يحيى رسول المتحدث باسم الجيش العراقي] أن القوات تقدمت", "اتهم [الرئيس التركي رجب طيب أردوغان] أوروبا",
    "قال [مدير المرصد رامي عبد الرحمن] لفرانس برس", "دعا [الأمين العام للأمم المتحدة أنطونيو غوتيريش] الأطراف",
    "وقال [عمار موسوي] إنه شاهد القصف", "التقى [ولي العهد السعودي محمد بن سلمان] الوفد",
  ])
  func takenWhole(_ marked: String) throws {
    let (text, span) = Marked.split(marked)
    let found = try persons(text)
    #expect(found.contains { $0.characters == span }, "found \(found.map(\.text))")
  }

  @Test func knownPersonsAreNamed() throws {
    let found = try persons("قال وزير الخارجية الروسي سيرغي لافروف إن")
    #expect(found.first?.actor.name == "Sergey Lavrov" || found.first?.actor.name == "Sergei Lavrov")
    #expect(found.first?.actor.code == "RUS")
    #expect(found.first?.actor.sector == "GOV")
  }

  /// Common words that some name is spelled like.
  @Test(arguments: [
    "قصف على البلدة", "أعلن أن القصف توقف", "في بيان بثه التنظيم", "مساعدة القوات السورية", "ما أدى إلى مقتله",
  ])
  func noPersons(_ text: String) throws {
    let found = try persons(text)
    #expect(found.isEmpty, "found \(found.map(\.text))")
  }
}
