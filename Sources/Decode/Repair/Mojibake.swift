import Model

/// UTF-8 that was read as an 8-bit set and encoded again: `Ø§Ù„` for `ال`, `ط§ظ„` for the same.
///
/// Each sign is turned back into the byte it was read from. Where such bytes form UTF-8 sequences (units) that stand side by
/// side and give Arabic, the text around them up to the next sign that cannot be part of the damage (a region) is mended.
/// Good text has single pairs that look like a unit (`ط،`, `ط»`), never neighbouring ones.
struct Mojibake {
  /// The set that the bytes were taken for.
  enum Misreading: Sendable {
    /// Windows-1252, or ISO-8859-1 where a sign is a C1 control.
    case latin
    case windows1256

    /// The byte that was read as this sign, nil when it is none of the set.
    @inline(__always)
    func byte(_ point: UInt32) -> UInt8? {
      if point < 0x80 { return UInt8(point) }
      guard point < Self.pointsEnd else { return nil }
      let byte = self == .latin ? Self.latinBytes[Int(point)] : Self.arabicBytes[Int(point)]
      return byte == 0 ? nil : byte
    }

    /// Beyond all signs of both sets (U+2122 ™ is the last).
    private static let pointsEnd: UInt32 = 0x2123

    /// Bytes by code point, 0 for none. ISO-8859-1 is part of the Latin ones.
    private static let latinBytes = bytes(of: .windows1252, from: (0...0xFF).map { UInt8($0) })
    private static let arabicBytes = bytes(of: .windows1256, from: [])

    private static func bytes(of table: SingleByteTable, from start: [UInt8]) -> [UInt8] {
      var bytes = start + [UInt8](repeating: 0, count: Int(pointsEnd) - start.count)
      for byte in 0x80...0xFF where table.points[byte] < pointsEnd { bytes[Int(table.points[byte])] = UInt8(byte) }
      return bytes
    }
  }

  /// A sequence of signs that were the bytes of one code point.
  struct Unit {
    /// Indices into the damaged text.
    var range: Range<Int>
    /// What they were.
    var point: UInt32
  }

  /// What was mended.
  struct Outcome {
    var points: [UInt32]
    /// Units mended, all rounds together.
    var count = 0
    /// Index in `points` of the first.
    var first: Int?
    var misreading: Misreading
    /// A sign was a C1 control where Windows-1252 has a sign of its own.
    var hasControls = false

    var repair: Repair {
      let kind: RepairKind =
        switch misreading {
        case .latin: hasControls ? .mojibakeLatin1 : .mojibakeWindows1252
        case .windows1256: .mojibakeWindows1256
        }
      return Repair(kind, count: count, offset: first)
    }
  }

  /// How often text may have been misread in a row.
  static let roundsMax = 3

  /// Share of the units in a region that must give signs of Arabic text.
  private static let plausibleShareMin = 0.7

  let misreading: Misreading

  /// One round: the text with its damaged regions mended, nil when there is none.
  func repair(_ points: [UInt32], round: Int = 1) -> Outcome? {
    let units = self.units(points)
    guard !units.isEmpty else { return nil }
    var accepted: [Unit] = []
    for region in regions(units, points) where isDamaged(region, round: round) { accepted.append(contentsOf: region) }
    guard !accepted.isEmpty else { return nil }

    var outcome = Outcome(points: [], misreading: misreading)
    outcome.points.reserveCapacity(points.count)
    var index = 0
    for unit in accepted {
      outcome.points.append(contentsOf: points[index..<unit.range.lowerBound])
      if outcome.first == nil { outcome.first = outcome.points.count }
      outcome.points.append(unit.point)
      outcome.hasControls =
        outcome.hasControls || points[unit.range].contains { (0x80..<0xA0).contains($0) && !Self.isHole($0) }
      index = unit.range.upperBound
    }
    outcome.points.append(contentsOf: points[index...])
    outcome.count = accepted.count
    return outcome
  }

  /// Bytes that Windows-1252 leaves open, which everyone reads as the control of the same number.
  private static func isHole(_ point: UInt32) -> Bool {
    point == 0x81 || point == 0x8D || point == 0x8F || point == 0x90 || point == 0x9D
  }

  /// All units of the text, from left to right.
  private func units(_ points: [UInt32]) -> [Unit] {
    var units: [Unit] = []
    var index = 0
    while index < points.count {
      guard points[index] >= 0x80, let lead = misreading.byte(points[index]), lead >= 0xC2,
        let unit = unit(points, at: index, lead: lead)
      else {
        index += 1
        continue
      }
      if misreading != .windows1256 || isFree(index, points, after: units.last) { units.append(unit) }
      index = unit.range.upperBound
    }
    return units
  }

  /// A unit may begin here: what stands directly before is no letter of a good word (`مهددة؟` is one).
  private func isFree(_ index: Int, _ points: [UInt32], after last: Unit?) -> Bool {
    index == 0 || last?.range.upperBound == index || points[index - 1] < 0x80
  }

  private func unit(_ points: [UInt32], at start: Int, lead: UInt8) -> Unit? {
    guard lead <= 0xF4 else { return nil }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard start + length <= points.count else { return nil }
    var point = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for place in 1..<length {
      guard let byte = misreading.byte(points[start + place]), byte & 0xC0 == 0x80 else { return nil }
      point = point << 6 | UInt32(byte & 0x3F)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard point >= smallest, point <= 0x10FFFF, !(0xD800...0xDFFF).contains(point) else { return nil }
    return Unit(range: start..<(start + length), point: point)
  }

  /// Units between which there is nothing but ASCII.
  private func regions(_ units: [Unit], _ points: [UInt32]) -> [ArraySlice<Unit>] {
    var regions: [ArraySlice<Unit>] = []
    var start = 0
    for index in 1..<max(1, units.count) {
      let gap = points[units[index - 1].range.upperBound..<units[index].range.lowerBound]
      if !gap.allSatisfy({ $0 < 0x80 }) {
        regions.append(units[start..<index])
        start = index
      }
    }
    regions.append(units[start...])
    return regions
  }

  /// The units of a region are damage, not good text that looks like it.
  private func isDamaged(_ region: ArraySlice<Unit>, round: Int) -> Bool {
    let neighbours = zip(region, region.dropFirst()).contains { $0.range.upperBound == $1.range.lowerBound }
    let points = region.map(\.point)
    var plausible = 0
    for point in points where isPlausible(point) { plausible += 1 }
    let isText = Double(plausible) >= Self.plausibleShareMin * Double(points.count)
    switch misreading {
    case .latin:
      // `Ã©`, `â€™`: Latin text with a few accents has no neighbouring units; three signs are no accident, nor two pairs.
      if isText && (neighbours || points.count > 1 || region.contains { $0.range.count > 2 }) { return true }
    case .windows1256:
      if isText && neighbours { return true }
    }
    // Misread twice: what comes out is damaged in turn.
    guard neighbours, round < Self.roundsMax else { return false }
    return [Misreading.latin, .windows1256].contains { next in
      guard let deeper = Mojibake(misreading: next).repair(points, round: round + 1) else { return false }
      return deeper.points.count * 5 <= points.count * 4
    }
  }

  private func isPlausible(_ point: UInt32) -> Bool {
    switch point {
    case 0x60C, 0x61B, 0x61F, 0x621...0x63A, 0x640...0x652, 0x660...0x66C, 0x670, 0x67E, 0x686, 0x698, 0x6A9, 0x6AF,
      0x6CC,
      0x6F0...0x6F9:
      true
    case 0x2010...0x2026, 0x200B...0x200F, 0x202A...0x202E, 0x2030, 0x20AC, 0x2122, 0xFEFF: true
    case 0xFB50...0xFDFF, 0xFE70...0xFEFC: true
    case 0xA0, 0xAB, 0xBB, 0xB7, 0xB0: true
    case 0xA1...0xFF: misreading == .latin
    default: false
    }
  }
}
