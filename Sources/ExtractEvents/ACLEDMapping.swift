import Model

/// ACLED's event and sub-event type of an event (ACLED codebook, 2023), from PLOVER type and mode and who took part.
enum ACLEDMapping {
  /// ACLED's reading, nil for verbal acts, which ACLED does not record.
  static func acled(_ event: Event, mentions: [Mention]) -> Event.ACLED? {
    guard let (type, subtype) = names(event, mentions: mentions) else { return nil }
    var geoPrecision: Int?
    for index in event.places {
      if case .place(let place) = mentions[Int(index)].entity {
        geoPrecision = min(geoPrecision ?? 3, place.geoPrecision)
      }
    }
    var timePrecision: Int?
    if let date = event.date, date.from != nil {
      switch date.precision {
      case .day: timePrecision = 1
      case .week: timePrecision = 2
      case .month: timePrecision = 3
      case .year, .decade: timePrecision = nil
      }
    }
    return Event.ACLED(type: type, subtype: subtype, geoPrecision: geoPrecision, timePrecision: timePrecision)
  }

  private static func names(_ event: Event, mentions: [Mention]) -> (String, String)? {
    let battles = "Battles"
    let explosions = "Explosions/Remote violence"
    let civilians = "Violence against civilians"
    let strategic = "Strategic developments"
    func sector(_ index: Int32) -> String? {
      switch mentions[Int(index)].entity {
      case .actor(let actor), .person(let actor), .source(let actor): actor.sector
      default: nil
      }
    }
    let hitsCivilians = event.recipients.contains { sector($0) == "CVL" || sector($0) == "MED" }
    switch event.type {
    case .assault:
      switch event.mode {
      case "aerial", "drone": return (explosions, "Air/drone strike")
      case "heavy-weapons": return (explosions, "Shelling/artillery/missile attack")
      case "explosives": return (explosions, "Remote explosive/landmine/IED")
      case "suicide-attack": return (explosions, "Suicide bomb")
      case "unconventional": return (explosions, "Chemical weapon")
      case "abduct": return (civilians, "Abduction/forced disappearance")
      case "sexual": return (civilians, "Sexual violence")
      case "crowd-control": return ("Protests", "Excessive force against protesters")
      case "destroy": return (strategic, "Looting/property destruction")
      default: return hitsCivilians ? (civilians, "Attack") : (battles, "Armed clash")
      }
    case .protest:
      switch event.mode {
      case "riot": return ("Riots", "Mob violence")
      case "vandalize": return ("Riots", "Violent demonstration")
      default: return ("Protests", "Peaceful protest")
      }
    case .coerce:
      switch event.mode {
      case "seize":
        let isGovernment = event.actors.contains { sector($0) == "GOV" || sector($0) == "MIL" }
        return isGovernment
          ? (battles, "Government regains territory") : (battles, "Non-state actor overtakes territory")
      case "arrest": return (strategic, "Arrests")
      default: return (strategic, "Other")
      }
    case .retreat:
      switch event.mode {
      case "withdraw", "ceasefire", "disarm", "release", "access":
        return (strategic, event.mode == "withdraw" ? "Non-violent transfer of territory" : "Agreement")
      default: return (strategic, "Other")
      }
    case .mobilize: return (strategic, "Headquarters or base established")
    default: return nil
    }
  }
}
