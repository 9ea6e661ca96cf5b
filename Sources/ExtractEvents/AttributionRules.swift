import Arabic
import Lexicon
import Model

/// Who says what a sentence tells: reporting verbs, `بحسب`, accusations, quotations and the sentences that continue them.
struct AttributionRules {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }
  let features: EventFeatures

  /// A stretch of tokens that somebody vouches for.
  struct Scope {
    /// Tokens that it covers.
    var tokens: Range<Int>
    /// Index of the mention that speaks; from `scan.mentions.count` on, one of `made`.
    var speaker: Int
    /// Kind of the reporting word.
    var kind: TriggerLexicon.Reporting.Kind
    /// The reporting word.
    var word: Int
    /// The stretch follows the reporting word: what a relative clause adds in it is the report's own.
    var isLeading: Bool
    /// The stretch is a quotation: all of it is the speaker's.
    var isQuoted: Bool
  }

  /// Scopes of a report, and the speakers that no lexicon knows.
  struct Attribution {
    var scopes: [Scope] = []
    var made: [Mention] = []
  }

  /// How far a speaker may stand from the reporting word, in words.
  private static let speakerReach = 6
  /// How far the word that introduces what is said may stand from the reporting verb, in words.
  private static let introductionReach = 30
  /// The longest speaker that is no known mention, in words.
  private static let madeWordsMax = 5

  /// All scopes of the report, in the order of the text.
  func attribution() -> Attribution {
    var out = Attribution()
    var open: Scope?
    for (index, sentence) in scan.text.sentences.enumerated() {
      let range = sentence.tokens
      // A quotation that the sentence before left open goes on to its closing mark.
      if let scope = open {
        let close = range.first { scan.mark($0) == .quote }
        out.scopes.append(
          Scope(
            tokens: range.lowerBound..<(close ?? range.upperBound), speaker: scope.speaker, kind: .continue,
            word: scope.word, isLeading: true, isQuoted: true))
        if close != nil || scan.text.tokens[range.lowerBound].flags.contains(.paragraphBefore) { open = nil }
      }
      if let speaker = headlineSpeaker(index, range) {
        out.scopes.append(
          Scope(
            tokens: range, speaker: speaker, kind: .say, word: range.lowerBound, isLeading: false, isQuoted: false))
      }
      let first = out.scopes.count
      // بين, عبر and their like are prepositions first.
      for at in range where scan.words[at].reporting >= 0 && scan.words[at].particles & signs.prepositions == 0 {
        let reporting = lexicon.reporting[Int(scan.words[at].reporting)]
        let before = out.scopes.count > first ? out.scopes.last : nil
        if let scope = scope(at, reporting, index, range, before, &out) { out.scopes.append(scope) }
      }
      if let last = out.scopes.last, out.scopes.count > first, last.isLeading {
        let quotes = (last.word..<range.upperBound).count { scan.mark($0) == .quote }
        if quotes % 2 == 1 { open = last }
      }
    }
    return out
  }

  private func scope(
    _ at: Int, _ reporting: TriggerLexicon.Reporting, _ sentence: Int, _ range: Range<Int>, _ previous: Scope?,
    _ out: inout Attribution
  ) -> Scope? {
    let word = scan.words[at]
    switch word.reportingForm {
    case .phrase:
      guard let speaker = speaker(after: at, sentence, range) ?? make(after: at, range, &out) else { return nil }
      // At the head of a sentence it covers what follows, else what stands before it.
      if at <= range.lowerBound + 1 {
        return Scope(
          tokens: at..<range.upperBound, speaker: speaker, kind: reporting.kind, word: at, isLeading: false,
          isQuoted: false)
      }
      return Scope(
        tokens: range.lowerBound..<at, speaker: speaker, kind: reporting.kind, word: at, isLeading: false,
        isQuoted: false)
    case .participle:
      guard let content = content(after: at, range) else { return nil }
      // مضيفا, مؤكدة: the speaker of the sentence goes on, or its subject speaks.
      guard let speaker = previous?.speaker ?? firstSpeaker(before: at, sentence) else { return nil }
      return Scope(
        tokens: content.tokens, speaker: speaker, kind: reporting.kind, word: at, isLeading: true,
        isQuoted: content.isQuoted)
    case .perfect, .imperfect:
      if let trailing = trailing(at, reporting, sentence, range, &out) { return trailing }
      if reporting.kind == .accuse || reporting.symbol == AttributionRules.accuse {
        return accusation(at, sentence, range)
      }
      guard let content = content(after: at, range) else { return nil }
      if isRequest(reporting) && !content.isQuoted { return nil }
      var speaker = speaker(after: at, sentence, range, until: content.tokens.lowerBound)
      if reporting.symbol == AttributionRules.relay {
        // نقلت الوكالة عن مصدر: who is relayed speaks.
        speaker = relayed(after: at, sentence, range) ?? speaker
      }
      if speaker == nil { speaker = adjacentSpeaker(before: at, sentence) }
      let introduction = content.introduction
      if speaker == nil, introduction > at + 1, introduction - at <= AttributionRules.madeWordsMax + 1 {
        speaker = make(after: at, range, &out)
      }
      // Elided: وأضاف أن, قال إنه.
      if speaker == nil {
        speaker = previous?.speaker ?? firstSpeaker(before: at, sentence) ?? out.scopes.last?.speaker
      }
      guard let speaker else { return nil }
      return Scope(
        tokens: content.tokens, speaker: speaker, kind: reporting.kind, word: at, isLeading: true,
        isQuoted: content.isQuoted)
    case .masdar: return nil
    }
  }

  private static let accuse = Symbol("اتهم")
  private static let relay = Symbol("نقل")
  private static let requests: Set<Symbol> = Set(
    ["دعا", "طالب", "ناشد", "أوعز", "توعد", "تعهد", "وعد", "حذر", "لوح", "هتف", "سأل", "خاطب", "واصل", "شهد", "رد"].map
    {
      Symbol($0)
    })

  /// Verbs that ask, promise or threaten: they are deeds of their own; only a quotation makes them report.
  private func isRequest(_ reporting: TriggerLexicon.Reporting) -> Bool {
    AttributionRules.requests.contains(reporting.symbol)
  }

  /// What a reporting word introduces.
  private struct Content {
    var tokens: Range<Int>
    var isQuoted: Bool
    /// The complementizer, mark or noun that begins it.
    var introduction: Int
  }

  /// What is said: after أن or إن, a colon or an opening quotation mark; after `أعلن` also a verbal noun.
  private func content(after at: Int, _ range: Range<Int>) -> Content? {
    let reporting = lexicon.reporting[Int(scan.words[at].reporting)]
    var next = at + 1
    let upper = min(range.upperBound, at + AttributionRules.introductionReach)
    scan: while next < upper {
      if scan.words[next].particles & signs.complementizer != 0, !isCausal(next) {
        return Content(tokens: next + 1..<range.upperBound, isQuoted: false, introduction: next)
      }
      switch scan.mark(next) {
      case .quote:
        // A name in quotation marks is no quotation: the mark closes after a few words.
        let close = (next + 1..<range.upperBound).first { scan.mark($0) == .quote }
        if let close, close - next <= 4 {
          next = close
        } else {
          return Content(tokens: next + 1..<(close ?? range.upperBound), isQuoted: true, introduction: next)
        }
      case .colon: return Content(tokens: next + 1..<range.upperBound, isQuoted: true, introduction: next)
      case .stop: break scan
      default: break
      }
      let form = scan.words[next].reportingForm
      if scan.words[next].reporting >= 0, form == .perfect || form == .imperfect, next > at + 1 { break scan }
      next += 1
    }
    // `أفادت مصادر بتدمير`, `تحدث عن استهداف`, `أعلن مقتل`: a verbal noun, after the verb's own particle or bare.
    next = at + 1
    while next < min(range.upperBound, at + 16) {
      if isTrigger(next) {
        let word = scan.words[next]
        let before = scan.text.tokens[next - 1].hash
        let hasParticle =
          reporting.particles.contains(before)
          || word.clitics.contains(.bi) && reporting.particles.contains(AttributionRules.with)
        if hasParticle || AttributionRules.announcing.contains(reporting.symbol) {
          return Content(tokens: next..<range.upperBound, isQuoted: false, introduction: max(at + 2, next))
        }
        return nil
      }
      if scan.mark(next) == .stop { return nil }
      next += 1
    }
    return nil
  }

  private func isTrigger(_ token: Int) -> Bool { features.candidateOfToken[token] >= 0 }

  private static let with = StableHash.hash(Folding.fold(word: "ب"))
  /// Verbs whose object may be what they tell.
  private static let announcing = Set(["أعلن", "أكد", "جدد", "أورد", "كشف", "أظهر"].map { Symbol($0) })

  /// لأن gives a reason and says nothing.
  private func isCausal(_ token: Int) -> Bool {
    let item = scan.text.tokens[token]
    return scan.text.folded[Int(item.foldedStart)] == 0xD9 && scan.text.folded[Int(item.foldedStart) + 1] == 0x84
  }

  /// `، بحسب ما أعلن الجيش`, `وفق ما أفاد`, `على ما قال`: the attribution closes the clause.
  private func trailing(
    _ at: Int, _ reporting: TriggerLexicon.Reporting, _ sentence: Int, _ range: Range<Int>, _ out: inout Attribution
  ) -> Scope? {
    guard at > range.lowerBound + 1 else { return nil }
    let before = scan.words[at - 1]
    let two = scan.words[at - 2]
    let afterPhrase = before.reporting >= 0 && before.reportingForm == .phrase
    let afterWhat =
      before.particles & signs.relative != 0
      && (two.reporting >= 0 && two.reportingForm == .phrase || two.particles & signs.prepositions != 0)
    guard afterPhrase || afterWhat else { return nil }
    guard
      let speaker = speaker(after: at, sentence, range) ?? make(after: at, range, &out)
    else { return nil }
    return Scope(
      tokens: range.lowerBound..<at, speaker: speaker, kind: reporting.kind, word: at, isLeading: false,
      isQuoted: false)
  }

  /// `اتهمت X إسرائيل بشن غارة`: what follows ب is X's word; in the passive nobody's.
  private func accusation(_ at: Int, _ sentence: Int, _ range: Range<Int>) -> Scope? {
    var start: Int?
    for token in at + 1..<min(range.upperBound, at + 16) where scan.words[token].clitics.contains(.bi) {
      start = token
      break
    }
    guard let start else { return nil }
    let speaker = speaker(after: at, sentence, range, until: start)
    if let before = adjacentSpeaker(before: at, sentence) {
      return Scope(
        tokens: start..<range.upperBound, speaker: before, kind: .accuse, word: at, isLeading: true, isQuoted: false)
    }
    guard let speaker else { return nil }
    let end = Int(scan.mentions[speaker].tokens.upperBound)
    // Two parties before ب: accuser and accused; one alone is accused.
    guard self.speaker(after: end - 1, sentence, range, until: start) != nil else { return nil }
    return Scope(
      tokens: start..<range.upperBound, speaker: speaker, kind: .accuse, word: at, isLeading: true, isQuoted: false)
  }

  // MARK: - Speakers

  private func canSpeak(_ index: Int) -> Bool {
    guard index < scan.firstCandidate else { return false }
    switch scan.mentions[index].entity {
    case .actor, .person: return true
    case .place(let place): return place.level == .country || place.level == .city
    case .source:
      // جهته, جهتها: a turn of phrase.
      let token = Int(scan.mentions[index].tokens.lowerBound)
      return !AttributionRules.turns.contains(scan.text.tokens[token].hash)
    default: return false
    }
  }

  private func isPlace(_ index: Int) -> Bool {
    if case .place = scan.mentions[index].entity { return true }
    return false
  }

  private static let turns = Set(
    ["جهته", "جهتها", "جهتهم", "جانبه", "جانبها", "فيه", "فيها"].map { StableHash.hash(Folding.fold(word: $0)) })

  /// The first mention after `at` that can speak, before a clause begins.
  private func speaker(after at: Int, _ sentence: Int, _ range: Range<Int>, until: Int? = nil) -> Int? {
    for index in scan.mentions(inSentence: sentence) where canSpeak(Int(index)) {
      let start = scan.infos[Int(index)].start
      guard start > at else { continue }
      guard start - at <= AttributionRules.speakerReach, start < until ?? range.upperBound else { return nil }
      if scan.infos[Int(index)].entity == .place, start > at + 1 { continue }
      for token in at + 1..<start {
        let particles = scan.words[token].particles
        if particles & (signs.complementizer | signs.relative) != 0 && token > at + 1 { return nil }
        switch scan.mark(token) {
        case .none, .quote: break
        default: return nil
        }
      }
      return Int(index)
    }
    return nil
  }

  /// After عن, at most a dozen words on.
  private func relayed(after at: Int, _ sentence: Int, _ range: Range<Int>) -> Int? {
    for token in at + 1..<min(range.upperBound, at + 12)
    where scan.text.tokens[token].hash == AttributionRules.from {
      return speaker(after: token, sentence, range)
    }
    return nil
  }

  private static let from = StableHash.hash(Folding.fold(word: "عن"))

  /// The subject that stands right before the verb: `الجيش أعلن`.
  private func adjacentSpeaker(before at: Int, _ sentence: Int) -> Int? {
    var best: Int?
    for index in scan.mentions(inSentence: sentence) where canSpeak(Int(index)) && !isPlace(Int(index)) {
      let end = scan.infos[Int(index)].end
      guard end <= at else { break }
      if at - end <= 2
        && (end..<at).allSatisfy({ scan.mark($0) == .none || scan.mark($0) == .quote || scan.mark($0) == .close })
      {
        best = Int(index)
      }
    }
    return best
  }

  /// The first mention of the sentence before `at` that can speak: its subject.
  private func firstSpeaker(before at: Int, _ sentence: Int) -> Int? {
    for index in scan.mentions(inSentence: sentence) where canSpeak(Int(index)) && !isPlace(Int(index)) {
      return scan.infos[Int(index)].end <= at ? Int(index) : nil
    }
    return nil
  }

  /// A speaker that no lexicon knows: the words after a reporting word up to what it says (`وقالت أجهزة الإسعاف إن`).
  private func make(after at: Int, _ range: Range<Int>, _ out: inout Attribution) -> Int? {
    var end = at + 1
    while end < range.upperBound && end - at <= AttributionRules.madeWordsMax {
      let token = scan.text.tokens[end]
      if token.kind == .punctuation || token.kind == .number { break }
      if scan.words[end].particles != 0 && scan.words[end].particles & (signs.quantifier | signs.epithet) == 0 { break }
      if scan.analysis.numberOfToken[end] >= 0 { break }
      end += 1
    }
    guard end > at + 1, end - at <= AttributionRules.madeWordsMax, end < range.upperBound else { return nil }
    let first = scan.text.tokens[at + 1]
    guard first.kind == .arabic else { return nil }
    var start = first.start
    if scan.words[at + 1].clitics.contains(.li) || isAttachedLi(at + 1) {
      start = Folding.sourceOffset(skipping: scan.hasArticle(at + 1) ? 4 : 2, of: first, in: scan.report.text)
    }
    out.made.append(
      Mention(
        span: ByteSpan(start, scan.text.tokens[end - 1].end), tokens: Int32(at + 1)..<Int32(end),
        entity: .source(Actor(name: nil)), rule: "speaker-of-report"))
    return scan.mentions.count + out.made.count - 1
  }

  private func isAttachedLi(_ token: Int) -> Bool {
    let item = scan.text.tokens[token]
    let at = Int(item.foldedStart)
    return scan.text.folded[at] == 0xD9 && scan.text.folded[at + 1] == 0x84 && scan.text.folded[at + 2] == 0xD9
      && scan.text.folded[at + 3] == 0x84
  }

  /// `المرصد السوري: القوات تسيطر …`: who stands before the colon at the head of a headline.
  private func headlineSpeaker(_ sentence: Int, _ range: Range<Int>) -> Int? {
    for index in scan.mentions(inSentence: sentence) where canSpeak(Int(index)) {
      let item = scan.infos[Int(index)]
      guard item.end < range.upperBound, scan.mark(item.end) == .colon else { continue }
      return item.start <= range.lowerBound + 1 ? Int(index) : nil
    }
    return nil
  }

  /// The scope that binds the trigger at `token` closest, as an index: what follows a reporting verb binds closer than what a
  /// trailing phrase covers, and the latest verb closest.
  func nearestScope(at token: Int, in scopes: [Scope]) -> Int? {
    scopes.lastIndex { $0.isLeading && $0.tokens.contains(token) } ?? scopes.lastIndex { $0.tokens.contains(token) }
  }

  /// Whether the trigger stands in a relative clause that began after `start`.
  func isRelative(_ token: Int, after start: Int) -> Bool {
    var at = token - 1
    while at >= start {
      if scan.mark(at) == .comma || scan.mark(at) == .quote { return false }
      if scan.words[at].particles & signs.relative != 0, isFullRelative(at) { return true }
      if scan.words[at].particles & signs.complementizer != 0 { return false }
      at -= 1
    }
    return false
  }

  /// الذي and its kin, not ما or من.
  private func isFullRelative(_ token: Int) -> Bool {
    scan.text.tokens[token].foldedEnd - scan.text.tokens[token].foldedStart > 4
  }
}
