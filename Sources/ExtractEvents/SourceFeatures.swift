import Lexicon
import Model

/// What tells whether an event is told by the speaker of a scope that covers it, or by the report itself.
struct SourceFeatures {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }
  let features: EventFeatures
  let rules: AttributionRules

  struct Templates: Sendable {
    let scope = Symbol("scope")
    let scopeType = Symbol("scope-type")
    let scopePosition = Symbol("scope-position")
    let word = Symbol("word")
    let wordType = Symbol("word-type")
    let distance = Symbol("distance")
    let sentences = Symbol("sentences")
    let relative = Symbol("relative")
    let between = Symbol("between")
    let commas = Symbol("commas-between")
    let verbs = Symbol("verbs-between")
    let quoted = Symbol("in-quotes")
    let speaker = Symbol("speaker")
    let sector = Symbol("speaker-sector")
    let ownDeed = Symbol("own-deed")
    let ownHarm = Symbol("own-harm")
    let headline = Symbol("headline")
    let rival = Symbol("rival")
  }

  private var t: Templates { @inline(__always) get { tables.sourceTemplates } }

  /// Adds the features of `scope` for `event`, which `candidate` states; `isNearest`: no other binds closer.
  func add(
    _ candidate: Candidate, _ event: Event, _ scope: AttributionRules.Scope, isNearest: Bool,
    to sum: inout FeatureSum
  ) {
    let type = signs.type(event.type)
    let position = signs.positions[Int(candidate.position.rawValue)]
    let shape = scope.isQuoted ? signs.quote : scope.isLeading ? signs.verb : signs.end
    let kind = tables.reportingKinds[scope.kind.ordinal]
    let token = candidate.token
    sum.add(t.scope, shape)
    sum.add(t.scope, shape, kind)
    sum.add(t.scopeType, shape, type)
    sum.add(t.scopePosition, shape, position)
    let word = scan.words[scope.word].reporting
    let lemma = word >= 0 ? lexicon.reporting[Int(word)].symbol : signs.none
    sum.add(t.word, lemma)
    sum.add(t.wordType, lemma, signs.kind(event.type))
    sum.add(t.distance, shape, signs.distance(abs(token - scope.word)))
    let apart = abs(Int(scan.sentenceOfToken[token]) - Int(scan.sentenceOfToken[scope.word]))
    sum.add(t.sentences, shape, signs.count(min(apart, 3)))
    sum.add(t.relative, shape, rules.isRelative(token, after: scope.tokens.lowerBound) ? signs.yes : signs.no)
    sum.add(t.rival, shape, isNearest ? signs.yes : signs.no)
    addBetween(token, scope, shape, &sum)
    addSpeaker(event, scope, shape, type, &sum)
    let isHeadline = scan.text.sentences[candidate.sentence].isHeadline
    sum.add(t.headline, shape, isHeadline ? signs.yes : signs.no)
  }

  /// What stands between the reporting word and the trigger.
  private func addBetween(
    _ token: Int, _ scope: AttributionRules.Scope, _ shape: Symbol, _ sum: inout FeatureSum
  ) {
    var commas = 0
    var verbs = 0
    var quotes = 0
    var particles: UInt64 = 0
    let range = min(token, scope.word) + 1..<max(token, scope.word + 1)
    for at in range {
      switch scan.mark(at) {
      case .comma: commas += 1
      case .quote: quotes += 1
      default: break
      }
      particles |= scan.words[at].particles
      let candidate = features.candidateOfToken[at]
      if candidate >= 0 && features.candidates[Int(candidate)].isVerb { verbs += 1 }
    }
    sum.add(t.commas, shape, signs.count(min(commas, 3)))
    sum.add(t.verbs, shape, signs.count(min(verbs, 3)))
    sum.add(t.quoted, shape, quotes % 2 == 1 ? signs.yes : signs.no)
    while particles != 0 {
      sum.add(t.between, shape, lexicon.particles[particles.trailingZeroBitCount])
      particles &= particles - 1
    }
  }

  /// Who speaks, and what they are to the event: who announces a deed of their own is its actor, no source.
  private func addSpeaker(
    _ event: Event, _ scope: AttributionRules.Scope, _ shape: Symbol, _ type: Symbol,
    _ sum: inout FeatureSum
  ) {
    guard scope.speaker < scan.mentions.count else {
      sum.add(t.speaker, shape, signs.unknown)
      return
    }
    let info = scan.infos[scope.speaker]
    sum.add(t.speaker, shape, info.kind)
    sum.add(t.sector, info.kind, info.detail)
    let acts = event.actors.contains { scan.infos[Int($0)].span.overlaps(info.span) }
    let suffers = event.recipients.contains { scan.infos[Int($0)].span.overlaps(info.span) }
    sum.add(t.ownDeed, shape, acts ? signs.yes : signs.no)
    sum.add(t.ownDeed, type, acts ? signs.yes : signs.no)
    sum.add(t.ownHarm, shape, suffers ? signs.yes : signs.no)
  }
}
