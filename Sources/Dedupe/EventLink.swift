import Glibc
import Model

/// Whether an event is one that has been told before, and how sure that is.
enum EventLink {
  /// Places of points on the map that are at most this far apart are one.
  static let nearKilometres: Float = 5
  /// Tolls differ among reports of one event: by this factor, or by a few.
  static let tollFactor: Int64 = 2
  static let tollDifference: Int64 = 3

  /// How well `event` fits `cluster`, nil when they are not the same. The same type, status, place and time are needed;
  /// what is weak (an area for a place, the day of publication for a date, the day before or after) must be made up for
  /// by a named actor or a toll that both tell.
  static func strength(_ event: EventFacts, _ cluster: EventFacts) -> Int? {
    guard event.type == cluster.type, event.status == cluster.status, modesAgree(event, cluster) else { return nil }
    guard let placeWeakness = placeWeakness(event, cluster), let dateWeakness = dateWeakness(event, cluster) else {
      return nil
    }
    guard !event.actors.contradicts(cluster.actors), !event.recipients.contradicts(cluster.recipients) else {
      return nil
    }
    var support = 0
    if event.actors.sharesName(cluster.actors) { support += 1 }
    if event.recipients.sharesName(cluster.recipients) { support += 1 }
    var sameToll = false
    if event.deadMin >= 0 && cluster.deadMin >= 0 {
      guard tollsAgree(event, cluster) else { return nil }
      sameToll = event.deadMin == cluster.deadMin && event.deadMin > 1
      if sameToll { support += 1 }
    }
    let isRare = event.isRare && cluster.isRare
    if isRare { support += 1 }
    let needed = placeWeakness + dateWeakness + (isVerbal(event.type) ? 1 : 0)
    guard support >= needed else { return nil }
    // Where a war goes on the same sides meet at the same place every day: without a date their names tell too little.
    if event.dateKind == 2 || cluster.dateKind == 2 {
      guard sameToll || isRare || support > needed || event.mode != 0 && event.mode == cluster.mode else { return nil }
    }
    let exactMode = event.mode == cluster.mode ? 1 : 0
    let samePlace = event.place != 0 && event.place == cluster.place ? 1 : 0
    return 1 + 4 * (support - needed) + 2 * exactMode + samePlace
  }

  /// Words are said everywhere and every day: who said them must be the same.
  private static func isVerbal(_ type: UInt8) -> Bool {
    switch EventType.allCases[Int(type)] {
    case .agree, .consult, .support, .concede, .request, .accuse, .reject, .threaten, .cooperate: true
    case .aid, .retreat, .protest, .sanction, .mobilize, .coerce, .assault: false
    }
  }

  private static func modesAgree(_ a: EventFacts, _ b: EventFacts) -> Bool {
    if a.mode == b.mode || a.mode == 0 || b.mode == 0 { return true }
    let modes = EventType.allCases[Int(a.type)].modes
    let pair: Set = [modes[Int(a.mode) - 1], modes[Int(b.mode) - 1]]
    // One report's drone is another's air strike; a suicide attack is made with explosives.
    return pair == ["aerial", "drone"] || pair == ["explosives", "suicide-attack"] || pair == ["demo", "riot"]
      || pair == ["targeted", "firearms"]
  }

  /// 0 for the same point, 1 for the same area, nil for different places.
  private static func placeWeakness(_ a: EventFacts, _ b: EventFacts) -> Int? {
    if a.place != 0 && a.place == b.place { return a.isArea == 1 ? 1 : 0 }
    guard a.isArea == 0, b.isArea == 0, kilometres(a, b) <= nearKilometres else { return nil }
    return 0
  }

  /// 0 for a common day, 1 where a day is only that of publication or one off, nil for different times.
  private static func dateWeakness(_ a: EventFacts, _ b: EventFacts) -> Int? {
    let overlap = a.from <= b.to && b.from <= a.to
    if overlap { return a.dateKind == 0 && b.dateKind == 0 ? 0 : 1 }
    guard a.dateKind == 0, b.dateKind == 0, abs(Int(a.from) - Int(b.from)) == 1 else { return nil }
    return 1
  }

  private static func tollsAgree(_ a: EventFacts, _ b: EventFacts) -> Bool {
    let (low, high) = a.deadMin <= b.deadMin ? (a, b) : (b, a)
    if low.deadMax >= high.deadMin { return true }
    let (least, most) = (Int64(low.deadMax), Int64(high.deadMin))
    return most - least <= tollDifference || most <= least * tollFactor
  }

  /// Distance on the sphere, good for the few kilometres that matter here.
  private static func kilometres(_ a: EventFacts, _ b: EventFacts) -> Float {
    let perDegree: Float = 111.2
    let north = (a.latitude - b.latitude) * perDegree
    let east = (a.longitude - b.longitude) * perDegree * cosf(a.latitude * .pi / 180)
    return (north * north + east * east).squareRoot()
  }
}
