import Lexicon
import Testing

@testable import ExtractEvents

/// Who vouches for which words, whatever the weights are.
@Suite struct AttributionRulesTests {
  /// A scope as text.
  private struct Told: CustomStringConvertible {
    var speaker: String
    var shape: AttributionRules.Shape
    var link: SpeakerFinder.Link
    var words: String
    var description: String { "\(speaker) \(shape) \(link): \(words)" }
  }

  private func scopes(_ body: String) throws -> [Told] {
    let read = try ReadReport(body)
    let tables = EventTables(read.lexicon.triggers)
    let scan = ReportScan(report: read.report, text: read.text, analysis: read.analysis, tables: tables)
    let found = CandidateFinder(scan: scan, tables: tables).find()
    let features = EventFeatures(scan: scan, tables: tables, candidates: found)
    let attribution = AttributionRules(scan: scan, tables: tables, features: features).attribution()
    let mentions = scan.mentions + attribution.made
    let tokens = read.text.tokens
    return attribution.scopes.map { scope in
      let sentence = Int(scan.sentenceOfToken[scope.tokens.lowerBound])
      #expect(attribution.scopes(near: sentence).contains { $0.word == scope.word && $0.tokens == scope.tokens })
      let span = mentions[scope.speaker].span
      return Told(
        speaker: read.words(span.start, span.end), shape: scope.shape, link: scope.link,
        words: read.words(tokens[scope.tokens.lowerBound].start, tokens[scope.tokens.upperBound - 1].end))
    }
  }

  @Test func whoIsSpokenToDoesNotSpeak() throws {
    let told = try scopes("وصرح الرئيس الفرنسي للصحافيين أن الجيش انسحب من القاعدة.")
    #expect(told.contains { $0.speaker == "الرئيس الفرنسي" && $0.shape == .leading }, "\(told)")
    #expect(!told.contains { $0.speaker.contains("صحافيين") }, "\(told)")
  }

  @Test func aNameThatNobodyKnowsSpeaks() throws {
    let told = try scopes("وأكد الشرفاوي في حوار مع قناة الجزيرة أن المقاتلين سيطروا على الميناء.")
    #expect(told.contains { $0.speaker == "الشرفاوي" && $0.link == .made }, "\(told)")
    #expect(!told.contains { $0.speaker.contains("الجزيرة") }, "\(told)")
  }

  @Test func theSubjectStandsBehindTheAuxiliary() throws {
    let told = try scopes("وكان الجيش السوري قد أعلن قبل ساعات قصف مواقع للمسلحين.")
    #expect(told.contains { $0.speaker.contains("الجيش السوري") && $0.link == .auxiliary }, "\(told)")
  }

  @Test func anActByWordsVouchesForWhatItIsAbout() throws {
    let told = try scopes("ونددت الأمم المتحدة بالهجوم على قافلة الإغاثة.")
    #expect(told.contains { $0.speaker == "الأمم المتحدة" && $0.shape == .act && $0.words.contains("هجوم") }, "\(told)")
  }

  @Test func aVerbalNounTells() throws {
    let told = try scopes("جاء ذلك بعد إعلان الجيش الأردني اعتقال ثلاثة مهربين.")
    #expect(
      told.contains { $0.speaker.contains("الجيش") && $0.shape == .noun && $0.words.contains("اعتقال") }, "\(told)")
  }

  @Test func aPhraseBehindAFullStopCoversTheSentenceBefore() throws {
    let told = try scopes("انسحب المسلحون من البلدة ليلا. بحسب المرصد السوري.")
    #expect(told.contains { $0.shape == .trailing && $0.words.contains("انسحب") }, "\(told)")
  }

  @Test func hisOwnWordsNameNobody() throws {
    let told = try scopes("هذا الهجوم خطأ كبير، حسب تعبيره.")
    #expect(!told.contains { $0.speaker.contains("تعبير") }, "\(told)")
  }

  @Test func theWordsRunOnInTheParagraph() throws {
    let told = try scopes("وقالت الأمم المتحدة إن القافلة وصلت. وتعرضت الشاحنات لقصف في الطريق.")
    #expect(
      told.contains { $0.speaker == "الأمم المتحدة" && $0.shape == .carried && $0.words.contains("قصف") }, "\(told)")
  }
}
