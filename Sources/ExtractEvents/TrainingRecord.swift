import Lexicon
import Model

/// What a trainer learns from: the candidates of a report and their features, by name. See `Lexicon/Scripts/train-events.py`.
public struct TrainingRecord: Sendable {
  /// One candidate with each of its readings, and with each mention that could have a role.
  public struct Item: Sendable {
    /// The trigger word, bytes of the report's text.
    public var trigger: ByteSpan
    /// The name of its entry.
    public var entry: String
    /// For each reading its type, mode after the mode rules, and features.
    public var readings: [(type: String, mode: String?, features: [String], status: [String])]
    /// Token number and sentence number, for what stands before what.
    public var position: (token: Int, sentence: Int, isVerb: Bool, isJoined: Bool)
    /// For each mention its span, kind and features.
    public var pairs: [(mention: ByteSpan, kind: String, features: [String])]
    /// For each speaker whose words may cover it the span and features, the first reading supposed.
    public var speakers: [(mention: ByteSpan, features: [String])]
  }

  /// In the order of the text.
  public var items: [Item]
}

extension EventCoder {
  /// The candidates of a report with all their features, whatever the weights are.
  public func trainingRecord(
    _ report: Report, _ text: NormalizedText, _ analysis: EntityAnalysis
  ) -> TrainingRecord {
    let lexicon = tables.lexicon
    let scan = ReportScan(report: report, text: text, analysis: analysis, tables: tables)
    let found = CandidateFinder(scan: scan, tables: tables).find()
    let features = EventFeatures(scan: scan, tables: tables, candidates: found)
    let paths = PathReader(scan: scan, tables: tables, features: features)
    let roleFeatures = RoleFeatures(scan: scan, tables: tables, paths: paths)
    let roles = RoleFinder(scan: scan, tables: tables, features: roleFeatures)
    let modes = ModeRules(scan: scan, tables: tables)
    let statuses = StatusRules(scan: scan, tables: tables, features: features)
    let attribution = AttributionRules(scan: scan, tables: tables, features: features)
    let attributed = attribution.attribution()
    let sources = SourceFeatures(scan: scan, tables: tables, features: features, rules: attribution)
    let speakers = scan.mentions + attributed.made
    var items: [TrainingRecord.Item] = []
    for candidate in found {
      let entry = lexicon.entries[candidate.entry]
      var item = TrainingRecord.Item(
        trigger: candidate.span(in: scan), entry: entry.symbol.name, readings: [],
        position: (
          candidate.token, candidate.sentence, candidate.isVerb, candidate.clitics.contains(.wa)
        ), pairs: [], speakers: [])
      for reading in entry.readings.indices where features.competes(reading, of: candidate) {
        var sum = FeatureSum(lexicon.eventWeights, records: true)
        let option = entry.readings[reading]
        features.addReading(candidate, reading, to: &sum)
        features.addKind(candidate, tables.signs.kind(option.type), to: &sum)
        var status = ClassSums(lexicon.statusWeights, records: true)
        statuses.add(candidate, option.type, to: &status)
        item.readings.append((option.type.rawValue, modes.mode(candidate, option, entry).mode, sum.names, status.names))
      }
      for index in scan.mentions(inSentence: candidate.sentence) where scan.infos[Int(index)].canTakePart {
        var sums = ClassSums(lexicon.roleWeights, records: true)
        roleFeatures.add(candidate, Int(index), to: &sums)
        item.pairs.append((scan.mentions[Int(index)].span, scan.infos[Int(index)].kind.name, sums.names))
      }
      for carried in roles.carried(candidate) {
        var sums = ClassSums(lexicon.roleWeights, records: true)
        roleFeatures.addCarried(
          candidate, carried.mention, isHeadline: carried.isHeadline, order: carried.order, to: &sums)
        item.pairs.append((scan.mentions[carried.mention].span, scan.infos[carried.mention].kind.name, sums.names))
      }
      var event = Event(type: entry.readings[0].type, trigger: item.trigger, sentence: item.trigger)
      roles.fill(&event, candidate)
      let scopes = attributed.scopes(near: candidate.sentence)
      let nearest = attribution.nearestWord(at: candidate.token, in: scopes)
      for scope in scopes where scope.tokens.contains(candidate.token) {
        var sum = FeatureSum(lexicon.sourceWeights, records: true)
        sources.add(candidate, event, scope, isNearest: scope.word == nearest, to: &sum)
        item.speakers.append((speakers[scope.speaker].span, sum.names))
      }
      items.append(item)
    }
    return TrainingRecord(items: items)
  }
}
