import Arabic
import Lexicon
import Model

/// Who says what a sentence tells: reporting verbs, `بحسب`, accusations and demands, quotations and the sentences that
/// continue them. The scopes are what could be; `SourceFeatures` weighs which of them tells an event.
struct AttributionRules {
  let scan: ReportScan
  let tables: EventTables
  let features: EventFeatures
  private let speakers: SpeakerFinder
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }

  init(scan: ReportScan, tables: EventTables, features: EventFeatures) {
    self.scan = scan
    self.tables = tables
    self.features = features
    speakers = SpeakerFinder(scan: scan, signs: tables.signs, features: features)
  }

  /// A stretch of tokens that somebody vouches for.
  struct Scope {
    /// Tokens that it covers.
    var tokens: Range<Int>
    /// Index of the mention that speaks; from `scan.mentions.count` on, one of `made`.
    var speaker: Int
    /// Kind of the reporting word.
    var kind: TriggerLexicon.Reporting.Kind
    /// The reporting word, or the act.
    var word: Int
    /// How it stands to the word.
    var shape: Shape
    /// How the speaker was found.
    var link: SpeakerFinder.Link
  }

  /// How a scope stands to the word that makes it.
  enum Shape: UInt8, CaseIterable {
    /// What follows a reporting verb; what a relative clause adds in it is the report's own.
    case leading
    /// A quotation; all of it is the speaker's.
    case quoted
    /// What stands before `بحسب` and its like.
    case trailing
    /// What follows `بحسب` and its speaker, at the head of a sentence.
    case heading
    /// The same behind a clause that they close.
    case following
    /// What follows the verbal noun of telling: `إعلان الجيش عن`, `تقارير عن`.
    case noun
    /// What somebody demands, refuses, threatens, promises or accuses another of.
    case act
    /// The sentence behind, in the same paragraph.
    case carried
    /// A headline behind its speaker and a colon.
    case headline

    /// Whether it follows its word and binds closely.
    var isLeading: Bool { self == .leading || self == .quoted || self == .noun || self == .act }
  }

  /// Scopes of a report, and the speakers that no lexicon knows.
  struct Attribution {
    fileprivate(set) var scopes: [Scope] = []
    fileprivate(set) var made: [Mention] = []
    /// The scopes that the words of each sentence make, as a range of `scopes`.
    fileprivate var ofSentence: [Range<Int>] = []

    /// The scopes that may cover words of a sentence: its own and, for `… . بحسب المرصد.`, those that the next one makes.
    func scopes(near sentence: Int) -> ArraySlice<Scope> {
      let next = ofSentence[min(sentence + 1, ofSentence.count - 1)]
      return scopes[ofSentence[sentence].lowerBound..<next.upperBound]
    }
  }

  /// How far the word that introduces what is said may stand from the reporting verb, in words.
  private static let introductionReach = 30
  /// How far behind the reporting verb's speaker a noun that tells an event may stand, in words.
  private static let nounReach = 16
  /// How many sentences a speaker's words may run on in a paragraph.
  private static let carriedMax = 3
  /// How many speakers an elided subject may stand for.
  private static let elidedMax = 3
  /// The longest name in quotation marks, with the marks.
  private static let nameWordsMax = 4

  /// All scopes of the report, in the order of the text.
  func attribution() -> Attribution {
    var out = Attribution()
    var open: Scope?
    var tellers = Tellers()
    var carried: (scope: Scope, sentences: Int)?
    for (index, sentence) in scan.text.sentences.enumerated() {
      let range = sentence.tokens
      let start = out.scopes.count
      let isNewParagraph = scan.text.tokens[range.lowerBound].flags.contains(.paragraphBefore)
      // A quotation that the sentence before left open goes on to its closing mark.
      if let scope = open {
        let close = range.first { scan.mark($0) == .quote }
        out.scopes.append(
          Scope(
            tokens: range.lowerBound..<(close ?? range.upperBound), speaker: scope.speaker, kind: .continue,
            word: scope.word, shape: .quoted, link: scope.link))
        if close != nil || isNewParagraph { open = nil }
      }
      if let speaker = speakers.ofHeadline(index, range) {
        out.scopes.append(
          Scope(
            tokens: range, speaker: speaker, kind: .say, word: range.lowerBound, shape: .headline, link: .behind))
      }
      let first = out.scopes.count
      addScopes(of: index, range, tellers, &out)
      let next = out.scopes[first...].first { $0.shape.isLeading }?.word
      addCarried(range, isNewParagraph, next, &carried, &out)
      if let last = out.scopes[first...].last(where: { $0.shape == .leading || $0.shape == .quoted }) {
        let quotes = (last.word..<range.upperBound).count { scan.mark($0) == .quote }
        if quotes % 2 == 1 { open = last }
        carried = (last, 0)
      }
      tellers.main = out.scopes[first...].first { $0.shape == .leading || $0.shape == .quoted }?.speaker ?? tellers.main
      tellers.beside =
        out.scopes[first...].first { $0.shape == .trailing || $0.shape == .heading }?.speaker ?? tellers.beside
      out.ofSentence.append(start..<out.scopes.count)
    }
    return out
  }

  /// The scopes of the words of a sentence.
  private func addScopes(of sentence: Int, _ range: Range<Int>, _ tellers: Tellers, _ out: inout Attribution) {
    let first = out.scopes.count
    for at in range {
      let word = scan.words[at]
      // بين, عبر and their like are prepositions first.
      if word.reporting >= 0 && word.particles & signs.prepositions == 0 {
        let previous = out.scopes[first...].last { $0.shape != .act }
        let context = Context(at: at, sentence: sentence, range: range, previous: previous, tellers: tellers)
        switch word.reportingForm {
        case .phrase: addPhrase(context, &out)
        case .participle: addVerb(context, &out)
        case .perfect, .imperfect: addVerb(context, &out)
        case .masdar: addNoun(context, &out)
        }
      }
      if features.candidateOfToken[at] >= 0 { addAct(at, sentence, range, &out) }
    }
  }

  /// A reporting word and what was said before it.
  private struct Context {
    var at: Int
    var sentence: Int
    var range: Range<Int>
    /// The scope before it in its sentence.
    var previous: Scope?
    /// Who told the sentences before and may go on.
    var tellers: Tellers
  }

  /// Who spoke last: by a verb of a main clause, and by `بحسب` and its like.
  private struct Tellers {
    var main: Int?
    var beside: Int?
  }

  private func reporting(_ at: Int) -> TriggerLexicon.Reporting { lexicon.reporting[Int(scan.words[at].reporting)] }

  // MARK: - Phrases

  /// `بحسب المرصد`, `وفقا للجيش`.
  private func addPhrase(_ context: Context, _ out: inout Attribution) {
    let at = context.at
    guard
      let speaker = speakers.after(at, context.sentence, context.range, isPhrase: true)
        ?? made(after: at, context.range, isPhrase: true, &out)
    else { return }
    addClosing(speaker, context, &out)
  }

  /// An attribution that stands beside what it is about: at the head of a sentence it covers what follows, else what stands
  /// before it and, less surely, behind it.
  private func addClosing(
    _ speaker: (mention: Int, link: SpeakerFinder.Link), _ context: Context, _ out: inout Attribution
  ) {
    let at = context.at
    let range = context.range
    let kind = reporting(at).kind
    let end = speakerEnd(speaker.mention, out)
    func scope(_ tokens: Range<Int>, _ shape: Shape) -> Scope {
      Scope(tokens: tokens, speaker: speaker.mention, kind: kind, word: at, shape: shape, link: speaker.link)
    }
    if at > range.lowerBound + 1 {
      out.scopes.append(scope(range.lowerBound..<at, .trailing))
      if end + 1 < range.upperBound { out.scopes.append(scope(end..<range.upperBound, .following)) }
    } else if end + 1 < range.upperBound {
      out.scopes.append(scope(at..<range.upperBound, .heading))
    } else if context.sentence > 0, !scan.text.tokens[range.lowerBound].flags.contains(.paragraphBefore) {
      // `… بحسب الجيش.` after a full stop.
      out.scopes.append(scope(scan.text.sentences[context.sentence - 1].tokens, .trailing))
    }
  }

  private func speakerEnd(_ speaker: Int, _ out: Attribution) -> Int {
    speaker < scan.mentions.count
      ? scan.infos[speaker].end : Int(out.made[speaker - scan.mentions.count].tokens.upperBound)
  }

  // MARK: - Verbs

  /// What a reporting verb or participle tells.
  private func addVerb(_ context: Context, _ out: inout Attribution) {
    let at = context.at
    let isParticiple = scan.words[at].reportingForm == .participle
    if !isParticiple, closesClause(context) {
      if let speaker = speakers.after(at, context.sentence, context.range)
        ?? made(after: at, context.range, &out)
      {
        addClosing(speaker, context, &out)
      }
      return
    }
    let reporting = reporting(at)
    if !isParticiple, reporting.kind == .accuse || reporting.symbol == AttributionRules.accuse {
      if let scope = accusation(context) { out.scopes.append(scope) }
      return
    }
    guard let content = content(after: at, context.range) else { return }
    func add(_ speaker: Int, _ link: SpeakerFinder.Link) {
      out.scopes.append(
        Scope(
          tokens: content.tokens, speaker: speaker, kind: reporting.kind, word: at,
          shape: content.isQuoted ? .quoted : .leading, link: link))
    }
    // مضيفا, مؤكدة: the speaker of the sentence goes on, or its subject speaks.
    if !isParticiple, let speaker = subject(context, content, reporting, &out) {
      add(speaker.mention, speaker.link)
      return
    }
    // Elided: وأضاف أن, قال إنه.
    let options: [(speaker: Int?, link: SpeakerFinder.Link)] = [
      (context.previous?.speaker, .previous), (speakers.first(before: at, context.sentence), .subject),
      (context.tellers.main, .teller), (context.tellers.beside, .beside),
    ]
    var chosen: [Int] = []
    for (option, link) in options {
      guard let option, !chosen.contains(option), chosen.count < AttributionRules.elidedMax else { continue }
      chosen.append(option)
      add(option, link)
    }
  }

  /// Who speaks by a finite verb: its subject behind it or before it.
  private func subject(
    _ context: Context, _ content: Content, _ reporting: TriggerLexicon.Reporting, _ out: inout Attribution
  ) -> (mention: Int, link: SpeakerFinder.Link)? {
    let at = context.at
    if reporting.symbol == AttributionRules.relay,
      let relayed = speakers.relayed(after: at, context.sentence, context.range)
    {
      // نقلت الوكالة عن مصدر: who is relayed speaks.
      return relayed
    }
    if let speaker = speakers.ofAuxiliary(before: at, context.sentence) { return speaker }
    if let speaker = speakers.after(at, context.sentence, context.range, until: content.introduction) { return speaker }
    if let speaker = speakers.adjacent(before: at, context.sentence) { return speaker }
    return made(after: at, context.range, until: content.introduction, &out)
  }

  private static let accuse = Symbol("اتهم")
  private static let relay = Symbol("نقل")

  /// `، بحسب ما أعلن الجيش`, `وفق ما أفاد`, `على ما قال`: the attribution closes the clause.
  private func closesClause(_ context: Context) -> Bool {
    let at = context.at
    guard at > context.range.lowerBound + 1 else {
      return at == context.range.lowerBound + 1 && isPhrase(at - 1)
    }
    return isPhrase(at - 1)
      || scan.words[at - 1].particles & signs.relative != 0
        && (isPhrase(at - 2) || scan.words[at - 2].particles & signs.prepositions != 0)
  }

  private func isPhrase(_ token: Int) -> Bool {
    scan.words[token].reporting >= 0 && scan.words[token].reportingForm == .phrase
  }

  /// What a reporting word introduces.
  private struct Content {
    var tokens: Range<Int>
    var isQuoted: Bool
    /// The complementizer, mark, particle or noun that begins it.
    var introduction: Int
  }

  /// What is said: after أن or إن, a colon or an opening quotation mark, else a verbal noun.
  private func content(after at: Int, _ range: Range<Int>) -> Content? {
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
        if let close, close - next <= AttributionRules.nameWordsMax {
          next = close
        } else {
          return Content(tokens: next + 1..<(close ?? range.upperBound), isQuoted: true, introduction: next)
        }
      case .colon: return Content(tokens: next + 1..<range.upperBound, isQuoted: true, introduction: next)
      case .stop: break scan
      default: break
      }
      if next > at + 1, isFinite(next), !isBehindWhat(next) { break scan }
      next += 1
    }
    return nounContent(after: at, range)
  }

  /// `أفادت مصادر بتدمير`, `تحدث عن استهداف`, `أعلن مقتل`: a verbal noun, after the verb's own particle or bare.
  private func nounContent(after at: Int, _ range: Range<Int>) -> Content? {
    let particles = reporting(at).particles
    var next = at + 1
    while next < min(range.upperBound, at + AttributionRules.nounReach) {
      if particles.contains(scan.text.tokens[next].hash), next + 1 < range.upperBound {
        return Content(tokens: next + 1..<range.upperBound, isQuoted: false, introduction: max(at + 2, next))
      }
      if features.candidateOfToken[next] >= 0 {
        return Content(tokens: next..<range.upperBound, isQuoted: false, introduction: max(at + 2, next))
      }
      if scan.mark(next) == .stop || isFinite(next) { return nil }
      next += 1
    }
    return nil
  }

  /// Whether a token is a finite reporting verb.
  private func isFinite(_ token: Int) -> Bool {
    let word = scan.words[token]
    return word.reporting >= 0 && (word.reportingForm == .perfect || word.reportingForm == .imperfect)
      && word.particles & signs.prepositions == 0
  }

  /// `وفق ما نقلت الوكالة` within a sentence that somebody else tells.
  private func isBehindWhat(_ token: Int) -> Bool {
    scan.words[token - 1].particles & signs.relative != 0 || isPhrase(token - 1)
  }

  /// لأن gives a reason and says nothing.
  private func isCausal(_ token: Int) -> Bool {
    let item = scan.text.tokens[token]
    return FoldedLetter(at: Int(item.foldedStart), of: scan.text.folded) == .lam
  }

  /// `اتهمت X إسرائيل بشن غارة`: what follows ب is X's word; in the passive nobody's.
  private func accusation(_ context: Context) -> Scope? {
    let at = context.at
    let range = context.range
    let start = (at + 1..<min(range.upperBound, at + AttributionRules.nounReach)).first {
      scan.words[$0].clitics.contains(.bi) || scan.words[$0].particles & signs.complementizer != 0
    }
    guard let start else { return nil }
    func scope(_ speaker: (mention: Int, link: SpeakerFinder.Link)) -> Scope {
      Scope(
        tokens: start..<range.upperBound, speaker: speaker.mention, kind: .accuse, word: at, shape: .leading,
        link: speaker.link)
    }
    if let before = speakers.adjacent(before: at, context.sentence) { return scope(before) }
    guard let speaker = speakers.after(at, context.sentence, range, until: start) else { return nil }
    // Two parties before ب: accuser and accused; one alone is accused.
    let end = scan.infos[speaker.mention].end
    guard speakers.after(end - 1, context.sentence, range, until: start) != nil else { return nil }
    return scope(speaker)
  }

  // MARK: - Nouns and acts

  /// `إعلان الجيش عن`, `تقارير عن`: the owner of the noun tells, or the noun is the source itself.
  private func addNoun(_ context: Context, _ out: inout Attribution) {
    let at = context.at
    let own = scan.analysis.mentionOfToken[at]
    let owner = scan.analysis.mentionOfToken[min(at + 1, context.range.upperBound - 1)]
    let speaker: Int
    if own >= 0, scan.infos[Int(own)].entity == .source {
      speaker = Int(own)
    } else if owner >= 0, scan.infos[Int(owner)].start == at + 1, speakers.canSpeak(Int(owner)) {
      speaker = Int(owner)
    } else {
      return
    }
    let end = scan.infos[speaker].end
    guard end < context.range.upperBound else { return }
    out.scopes.append(
      Scope(
        tokens: end..<context.range.upperBound, speaker: speaker, kind: reporting(at).kind, word: at, shape: .noun,
        link: speaker == Int(own) ? .itself : .behind))
  }

  /// `طالبت قطر بإلغاء`, `ندد الوزير بالهجمات`, `تتهمها أنقرة بتدبير`: who acts by words vouches for what they are about.
  private func addAct(_ at: Int, _ sentence: Int, _ range: Range<Int>, _ out: inout Attribution) {
    let candidate = features.candidates[Int(features.candidateOfToken[at])]
    guard AttributionRules.isAct(lexicon.entries[candidate.entry].readings[0].type) else { return }
    guard let speaker = actor(of: candidate, sentence, range) else { return }
    let start = max(at + 1, speaker.link == .behind ? scan.infos[speaker.mention].end : 0)
    guard start < range.upperBound else { return }
    out.scopes.append(
      Scope(
        tokens: start..<range.upperBound, speaker: speaker.mention, kind: .say, word: at, shape: .act,
        link: speaker.link))
  }

  /// Who does a verbal act: the subject before or behind a verb, the owner of a verbal noun; of a passive nobody.
  private func actor(
    of candidate: Candidate, _ sentence: Int, _ range: Range<Int>
  ) -> (mention: Int, link: SpeakerFinder.Link)? {
    let at = candidate.token
    switch candidate.position {
    case .perfect, .imperfect:
      return speakers.ofAuxiliary(before: at, sentence)
        ?? speakers.adjacent(before: at, sentence) ?? speakers.after(at, sentence, range)
    case .noun:
      let owner = speakers.after(at, sentence, range, until: at + 2)
      return owner
    case .participle: return speakers.adjacent(before: at, sentence)
    case .passive, .definite, .possessed: return nil
    }
  }

  /// Whether an event of a type is done by words that are about other events.
  private static func isAct(_ type: EventType) -> Bool {
    switch type {
    case .request, .reject, .accuse, .threaten, .agree, .support, .concede: true
    default: false
    }
  }

  /// The words of a speaker may run on in the sentences behind, up to where another begins to speak.
  private func addCarried(
    _ range: Range<Int>, _ isNewParagraph: Bool, _ next: Int?, _ carried: inout (scope: Scope, sentences: Int)?,
    _ out: inout Attribution
  ) {
    guard let (scope, sentences) = carried else { return }
    guard !isNewParagraph, sentences < AttributionRules.carriedMax else {
      carried = nil
      return
    }
    carried?.sentences += 1
    let end = next ?? range.upperBound
    guard end > range.lowerBound else { return }
    out.scopes.append(
      Scope(
        tokens: range.lowerBound..<end, speaker: scope.speaker, kind: .continue, word: scope.word, shape: .carried,
        link: scope.link))
  }

  private func made(
    after at: Int, _ range: Range<Int>, until: Int? = nil, isPhrase: Bool = false, _ out: inout Attribution
  ) -> (mention: Int, link: SpeakerFinder.Link)? {
    guard let mention = speakers.make(after: at, range, until: until ?? range.upperBound, isPhrase: isPhrase)
    else { return nil }
    out.made.append(mention)
    return (scan.mentions.count + out.made.count - 1, .made)
  }

  // MARK: - Questions

  /// The word of the scope that binds the trigger at `token` closest: what follows a reporting verb binds closer than what a
  /// trailing phrase covers, and the latest verb closest.
  func nearestWord(at token: Int, in scopes: ArraySlice<Scope>) -> Int? {
    let nearest =
      scopes.last { ($0.shape == .leading || $0.shape == .quoted) && $0.tokens.contains(token) }
      ?? scopes.last { $0.shape != .carried && $0.tokens.contains(token) }
      ?? scopes.last { $0.tokens.contains(token) }
    return nearest?.word
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
