import Arabic
import Lexicon
import Model

/// How a mention stands to a trigger: the light syntax that roles are read from.
struct SyntaxPath {
  /// The slot, by name: `next`, `subject-before`, `prep-on` …
  var slot: Symbol
  /// Role that the trigger's frame gives to the slot.
  var frameRole: Frame.Role
  /// Words between them.
  var distance: Int
  /// The mention stands before the trigger.
  var isBefore: Bool
  /// Other triggers between them.
  var triggersBetween: Int
  /// Finite verbs, of any lexicon, between them.
  var verbsBetween: Int
  /// Participants between them.
  var mentionsBetween: Int
  /// Commas, stops and colons between them.
  var marksBetween: Int
  /// Conjunctions and complementizers between them.
  var joinsBetween: Int
  /// The mention is joined to an earlier one by و, and has its slot.
  var isCoordinated: Bool
  /// The preposition or particle right before the mention.
  var before: Symbol
  /// The word right after the mention.
  var after: Symbol
}

/// Reads the path between candidates and mentions of one sentence.
final class PathReader {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }
  let features: EventFeatures

  init(scan: ReportScan, tables: EventTables, features: EventFeatures) {
    self.scan = scan
    self.tables = tables
    self.features = features
  }

  struct Slots: Sendable {
    let next = Symbol("next")
    let second = Symbol("second")
    let gap = Symbol("gap")
    let before = Symbol("before")
    let adjacent = Symbol("adjacent")
    let antecedent = Symbol("antecedent")
    let inside = Symbol("inside")
    let within = Symbol("within")
    let lightSubject = Symbol("light-subject")
    let lightBefore = Symbol("light-before")
    let lightRelative = Symbol("light-relative")
    let of = Symbol("of")
    let bi = Symbol("bi")
    let to = Symbol("li")
    let ka = Symbol("ka")
    let far = Symbol("other-trigger")
  }

  private var slots: Slots { @inline(__always) get { tables.slots } }

  /// The path from `candidate` to the mention with index `mention`.
  func path(_ candidate: Candidate, _ mention: Int) -> SyntaxPath {
    let item = scan.infos[mention]
    let range = scan.text.sentences[candidate.sentence].tokens
    let start = item.start
    let end = item.end
    let token = candidate.token
    var path = SyntaxPath(
      slot: slots.gap, frameRole: .none, distance: 0, isBefore: end <= token, triggersBetween: 0, verbsBetween: 0,
      mentionsBetween: 0, marksBetween: 0, joinsBetween: 0, isCoordinated: false,
      before: features.kind(start - 1, in: range), after: features.kind(end, in: range))
    if start <= token && token < end {
      path.slot = slots.inside
      return path
    }
    let lower = path.isBefore ? end : token + 1
    let upper = path.isBefore ? token : start
    path.distance = max(0, upper - lower)
    var lastMention: Int32 = -1
    var onlyNouns = true
    var at = lower
    while at < upper {
      let word = scan.words[at]
      if features.candidateOfToken[at] >= 0 { path.triggersBetween += 1 }
      if features.candidateOfToken[at] >= 0, features.candidates[Int(features.candidateOfToken[at])].isVerb {
        path.verbsBetween += 1
      } else if word.isReporting && word.reportingForm != .phrase {
        path.verbsBetween += 1
      }
      let mention = scan.analysis.mentionOfToken[at]
      if mention >= 0, mention != lastMention {
        if scan.infos[Int(mention)].entity != .weapon { path.mentionsBetween += 1 }
        lastMention = mention
      }
      switch scan.mark(at) {
      case .comma, .stop, .colon: path.marksBetween += 1
      default: break
      }
      if word.particles & (signs.conjunction | signs.complementizer | signs.relative) != 0 { path.joinsBetween += 1 }
      if word.particles != 0 || scan.mark(at) != .none || mention >= 0 { onlyNouns = false }
      at += 1
    }
    let frame = lexicon.frames[lexicon.entries[candidate.entry].frame]
    if path.isBefore {
      readBefore(candidate, start, end, onlyNouns, range, frame, &path)
    } else {
      readAfter(candidate, mention, start, onlyNouns, range, frame, &path)
    }
    return path
  }

  private func readBefore(
    _ candidate: Candidate, _ start: Int, _ end: Int, _ onlyNouns: Bool, _ range: Range<Int>, _ frame: Frame,
    _ path: inout SyntaxPath
  ) {
    let token = candidate.token
    // `X الذي قصف`, `هجوم شنه X`: the antecedent of a relative clause.
    let hasRelative = end < token && scan.words[end].particles & signs.relative != 0
    if hasRelative && path.verbsBetween == 0 {
      path.slot = slots.antecedent
      path.frameRole = candidate.hasPronoun || candidate.position == .passive ? frame.object : frame.subject
      return
    }
    if let light = lightVerb(before: token, range), light >= end || light < start {
      if light < start {
        path.slot = slots.lightSubject
      } else {
        path.slot = slots.lightBefore
      }
      path.frameRole = frame.subject
      return
    }
    path.slot = path.distance == 0 ? slots.adjacent : slots.before
    if candidate.isVerb { path.frameRole = candidate.position == .passive ? frame.object : frame.subject }
  }

  private func readAfter(
    _ candidate: Candidate, _ mention: Int, _ start: Int, _ onlyNouns: Bool, _ range: Range<Int>, _ frame: Frame,
    _ path: inout SyntaxPath
  ) {
    let token = candidate.token
    let item = scan.infos[mention]
    // `X وY`: Y stands where X stands.
    if item.prefix.contains(.wa) || start > token + 1 && isAnd(start - 1) {
      let previous = item.prefix.contains(.wa) ? start - 1 : start - 2
      if previous > token {
        for index in scan.mentions(inSentence: candidate.sentence)
        where Int(index) != mention && scan.infos[Int(index)].end == previous + 1 {
          let first = self.path(candidate, Int(index))
          path.slot = first.slot
          path.frameRole = first.frameRole
          path.isCoordinated = true
          return
        }
      }
    }
    // Through a light verb behind the noun: `غارات شنتها X`, `هجوم استهدف X`.
    if !candidate.isVerb {
      var at = token + 1
      while at < start && at < token + 5 {
        if scan.words[at].contexts & signs.light != 0 && path.mentionsBetween == 0 {
          path.slot = slots.lightRelative
          path.frameRole = frame.subject
          return
        }
        at += 1
      }
    }
    if item.prefix.contains(.li) {
      path.slot = slots.to
      path.frameRole = frame.role(after: PathReader.li) ?? .none
      return
    }
    if item.prefix.contains(.bi) {
      path.slot = slots.bi
      path.frameRole = frame.role(after: PathReader.bi) ?? .none
      return
    }
    // The last preposition before the mention, with nothing but its own noun phrase between.
    var at = start - 1
    var steps = 0
    while at > token && steps < 4 {
      let particles = scan.words[at].particles
      if particles & signs.prepositions != 0 {
        path.slot = lexicon.particles[(particles & signs.prepositions).trailingZeroBitCount]
        path.frameRole = frame.role(after: scan.text.tokens[at].hash) ?? .none
        return
      }
      if particles & (signs.conjunction | signs.complementizer | signs.relative) != 0 { break }
      if scan.mark(at) == .comma || scan.mark(at) == .stop { break }
      if scan.analysis.mentionOfToken[at] >= 0 && steps > 0 { break }
      at -= 1
      steps += 1
    }
    if path.distance == 0 {
      path.slot = slots.next
    } else if path.mentionsBetween == 0 && path.verbsBetween == 0 && path.joinsBetween == 0 && path.marksBetween == 0 {
      path.slot = path.triggersBetween == 0 ? slots.of : slots.far
    } else if path.mentionsBetween == 1 && path.verbsBetween == 0 && path.joinsBetween == 0 && path.marksBetween == 0 {
      path.slot = slots.second
    }
    if path.slot == slots.next || path.slot == slots.of {
      if candidate.isVerb {
        path.frameRole =
          candidate.position == .passive ? frame.object : candidate.hasPronoun ? frame.subject : frame.subject
      } else {
        path.frameRole = frame.genitive
      }
    } else if path.slot == slots.second {
      path.frameRole = frame.object
    }
  }

  private static let li = StableHash.hash(Folding.fold(word: "ل"))
  private static let bi = StableHash.hash(Folding.fold(word: "ب"))

  private func isAnd(_ token: Int) -> Bool {
    let item = scan.text.tokens[token]
    return item.foldedEnd - item.foldedStart == 2 && scan.letter(token, fromEnd: 0) == .waw
  }

  /// The token of the light verb that carries a trigger noun: `شن الجيش هجوما`, `ينفذ غارات`; nil when there is none.
  func lightVerb(before token: Int, _ range: Range<Int>) -> Int? {
    guard features.candidateOfToken[token] >= 0 else { return nil }
    var at = token - 1
    while at >= range.lowerBound && at >= token - 8 {
      if scan.words[at].contexts & signs.light != 0 { return at }
      if scan.mark(at) == .stop || scan.mark(at) == .comma { return nil }
      if features.candidateOfToken[at] >= 0 && features.candidates[Int(features.candidateOfToken[at])].isVerb {
        return nil
      }
      at -= 1
    }
    return nil
  }
}
