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
      let instruments = InstrumentRules(scan: scan, tables: tables, paths: paths)
      let dates = DateRules(scan: scan, tables: tables)
      let explainer = explain ? EventExplainer(scan: scan, lexicon: lexicon, paths: paths) : nil
      let statuses = StatusRules(scan: scan, tables: tables, features: features)
      let attribution = AttributionRules(scan: scan, tables: tables, features: features)
      let attributed = attribution.attribution()
      let sourceFeatures = SourceFeatures(scan: scan, tables: tables, features: features, rules: attribution)
      made = attributed.made
      for (index, candidate) in chosen {
        let entry = lexicon.entries[candidate.entry]
        let reading = entry.readings[candidate.reading]
        let sentence = text.sentences[candidate.sentence].tokens
        let mode = modes.mode(candidate, reading, entry)
        var event = Event(
          type: reading.type, mode: mode.mode, trigger: candidate.span(in: scan),
          sentence: ByteSpan(text.tokens[sentence.lowerBound].start, text.tokens[sentence.upperBound - 1].end))
        roles.fill(&event, candidate)
        event.mode = modes.mode(of: event, mentions: scan.mentions)
        let (status, rule) = statuses.status(candidate, reading.type)
        event.status = status
        if status == .planned && event.type == .consult {
          // Talks that are agreed upon: the guideline of PLOVER's codebook for what has not been held yet.
          event.type = .agree
          event.mode = nil
        }
        let means = instruments.find(event, candidate)
        event.instruments = means.map(\.mention)
        let scope = scope(of: event, candidate, attributed, sourceFeatures)
        if let scope {
          event.source = Int32(scope.speaker)
          event.certainty = scope.kind == .claim || scope.kind == .accuse ? .alleged : .reported
        }
        let dated = dates.date(candidate, status: status)
        event.date = dated?.date
        if let explainer {
          event.explanation = explainer.explain(event, candidate)
          event.explanation += means.map { explainer.explain(instrument: $0.mention, $0.rule) }
          event.explanation.append("mode: \(event.mode == mode.mode ? mode.rule : "whose forces move")")
          event.explanation.append("status \(rule)")
          if let dated { event.explanation.append("date: \(dated.rule)") }
          if let scope { event.explanation.append(explainer.explain(scope)) }
        }
        events.append(event)
        sources.append(index)
      }
      TollRules(scan: scan, tables: tables, candidates: found, features: features)
        .bind(&events, sources: sources, explain: explain)
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
        // What the readings of one kind share is summed once.
        var kindSums = SIMD4<Float>(repeating: .nan)
        for (index, reading) in lexicon.entries[candidates[at].entry].readings.enumerated()
        where features.competes(index, of: candidates[at]) {
          let (kind, lane) = tables.signs.kindAndLane(reading.type)
          if kindSums[lane].isNaN {
            var shared = FeatureSum(lexicon.eventWeights, records: false)
            features.addKind(candidates[at], kind, to: &shared)
            kindSums[lane] = shared.total
          }
          var sum = FeatureSum(lexicon.eventWeights, records: false)
          features.addReading(candidates[at], index, to: &sum)
          sum.add(kindSums[lane])
          if sum.total > best?.candidate.score ?? threshold {
            var candidate = candidates[at]
            candidate.reading = index
            candidate.score = sum.total
            best = (at, candidate)
          }
        }
        at += 1
      }
      if let best { out.append(best) }
    }
    return withoutResults(out, features)
  }

  /// Casualties in the sentence of an attack belong to that attack, however they are joined to it: `مقتل ثلاثة في اشتباكات` is
  /// one event. A sure casualty word stays an event of its own, and one whose agent is named: `قتلت الشرطة شابا بعد هجوم`.
  private func withoutResults(
    _ chosen: [(index: Int, candidate: Candidate)], _ features: EventFeatures
  ) -> [(index: Int, candidate: Candidate)] {
    func isCasualty(_ candidate: Candidate) -> Bool { lexicon.entries[candidate.entry].flags.contains(.casualty) }
    var attacked: Set<Int> = []
    for (_, candidate) in chosen where !isCasualty(candidate) {
      if lexicon.entries[candidate.entry].readings[candidate.reading].type == .assault {
        attacked.insert(candidate.sentence)
      }
    }
    return chosen.filter { _, candidate in
      !attacked.contains(candidate.sentence) || !isCasualty(candidate) || candidate.score > EventCoder.resultThreshold
        || features.hasAgent(candidate)
    }
  }

  /// The scope whose speaker tells the event, or nil when the report does itself: of those that cover it the likeliest.
  private func scope(
    of event: Event, _ candidate: Candidate, _ attributed: AttributionRules.Attribution, _ features: SourceFeatures
  ) -> AttributionRules.Scope? {
    var best: AttributionRules.Scope?
    var most = EventCoder.sourceThreshold
    let scopes = attributed.scopes(near: candidate.sentence)
    let nearest = features.rules.nearestWord(at: candidate.token, in: scopes)
    for scope in scopes where scope.tokens.contains(candidate.token) {
      var sum = FeatureSum(lexicon.sourceWeights, records: false)
      features.add(candidate, event, scope, isNearest: scope.word == nearest, to: &sum)
      if sum.total > most {
        most = sum.total
        best = scope
      }
    }
    return best
  }

  /// The logit above which a speaker is the source of an event.
  static let sourceThreshold: Float = -0.5
  /// The logit above which a casualty word in the sentence of an attack is an event of its own.
  static let resultThreshold: Float = 2
  /// The logit above which a candidate is an event.
  static let threshold: Float = -0.6
  /// The same in a report about sport.
  static let sportThreshold: Float = 3
  /// The same for a text of a single sentence: nothing around it supports that it reports an event.
  static let fragmentThreshold: Float = 0.4

  /// Puts the candidates that events took and the speakers that were made among the mentions, in the order of the text.
  private func finish(_ events: [Event], _ scan: ReportScan, _ made: [Mention]) -> Extraction {
    let all = made.isEmpty ? scan.mentions : scan.mentions + made
    var used = [Bool](repeating: false, count: all.count)
    for at in events.indices {
      for index in events[at].actors { used[Int(index)] = true }
      for index in events[at].recipients { used[Int(index)] = true }
      for index in events[at].places { used[Int(index)] = true }
      for index in events[at].instruments { used[Int(index)] = true }
      if let source = events[at].source { used[Int(source)] = true }
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
      renumber(&out[index], newIndex)
      out[index].acled = ACLEDMapping.acled(out[index], mentions: mentions)
    }
    return Extraction(mentions: mentions, events: out)
  }

  /// Puts the new index of each mention, -1 for one that is gone, in the place of the old one.
  private func renumber(_ event: inout Event, _ newIndex: [Int32]) {
    func renumber(_ list: inout [Int32]) {
      for at in list.indices { list[at] = newIndex[Int(list[at])] }
    }
    func renumber(_ toll: inout Event.Toll?) {
      guard let who = toll?.who else { return }
      toll?.who = newIndex[Int(who)] >= 0 ? newIndex[Int(who)] : nil
    }
    renumber(&event.actors)
    renumber(&event.recipients)
    renumber(&event.places)
    renumber(&event.instruments)
    event.source = event.source.map { newIndex[Int($0)] }
    renumber(&event.dead)
    renumber(&event.injured)
    renumber(&event.detained)
    renumber(&event.displaced)
  }
}
