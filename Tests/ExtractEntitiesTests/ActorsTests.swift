import Model
import Testing

/// Actors are taken as whole noun phrases, and no further.
@Suite struct ActorsTests {
  @Test(
    arguments: [
      ("قصفت قوات النظام البلدة بالمدفعية", "قوات النظام"), ("قتل جنود أتراك في الهجوم", "جنود أتراك"),
      ("هاجم مسلحو جيش الإسلام البلدة", "مسلحو جيش الإسلام"),
      ("استهدفت الميليشيات المتمردة السوق", "الميليشيات المتمردة"),
      ("قتل عنصر من قوات سوريا الديمقراطية", "عنصر من قوات سوريا الديمقراطية"),
      ("تقدمت القوات الموالية للحكومة اليمنية", "القوات الموالية للحكومة اليمنية"),
      ("قال مصدر عسكري سوري إن الهجوم فشل", "مصدر عسكري سوري"),
      ("سقطت صواريخ أطلقها الحوثيون، على الرياض", "الحوثيون"),
      ("استشهد أربعة فلسطينيين برصاص الجيش الإسرائيلي", "فلسطينيين"),
      ("سلم سلاحه للجيش السوري وغادر", "جيش السوري"), ("وأصيب مدنيون بجروح", "مدنيون"),
      ("أعلن تنظيم \"الدولة الإسلامية\" مسؤوليته", "تنظيم \"الدولة الإسلامية"),
    ])
  func takenWhole(_ sentence: String, _ words: String) throws {
    let found = try Analyzed(sentence).parties.map(\.words)
    #expect(found.contains(words), "found \(found)")
  }

  @Test(
    arguments: [
      ("قصفت قوات النظام السوري البلدة", "SYR", "MIL"), ("أعلن حزب الله مسؤوليته عن الهجوم", "LBN", nil),
      ("قتل جنود أتراك في الهجوم", "TUR", "MIL"),
    ] as [(String, String, String?)])
  func codes(_ sentence: String, _ code: String, _ sector: String?) throws {
    let found = try Analyzed(sentence).parties
    #expect(
      found.contains { $0.actor.code == code && (sector == nil || $0.actor.sector == sector) },
      "found \(found.map { "\($0.words) \($0.actor.code ?? "-") \($0.actor.sector ?? "-")" })")
  }

  /// What only looks like an actor: adjectives of things, prepositions, relative clauses.
  @Test(
    arguments: [
      ("بدأت عملية عسكرية واسعة", "عسكرية"), ("وقف أمام المحكمة", "أمام"),
      ("انتهت المفاوضات أمس", "المفاوضات"), ("تقدم التحالف الذي تقوده السعودية", "التحالف الذي تقوده السعودية"),
    ])
  func isNoActor(_ sentence: String, _ words: String) throws {
    let found = try Analyzed(sentence).parties.map(\.words)
    #expect(!found.contains(words), "found \(found)")
  }

  /// Lone adjectives and things wait for an event that takes them.
  @Test func candidates() throws {
    let found = try Analyzed("استهدفت الغارات الروسية مواقع في البلدة")
    #expect(found.candidates.contains("الروسية"))
    #expect(found.candidates.contains("مواقع"))
    #expect(!found.parties.contains { $0.words == "الروسية" })
  }

  /// The indices of the analysis name the mentions that cover each token.
  @Test func indices() throws {
    let found = try Analyzed("قصف الجيش السوري مدينة دوما")
    for (index, mention) in found.analysis.mentions.enumerated() {
      for token in mention.tokens {
        switch mention.entity {
        case .place: #expect(found.analysis.placeOfToken[Int(token)] == Int32(index))
        case .quantity, .date: #expect(found.analysis.numberOfToken[Int(token)] == Int32(index))
        default: #expect(found.analysis.mentionOfToken[Int(token)] >= 0)
        }
      }
    }
  }

  /// Whatever is found quotes the text: spans lie within it, in order, at letter boundaries.
  @Test(arguments: ["", "...", "وبال", "لل", "\"\"", "بـ", "دوما", "و", "في مدينة", "ﷲ ﻻ", "a ب 1"])
  func oddTexts(_ text: String) throws {
    let found = try Analyzed(text)
    for mention in found.analysis.mentions + found.analysis.candidates {
      #expect(mention.span.start < mention.span.end)
      #expect(Int(mention.span.end) <= found.text.count)
      #expect(String(validating: found.text[Int(mention.span.start)..<Int(mention.span.end)], as: UTF8.self) != nil)
    }
  }
}
