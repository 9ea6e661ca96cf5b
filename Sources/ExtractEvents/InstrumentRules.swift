import Lexicon
import Model

/// Finds what an attack is done with: the weapons (mentions of kind weapon) that stand to its trigger as means do.
///
/// A weapon that is hit is a recipient and no instrument; one that stands elsewhere in the sentence is neither.
struct InstrumentRules {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  let paths: PathReader
  private var frames: FrameNames { @inline(__always) get { tables.frames } }

  /// How far behind the trigger a weapon with `ب` may stand, in words.
  private static let reach = 7
  /// How far behind the trigger the weapon that falls, explodes or is fired may stand.
  private static let reachArgument = 3

  /// The instruments of `event`, which `candidate` states, each with the rule that found it.
  func find(_ event: Event, _ candidate: Candidate) -> [(mention: Int32, rule: StaticString)] {
    guard event.type == .assault else { return [] }
    let frame = lexicon.frames[lexicon.entries[candidate.entry].frame].symbol
    if frame == frames.intercept { return [] }
    var out: [(mention: Int32, rule: StaticString)] = []
    for index in scan.mentions(inSentence: candidate.sentence) where scan.infos[Int(index)].entity == .weapon {
      if event.recipients.contains(index) || event.actors.contains(index) { continue }
      if let rule = rule(Int(index), candidate, frame) { out.append((index, rule)) }
    }
    return out
  }

  /// The rule by which a weapon is the means of a trigger.
  private func rule(_ weapon: Int, _ candidate: Candidate, _ frame: Symbol) -> StaticString? {
    let item = scan.infos[weapon]
    if item.start <= candidate.token && candidate.token < item.end { return "the trigger names the weapon" }
    let path = paths.path(candidate, weapon)
    guard path.marksBetween == 0, path.verbsBetween == 0 else { return nil }
    if path.isBefore { return weaponBefore(path, candidate, frame) }
    if path.distance <= InstrumentRules.reach, path.triggersBetween == 0 || path.isCoordinated {
      // `برصاص`, `بنيران` are words of their own in the lexicon.
      let hasParticle = item.prefix.contains(.bi) || scan.words[item.start].particles & tables.signs.by != 0
      if hasParticle || path.slot == tables.slots.bi { return "weapon after ب" }
      if item.start > candidate.token + 1, scan.words[item.start - 1].particles & tables.signs.means != 0 {
        return "weapon after a word for means"
      }
    }
    guard path.distance <= InstrumentRules.reachArgument, path.triggersBetween == 0,
      item.prefix.isEmpty || path.isCoordinated,
      path.slot == tables.slots.next || path.slot == tables.slots.of || path.slot == tables.slots.second
    else { return nil }
    if frame == frames.fall || frame == frames.explode { return "weapon that falls or explodes" }
    if frame == frames.launch || frame == frames.use { return "weapon that is fired or used" }
    return weaponBeside(weapon, path, candidate)
  }

  /// `صاروخ سقط على`, `عبوة انفجرت`.
  private func weaponBefore(_ path: SyntaxPath, _ candidate: Candidate, _ frame: Symbol) -> StaticString? {
    guard candidate.isVerb, frame == frames.fall || frame == frames.explode, path.triggersBetween == 0,
      path.distance <= InstrumentRules.reachArgument
    else { return nil }
    return "weapon that falls or explodes"
  }

  /// `هجوم صواريخ`, `تفجير عبوة ناسفة`, `استهدف صاروخ الحافلة`: genitive of the attack word, or its subject.
  private func weaponBeside(_ weapon: Int, _ path: SyntaxPath, _ candidate: Candidate) -> StaticString? {
    guard path.distance == 0, !candidate.hasPronoun, case .weapon(let entity) = scan.mentions[weapon].entity else {
      return nil
    }
    let entry = lexicon.entries[candidate.entry]
    let frame = lexicon.frames[entry.frame]
    if candidate.isVerb {
      // A verb before its subject is singular; `قصفوا دبابات` has an object.
      let isSubject = candidate.position != .passive && candidate.form.number == .singular && frame.subject == .actor
      return isSubject ? "weapon as subject" : nil
    }
    // What is aimed at or destroyed is the genitive of its word; vehicles are hit more often than they hit.
    let hits = frame.genitive == .either && entry.readings[0].mode != "destroy"
    return hits && !InstrumentRules.vehicles.contains(entity.category) ? "weapon as genitive of the attack" : nil
  }

  private static let vehicles: Set<String> = ["vehicle", "aircraft", "drone"]
}
