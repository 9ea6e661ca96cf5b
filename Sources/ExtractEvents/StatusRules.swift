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
      if scan.words[at].reporting >= 0, !crossed {
        sums.add(t.reporting, lexicon.reporting[Int(scan.words[at].reporting)].symbol)
      }
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
    // The first words of the sentence or clause: إذا, لو, من المتوقع.
    var bits: UInt64 = 0
    for first in range.prefix(3) where first < token { bits |= scan.words[first].particles }
    bits &= signs.condition | signs.wish | signs.intent | signs.deny | signs.future
    while bits != 0 {
      sums.add(t.clause, lexicon.particles[bits.trailingZeroBitCount], kind)
      bits &= bits - 1
    }
  }

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
