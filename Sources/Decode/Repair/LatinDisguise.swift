import Model

/// Windows-1256 (or ISO-8859-6) that was read as Windows-1252 and encoded again: `ÇáÔÑÞ ÇáÃæÓØ` for `الشرق الأوسط`.
enum LatinDisguise {
  /// Nats per pair from which the letters count as Arabic: stricter than for bytes, which must be something.
  private static let arabicMeanMin: Float = -4.2

  /// Nats by which the Arabic reading must beat the Latin one.
  private static let marginMin: Float = 30

  /// The text with such lines read right, nil when there is none.
  static func repair(_ points: [UInt32]) -> (points: [UInt32], repair: Repair)? {
    let lines = points.split(separator: 0x0A, omittingEmptySubsequences: false)
    let disguised = lines.map(bytes)
    let all = Array(disguised.compactMap { $0 }.joined(separator: [0x0A]))
    guard !all.isEmpty else { return nil }
    let readings = EightBitDetector.readings(of: all, declared: nil)
    guard let best = readings.first, !best.isVisual, best.charset == .windows1256 || best.charset == .iso88596,
      best.mean >= arabicMeanMin, let table = SingleByteTable.of(best.charset),
      let latin = readings.first(where: { $0.charset == .windows1252 }), best.total - latin.total >= marginMin
    else { return nil }

    var out: [UInt32] = []
    var count = 0
    var first = 0
    for (line, bytes) in zip(lines, disguised) {
      if line.startIndex > 0 { out.append(0x0A) }
      if let bytes {
        if count == 0 { first = out.count }
        count += 1
        out.append(contentsOf: table.decode(bytes).points)
      } else {
        out.append(contentsOf: line)
      }
    }
    return (out, Repair(.windows1256AsLatin, count: count, offset: first))
  }

  /// The bytes that a line was read from: it holds signs of Windows-1252 only, and more letters with accents than without.
  private static func bytes(_ line: ArraySlice<UInt32>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var accented = 0
    var plain = 0
    for point in line {
      guard let byte = Mojibake.Misreading.latin.byte(point) else { return nil }
      bytes.append(byte)
      switch point {
      case 0xC0...0xFF: accented += 1
      case 0x41...0x5A, 0x61...0x7A: plain += 1
      default: break
      }
    }
    return accented > 3 && accented > plain ? bytes : nil
  }
}
