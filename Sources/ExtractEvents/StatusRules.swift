import Lexicon
import Model

/// Whether a stated event happened, by the words that have it in their scope.
struct StatusRules {
  let scan: ReportScan
  let lexicon: TriggerLexicon
  let signs: Signs
  let features: EventFeatures

  /// How far before a trigger a word that has it in its scope may stand, in words.
  private static let reach = 7

  /// The status of `candidate`, and the rule that gave it.
  func status(_ candidate: Candidate, _ type: EventType) -> (Event.Status, StaticString) {
    let range = scan.text.sentences[candidate.sentence].tokens
    let token = candidate.token
    if candidate.clitics.contains(.sa) { return (.planned, "future-particle") }
    // Words right before the trigger, back to the clause's border.
    var at = token - 1
    var steps = 0
    var crossed = false
    while at >= range.lowerBound && steps < StatusRules.reach {
      let particles = scan.words[at].particles
      let mark = scan.mark(at)
      if mark == .stop || mark == .comma && steps > 0 { break }
      if particles & signs.negation != 0 && isNegating(at, candidate, steps) { return (.negated, "negation") }
      if particles & signs.deny != 0 && !crossed && !isVerbal(type) { return (.negated, "denial") }
      if particles & signs.negationNoun != 0 && steps <= 2 && !candidate.isVerb { return (.negated, "negative-noun") }
      if particles & signs.condition != 0 && isCondition(at, candidate) { return (.hypothetical, "condition") }
      if particles & signs.future != 0 && steps <= 1 && candidate.form.part == .imperfect {
        return (.planned, "future-particle")
      }
      if !isVerbal(type) || candidate.clitics.contains(.li) {
        if particles & signs.intent != 0 && steps <= 4 && !crossed && at != token {
          return (.planned, "intent")
        }
        if particles & signs.wish != 0 && steps <= 3 && !crossed { return (.hypothetical, "wish") }
      }
      // قد before an imperfect doubts, before a perfect affirms.
      if particles & signs.hedge != 0 && steps == 0 && candidate.position == .imperfect {
        return (.hypothetical, "hedge")
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
      if let before = previousVerbIsSuffering(token, range), before { return (.actual, "stated") }
      return (.planned, "purpose")
    }
    if candidate.clitics.contains(.li) && candidate.isVerb { return (.planned, "purpose") }
    return (.actual, "stated")
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
  private func previousVerbIsSuffering(_ token: Int, _ range: Range<Int>) -> Bool? {
    guard token > range.lowerBound else { return nil }
    for at in max(range.lowerBound, token - 3)..<token where scan.words[at].contexts & signs.light != 0 { return true }
    return nil
  }
}
