import Glibc
import Model

/// Whether an event is one that has been told before, and how sure that is.
///
/// Type, status, mode, place and time must be compatible. Then what is weak in the match must be made up for by what both
/// name: people, actors, other places, numbers, an equal toll.
enum EventLink {
  /// Places of points on the map that are at most this far apart are one.
  static let nearKilometres: Float = 5
  /// A point that is at most this far from the middle of a region of the same country may be in it.
  static let regionKilometres: Float = 45
  /// Days before the publication from which what the text does not date may be.
  static let newsDaysMax: Int32 = 3
  /// Tolls differ among reports of one event: by this factor, or by a few.
  static let tollFactor: Int64 = 2
  static let tollDifference: Int64 = 3
  /// An equal toll from here on is no chance.
  static let tellingToll: Int32 = 5

  /// How well `event` fits `cluster`, nil when they are not the same.
  /// - Parameter activeDays: on how many of the days before the place saw events of the type: where they never cease, a
  ///   day and a place don't tell them apart.
  static func strength(_ event: EventFacts, _ cluster: EventFacts, activeDays: () -> Int) -> Int? {
    guard event.type == cluster.type, event.status == cluster.status else { return nil }
    guard let modeWeakness = modeWeakness(event, cluster), let placeWeakness = placeWeakness(event, cluster),
      let dateWeakness = dateWeakness(event, cluster), tollsAgree(event, cluster)
    else { return nil }
    var needed = modeWeakness + placeWeakness + dateWeakness + partyWeakness(event, cluster)
    if isVerbal(event.type) { needed += 2 }
    let support = support(event, cluster)
    guard support >= needed else { return nil }
    let isDated = event.dateKind == .day && cluster.dateKind == .day
    if !isDated && !(event.isRare && cluster.isRare) {
      let isNews = event.dateKind == .news && cluster.dateKind == .news
      let days = activeDays()
      if isNews && (days > 2 || placeWeakness > 1) { needed += 1 }
      switch days {
      case ...2: break
      case ...5: needed += 2
      default: needed += 3
      }
    }
    guard support >= needed else { return nil }
    // The very place and day first; then what many have told, which is likelier told again.
    var strength = 1 + 2 * min(support - needed, 3) + 3 * (32 - (cluster.reports | 1).leadingZeroBitCount)
    if event.mode == cluster.mode { strength += 2 }
    if event.place == cluster.place { strength += 16 }
    if event.from <= cluster.to && cluster.from <= event.to { strength += 8 }
    return strength
  }

  /// What both name.
  private static func support(_ event: EventFacts, _ cluster: EventFacts) -> Int {
    var support = event.context.sharedWeight(cluster.context)
    if event.actors.sharesName(cluster.actors) { support += 1 }
    if event.recipients.sharesName(cluster.recipients) { support += 1 }
    if event.deadMin == cluster.deadMin {
      if event.deadMin >= EventLink.tellingToll { support += 3 } else if event.deadMin > 1 { support += 2 }
    }
    if event.isRare && cluster.isRare { support += 3 }
    return support
  }

  /// 0 where the parties agree or are not told, more where others are named.
  private static func partyWeakness(_ a: EventFacts, _ b: EventFacts) -> Int {
    let contradictions =
      (a.actors.contradicts(b.actors) ? 1 : 0) + (a.recipients.contradicts(b.recipients) ? 1 : 0)
    guard contradictions > 0 else { return 0 }
    // Who meets whom is told either way, who hits whom is not.
    let isMutual = a.actors.sharesName(b.recipients) || a.recipients.sharesName(b.actors)
    return isMutual && isVerbal(a.type) || isMutual && EventType.allCases[Int(a.type)] == .consult ? 0 : 3
  }

  /// Words are said everywhere and every day: who said them must be the same.
  private static func isVerbal(_ type: UInt8) -> Bool {
    switch EventType.allCases[Int(type)] {
    case .agree, .support, .concede, .request, .accuse, .reject, .threaten, .cooperate: true
    case .consult, .aid, .retreat, .protest, .sanction, .mobilize, .coerce, .assault: false
    }
  }

  /// Modes that one report calls this and another that.
  private static let kin: [Set<String>] = [
    // Fire from afar, whether by plane, drone or rocket.
    ["aerial", "drone", "heavy-weapons"], ["explosives", "suicide-attack"], ["targeted", "firearms"],
    ["firearms", "crowd-control"], ["demo", "riot"], ["troops", "militia"], ["visit", "multilateral"],
  ]

  /// Modes of assault that nobody calls an attack without more words.
  private static let hands: Set<String> = ["abduct", "beat", "torture", "sexual"]

  /// 0 for one mode, or where one is not told; 1 for two that are told for each other; nil for different ones.
  private static func modeWeakness(_ a: EventFacts, _ b: EventFacts) -> Int? {
    if a.mode == b.mode { return 0 }
    let modes = EventType.allCases[Int(a.type)].modes
    if a.mode == 0 || b.mode == 0 { return hands.contains(modes[Int(max(a.mode, b.mode)) - 1]) ? nil : 0 }
    let pair = [modes[Int(a.mode) - 1], modes[Int(b.mode) - 1]]
    return kin.contains { $0.isSuperset(of: pair) } ? 1 : nil
  }

  /// 0 for the same point, more for areas and for a point within an area, nil for different places.
  private static func placeWeakness(_ a: EventFacts, _ b: EventFacts) -> Int? {
    if a.place != 0 && a.place == b.place {
      switch a.extent {
      case .point: return 0
      case .area: return 1
      case .country: return 2
      }
    }
    if a.extent == .point && b.extent == .point { return kilometres(a, b) <= nearKilometres ? 0 : nil }
    return contains(a, b) || contains(b, a) ? (a.extent == .country || b.extent == .country ? 4 : 2) : nil
  }

  /// Whether the place of `b` lies within that of `a`.
  private static func contains(_ a: EventFacts, _ b: EventFacts) -> Bool {
    guard a.country == b.country, a.country != 0, a.extent.rawValue > b.extent.rawValue else { return false }
    if a.extent == .country || a.province != 0 && a.province == b.province { return true }
    return kilometres(a, b) <= regionKilometres
  }

  /// 0 for a common day, more for long spans and where days lie between, nil for different times.
  private static func dateWeakness(_ a: EventFacts, _ b: EventFacts) -> Int? {
    let gap = max(a.from - b.to, b.from - a.to, 0)
    let untold = a.dateKind == .news || b.dateKind == .news ? 1 : 0
    // A month says little.
    if gap == 0 { return untold + (a.dateKind == .span || b.dateKind == .span ? 2 : 0) }
    guard a.dateKind != .span, b.dateKind != .span else { return nil }
    // Two reports that both tell the day seldom err by one.
    if a.dateKind == .day && b.dateKind == .day { return gap == 1 ? 4 : nil }
    return gap < newsDaysMax ? untold + Int(gap) : nil
  }

  /// Whether the tolls can be of one event; what is not told can.
  private static func tollsAgree(_ a: EventFacts, _ b: EventFacts) -> Bool {
    guard a.deadMin >= 0 && b.deadMin >= 0, !(a.isRare && b.isRare) else { return true }
    let (low, high) = a.deadMin <= b.deadMin ? (a, b) : (b, a)
    if low.deadMax >= high.deadMin { return true }
    let (least, most) = (Int64(low.deadMax), Int64(high.deadMin))
    return most - least <= tollDifference || most <= least * tollFactor
  }

  /// Whether the places are one, for counting what happens there.
  static func isSamePlace(_ a: EventFacts, _ b: EventFacts) -> Bool {
    a.place != 0 && a.place == b.place || a.extent == .point && b.extent == .point && placeWeakness(a, b) != nil
  }

  /// Distance on the sphere, good for the few kilometres that matter here.
  private static func kilometres(_ a: EventFacts, _ b: EventFacts) -> Float {
    let perDegree: Float = 111.2
    let north = (a.latitude - b.latitude) * perDegree
    let east = (a.longitude - b.longitude) * perDegree * cosf(a.latitude * .pi / 180)
    return (north * north + east * east).squareRoot()
  }
}
