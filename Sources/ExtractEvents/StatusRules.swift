import Arabic
import Lexicon
import Model

/// Whether a stated event happened: negation, intention, condition and wish in whose scope it stands.
///
/// The words before a trigger are read back to the border of its clause; what each says is a feature, as is what governs
/// it. Weights (weights-status.tsv) decide between happened, negated, planned and hypothetical.
struct StatusRules {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }
  let features: EventFeatures

  /// How far before a trigger a word that has it in its scope may stand, in words.
  private static let reach = 9

  /// The same for the plain rules.
  private static let scopeReach = 7

  struct Templates: Sendable {
    let rule = Symbol("rule")
    let bias = Symbol("status")
    let kind = Symbol("kind")
    let type = Symbol("type")
    let entry = Symbol("entry")
    let clitic = Symbol("clitic")
    let near = Symbol("near")
    let far = Symbol("far")
    let crossed = Symbol("crossed")
    let clause = Symbol("clause")
    let governor = Symbol("governor")
    let governorEntry = Symbol("governor-entry")
    let joined = Symbol("joined")
    let reporting = Symbol("reporting")
    let light = Symbol("light")
    let after = Symbol("after")
    let typePosition = Symbol("type-position")
    let cue = Symbol("cue")
    let cueDistance = Symbol("cue-distance")
    let cueKind = Symbol("cue-kind")
    let conjunct = Symbol("conjunct")
  }

  /// What the features name beside the symbols that all rules share.
  struct Symbols: Sendable {
    let bias = Symbol("bias")
    let sa = Symbol("sa")
    let li = Symbol("li")
    let bi = Symbol("bi")
    let suffering = Symbol("suffering")
    let attempt = Symbol("attempt")
    let actual = Symbol("actual")
    let negated = Symbol("negated")
    let planned = Symbol("planned")
    let hypothetical = Symbol("hypothetical")

    func status(_ status: Event.Status) -> Symbol {
      switch status {
      case .actual: actual
      case .negated: negated
      case .planned: planned
      case .hypothetical: hypothetical
      }
    }
  }

  private var symbols: Symbols { @inline(__always) get { tables.statusSymbols } }
  private var t: Templates { @inline(__always) get { tables.statusTemplates } }

  /// The status of `candidate`, and the rule that gave it.
  func status(_ candidate: Candidate, _ type: EventType) -> (Event.Status, StaticString) {
    // Two facts of grammar need no weighing: لم right before a verb, and the future particle on it.
    if candidate.clitics.contains(.sa) { return (.planned, "future particle") }
    let before = candidate.token - 1
    if candidate.isVerb, before >= scan.text.sentences[candidate.sentence].tokens.lowerBound,
      scan.words[before].particles & signs.negation != 0
    {
      return (.negated, "negated verb")
    }
    var sums = ClassSums(lexicon.statusWeights, records: false)
    add(candidate, type, to: &sums)
    let totals = sums.totals
    let best = max(totals[0], totals[1], totals[2])
    if best <= 0 { return (.actual, "no word takes it back") }
    if best == totals[0] { return (.negated, "negation outweighs") }
    return best == totals[1] ? (.planned, "intention outweighs") : (.hypothetical, "condition outweighs")
  }

  /// Adds what stands around the trigger.
  func add(_ candidate: Candidate, _ type: EventType, to sums: inout ClassSums) {
    let range = scan.text.sentences[candidate.sentence].tokens
    let token = candidate.token
    let kind = signs.kind(type)
    let position = signs.positions[Int(candidate.position.rawValue)]
    sums.add(t.bias, symbols.bias)
    let rule = symbols.status(scope(candidate, type))
    sums.add(t.rule, rule)
    sums.add(t.rule, rule, kind)
    sums.add(t.kind, kind, position)
    sums.add(t.type, signs.type(type))
    sums.add(t.typePosition, signs.type(type), position)
    sums.add(t.entry, lexicon.entries[candidate.entry].symbol)
    if candidate.clitics.contains(.sa) { sums.add(t.clitic, symbols.sa, kind) }
    if candidate.clitics.contains(.bi) { sums.add(t.clitic, symbols.bi, kind) }
    if candidate.clitics.contains(.li) {
      let suffers = isSuffering(token, range)
      sums.add(t.clitic, suffers ? symbols.suffering : symbols.li, kind)
      sums.add(t.clitic, suffers ? symbols.suffering : symbols.li, position)
    }
    var at = token - 1
    var steps = 0
    var crossed = false
    var governed = false
    while at >= range.lowerBound && steps < StatusRules.reach {
      let mark = scan.mark(at)
      if mark == .stop || mark == .comma && steps > 2 { break }
      var bits = scan.words[at].particles
      let template = crossed ? t.crossed : steps < 3 ? t.near : t.far
      while bits != 0 {
        let particle = lexicon.particles[bits.trailingZeroBitCount]
        sums.add(template, particle, kind)
        if steps == 0 { sums.add(template, particle, position) }
        if steps < 2 { sums.add(template, particle) }
        bits &= bits - 1
      }
      if scan.words[at].isReporting, !crossed {
        sums.add(t.reporting, lexicon.reporting[Int(scan.words[at].reporting)].symbol)
      }
      if steps < 4, !crossed, features.candidateOfToken[at] < 0 { addHelper(at, kind, to: &sums) }
      if scan.words[at].contexts & signs.attempt != 0 { sums.add(template, symbols.attempt, kind) }
      if features.candidateOfToken[at] >= 0 {
        let other = features.candidates[Int(features.candidateOfToken[at])]
        let entry = lexicon.entries[other.entry]
        if !governed {
          sums.add(t.governor, signs.type(entry.readings[0].type), kind)
          sums.add(t.governorEntry, entry.symbol, kind)
          if candidate.clitics.contains(.wa) { sums.add(t.joined, signs.type(entry.readings[0].type), kind) }
          if other.clitics.contains(.li) { sums.add(t.joined, symbols.li, kind) }
          if other.clitics.contains(.sa) { sums.add(t.joined, symbols.sa, kind) }
          governed = true
        }
        if other.isVerb { crossed = true }
      }
      at -= 1
      steps += 1
    }
    addCue(token, range, kind, to: &sums)
    addConjunct(candidate, range, position, to: &sums)
    addBehind(token, range, kind, to: &sums)
    // The first words of the sentence or clause: إذا, لو, من المتوقع.
    var bits: UInt64 = 0
    for first in range.prefix(3) where first < token { bits |= scan.words[first].particles }
    bits &= signs.condition | signs.wish | signs.intent | signs.deny | signs.future
    while bits != 0 {
      sums.add(t.clause, lexicon.particles[bits.trailingZeroBitCount], kind)
      bits &= bits - 1
    }
  }

  /// A word that carries the trigger and is none itself: `ستنفذ عمليات`, `لشن هجوم`, `لم يقدم تنازلات`.
  private func addHelper(_ at: Int, _ kind: Symbol, to sums: inout ClassSums) {
    let word = scan.words[at]
    let isLight = word.contexts & signs.light != 0
    let clitic =
      word.clitics.contains(.sa)
      ? symbols.sa : word.clitics.contains(.li) ? symbols.li : word.clitics.contains(.bi) ? symbols.bi : signs.none
    guard isLight || clitic != signs.none else { return }
    sums.add(t.light, isLight ? signs.yes : signs.no, clitic, kind)
  }

  /// The nearest word before the trigger that says what need not have happened, whatever stands between: a particle, or a
  /// verb of the future (`سيقدم المركز كل الدعم`).
  private func addCue(_ token: Int, _ range: Range<Int>, _ kind: Symbol, to sums: inout ClassSums) {
    var at = token - 1
    var crossed = false
    while at >= max(range.lowerBound, token - StatusRules.reachCue), scan.mark(at) != .stop {
      let bits = scan.words[at].particles & signs.unreal
      let cue: Symbol? =
        bits != 0 ? lexicon.particles[bits.trailingZeroBitCount] : isFutureVerb(at) ? symbols.sa : nil
      if let cue {
        sums.add(t.cue, cue, crossed ? signs.yes : signs.no)
        sums.add(t.cueDistance, cue, signs.distance(token - at - 1))
        sums.add(t.cueKind, cue, kind)
        return
      }
      if candidateIsVerb(at) || scan.words[at].particles & (signs.relative | signs.complementizer) != 0 {
        crossed = true
      }
      at -= 1
    }
    sums.add(t.cue, signs.none, kind)
  }

  /// `سيقدم`, `ستشهد`: known with the particle of the future, or a word that nothing else is known of and that is spelled so.
  private func isFutureVerb(_ token: Int) -> Bool {
    let word = scan.words[token]
    if word.clitics.contains(.sa) { return true }
    let item = scan.text.tokens[token]
    guard item.kind == .arabic, item.foldedEnd - item.foldedStart >= 10, word.readings.isEmpty, word.contexts == 0,
      word.particles == 0, word.reporting < 0, !item.flags.contains(.taMarbuta), scan.analysis.numberOfToken[token] < 0,
      scan.analysis.mentionOfToken[token] < 0, scan.analysis.placeOfToken[token] < 0,
      scan.analysis.candidateOfToken[token] < 0
    else { return false }
    let start = Int(item.foldedStart)
    let second = FoldedLetter(at: start + 2, of: scan.text.folded)
    return FoldedLetter(at: start, of: scan.text.folded) == .seen && (second == .ya || second == .ta)
  }

  /// `إلى قطع خطوط الإمداد وإجبارهم`: what و joins to another deed of the same form is as real as that one.
  private func addConjunct(
    _ candidate: Candidate, _ range: Range<Int>, _ position: Symbol, to sums: inout ClassSums
  ) {
    guard candidate.clitics.contains(.wa) else { return }
    var at = candidate.token - 1
    while at >= max(range.lowerBound, candidate.token - StatusRules.reachCue), scan.mark(at) != .stop {
      let index = features.candidateOfToken[at]
      if index >= 0 {
        let other = features.candidates[Int(index)]
        if other.isVerb == candidate.isVerb {
          let status = scope(other, lexicon.entries[other.entry].readings[0].type)
          sums.add(t.conjunct, symbols.status(status), position)
          return
        }
      }
      at -= 1
    }
  }

  /// How far before a trigger a word that takes its reality may stand, in words.
  private static let reachCue = 14

  /// Words behind the trigger: `هجوم متوقع`, `القمة المقبلة`.
  private func addBehind(_ token: Int, _ range: Range<Int>, _ kind: Symbol, to sums: inout ClassSums) {
    var bits: UInt64 = 0
    var at = token + 1
    while at < min(range.upperBound, token + StatusRules.reachBehind + 1), scan.mark(at) == .none {
      bits |= scan.words[at].particles
      at += 1
    }
    bits &= signs.future | signs.hedge | signs.wish | signs.intent | signs.condition
    while bits != 0 {
      sums.add(t.after, lexicon.particles[bits.trailingZeroBitCount], kind)
      bits &= bits - 1
    }
  }

  /// How far behind a trigger a word that says when it may happen may stand, in words.
  private static let reachBehind = 4

  /// The status by the plain scope rules: the strongest feature of the weighing.
  private func scope(_ candidate: Candidate, _ type: EventType) -> Event.Status {
    let range = scan.text.sentences[candidate.sentence].tokens
    let token = candidate.token
    if candidate.clitics.contains(.sa) { return .planned }
    // Words right before the trigger, back to the clause's border.
    var at = token - 1
    var steps = 0
    var crossed = false
    while at >= range.lowerBound && steps < StatusRules.scopeReach {
      let particles = scan.words[at].particles
      let mark = scan.mark(at)
      if mark == .stop || mark == .comma && steps > 0 { break }
      if particles & signs.negation != 0 && isNegating(at, candidate, steps) { return .negated }
      if particles & signs.deny != 0 && !crossed && !isVerbal(type) { return .negated }
      if particles & signs.negationNoun != 0 && steps <= 2 && !candidate.isVerb { return .negated }
      if particles & signs.condition != 0 && isCondition(at, candidate) { return .hypothetical }
      if particles & signs.future != 0 && steps <= 1 && candidate.form.part == .imperfect {
        return .planned
      }
      if !isVerbal(type) || candidate.clitics.contains(.li) {
        if particles & signs.intent != 0 && steps <= 4 && !crossed && at != token {
          return .planned
        }
        if particles & signs.wish != 0 && steps <= 3 && !crossed { return .hypothetical }
      }
      // قد before an imperfect doubts, before a perfect affirms.
      if particles & signs.hedge != 0 && steps == 0 && candidate.position == .imperfect {
        return .hypothetical
      }
      if candidateIsVerb(at) { crossed = true }
      if particles & (signs.relative | signs.complementizer) != 0 && steps > 0 { break }
      at -= 1
      steps += 1
    }
    // Purpose: `لاستعادة`, `بهدف`.
    if candidate.clitics.contains(.li) && !candidate.clitics.contains(.al) && !candidate.isVerb
      && !isVerbal(type)
    {
      if isSuffering(token, range) { return .actual }
      return .planned
    }
    if candidate.clitics.contains(.li) && candidate.isVerb { return .planned }
    return .actual
  }

  /// Verbal acts are done by being uttered.
  private func isVerbal(_ type: EventType) -> Bool {
    switch type {
    case .request, .reject, .accuse, .threaten, .agree, .support, .concede, .sanction, .consult: true
    default: false
    }
  }

  private func isNegating(_ at: Int, _ candidate: Candidate, _ steps: Int) -> Bool {
    candidate.isVerb ? steps <= 1 : steps <= 3 && !candidateIsVerb(at + 1)
  }

  private func isCondition(_ at: Int, _ candidate: Candidate) -> Bool {
    // إن is also "that": a condition only before a perfect, at the head of its clause.
    let item = scan.text.tokens[at]
    if item.foldedEnd - item.foldedStart == 4, scan.words[at].particles & signs.complementizer != 0 { return false }
    return true
  }

  private func candidateIsVerb(_ token: Int) -> Bool {
    let index = features.candidateOfToken[token]
    return index >= 0 && features.candidates[Int(index)].isVerb
  }

  /// After `تعرض` and its like ل is no purpose: `تعرضت للقصف`, `تعرضهم لهجوم`.
  private func isSuffering(_ token: Int, _ range: Range<Int>) -> Bool {
    for at in max(range.lowerBound, token - 3)..<token where scan.words[at].contexts & signs.light != 0 { return true }
    return false
  }
}
