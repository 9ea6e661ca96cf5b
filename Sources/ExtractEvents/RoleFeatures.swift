import Lexicon
import Model

/// What tells what a mention is to an event, as features of the pair.
final class RoleFeatures {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }
  let paths: PathReader

  init(scan: ReportScan, tables: EventTables, paths: PathReader) {
    self.scan = scan
    self.tables = tables
    self.paths = paths
  }

  struct Templates: Sendable {
    let kind = Symbol("kind")
    let slot = Symbol("slot")
    let kindSlot = Symbol("kind-slot")
    let frameSlot = Symbol("frame-slot")
    let typeSlot = Symbol("type-slot")
    let entrySlot = Symbol("entry-slot")
    let frameRole = Symbol("frame-role")
    let frameRoleSlot = Symbol("frame-role-slot")
    let typeKind = Symbol("type-kind")
    let distance = Symbol("distance")
    let typeDistance = Symbol("type-distance")
    let triggers = Symbol("triggers-between")
    let verbs = Symbol("verbs-between")
    let mentions = Symbol("mentions-between")
    let marks = Symbol("marks-between")
    let joins = Symbol("joins-between")
    let before = Symbol("particle-before")
    let beforeType = Symbol("particle-before-type")
    let after = Symbol("word-after")
    let joined = Symbol("joined")
    let rank = Symbol("rank")
    let rankType = Symbol("rank-type")
    let only = Symbol("only")
    let speaker = Symbol("speaker")
    let nearest = Symbol("nearest")
    let counted = Symbol("counted")
    let sector = Symbol("sector")
    let sectorPosition = Symbol("sector-position")
    let generic = Symbol("generic")
    let carried = Symbol("carried")
    let carriedType = Symbol("carried-type")
    let headline = Symbol("headline")
    let positionSlot = Symbol("position-slot")
    let inName = Symbol("in-name")
  }

  private var t: Templates { @inline(__always) get { tables.roleTemplates } }

  struct Symbols: Sendable {
    let roles = [Symbol("none"), Symbol("actor"), Symbol("recipient"), Symbol("place"), Symbol("either")]
    let before = Symbol("left")
    let after = Symbol("right")
    let carriedActor = Symbol("carried-actor")
    let carriedPlace = Symbol("carried-place")
    let headPlace = Symbol("head-place")
  }

  private var r: Symbols { @inline(__always) get { tables.roleSymbols } }

  /// Adds the features of `mention` in the sentence of `candidate`.
  func add(_ candidate: Candidate, _ mention: Int, to sums: inout ClassSums) {
    let path = paths.path(candidate, mention)
    let item = scan.infos[mention]
    let entry = lexicon.entries[candidate.entry]
    let type = signs.type(entry.readings[candidate.reading].type)
    let position = signs.positions[Int(candidate.position.rawValue)]
    let frame = lexicon.frames[entry.frame].symbol
    let kind = item.kind
    let side = path.isBefore ? r.before : r.after
    let detail = item.detail
    let role = r.roles[Int(path.frameRole.rawValue)]

    sums.add(t.kind, kind)
    sums.add(t.slot, path.slot, side)
    sums.add(t.kindSlot, kind, path.slot, side)
    sums.add(t.positionSlot, position, path.slot, kind)
    sums.add(t.frameSlot, frame, position, path.slot)
    sums.add(t.typeSlot, type, path.slot, kind)
    sums.add(t.entrySlot, entry.symbol, path.slot, side)
    sums.add(t.frameRole, role, kind)
    sums.add(t.frameRoleSlot, role, path.slot, kind)
    sums.add(t.typeKind, type, kind)
    sums.add(t.sector, type, detail)
    sums.add(t.sectorPosition, detail, position, side)
    sums.add(t.distance, signs.distance(path.distance), side, kind)
    sums.add(t.typeDistance, type, signs.distance(path.distance), kind)
    sums.add(t.triggers, signs.count(min(path.triggersBetween, 4)), side, kind)
    sums.add(t.verbs, signs.count(min(path.verbsBetween, 3)), side, kind)
    sums.add(t.mentions, signs.count(min(path.mentionsBetween, 4)), side, kind)
    sums.add(t.marks, signs.count(min(path.marksBetween, 3)), side, kind)
    sums.add(t.joins, signs.count(min(path.joinsBetween, 3)), side, kind)
    sums.add(t.before, path.before, kind, side)
    sums.add(t.beforeType, path.before, type)
    sums.add(t.after, path.after, kind)
    if path.isCoordinated { sums.add(t.joined, kind, type) }
    let (rank, count) = self.rank(candidate, mention, kind, path.isBefore)
    sums.add(t.rank, signs.count(min(rank, 4)), side, kind)
    sums.add(t.rankType, signs.count(min(rank, 3)), side, type)
    if count == 1 { sums.add(t.only, kind, type) }
    let speaks = isSpeaker(item)
    sums.add(t.speaker, speaks ? signs.yes : signs.no, type, kind)
    sums.add(t.nearest, isNearest(candidate, item) ? signs.yes : signs.no, kind, side)
    if isCounted(item) { sums.add(t.counted, type, side) }
    if item.isGeneric { sums.add(t.generic, kind, position, side) }
    if scan.text.sentences[candidate.sentence].isHeadline { sums.add(t.headline, kind) }
    if item.entity == .place, scan.analysis.mentionOfToken[item.start] >= 0 {
      sums.add(t.inName, type)
    }
  }

  /// Adds the features of a mention outside the sentence: the first actor or last places of the sentence before, or the
  /// place of the headline.
  func addCarried(_ candidate: Candidate, _ mention: Int, isHeadline: Bool, order: Int, to sums: inout ClassSums) {
    let entry = lexicon.entries[candidate.entry]
    let type = signs.type(entry.readings[candidate.reading].type)
    let position = signs.positions[Int(candidate.position.rawValue)]
    let item = scan.infos[mention]
    let kind = item.kind
    let slot = isHeadline ? r.headPlace : kind == signs.place ? r.carriedPlace : r.carriedActor
    let (actors, places) = countParticipants(candidate)
    let here = kind == signs.place ? places : actors
    sums.add(t.carried, slot, signs.count(order), kind)
    sums.add(t.carried, slot, signs.count(min(here, 3)), signs.count(order))
    sums.add(t.carriedType, type, slot, signs.count(min(here, 2)))
    sums.add(t.carriedType, position, slot, signs.count(min(here, 2)))
    sums.add(t.carriedType, slot, item.detail)
    sums.add(t.carried, entry.symbol, slot)
    if isSpeaker(item) { sums.add(t.speaker, slot, kind) }
  }

  private func countParticipants(_ candidate: Candidate) -> (actors: Int, places: Int) {
    var actors = 0
    var places = 0
    for index in scan.mentions(inSentence: candidate.sentence) {
      let info = scan.infos[Int(index)]
      switch info.entity {
      case .actor, .person, .source: actors += info.isCandidate ? 0 : 1
      case .place: places += 1
      case .weapon, .quantity, .date: break
      }
    }
    return (actors, places)
  }

  /// How many mentions of the kind stand nearer on the same side, and how many the sentence has.
  private func rank(_ candidate: Candidate, _ mention: Int, _ kind: Symbol, _ isBefore: Bool) -> (Int, Int) {
    var nearer = 0
    var count = 0
    let start = scan.infos[mention].start
    for index in scan.mentions(inSentence: candidate.sentence) where scan.infos[Int(index)].kind == kind {
      count += 1
      let other = scan.infos[Int(index)].start
      if isBefore ? other > start && other < candidate.token : other < start && other > candidate.token {
        nearer += 1
      }
    }
    return (nearer, count)
  }

  /// Whether the mention speaks: a reporting word stands right before or after it.
  func isSpeaker(_ item: MentionInfo) -> Bool {
    let start = item.start
    let end = item.end
    if start > 0, scan.words[start - 1].isReporting { return true }
    if start > 1, scan.words[start - 2].isReporting, scan.words[start - 1].particles != 0 { return true }
    return end < scan.words.count && scan.words[end].isReporting && scan.words[end].reportingForm != .phrase
  }

  /// Whether no other trigger stands nearer to the mention.
  private func isNearest(_ candidate: Candidate, _ item: MentionInfo) -> Bool {
    let start = item.start
    let end = item.end
    let own = candidate.token < start ? start - candidate.token : candidate.token - end + 1
    for index in paths.features.candidatesOfSentence[candidate.sentence] {
      let other = paths.features.candidates[index]
      if other.token == candidate.token { continue }
      let distance = other.token < start ? start - other.token : other.token - end + 1
      if distance >= 0 && distance < own { return false }
    }
    return true
  }

  /// Whether a number stands right before the mention.
  private func isCounted(_ item: MentionInfo) -> Bool {
    let start = item.start
    if scan.analysis.numberOfToken[start] >= 0 { return true }
    return start > 0 && scan.analysis.numberOfToken[start - 1] >= 0
  }
}
