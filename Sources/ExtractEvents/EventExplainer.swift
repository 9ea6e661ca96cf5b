import Lexicon
import Model

/// Says which entry, frame, slots and rules made an event, for `rasid explain`. Built only when somebody asks.
struct EventExplainer {
  let scan: ReportScan
  let lexicon: TriggerLexicon
  let paths: PathReader

  /// The trigger, how it was read, and each role with the slot that gave it.
  func explain(_ event: Event, _ candidate: Candidate) -> [String] {
    let entry = lexicon.entries[candidate.entry]
    var out = [
      "trigger \(entry.symbol.name)", "read as \(candidate.position)",
      "frame \(lexicon.frames[entry.frame].symbol.name)", "score \(candidate.score)",
    ]
    for (role, mentions) in [
      ("actor", event.actors), ("recipient", event.recipients), ("place", event.places),
    ] {
      for mention in mentions { out.append("\(role) “\(words(of: mention))” by \(slot(of: mention, candidate))") }
    }
    return out
  }

  /// How the speaker came to be the source.
  func explain(_ scope: AttributionRules.Scope) -> String {
    "source: \(scope.shape) scope of “\(scan.text.word(scope.word, of: scan.report.text))” (\(scope.kind.rawValue))"
  }

  /// An instrument and its rule.
  func explain(instrument mention: Int32, _ rule: StaticString) -> String {
    "instrument “\(words(of: mention))” by \(rule)"
  }

  /// The slot of a mention in the trigger's sentence, or from where it was carried over.
  private func slot(of mention: Int32, _ candidate: Candidate) -> String {
    let sentence = Int(scan.sentenceOfToken[scan.infos[Int(mention)].start])
    guard sentence == candidate.sentence else {
      return sentence == candidate.sentence - 1 ? "the sentence before, carried over" : "the headline, carried over"
    }
    let path = paths.path(candidate, Int(mention))
    let joined = path.isCoordinated ? ", joined" : ""
    return "slot \(path.slot.name)\(joined), \(path.distance) words off, frame says \(path.frameRole)"
  }

  private func words(of mention: Int32) -> String {
    let span = scan.mentions[Int(mention)].span
    return String(decoding: scan.report.text[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }
}

extension NormalizedText {
  /// The token at `index` as the report has it.
  fileprivate func word(_ index: Int, of text: [UInt8]) -> String {
    String(decoding: text[Int(tokens[index].start)..<Int(tokens[index].end)], as: UTF8.self)
  }
}
