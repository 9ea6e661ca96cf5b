import Arabic
import Lexicon
import Model

/// Finds the words of a report that may state events, and decides for each reading whether it is verb or noun here.
struct CandidateFinder {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }

  /// How far before a trigger a word of an excluding group counts, in words.
  private static let excludedBefore = 3
  /// How far after it.
  private static let excludedAfter = 5

  /// All candidates in the order of the text; those of one token stand together, one for each lexeme.
  func find() -> [Candidate] {
    var out: [Candidate] = []
    for (index, sentence) in scan.text.sentences.enumerated() {
      for token in sentence.tokens {
        let range = scan.words[token].readings
        if range.isEmpty { continue }
        if isInsideName(token) { continue }
        let first = out.count
        // `وصفت` is `وصف` rather than `و` and `صفى`, `بحثا` is no `حث`: the reading that takes least off comes first.
        var least = UInt8.max
        for reading in scan.readings[Int(range.lowerBound)..<Int(range.upperBound)] {
          least = min(least, reading.prefixBytes)
        }
        if least == 0 && isClosedClass(token) { continue }
        for reading in scan.readings[Int(range.lowerBound)..<Int(range.upperBound)] {
          let form = lexicon.forms[Int(reading.form)]
          if reading.prefixBytes > least { continue }
          if form.isJussive && !followsNegation(token, sentence.tokens) { continue }
          if isExcluded(Int(form.entry), token, sentence.tokens) { continue }
          guard let position = position(form, reading, token, sentence.tokens) else { continue }
          var candidate = Candidate(
            token: token, sentence: index, entry: Int(form.entry), form: form, clitics: reading.clitics,
            prefixBytes: Int(reading.prefixBytes), hasPronoun: reading.hasPronoun, position: position)
          // Of two readings of one lexeme the first that fits stays: verb or noun is decided by `position`.
          if out[first...].contains(where: { $0.entry == candidate.entry }) { continue }
          candidate.verdict = verdict(lexicon.entries[candidate.entry], token, sentence.tokens)
          out.append(candidate)
        }
      }
      findPhrases(sentence, index, &out)
    }
    return out
  }

  /// What the collocations make of a trigger: the words that touch it before those near it. That its form belongs to another
  /// word stands back behind a phrase that gives it a reading.
  private func verdict(_ entry: TriggerEntry, _ token: Int, _ sentence: Range<Int>) -> Candidate.Verdict {
    guard entry.hasCollocations else { return .none }
    let form = collocation(entry.symbol, .form, token)
    guard form?.isEvent != true else { return verdict(form, entry) }
    let phrase =
      collocation(entry.symbol, .next, from: token, 1, reach: 1, sentence)
      ?? collocation(entry.symbol, .prev, from: token, -1, reach: 1, sentence)
      ?? collocation(entry.symbol, .after, from: token, 1, reach: Collocations.reach, sentence)
      ?? collocation(entry.symbol, .before, from: token, -1, reach: Collocations.reach, sentence)
    return verdict(phrase?.isEvent == true ? phrase : form ?? phrase, entry)
  }

  private func verdict(_ found: Collocations.Verdict?, _ entry: TriggerEntry) -> Candidate.Verdict {
    guard let found else { return .none }
    guard let reading = lexicon.collocations.reading(of: found) else { return .noEvent }
    return entry.readings.firstIndex(of: reading).map { .reading($0) } ?? .none
  }

  /// The verdict of the first of `reach` words from `token` that has one on `side`; `step` is 1 or -1.
  private func collocation(
    _ entry: Symbol, _ side: Collocations.Side, from token: Int, _ step: Int, reach: Int, _ sentence: Range<Int>
  ) -> Collocations.Verdict? {
    var at = token
    for _ in 0..<reach {
      guard let next = word(step, from: at, sentence) else { return nil }
      if let found = collocation(entry, side, next) { return found }
      at = next
    }
    return nil
  }

  private func collocation(_ entry: Symbol, _ side: Collocations.Side, _ token: Int) -> Collocations.Verdict? {
    var found: Collocations.Verdict?
    scan.forEachSplit(of: token) { hash in
      if found == nil { found = lexicon.collocations.verdict(entry, side, hash) }
    }
    return found
  }

  /// The word `step` (1 or -1) from `token` in its clause, quotation marks passed over; nil at a mark or the end.
  private func word(_ step: Int, from token: Int, _ sentence: Range<Int>) -> Int? {
    var at = token + step
    while sentence.contains(at) {
      if scan.text.tokens[at].kind != .punctuation { return at }
      guard scan.mark(at) == .quote else { return nil }
      at += step
    }
    return nil
  }

  private func findPhrases(_ sentence: Sentence, _ index: Int, _ out: inout [Candidate]) {
    for token in sentence.tokens {
      let hash = scan.text.tokens[token].hash
      guard lexicon.mayBeginPhrase(hash) else { continue }
      for phrase in lexicon.phrases where phrase.words[0] == hash {
        var matches = token + phrase.words.count <= sentence.tokens.upperBound
        for (offset, word) in phrase.words.enumerated() where matches {
          matches = scan.text.tokens[token + offset].hash == word
        }
        guard matches else { continue }
        out.removeAll { $0.token == token }
        out.append(
          Candidate(
            token: token, sentence: index, entry: Int(phrase.entry),
            form: TriggerForm(
              entry: phrase.entry, next: -1, part: .masdar, voice: .either, person: .third, gender: .either,
              number: .singular, standsAlone: true, takesPronoun: false), clitics: [], prefixBytes: 0,
            hasPronoun: false, position: .noun))
      }
    }
  }

  /// Within a name of several words (`قوات الدفاع الجوي`) nothing happens; a one-word mention may itself be a trigger
  /// (`قذائف`, `المعتقلين`).
  private func isInsideName(_ token: Int) -> Bool {
    let actor = scan.analysis.mentionOfToken[token]
    if actor >= 0 {
      let mention = scan.mentions[Int(actor)]
      if case .weapon = mention.entity { return false }
      return mention.tokens.count > 1
    }
    return scan.analysis.placeOfToken[token] >= 0
  }

  /// Function words (`هنا`, `بين`), weekdays and numbers that are spelled like a form of a verb.
  private func isClosedClass(_ token: Int) -> Bool {
    let particles = scan.words[token].particles
    if particles & (signs.prepositions | signs.demonstrative | signs.complementizer | signs.relative) != 0 {
      return true
    }
    let number = scan.analysis.numberOfToken[token]
    return number >= 0 && scan.infos[Int(number)].entity == .date
  }

  private func followsNegation(_ token: Int, _ sentence: Range<Int>) -> Bool {
    token > sentence.lowerBound && scan.words[token - 1].particles & signs.negation != 0
  }

  /// Whether a group stands near that excludes the trigger.
  private func isExcluded(_ entry: Int, _ token: Int, _ sentence: Range<Int>) -> Bool {
    for need in lexicon.entries[entry].needs where need.side == .required {
      let near =
        min(token + 1, sentence.upperBound)..<min(sentence.upperBound, token + 1 + CandidateFinder.excludedAfter)
      if !near.contains(where: { scan.words[$0].contexts & need.group != 0 }) { return true }
    }
    for need in lexicon.entries[entry].needs where need.side == .absent {
      let lower = max(sentence.lowerBound, token - CandidateFinder.excludedBefore)
      let upper = min(sentence.upperBound, token + 1 + CandidateFinder.excludedAfter)
      for at in lower..<upper where at != token && scan.words[at].contexts & need.group != 0 { return true }
    }
    return false
  }

  /// Verb or noun, and which voice: nil when the form cannot stand here.
  private func position(
    _ form: TriggerForm, _ reading: TriggerReading, _ token: Int, _ sentence: Range<Int>
  ) -> Candidate.Position? {
    switch form.part {
    case .masdar:
      if reading.hasPronoun { return .possessed }
      return reading.clitics.contains(.al) ? .definite : .noun
    case .activeParticiple, .passiveParticiple:
      return .participle
    case .perfect, .imperfect:
      let isNominal = standsAsNoun(form, reading, token, sentence)
      if isNominal { return nil }
      if form.voice == .passive { return .passive }
      if form.voice == .either, !reading.hasPronoun, looksPassive(form, token, sentence) { return .passive }
      return form.part == .perfect ? .perfect : .imperfect
    }
  }

  /// A spelling that is verb and verbal noun alike (`قصف`, `قتل`): a noun after prepositions, demonstratives and nouns.
  private func standsAsNoun(
    _ form: TriggerForm, _ reading: TriggerReading, _ token: Int, _ sentence: Range<Int>
  ) -> Bool {
    guard form.part == .perfect, form.number == .singular, form.gender == .masculine, !reading.hasPronoun else {
      return false
    }
    let entry = lexicon.entries[Int(form.entry)]
    if entry.flags.contains(.noun) { return true }
    // Only where the same spelling is a verbal noun too.
    guard hasNoun(token, Int(form.entry), reading.clitics) else { return false }
    if scan.text.tokens[token].flags.contains(.tanween) { return true }
    guard token > sentence.lowerBound else {
      // First word of a sentence: `قتل 5 أشخاص` is a verb; a headline begins with nouns more often.
      return !followsAsSubject(token, sentence)
    }
    let before = token - 1
    let particles = scan.words[before].particles
    if reading.clitics.contains(.wa) || reading.clitics.contains(.fa) { return !followsAsSubject(token, sentence) }
    if particles & (signs.hedge | signs.complementizer | signs.negation) != 0 { return false }
    if particles & (signs.prepositions | signs.demonstrative | signs.quantifier | signs.resultOf) != 0 { return true }
    if particles & (signs.conjunction | signs.relative) != 0 { return false }
    switch scan.mark(before) {
    case .none: break
    default: return !followsAsSubject(token, sentence)
    }
    // After a named subject it is a verb: `الجيش قصف`; after a common noun without article it is its genitive.
    if scan.analysis.mentionOfToken[before] >= 0 || scan.analysis.placeOfToken[before] >= 0 { return false }
    if scan.words[before].reporting >= 0 { return true }
    if scan.hasArticle(before) || scan.analysis.numberOfToken[before] >= 0 { return false }
    return true
  }

  private func hasNoun(_ token: Int, _ entry: Int, _ clitics: Clitics) -> Bool {
    let range = scan.words[token].readings
    return scan.readings[Int(range.lowerBound)..<Int(range.upperBound)].contains {
      let form = lexicon.forms[Int($0.form)]
      return Int(form.entry) == entry && form.part == .masdar && $0.clitics == clitics && !$0.hasPronoun
    }
  }

  /// Whether what follows reads as the subject of a verb: a number, a definite noun or a mention.
  private func followsAsSubject(_ token: Int, _ sentence: Range<Int>) -> Bool {
    let next = token + 1
    guard next < sentence.upperBound else { return false }
    if scan.analysis.numberOfToken[next] >= 0 { return true }
    if scan.words[next].particles & (signs.quantifier | signs.by) != 0 { return true }
    if scan.analysis.mentionOfToken[next] >= 0 { return true }
    return false
  }

  /// `قتل 5 أشخاص`, `أصيب`, `اعتقل`: no agent follows, but the victim, or nothing does.
  private func looksPassive(_ form: TriggerForm, _ token: Int, _ sentence: Range<Int>) -> Bool {
    let entry = lexicon.entries[Int(form.entry)]
    let frame = lexicon.frames[entry.frame]
    guard frame.object == .recipient, frame.subject == .actor else { return false }
    let next = token + 1
    guard next < sentence.upperBound else { return true }
    // Passive plural and subject-first: `الذين قتلوا`, `ستة فلسطينيين قتلوا`.
    if form.number == .plural || scan.words[next].particles & (signs.inside | signs.by | signs.resultOf) != 0 {
      if scan.words[next].particles & (signs.inside | signs.by | signs.resultOf) != 0 { return true }
    }
    if entry.toll != .none {
      if scan.analysis.numberOfToken[next] >= 0 { return true }
      if scan.words[next].particles & signs.quantifier != 0 { return true }
      let mention = scan.analysis.mentionOfToken[next]
      if mention >= 0 {
        // A person without article after the verb is the victim, unless an object follows at once.
        if case .actor(let actor) = scan.mentions[Int(mention)].entity, actor.ref == nil, !scan.hasArticle(next) {
          let end = Int(scan.mentions[Int(mention)].tokens.upperBound)
          return end >= sentence.upperBound || scan.analysis.mentionOfToken[end] < 0
        }
      }
    }
    return false
  }
}
