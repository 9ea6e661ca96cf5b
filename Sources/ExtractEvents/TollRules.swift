import Lexicon
import Model

/// Binds numbers of dead, injured, detained and displaced to the events that caused them: `TollReader` reads the counts,
/// `TollTargets` finds their events.
struct TollRules {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  let candidates: [Candidate]
  let features: EventFeatures

  /// How far an attack joined to another may stand from it, in words.
  private static let joinedReach = 6

  /// Adds tolls to `events`; `sources[i]` is the candidate index of event i.
  /// - Parameter explain: name the rules in `Event.explanation`.
  func bind(_ events: inout [Event], sources: [Int], explain: Bool = false) {
    guard !events.isEmpty else { return }
    var reader = TollReader(scan: scan, tables: tables, candidates: candidates, features: features)
    let targets = TollTargets(
      scan: scan, lexicon: lexicon, signs: tables.signs, candidates: candidates, sources: sources)
    var eventOfToken: [Int: Int] = [:]
    for index in events.indices { eventOfToken[candidates[sources[index]].token] = index }
    var last: TollCount?
    for count in reader.read(events, eventOfToken) {
      guard let (index, rule) = targets.target(of: count, events, sources),
        targets.fits(events[index], candidates[sources[index]], count.kind), let path = TollRules.path(count.kind)
      else { continue }
      if let toll = events[index][keyPath: path] {
        guard let last, isJoined(count, to: last) else { continue }
        events[index][keyPath: path] = VictimCounter.sum(toll, count.toll)
      } else {
        events[index][keyPath: path] = count.toll
      }
      last = count
      if explain { events[index].explanation.append("\(count.kind) \(count.rule), \(rule)") }
    }
    shareJoined(&events, sources, explain)
  }

  /// `تسعة قتلى في صفوف القوات وستة قتلى في صفوف الفصائل`: a second count of the same noun in the sentence, joined by و.
  private func isJoined(_ count: TollCount, to last: TollCount) -> Bool {
    guard count.kind == last.kind, count.candidate >= 0, last.candidate >= 0,
      candidates[count.candidate].sentence == candidates[last.candidate].sentence,
      candidates[count.candidate].entry == candidates[last.candidate].entry, !candidates[count.candidate].isVerb
    else { return false }
    return [count.token, count.token - 1].contains { token in
      let number = scan.analysis.numberOfToken[token]
      return number >= 0 && scan.mentions[Int(number)].prefix.contains(.wa)
    }
  }

  /// Where the toll of a kind stands.
  private static func path(_ kind: TriggerEntry.Toll) -> WritableKeyPath<Event, Event.Toll?>? {
    switch kind {
    case .dead: \.dead
    case .injured: \.injured
    case .detained: \.detained
    case .displaced: \.displaced
    case .none: nil
    }
  }

  /// `في معارك وغارات`: attacks joined by و share the toll of their sentence.
  private func shareJoined(_ events: inout [Event], _ sources: [Int], _ explain: Bool) {
    for index in events.indices.dropFirst() {
      let candidate = candidates[sources[index]]
      let before = candidates[sources[index - 1]]
      guard events[index].type == .assault, events[index - 1].type == .assault, candidate.clitics.contains(.wa),
        !candidate.isVerb, !before.isVerb, candidate.sentence == before.sentence,
        !lexicon.entries[candidate.entry].flags.contains(.casualty),
        !lexicon.entries[before.entry].flags.contains(.casualty),
        candidate.token - before.token <= TollRules.joinedReach
      else { continue }
      for path in [\Event.dead, \Event.injured] as [WritableKeyPath<Event, Event.Toll?>] {
        for (from, to) in [(index - 1, index), (index, index - 1)] where events[to][keyPath: path] == nil {
          guard let toll = events[from][keyPath: path] else { continue }
          events[to][keyPath: path] = toll
          if explain { events[to].explanation.append("toll of the joined attack") }
        }
      }
    }
  }
}
