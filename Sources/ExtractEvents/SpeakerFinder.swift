import Arabic
import Lexicon
import Model

/// Finds who speaks: the mention that is subject or owner of a reporting word, or the words that would be one.
struct SpeakerFinder {
  let scan: ReportScan
  let signs: Signs
  let features: EventFeatures

  /// How a speaker was found.
  enum Link: UInt8, CaseIterable {
    /// It stands behind the word.
    case behind
    /// It stands before the word.
    case before
    /// It stands behind `كان`, the word further on.
    case auxiliary
    /// Behind `عن`: `نقلت الوكالة عن مصدر`.
    case relayed
    /// No lexicon knows it.
    case made
    /// The word is the source itself: `تقارير عن`.
    case itself
    /// Elided: the speaker of the scope before, in the same sentence.
    case previous
    /// Elided: the subject of the sentence.
    case subject
    /// Elided: who told the sentences before by a verb.
    case teller
    /// Elided: whom `بحسب` and its like named before.
    case beside

    /// Whether the subject of the word is not named beside it.
    var isElided: Bool { self == .previous || self == .subject || self == .teller || self == .beside }
  }

  /// How far a speaker may stand from the reporting word, in words.
  private static let reach = 6
  /// The longest speaker that is no known mention, in words.
  private static let madeWordsMax = 5
  /// How far behind `نقل` its عن may stand, in words.
  private static let relayedReach = 12
  /// How far behind `كان` its verb may stand, in words.
  private static let auxiliaryReach = 16
  /// How many words may stand between a subject and its verb.
  private static let gapMax = 3

  func canSpeak(_ index: Int) -> Bool {
    guard index < scan.firstCandidate else { return false }
    switch scan.mentions[index].entity {
    case .actor, .person: return true
    case .place(let place): return place.level == .country || place.level == .city
    case .source:
      // جهته, جهتها: a turn of phrase.
      return !SpeakerFinder.turns.contains(scan.text.tokens[scan.infos[index].start].hash)
    default: return false
    }
  }

  private func isPlace(_ index: Int) -> Bool { scan.infos[index].entity == .place }

  private static let turns = Set(
    ["جهته", "جهتها", "جهتهم", "جانبه", "جانبها", "جانبنا", "فيه", "فيها"].map {
      StableHash.hash(Folding.fold(word: $0))
    })

  /// The first mention after `at` that can speak, before a clause begins. Who is spoken to (`للصحافيين`, `مع القناة`) is none,
  /// but after a phrase (`وفقا للجيش`).
  func after(
    _ at: Int, _ sentence: Int, _ range: Range<Int>, until: Int? = nil, isPhrase: Bool = false
  ) -> (mention: Int, link: Link)? {
    for index in scan.mentions(inSentence: sentence) where canSpeak(Int(index)) {
      let info = scan.infos[Int(index)]
      let start = info.start
      guard start > at else { continue }
      guard start - at <= SpeakerFinder.reach, start < until ?? range.upperBound else { return nil }
      if info.entity == .place, start > at + 1 { continue }
      if !isPhrase, !info.prefix.isDisjoint(with: [.li, .bi, .ka]) { continue }
      if !isPhrase, start > at + 1, scan.words[start - 1].particles & signs.prepositions != 0 { continue }
      guard (at + 1..<start).allSatisfy({ leads($0, isFirst: $0 == at + 1) }) else { return nil }
      return (Int(index), .behind)
    }
    return nil
  }

  /// Whether a word may stand between a reporting word and its speaker.
  private func leads(_ token: Int, isFirst: Bool) -> Bool {
    if scan.words[token].particles & (signs.complementizer | signs.relative) != 0 && !isFirst { return false }
    switch scan.mark(token) {
    case .none, .quote: return true
    // `أعلن، الجمعة، المتحدث`.
    case .comma: return isDate(token + 1) || isDate(token - 1)
    default: return false
    }
  }

  private func isDate(_ token: Int) -> Bool {
    guard token >= 0, token < scan.text.tokens.count else { return false }
    let number = scan.analysis.numberOfToken[token]
    return number >= 0 && scan.infos[Int(number)].entity == .date
  }

  /// After عن, at most a dozen words on.
  func relayed(after at: Int, _ sentence: Int, _ range: Range<Int>) -> (mention: Int, link: Link)? {
    for token in at + 1..<min(range.upperBound, at + SpeakerFinder.relayedReach)
    where scan.text.tokens[token].hash == SpeakerFinder.from {
      return after(token, sentence, range).map { ($0.mention, .relayed) }
    }
    return nil
  }

  private static let from = StableHash.hash(Folding.fold(word: "عن"))

  /// The subject that stands right before the verb: `الجيش أعلن`, `المعلومات التي تؤكد`.
  func adjacent(before at: Int, _ sentence: Int) -> (mention: Int, link: Link)? {
    var best: Int?
    for index in scan.mentions(inSentence: sentence) where canSpeak(Int(index)) && !isPlace(Int(index)) {
      let end = scan.infos[Int(index)].end
      guard end <= at else { break }
      if at - end <= SpeakerFinder.gapMax, (end..<at).allSatisfy({ separates($0, at - end) }) { best = Int(index) }
    }
    return best.map { ($0, .before) }
  }

  /// Whether a word may stand between a subject and its verb: any one or two, of three only particles and dates.
  private func separates(_ token: Int, _ gap: Int) -> Bool {
    switch scan.mark(token) {
    case .none: gap < SpeakerFinder.gapMax || scan.words[token].particles != 0 || isDate(token)
    case .quote, .close: true
    default: false
    }
  }

  /// `وكان وزير الدفاع، في مقابلة، قد قال`: who stands right behind the auxiliary is the subject of the verb.
  func ofAuxiliary(before at: Int, _ sentence: Int) -> (mention: Int, link: Link)? {
    let least = max(scan.text.sentences[sentence].tokens.lowerBound, at - SpeakerFinder.auxiliaryReach)
    var token = at - 1
    while token >= least {
      if scan.mark(token) == .stop || scan.words[token].particles & signs.complementizer != 0 { return nil }
      // Another verb between is the auxiliary's.
      let candidate = features.candidateOfToken[token]
      if candidate >= 0, features.candidates[Int(candidate)].isVerb { return nil }
      if scan.words[token].particles & signs.auxiliary != 0 {
        for index in scan.mentions(inSentence: sentence) where scan.infos[Int(index)].start == token + 1 {
          if canSpeak(Int(index)), scan.infos[Int(index)].end <= at { return (Int(index), .auxiliary) }
        }
        return nil
      }
      token -= 1
    }
    return nil
  }

  /// The first mention of the sentence before `at` that can speak: its subject.
  func first(before at: Int, _ sentence: Int) -> Int? {
    for index in scan.mentions(inSentence: sentence) where canSpeak(Int(index)) && !isPlace(Int(index)) {
      return scan.infos[Int(index)].end <= at ? Int(index) : nil
    }
    return nil
  }

  /// `المرصد السوري: القوات تسيطر …`: who stands before the colon at the head of a headline.
  func ofHeadline(_ sentence: Int, _ range: Range<Int>) -> Int? {
    for index in scan.mentions(inSentence: sentence) where canSpeak(Int(index)) {
      let info = scan.infos[Int(index)]
      guard info.end < range.upperBound, scan.mark(info.end) == .colon else { continue }
      return info.start <= range.lowerBound + 1 ? Int(index) : nil
    }
    return nil
  }

  /// A speaker that no lexicon knows: the words after a reporting word up to what it says (`وقالت أجهزة الإسعاف إن`).
  func make(after at: Int, _ range: Range<Int>, until: Int, isPhrase: Bool) -> Mention? {
    let upper = min(range.upperBound, until)
    guard at + 1 < upper, isName(at + 1, isPhrase) else { return nil }
    var end = at + 2
    while end < upper && end - at <= SpeakerFinder.madeWordsMax, scan.text.tokens[end].kind == .arabic,
      scan.words[end].particles & ~(signs.quantifier | signs.epithet) == 0, !scan.words[end].isReporting,
      scan.analysis.numberOfToken[end] < 0
    {
      end += 1
    }
    guard end - at <= SpeakerFinder.madeWordsMax, end < range.upperBound else { return nil }
    let first = scan.text.tokens[at + 1]
    var start = first.start
    if scan.words[at + 1].clitics.contains(.li) || isAttachedLi(at + 1) {
      start = Folding.sourceOffset(skipping: scan.hasArticle(at + 1) ? 4 : 2, of: first, in: scan.report.text)
    }
    return Mention(
      span: ByteSpan(start, scan.text.tokens[end - 1].end), tokens: Int32(at + 1)..<Int32(end),
      entity: .source(Actor(name: nil)), rule: "speaker-of-report")
  }

  /// Whether a word may begin a name: no particle, adverb, date or deed, and after a phrase no noun with a pronoun.
  private func isName(_ token: Int, _ isPhrase: Bool) -> Bool {
    let word = scan.words[token]
    guard scan.text.tokens[token].kind == .arabic, !word.isReporting,
      word.particles & ~(signs.quantifier | signs.epithet) == 0, scan.analysis.numberOfToken[token] < 0
    else { return false }
    if scan.hasArticle(token) { return true }
    let item = scan.text.tokens[token]
    guard item.foldedEnd - item.foldedStart > 4, features.candidateOfToken[token] < 0 else { return false }
    if item.flags.contains(.taMarbuta) { return true }
    // `حسب قوله`, `على حد تعبيرها`.
    let last = scan.letter(token, fromEnd: 0)
    let hasPronoun = last == .ha || last == .alef && scan.letter(token, fromEnd: 1) == .ha
    return !(isPhrase && hasPronoun) && !SpeakerFinder.adverbs.contains(item.hash)
  }

  private static let adverbs = Set(
    [
      "أيضا", "مجددا", "مرارا", "تكرارا", "سابقا", "لاحقا", "علنا", "رسميا", "صراحة", "كذلك", "آنذاك", "حينها", "بدوره",
      "بدورها",
    ].map { StableHash.hash(Folding.fold(word: $0)) })

  private func isAttachedLi(_ token: Int) -> Bool {
    let item = scan.text.tokens[token]
    let at = Int(item.foldedStart)
    return FoldedLetter(at: at, of: scan.text.folded) == .lam && FoldedLetter(at: at + 2, of: scan.text.folded) == .lam
  }
}
