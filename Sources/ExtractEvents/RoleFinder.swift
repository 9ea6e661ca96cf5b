import Lexicon
import Model

/// Gives an event its actors, recipients and places: the mentions whose features weigh for a role more than for none.
final class RoleFinder {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private let features: RoleFeatures

  init(scan: ReportScan, tables: EventTables, features: RoleFeatures) {
    self.scan = scan
    self.tables = tables
    self.features = features
  }

  /// Mentions outside its sentence that an event may take: as (mention, of the headline, order).
  func carried(_ candidate: Candidate) -> [(mention: Int, isHeadline: Bool, order: Int)] {
    var out: [(mention: Int, isHeadline: Bool, order: Int)] = []
    if candidate.sentence > 0 {
      var actors = 0
      var places: [Int] = []
      for index in scan.mentions(inSentence: candidate.sentence - 1) where Int(index) < scan.firstCandidate {
        switch scan.infos[Int(index)].entity {
        case .actor, .person:
          if actors < 2 { out.append((Int(index), false, actors)) }
          actors += 1
        case .place: places.append(Int(index))
        default: break
        }
      }
      for (order, mention) in places.reversed().prefix(2).enumerated() { out.append((mention, false, order)) }
    }
    if candidate.sentence > 1 {
      for index in scan.mentions(inSentence: 0) where Int(index) < scan.firstCandidate {
        if scan.infos[Int(index)].entity == .place {
          out.append((Int(index), true, 0))
          break
        }
      }
    }
    return out
  }

  /// Fills the roles of `event`, which `candidate` states.
  func fill(_ event: inout Event, _ candidate: Candidate) {
    var taken: [(mention: Int, role: Frame.Role, score: Float)] = []
    for index in scan.mentions(inSentence: candidate.sentence) where scan.infos[Int(index)].canTakePart {
      var sums = ClassSums(lexicon.roleWeights, records: false)
      features.add(candidate, Int(index), to: &sums)
      append(sums, Int(index), &taken)
    }
    for item in carried(candidate) {
      var sums = ClassSums(lexicon.roleWeights, records: false)
      features.addCarried(candidate, item.mention, isHeadline: item.isHeadline, order: item.order, to: &sums)
      append(sums, item.mention, &taken)
    }
    // A place within an actor's name may have a role beside it; of others that overlap the surer stays.
    taken.sort { $0.score > $1.score }
    var kept: [(mention: Int, role: Frame.Role, score: Float)] = []
    for item in taken {
      let span = scan.infos[item.mention].span
      if kept.contains(where: { $0.role == item.role && scan.infos[$0.mention].span.overlaps(span) }) {
        continue
      }
      kept.append(item)
    }
    dropWiderPlaces(&kept)
    kept.sort { scan.infos[$0.mention].span.start < scan.infos[$1.mention].span.start }
    for item in kept {
      switch item.role {
      case .actor: event.actors.append(Int32(item.mention))
      case .recipient: event.recipients.append(Int32(item.mention))
      case .place: event.places.append(Int32(item.mention))
      case .none, .either: break
      }
    }
  }

  private func append(
    _ sums: ClassSums, _ mention: Int, _ taken: inout [(mention: Int, role: Frame.Role, score: Float)]
  ) {
    let totals = sums.totals
    let best = max(totals[0], totals[1], totals[2])
    guard best > RoleFinder.margin else { return }
    let role: Frame.Role = best == totals[0] ? .actor : best == totals[1] ? .recipient : .place
    if role == .place {
      guard scan.infos[mention].entity == .place else { return }
    }
    taken.append((mention, role, best))
  }

  /// A role must weigh more than none by this.
  static let margin: Float = -0.4

  /// Keeps the most specific places: a country or province goes when a place inside it is there.
  private func dropWiderPlaces(_ kept: inout [(mention: Int, role: Frame.Role, score: Float)]) {
    func place(_ mention: Int) -> Place? {
      if case .place(let place) = scan.mentions[mention].entity { return place }
      return nil
    }
    let places = kept.filter { $0.role == .place }.compactMap { place($0.mention) }
    kept.removeAll { item in
      guard item.role == .place, let wide = place(item.mention) else { return false }
      return places.contains { fine in
        switch wide.level {
        case .country: fine.level != .country && fine.country == wide.country
        case .admin1: fine.level != .country && fine.level != .admin1 && fine.admin1 == wide.name
        default: false
        }
      }
    }
  }
}
