/// What the Dedupe stage may be told; the defaults are the ones that the documented figures hold for.
public struct DedupeConfiguration: Sendable {
  /// A fingerprint leads to at most this many canonical reports; one that has more is boilerplate and leads nowhere.
  public var documentFrequencyMax = 64
  /// Candidates that are verified per report, at most.
  public var candidatesMax = 6
  /// Reports in one segment of the index; a full one is sealed and mapped from disk.
  public var segmentReports = 1_000_000
  /// Reports in the hot window: segments within it are searched in full, older ones by a sample of the fingerprints.
  public var hotReports = 6_000_000
  /// Days that the hot window goes back, if `hotReports` doesn't end it before.
  public var hotDays = 30
  /// A segment that goes back farther than the hot window is sealed when it has so many reports.
  var agedSegmentReports: Int { max(1, segmentReports / 8) }
  /// A checkpoint writes the inverted index anew after so many reports (and a quarter of all): a start then need not put
  /// them in one by one.
  public var snapshotReports = 20_000

  /// The default configuration.
  public init() {}
}
