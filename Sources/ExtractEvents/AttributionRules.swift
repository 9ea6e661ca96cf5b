import Lexicon
import Model

/// Who says what a sentence tells: reporting verbs, `بحسب`, quotations and the sentences that continue them.
struct AttributionRules {
  let scan: ReportScan
  let lexicon: TriggerLexicon
  let signs: Signs

  /// A stretch of tokens that somebody vouches for.
  struct Scope {
    /// Tokens that it covers.
    var tokens: Range<Int>
    /// Index of the mention that speaks.
    var speaker: Int
    /// Kind of the reporting word.
    var kind: TriggerLexicon.Reporting.Kind
    /// The reporting word.
    var word: Int
  }

  /// All scopes of the report, in the order of the text; a later one is narrower or newer.
  func scopes() -> [Scope] {
    var out: [Scope] = []
    var lastSpeaker = -1
    for (index, sentence) in scan.text.sentences.enumerated() {
      let range = sentence.tokens
      if sentence.isHeadline, let speaker = headlineSpeaker(index, range) {
        out.append(Scope(tokens: range, speaker: speaker, kind: .say, word: range.lowerBound))
      }
      var at = range.lowerBound
      while at < range.upperBound {
        let word = scan.words[at]
        if word.reporting >= 0 {
          let reporting = lexicon.reporting[Int(word.reporting)]
          if let scope = scope(at, word, reporting, index, range, lastSpeaker) {
            out.append(scope)
            lastSpeaker = scope.speaker
          }
        }
        at += 1
      }
    }
    return out
  }

  private func scope(
    _ at: Int, _ word: WordAnalysis, _ reporting: TriggerLexicon.Reporting, _ sentence: Int, _ range: Range<Int>,
    _ lastSpeaker: Int
  ) -> Scope? {
    switch word.reportingForm {
    case .phrase:
      // بحسب X, وفق X: what stands before it, to the sentence's begin or the stop before.
      guard let speaker = speaker(after: at, limit: 6, sentence, range) else { return nil }
      return Scope(tokens: clauseStart(at, range)..<at, speaker: speaker, kind: reporting.kind, word: at)
    case .participle:
      // مضيفا, مؤكدة: the speaker of before goes on.
      let speaker = speaker(before: at, sentence, range) ?? lastSpeaker
      guard speaker >= 0 else { return nil }
      return Scope(tokens: at + 1..<range.upperBound, speaker: speaker, kind: reporting.kind, word: at)
    case .perfect, .imperfect:
      guard introduces(at, range) else { return nil }
      var speaker = self.speaker(after: at, limit: 4, sentence, range)
      let before = self.speaker(before: at, sentence, range)
      // Subject first: `الجيش أعلن أن`, or a clause between commas: `…، أعلن الجيش`.
      if speaker == nil || at > range.lowerBound && isBefore(before, at) && scan.mark(at - 1) == .none {
        if let before, isAdjacent(before, at) { speaker = before }
      }
      if speaker == nil, let before, scan.mentions[before].tokens.lowerBound >= Int32(range.lowerBound) {
        speaker = before
      }
      guard let said = speaker ?? (lastSpeaker >= 0 ? lastSpeaker : nil) else { return nil }
      if isTrailing(at, range) {
        return Scope(tokens: clauseStart(at, range)..<at, speaker: said, kind: reporting.kind, word: at)
      }
      return Scope(tokens: at + 1..<range.upperBound, speaker: said, kind: reporting.kind, word: at)
    case .masdar: return nil
    }
  }

  /// A reporting verb reports when a complementizer, a quotation or a colon follows, or it is a mere verb of saying.
  private func introduces(_ at: Int, _ range: Range<Int>) -> Bool {
    var next = at + 1
    while next < range.upperBound && next < at + 24 {
      if scan.words[next].particles & signs.complementizer != 0 { return true }
      switch scan.mark(next) {
      case .quote, .colon: return true
      case .stop: return isTrailing(at, range)
      default: break
      }
      next += 1
    }
    return isTrailing(at, range) || lexicon.reporting[Int(scan.words[at].reporting)].kind != .say || next - at > 3
  }

  /// `…، بحسب ما أعلن الجيش`, `وفق ما أفاد`, `على ما قال`: the attribution closes the clause.
  private func isTrailing(_ at: Int, _ range: Range<Int>) -> Bool {
    guard at > range.lowerBound else { return false }
    let before = at - 1
    if before > range.lowerBound, scan.words[before].particles & signs.relative != 0,
      scan.words[before - 1].reporting >= 0 && scan.words[before - 1].reportingForm == .phrase
        || scan.words[before - 1].particles & signs.prepositions != 0
    {
      return true
    }
    return scan.words[before].reporting >= 0 && scan.words[before].reportingForm == .phrase
  }

  /// Start of the stretch that a trailing attribution covers.
  private func clauseStart(_ at: Int, _ range: Range<Int>) -> Int { range.lowerBound }

  private func isAdjacent(_ mention: Int, _ at: Int) -> Bool {
    let end = Int(scan.mentions[mention].tokens.upperBound)
    return end <= at && at - end <= 2
  }

  private func isBefore(_ mention: Int?, _ at: Int) -> Bool {
    guard let mention else { return false }
    return Int(scan.mentions[mention].tokens.upperBound) <= at
  }

  private func canSpeak(_ mention: Int) -> Bool {
    guard mention < scan.firstCandidate else { return false }
    switch scan.mentions[mention].entity {
    case .actor, .person, .source: return true
    default: return false
    }
  }

  /// The first mention after `at` that can speak, at most `limit` words on, no complementizer between.
  private func speaker(after at: Int, limit: Int, _ sentence: Int, _ range: Range<Int>) -> Int? {
    var best: Int?
    for index in scan.mentions(inSentence: sentence) where canSpeak(Int(index)) {
      let start = Int(scan.mentions[Int(index)].tokens.lowerBound)
      guard start > at else { continue }
      guard start - at <= limit else { break }
      for token in at + 1..<start {
        if scan.words[token].particles & signs.complementizer != 0 || scan.mark(token) == .colon
          || scan.mark(token) == .quote
        {
          return best
        }
      }
      best = Int(index)
      break
    }
    return best
  }

  /// The nearest mention before `at` in its sentence that can speak.
  private func speaker(before at: Int, _ sentence: Int, _ range: Range<Int>) -> Int? {
    var best: Int?
    for index in scan.mentions(inSentence: sentence) where canSpeak(Int(index)) {
      guard Int(scan.mentions[Int(index)].tokens.upperBound) <= at else { break }
      if best == nil || at - Int(scan.mentions[Int(index)].tokens.upperBound) <= 3 { best = Int(index) }
    }
    return best
  }

  /// `المرصد السوري: القوات تسيطر …`: who stands before the colon of a headline.
  private func headlineSpeaker(_ sentence: Int, _ range: Range<Int>) -> Int? {
    for index in scan.mentions(inSentence: sentence) where canSpeak(Int(index)) {
      let end = Int(scan.mentions[Int(index)].tokens.upperBound)
      guard end < range.upperBound, scan.mark(end) == .colon else { continue }
      return Int(scan.mentions[Int(index)].tokens.lowerBound) == range.lowerBound ? Int(index) : nil
    }
    return nil
  }

  /// The speaker for the trigger at `token`: of the scopes that cover it the innermost.
  func source(at token: Int, in scopes: [Scope]) -> Scope? {
    var best: Scope?
    for scope in scopes where scope.tokens.contains(token) {
      if let current = best {
        // What follows a reporting verb binds closer than what a trailing phrase covers.
        if scope.tokens.count <= current.tokens.count || scope.word < token && current.word > token { best = scope }
      } else {
        best = scope
      }
    }
    return best
  }
}
