import Arabic
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
    let link = Symbol("link")
    let depth = Symbol("depth")
    let nouns = Symbol("nouns-between")
    let before = Symbol("before")
    let before2 = Symbol("before2")
    let wordPosition = Symbol("word-position")
    let agreement = Symbol("agreement")
    let form = Symbol("form")
    let paragraph = Symbol("paragraph")
    /// Forms of reporting words, in the order of their raw values.
    let forms = ["phrase", "perfect", "imperfect", "participle", "masdar"].map { Symbol($0) }
    /// Shapes of scopes and links to their speakers, in the order of their `allCases`.
    let shapes = AttributionRules.Shape.allCases.map { Symbol("\($0)") }
    let links = SpeakerFinder.Link.allCases.map { Symbol("\($0)") }
    let own = Symbol("own")
    let other = Symbol("other")
    let feminine = Symbol("feminine")
    let masculine = Symbol("masculine")
  }

  private var t: Templates { @inline(__always) get { tables.sourceTemplates } }

  /// Adds the features of `scope` for `event`, which `candidate` states; `isNearest`: no other binds closer.
  func add(
    _ candidate: Candidate, _ event: Event, _ scope: AttributionRules.Scope, isNearest: Bool,
    to sum: inout FeatureSum
  ) {
    let type = signs.type(event.type)
    let act = signs.kind(event.type)
    let position = signs.positions[Int(candidate.position.rawValue)]
    let shape = t.shapes[Int(scope.shape.rawValue)]
    let kind = tables.reportingKinds[scope.kind.ordinal]
    let token = candidate.token
    sum.add(t.scope, shape)
    sum.add(t.scope, shape, kind)
    sum.add(t.scopeType, shape, type)
    sum.add(t.scopePosition, shape, position)
    let lemma = lemma(of: scope)
    sum.add(t.word, lemma)
    sum.add(t.word, lemma, shape)
    sum.add(t.wordType, lemma, act)
    sum.add(t.wordPosition, lemma, position)
    sum.add(t.distance, shape, signs.distance(abs(token - scope.word)))
    sum.add(t.depth, shape, signs.distance(token - scope.tokens.lowerBound))
    let apart = abs(Int(scan.sentenceOfToken[token]) - Int(scan.sentenceOfToken[scope.word]))
    sum.add(t.sentences, shape, signs.count(min(apart, 3)))
    sum.add(t.relative, shape, rules.isRelative(token, after: scope.tokens.lowerBound) ? signs.yes : signs.no)
    sum.add(t.rival, shape, isNearest ? signs.yes : signs.no)
    sum.add(t.link, shape, t.links[Int(scope.link.rawValue)])
    let form = t.forms[Int(scan.words[scope.word].reportingForm.rawValue)]
    sum.add(t.form, form, t.links[Int(scope.link.rawValue)])
    sum.add(t.form, form, lemma)
    let sentence = scan.text.sentences[candidate.sentence]
    let isNew = scan.text.tokens[sentence.tokens.lowerBound].flags.contains(.paragraphBefore)
    sum.add(t.paragraph, shape, apart > 0 && isNew ? signs.yes : signs.no)
    let neighbour = features.kind(token - 1, in: sentence.tokens)
    sum.add(t.before, neighbour, act)
    sum.add(t.before2, features.kind(token - 2, in: sentence.tokens), neighbour)
    addBetween(token, scope, shape, &sum)
    addSpeaker(event, scope, shape, type, lemma, &sum)
    sum.add(t.headline, shape, sentence.isHeadline ? signs.yes : signs.no)
  }

  /// The entry of the word that makes a scope: a reporting word's, or an act's.
  private func lemma(of scope: AttributionRules.Scope) -> Symbol {
    if scope.shape == .act {
      let candidate = features.candidates[Int(features.candidateOfToken[scope.word])]
      return lexicon.entries[candidate.entry].symbol
    }
    let word = scan.words[scope.word].reporting
    return word >= 0 ? lexicon.reporting[Int(word)].symbol : signs.none
  }

  /// What stands between the reporting word and the trigger.
  private func addBetween(
    _ token: Int, _ scope: AttributionRules.Scope, _ shape: Symbol, _ sum: inout FeatureSum
  ) {
    var commas = 0
    var verbs = 0
    var quotes = 0
    var nouns = 0
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
      if candidate >= 0 {
        if features.candidates[Int(candidate)].isVerb { verbs += 1 } else { nouns += 1 }
      }
    }
    sum.add(t.commas, shape, signs.count(min(commas, 3)))
    sum.add(t.verbs, shape, signs.count(min(verbs, 3)))
    sum.add(t.nouns, shape, signs.count(min(nouns, 3)))
    sum.add(t.quoted, shape, quotes % 2 == 1 ? signs.yes : signs.no)
    while particles != 0 {
      sum.add(t.between, shape, lexicon.particles[particles.trailingZeroBitCount])
      particles &= particles - 1
    }
  }

  /// Who speaks, and what they are to the event: who announces a deed of their own is its actor, no source.
  private func addSpeaker(
    _ event: Event, _ scope: AttributionRules.Scope, _ shape: Symbol, _ type: Symbol, _ lemma: Symbol,
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
    let deed = acts ? t.own : event.actors.isEmpty ? signs.none : t.other
    sum.add(t.ownDeed, shape, deed)
    sum.add(t.ownDeed, type, deed)
    sum.add(t.ownDeed, lemma, deed)
    sum.add(t.ownHarm, shape, suffers ? signs.yes : signs.no)
    if scope.link.isElided {
      let speaker = scan.text.tokens[info.start].flags.contains(.taMarbuta) ? t.feminine : t.masculine
      sum.add(t.agreement, isFeminine(scope.word) ? t.feminine : t.masculine, info.kind, speaker)
    }
  }

  /// `وأضافت`, `وتابعت`, `مضيفة`: the verb's subject is feminine.
  private func isFeminine(_ token: Int) -> Bool {
    scan.letter(token, fromEnd: 0) == .ta || scan.text.tokens[token].flags.contains(.taMarbuta)
  }
}
