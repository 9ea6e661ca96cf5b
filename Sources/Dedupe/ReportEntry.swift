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
  /// Where its fingerprints stand in the segment's fingerprints, in fingerprints.
  var fingerprintsOffset: UInt64
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
