import Lexicon
import Model

/// What tells what a mention is to an event, as features of the pair.
struct RoleFeatures {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }
  let paths: PathReader

  private enum T {
    static let kind = Symbol("kind")
    static let slot = Symbol("slot")
    static let kindSlot = Symbol("kind-slot")
    static let frameSlot = Symbol("frame-slot")
    static let typeSlot = Symbol("type-slot")
    static let entrySlot = Symbol("entry-slot")
    static let frameRole = Symbol("frame-role")
    static let frameRoleSlot = Symbol("frame-role-slot")
    static let typeKind = Symbol("type-kind")
    static let distance = Symbol("distance")
    static let typeDistance = Symbol("type-distance")
    static let triggers = Symbol("triggers-between")
    static let verbs = Symbol("verbs-between")
    static let mentions = Symbol("mentions-between")
    static let marks = Symbol("marks-between")
    static let joins = Symbol("joins-between")
    static let before = Symbol("particle-before")
    static let beforeType = Symbol("particle-before-type")
    static let after = Symbol("word-after")
    static let joined = Symbol("joined")
    static let rank = Symbol("rank")
    static let rankType = Symbol("rank-type")
    static let only = Symbol("only")
    static let speaker = Symbol("speaker")
    static let nearest = Symbol("nearest")
    static let counted = Symbol("counted")
    static let sector = Symbol("sector")
    static let sectorPosition = Symbol("sector-position")
    static let generic = Symbol("generic")
    static let carried = Symbol("carried")
    static let carriedType = Symbol("carried-type")
    static let headline = Symbol("headline")
    static let positionSlot = Symbol("position-slot")
    static let inName = Symbol("in-name")
  }

  private enum R {
    static let roles = [Symbol("none"), Symbol("actor"), Symbol("recipient"), Symbol("place"), Symbol("either")]
    static let before = Symbol("left")
    static let after = Symbol("right")
    static let carriedActor = Symbol("carried-actor")
    static let carriedPlace = Symbol("carried-place")
    static let headPlace = Symbol("head-place")
  }

  /// Adds the features of `mention` in the sentence of `candidate`.
  func add(_ candidate: Candidate, _ mention: Int, to sums: inout ClassSums) {
    let path = paths.path(candidate, mention)
    let item = scan.infos[mention]
    let entry = lexicon.entries[candidate.entry]
    let type = Signs.type(entry.readings[candidate.reading].type)
    let position = Signs.positions[Int(candidate.position.rawValue)]
    let frame = lexicon.frames[entry.frame].symbol
    let kind = item.kind
    let side = path.isBefore ? R.before : R.after
    let detail = item.detail
    let role = R.roles[Int(path.frameRole.rawValue)]

    sums.add(T.kind, kind)
    sums.add(T.slot, path.slot, side)
    sums.add(T.kindSlot, kind, path.slot, side)
    sums.add(T.positionSlot, position, path.slot, kind)
    sums.add(T.frameSlot, frame, position, path.slot)
    sums.add(T.typeSlot, type, path.slot, kind)
    sums.add(T.entrySlot, entry.symbol, path.slot, side)
    sums.add(T.frameRole, role, kind)
    sums.add(T.frameRoleSlot, role, path.slot, kind)
    sums.add(T.typeKind, type, kind)
    sums.add(T.sector, type, detail)
    sums.add(T.sectorPosition, detail, position, side)
    sums.add(T.distance, Signs.distance(path.distance), side, kind)
    sums.add(T.typeDistance, type, Signs.distance(path.distance), kind)
    sums.add(T.triggers, Signs.count(min(path.triggersBetween, 4)), side, kind)
    sums.add(T.verbs, Signs.count(min(path.verbsBetween, 3)), side, kind)
    sums.add(T.mentions, Signs.count(min(path.mentionsBetween, 4)), side, kind)
    sums.add(T.marks, Signs.count(min(path.marksBetween, 3)), side, kind)
    sums.add(T.joins, Signs.count(min(path.joinsBetween, 3)), side, kind)
    sums.add(T.before, path.before, kind, side)
    sums.add(T.beforeType, path.before, type)
    sums.add(T.after, path.after, kind)
    if path.isCoordinated { sums.add(T.joined, kind, type) }
    let (rank, count) = self.rank(candidate, mention, kind, path.isBefore)
    sums.add(T.rank, Signs.count(min(rank, 4)), side, kind)
    sums.add(T.rankType, Signs.count(min(rank, 3)), side, type)
    if count == 1 { sums.add(T.only, kind, type) }
    let speaks = isSpeaker(item)
    sums.add(T.speaker, speaks ? Signs.yes : Signs.no, type, kind)
    sums.add(T.nearest, isNearest(candidate, item) ? Signs.yes : Signs.no, kind, side)
    if isCounted(item) { sums.add(T.counted, type, side) }
    if item.isGeneric { sums.add(T.generic, kind, position, side) }
    if scan.text.sentences[candidate.sentence].isHeadline { sums.add(T.headline, kind) }
    if item.entity == .place, scan.analysis.mentionOfToken[item.start] >= 0 {
      sums.add(T.inName, type)
    }
  }

  /// Adds the features of a mention outside the sentence: the first actor or last places of the sentence before, or the
  /// place of the headline.
  func addCarried(_ candidate: Candidate, _ mention: Int, isHeadline: Bool, order: Int, to sums: inout ClassSums) {
    let entry = lexicon.entries[candidate.entry]
    let type = Signs.type(entry.readings[candidate.reading].type)
    let position = Signs.positions[Int(candidate.position.rawValue)]
    let item = scan.infos[mention]
    let kind = item.kind
    let slot = isHeadline ? R.headPlace : kind == Signs.place ? R.carriedPlace : R.carriedActor
    let (actors, places) = countParticipants(candidate)
    let here = kind == Signs.place ? places : actors
    sums.add(T.carried, slot, Signs.count(order), kind)
    sums.add(T.carried, slot, Signs.count(min(here, 3)), Signs.count(order))
    sums.add(T.carriedType, type, slot, Signs.count(min(here, 2)))
    sums.add(T.carriedType, position, slot, Signs.count(min(here, 2)))
    sums.add(T.carriedType, slot, item.detail)
    sums.add(T.carried, entry.symbol, slot)
    if isSpeaker(item) { sums.add(T.speaker, slot, kind) }
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
    if start > 0, scan.words[start - 1].reporting >= 0 { return true }
    if start > 1, scan.words[start - 2].reporting >= 0, scan.words[start - 1].particles != 0 { return true }
    return end < scan.words.count && scan.words[end].reporting >= 0 && scan.words[end].reportingForm != .phrase
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
