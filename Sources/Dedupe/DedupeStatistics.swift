/// What the index has done since it was opened.
public struct DedupeStatistics: Sendable {
  /// Reports that shared enough fingerprints to be looked at.
  public var candidates = 0
  /// Word-by-word comparisons.
  public var verifications = 0
}
