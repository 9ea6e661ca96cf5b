import ExtractEntities
import Lexicon
import Model
import Normalize
import Testing

@testable import ExtractEvents

/// Sentences of our own, coded with the shipped lexicons and weights.
@Suite struct EventCoderTests {
  /// What the tests look at of an event, as text.
  private struct Coded: CustomStringConvertible {
    var event: Event
    var trigger: String
    var actors: [String]
    var recipients: [String]
    var places: [String]
    var source: String?
    var description: String {
      "\(event.type.rawValue)/\(event.mode ?? "-") \(trigger) \(actors) → \(recipients) @ \(places)"
    }
  }

  private func code(_ text: String, explain: Bool = false) throws -> [Coded] {
    let lexicon = try CodedReport.lexicon.get()
    let bytes = Array(text.utf8)
    let report = Report(
      source: .init(member: nil, original: .file, media: "text/plain", charset: "utf-8"), text: bytes)
    let normalized = Normalizer().normalize(bytes)
    let analysis = EntityFinder(lexicon: lexicon).find(in: report, normalized)
    let extraction = EventCoder(lexicon: lexicon, explain: explain).code(report, normalized, analysis)
    func words(_ span: ByteSpan) -> String { String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self) }
    func names(_ list: [Int32]) -> [String] { list.map { words(extraction.mentions[Int($0)].span) } }
    return extraction.events.map {
      Coded(
        event: $0, trigger: words($0.trigger), actors: names($0.actors), recipients: names($0.recipients),
        places: names($0.places), source: $0.source.map { words(extraction.mentions[Int($0)].span) })
    }
  }

  private func first(_ type: EventType, in text: String) throws -> Coded {
    let coded = try code(text)
    return try #require(coded.first { $0.event.type == type }, "\(coded)")
  }

  private let lead = "تطورات ميدانية\n\n"

  @Test func findsShellingWithActorAndPlace() throws {
    let event = try first(
      .assault, in: lead + "قصفت قوات النظام السوري بالمدفعية مدينة دوما يوم الثلاثاء. وسمع دوي الانفجارات في دمشق.")
    #expect(event.trigger == "قصفت")
    #expect(event.event.mode == "heavy-weapons")
    #expect(event.actors.contains { $0.contains("قوات النظام") })
    #expect(event.places == ["دوما"] || event.recipients.contains { $0.contains("دوما") })
  }

  @Test func bindsTheTollToTheAttack() throws {
    let event = try first(
      .assault, in: lead + "قتل 12 شخصا وأصيب 30 آخرون في انفجار سيارة مفخخة في بغداد. وقالت الشرطة إن التحقيق مستمر.")
    #expect(event.event.dead?.min == 12)
    #expect(event.event.injured?.min == 30)
  }

  @Test func tellsWhoSaysIt() throws {
    let event = try first(
      .assault,
      in: lead + "وقال المرصد السوري لحقوق الإنسان إن طائرات حربية شنت غارات على مدينة إدلب. وأضاف أن القصف مستمر.")
    #expect(event.source?.contains("المرصد السوري") == true)
    #expect(event.event.certainty == .reported)
  }

  @Test func doesNotTakeDenialsAndPlansForDeeds() throws {
    let planned = try code(lead + "أعلن وزير الدفاع أن الجيش سيهاجم مدينة الموصل قريبا. وانتشرت القوات حولها.")
    #expect(planned.filter { $0.trigger.contains("هاجم") }.allSatisfy { $0.event.status == .planned })
    let negated = try code(lead + "لم تقصف القوات الروسية مدينة إدلب أمس. وقالت موسكو إن الهدنة صامدة.")
    #expect(negated.filter { $0.trigger.contains("قصف") }.allSatisfy { $0.event.status == .negated })
  }

  @Test func spansLeaveParticlesOut() throws {
    for item in try code(
      lead + "وتعرضت بلدة سراقب للقصف، وفر آلاف المدنيين منها. وهاجم مسلحون حاجزا للجيش السوري في درعا.")
    {
      #expect(!item.trigger.hasPrefix("لل"), "\(item)")
      #expect(!item.trigger.hasPrefix("وه"), "\(item)")
    }
  }

  @Test func sportGivesNoAttack() throws {
    let coded = try code(
      "الريال يفوز\n\nسجل اللاعب هدفا في المباراة بعد هجوم سريع للفريق، وقاد المدرب الفريق إلى نهائي الكأس في الملعب. وقال إن خط الهجوم كان قويا."
    )
    #expect(!coded.contains { $0.event.type == .assault }, "\(coded)")
  }

  @Test func explainsEveryEvent() throws {
    let coded = try code(lead + "قصفت قوات النظام السوري مدينة دوما. وسيطر الجيش على البلدة.", explain: true)
    #expect(!coded.isEmpty)
    for item in coded {
      #expect(item.event.explanation.contains { $0.hasPrefix("trigger ") })
      #expect(item.event.explanation.contains { $0.hasPrefix("frame ") })
    }
  }

  @Test func survivesAnyText() throws {
    let lexicon = try CodedReport.lexicon.get()
    let pieces = [
      "قتل", " ", "5", "، ", "وقال", "إن", "\"", ".", "\n\n", "على الأقل", "بين", "آخرون", "وأصيب", "اتهم", "ب", ":",
      "المرصد", "في", "دمشق",
    ]
    var state: UInt64 = 42
    for _ in 0..<400 {
      var text = ""
      for _ in 0..<Int(state % 23) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let bytes = Array(text.utf8)
      let report = Report(
        source: .init(member: nil, original: .file, media: "text/plain", charset: "utf-8"), text: bytes)
      let normalized = Normalizer().normalize(bytes)
      let analysis = EntityFinder(lexicon: lexicon).find(in: report, normalized)
      let extraction = EventCoder(lexicon: lexicon).code(report, normalized, analysis)
      for event in extraction.events {
        #expect(event.trigger.end <= Int32(bytes.count))
        for index in event.actors + event.recipients + event.places { #expect(Int(index) < extraction.mentions.count) }
      }
    }
  }
}
