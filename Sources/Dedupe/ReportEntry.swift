import Model

/// What the index knows of one report: 64 bytes, the same in memory and on disk (little-endian).
struct ReportEntry {
  /// Feed sequence number.
  var sequence: UInt64
  /// The normalized text.
  var contentHigh: UInt64
  /// The normalized text.
  var contentLow: UInt64
  /// Where its words stand in the segment's words, in words.
  var wordsOffset: UInt64
  /// Where its fingerprints stand, in the lower 48 bits; in the upper 16 the day on which it was received.
  private var fingerprintsOffsetAndDay: UInt64
  /// Words that are kept; 0 for reports that others are not compared with.
  var wordCount: UInt32
  /// Different shingles.
  var shingleCount: UInt32
  /// Fingerprints that are kept.
  var fingerprintCount: UInt32
  /// Over the words.
  var wordsChecksum: UInt32
  /// Over the fingerprints.
  var fingerprintsChecksum: UInt32
  /// Over the 60 bytes before.
  var checksum: UInt32

  /// Bytes of an entry.
  static let byteCount = 64
  private static let offsetBits: UInt64 = 48

  /// An entry of its parts, without checksums.
  init(
    sequence: UInt64, day: UInt16, content: ContentHash, wordsOffset: UInt64, fingerprintsOffset: UInt64,
    shingleCount: UInt32
  ) {
    self.sequence = sequence
    contentHigh = content.high
    contentLow = content.low
    self.wordsOffset = wordsOffset
    fingerprintsOffsetAndDay = fingerprintsOffset | UInt64(day) << ReportEntry.offsetBits
    wordCount = 0
    self.shingleCount = shingleCount
    fingerprintCount = 0
    wordsChecksum = 0
    fingerprintsChecksum = 0
    checksum = 0
  }

  /// Where its fingerprints stand in the segment's fingerprints, in fingerprints.
  var fingerprintsOffset: UInt64 { fingerprintsOffsetAndDay & (1 << ReportEntry.offsetBits &- 1) }

  /// The day on which it was received, in days since 1970; never before that of an earlier report.
  var day: UInt16 { UInt16(truncatingIfNeeded: fingerprintsOffsetAndDay >> ReportEntry.offsetBits) }

  var content: ContentHash { ContentHash(high: contentHigh, low: contentLow) }

  /// Whether later reports are compared with it.
  var isCanonical: Bool { wordCount > 0 }

  /// The checksum that the other fields call for.
  func expectedChecksum() -> UInt32 {
    withUnsafeBytes(of: self) { bytes in
      UInt32(truncatingIfNeeded: StableHash.hash(UnsafeRawBufferPointer(rebasing: bytes[0..<60])))
    }
  }

  /// The checksum of words or fingerprints.
  static func checksum(_ numbers: UnsafeBufferPointer<UInt32>) -> UInt32 {
    UInt32(truncatingIfNeeded: StableHash.hash(UnsafeRawBufferPointer(numbers)))
  }
}
