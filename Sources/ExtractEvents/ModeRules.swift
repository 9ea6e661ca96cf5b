import Lexicon
import Model

/// Chooses the mode of an attack from its means: what stands in its clause says more than the word.
struct ModeRules {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }

  /// How far a word that tells the means may stand from the trigger, in words.
  private static let reach = 6

  /// A mode and the rule that gave it.
  typealias Chosen = (mode: String?, rule: StaticString)

  /// The mode of `candidate` read as `reading`.
  func mode(_ candidate: Candidate, _ reading: TriggerEntry.Reading, _ entry: TriggerEntry) -> Chosen {
    guard reading.type == .assault else { return (reading.mode, "the trigger's") }
    // Fighting of two sides and shooting down have no mode of their own.
    let frame = lexicon.frames[entry.frame].symbol
    let frames = tables.frames
    if frame == frames.clash || frame == frames.intercept { return (nil, "fighting of two sides has none") }
    let range = scan.text.sentences[candidate.sentence].tokens
    var near: UInt64 = 0
    var at = candidate.token + 1
    while at < range.upperBound && at <= candidate.token + ModeRules.reach {
      if scan.mark(at) == .comma || scan.mark(at) == .stop { break }
      near |= scan.words[at].contexts
      at += 1
    }
    at = candidate.token - 1
    while at >= range.lowerBound && at >= candidate.token - (candidate.isVerb ? 6 : 3) {
      if scan.mark(at) == .comma || scan.mark(at) == .stop { break }
      near |= scan.words[at].contexts
      at -= 1
    }
    if near & signs.tearGas != 0 { return ("crowd-control", "tear gas near") }
    if near & signs.chemical != 0 { return ("unconventional", "chemical weapon near") }
    if near & signs.drone != 0 && near & signs.air != 0 && !entry.flags.contains(.casualty) {
      return ("drone", "drone near")
    }
    switch reading.mode {
    case nil:
      if near & signs.suicide != 0 { return ("suicide-attack", "suicide attacker near") }
      if entry.flags.contains(.casualty) {
        if near & signs.gun != 0 { return ("firearms", "gun near") }
        return (nil, "no means near")
      }
      if near & signs.air != 0 { return ("aerial", "aircraft near") }
      if near & signs.artillery != 0 { return ("heavy-weapons", "artillery near") }
      if near & signs.blast != 0 { return ("explosives", "explosive near") }
      if near & signs.gun != 0 { return ("firearms", "gun near") }
      return (nil, "no means near")
    case "heavy-weapons":
      if near & signs.air != 0 && near & signs.artillery == 0 { return ("aerial", "aircraft near") }
      return ("heavy-weapons", "the trigger's")
    case "explosives":
      if near & signs.suicide != 0 { return ("suicide-attack", "suicide attacker near") }
      return ("explosives", "the trigger's")
    case "unconventional":
      // `استخدم الرصاص الحي`: what is used decides.
      if near & signs.gun != 0 { return ("firearms", "gun near") }
      return ("unconventional", "the trigger's")
    default: return (reading.mode, "the trigger's")
    }
  }

  /// Whose forces move: armed groups and the police have modes of their own.
  func mode(of event: Event, mentions: [Mention]) -> String? {
    guard event.type == .mobilize, event.mode == "troops" else { return event.mode }
    for index in event.actors {
      switch mentions[Int(index)].entity {
      case .actor(let actor), .person(let actor), .source(let actor):
        switch actor.sector {
        case "REB", "UAF", "OPP", "CRM": return "militia"
        case "COP": return "police"
        default: break
        }
      default: break
      }
    }
    return event.mode
  }
}
