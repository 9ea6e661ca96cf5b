import Lexicon
import Model

/// The second half of the Extract stage: codes who did what to whom, where, when, how many and according to whom. Pure;
/// one instance serves all lanes.
public struct EventCoder: Sendable {
  let tables: EventTables
  private var lexicon: TriggerLexicon { tables.lexicon }
  private let explain: Bool

  /// A coder with the triggers, frames and weights of `lexicon`.
  /// - Parameter explain: fill `Event.explanation` with the entry, frame and rules that made each event.
  public init(lexicon: Lexicon, explain: Bool = false) {
    tables = EventTables(lexicon.triggers)
    self.explain = explain
  }

  /// Codes the events of `report`, whose normalized text is `text` and whose entities `analysis` holds.
  public func code(_ report: Report, _ text: NormalizedText, _ analysis: EntityAnalysis) -> Extraction {
    let scan = ReportScan(report: report, text: text, analysis: analysis, tables: tables)
    let found = CandidateFinder(scan: scan, tables: tables).find()
    guard !found.isEmpty else { return Extraction(mentions: analysis.mentions) }
    let features = EventFeatures(scan: scan, tables: tables, candidates: found)
    let isFragment = text.sentences.count == 1
    let threshold =
      features.isSport
      ? EventCoder.sportThreshold : isFragment ? EventCoder.fragmentThreshold : EventCoder.threshold
    let chosen = choose(found, features, threshold: threshold)
    var events: [Event] = []
    var sources: [Int] = []
    var made: [Mention] = []
    if !chosen.isEmpty {
      let paths = PathReader(scan: scan, tables: tables, features: features)
      let roleFeatures = RoleFeatures(scan: scan, tables: tables, paths: paths)
      let roles = RoleFinder(scan: scan, tables: tables, features: roleFeatures)
      let modes = ModeRules(scan: scan, tables: tables)
      let statuses = StatusRules(scan: scan, tables: tables, features: features)
      let attribution = AttributionRules(scan: scan, tables: tables, features: features)
      let attributed = attribution.attribution()
      made = attributed.made
      for (index, candidate) in chosen {
        let entry = lexicon.entries[candidate.entry]
        let reading = entry.readings[candidate.reading]
        let sentence = text.sentences[candidate.sentence].tokens
        var event = Event(
          type: reading.type, mode: modes.mode(candidate, reading, entry), trigger: span(of: candidate, scan),
          sentence: ByteSpan(text.tokens[sentence.lowerBound].start, text.tokens[sentence.upperBound - 1].end))
        roles.fill(&event, candidate)
        event.mode = modes.mode(of: event, mentions: scan.mentions)
        let (status, rule) = statuses.status(candidate, reading.type)
        event.status = status
        if let scope = attribution.scope(at: candidate.token, in: attributed.scopes) {
          event.source = Int32(scope.speaker)
          event.certainty = scope.kind == .claim || scope.kind == .accuse ? .alleged : .reported
        }
        event.date = date(candidate, scan)
        if explain {
          event.explanation = [
            "trigger \(entry.symbol.name)", "read as \(candidate.position)",
            "frame \(lexicon.frames[entry.frame].symbol.name)", "score \(candidate.score)", "status \(rule)",
          ]
        }
        events.append(event)
        sources.append(index)
      }
      TollRules(scan: scan, tables: tables, candidates: found, features: features).bind(&events, sources: sources)
    }
    return finish(events, scan, made)
  }

  /// Decides which candidates are events: of the readings of a token the best, if it outweighs none.
  private func choose(
    _ candidates: [Candidate], _ features: EventFeatures, threshold: Float
  ) -> [(index: Int, candidate: Candidate)] {
    var out: [(index: Int, candidate: Candidate)] = []
    var at = 0
    while at < candidates.count {
      var best: (index: Int, candidate: Candidate)?
      let token = candidates[at].token
      while at < candidates.count && candidates[at].token == token {
        for reading in lexicon.entries[candidates[at].entry].readings.indices {
          var sum = FeatureSum(lexicon.eventWeights, records: false)
          features.add(candidates[at], reading: reading, to: &sum)
          if sum.total > best?.candidate.score ?? threshold {
            var candidate = candidates[at]
            candidate.reading = reading
            candidate.score = sum.total
            best = (at, candidate)
          }
        }
        at += 1
      }
      if let best { out.append(best) }
    }
    return out
  }

  /// The logit above which a candidate is an event.
  static let threshold: Float = -1.1
  /// The same in a report about sport.
  static let sportThreshold: Float = 3
  /// The same for a text of a single sentence: nothing around it supports that it reports an event.
  static let fragmentThreshold: Float = 1

  /// The trigger word without its particles.
  private func span(of candidate: Candidate, _ scan: ReportScan) -> ByteSpan {
    candidate.span(in: scan)
  }

  /// The date in the trigger's sentence that stands nearest to it.
  private func date(_ candidate: Candidate, _ scan: ReportScan) -> DateRange? {
    var best: DateRange?
    var bestDistance = Int.max
    for index in scan.mentions(inSentence: candidate.sentence) {
      let mention = scan.mentions[Int(index)]
      guard case .date(let date) = mention.entity else { continue }
      let distance = abs(Int(mention.tokens.lowerBound) - candidate.token)
      if distance < bestDistance {
        bestDistance = distance
        best = date
      }
    }
    return best
  }

  /// Puts the candidates that events took and the speakers that were made among the mentions, in the order of the text.
  private func finish(_ events: [Event], _ scan: ReportScan, _ made: [Mention]) -> Extraction {
    let all = scan.mentions + made
    var used = [Bool](repeating: false, count: all.count)
    for event in events {
      for index in event.actors + event.recipients + event.places + event.instruments { used[Int(index)] = true }
      if let source = event.source { used[Int(source)] = true }
    }
    var order = all.indices.filter { $0 < scan.firstCandidate || used[$0] }
    order.sort {
      all[$0].span.start != all[$1].span.start
        ? all[$0].span.start < all[$1].span.start : all[$0].span.end > all[$1].span.end
    }
    var newIndex = [Int32](repeating: -1, count: all.count)
    for (position, index) in order.enumerated() { newIndex[index] = Int32(position) }
    let mentions = order.map { all[$0] }
    var out = events
    for index in out.indices {
      out[index].actors = out[index].actors.map { newIndex[Int($0)] }
      out[index].recipients = out[index].recipients.map { newIndex[Int($0)] }
      out[index].places = out[index].places.map { newIndex[Int($0)] }
      out[index].instruments = out[index].instruments.map { newIndex[Int($0)] }
      out[index].source = out[index].source.map { newIndex[Int($0)] }
      for path in [\Event.dead, \Event.injured, \Event.detained, \Event.displaced] {
        if let who = out[index][keyPath: path]?.who {
          out[index][keyPath: path]?.who = newIndex[Int(who)] >= 0 ? newIndex[Int(who)] : nil
        }
      }
      out[index].acled = ACLEDMapping.acled(out[index], mentions: mentions)
    }
    return Extraction(mentions: mentions, events: out)
  }
}
