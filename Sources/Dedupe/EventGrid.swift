import Model

/// Where clusters are looked for: cells of the map, and in each a chain of clusters for a type and a day.
///
/// A chain is a number below `chainCount`, by hash: clusters of other types, cells and days may be in it too.
enum EventGrid {
  /// Cells per degree.
  private static let cellsPerDegree: Float = 4
  /// No place is farther from a near one than this, in degrees, up to the latitudes where people live.
  private static let nearDegrees: Float = 0.06
  /// Points of an area are looked for so far from its middle, in degrees.
  private static let areaDegrees: Float = 0.5
  /// Chains that there are.
  static let chainCount = 1 << 20

  private static func cell(_ latitude: Float, _ longitude: Float) -> UInt64 {
    let row = Int32((latitude * cellsPerDegree).rounded(.down))
    let column = Int32((longitude * cellsPerDegree).rounded(.down))
    return UInt64(UInt32(bitPattern: row)) << 32 | UInt64(UInt32(bitPattern: column))
  }

  /// Where a cluster stands: points in a cell of the grid, areas with all those of their country.
  static func cell(of facts: EventFacts) -> UInt64 {
    facts.extent == .point ? cell(facts.latitude, facts.longitude) : areaCell(facts.country)
  }

  private static func areaCell(_ country: UInt16) -> UInt64 { 1 << 63 | UInt64(country) }

  /// The cells of points near a point, and of what it may lie in; for an area those of its country.
  static func cells(around facts: EventFacts) -> [UInt64] {
    var cells = [areaCell(facts.country)]
    guard facts.extent == .point else { return cells }
    for north in [-nearDegrees, nearDegrees] {
      for east in [-nearDegrees, nearDegrees] {
        let cell = cell(facts.latitude + north, facts.longitude + east)
        if !cells.contains(cell) { cells.append(cell) }
      }
    }
    return cells
  }

  /// The cells of points that may lie within an area; none for a country, which has too many.
  static func cells(within facts: EventFacts) -> [UInt64] {
    guard facts.extent == .area else { return [] }
    var cells: [UInt64] = []
    for north in stride(from: -areaDegrees, through: areaDegrees, by: 1 / cellsPerDegree) {
      for east in stride(from: -areaDegrees, through: areaDegrees, by: 1 / cellsPerDegree) {
        cells.append(cell(facts.latitude + north, facts.longitude + east))
      }
    }
    return cells
  }

  /// The chain of a cell for the type of `facts` and a time.
  /// - Parameters:
  ///   - day: nil for the event's own last day, or the month of that when its date is a longer time.
  ///   - month: the time is the month of `day`.
  static func chain(_ facts: EventFacts, cell: UInt64, day: Int32?, month: Bool = false) -> Int {
    let byMonth = day == nil ? facts.dateKind == .span : month
    let day = day ?? facts.to
    let time: UInt64
    if byMonth {
      let civil = CivilDay(number: Int(day)).civil
      time = UInt64(truncatingIfNeeded: civil.year * 12 + civil.month) | 1 << 40
    } else {
      time = UInt64(UInt32(bitPattern: day))
    }
    let hash = StableHash.mix(cell ^ 0x9e37_79b9_7f4a_7c15, time &* 0xd6e8_feb8_6659_fd93 ^ UInt64(facts.type) << 56)
    return Int(hash % UInt64(chainCount))
  }
}
