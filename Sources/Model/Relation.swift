/// What a report is to an earlier one. A report that is new has none.
public struct Relation: Sendable, Equatable {
  /// The kinds of relation, per the feed format.
  public enum Kind: String, Sendable, CaseIterable {
    /// The same normalized text.
    case exact
    /// Nearly the same text.
    case duplicate
    /// Contains the earlier one and adds to it.
    case revision
    /// Contained in the earlier one.
    case excerpt
    /// Shares a passage with the earlier one.
    case overlap
    /// The same frame with other places and numbers.
    case template
  }

  /// What it is.
  public var kind: Kind
  /// Feed sequence number of the earlier report.
  public var of: UInt64
  /// Share of the smaller report's shingles that the other holds too, 0...1.
  public var containment: Double
  /// Shared shingles over all shingles of both (Jaccard), 0...1.
  public var resemblance: Double

  /// A relation to the report at feed sequence `of`.
  public init(kind: Kind, of: UInt64, containment: Double, resemblance: Double) {
    self.kind = kind
    self.of = of
    self.containment = containment
    self.resemblance = resemblance
  }
}

/// The same event told in several reports.
public struct EventCluster: Sendable, Equatable {
  /// 128-bit id of the cluster: that of the event which opened it.
  public var id: EventID
  /// Feed sequence number of the report that opened it.
  public var first: UInt64
  /// How many reports have told it so far, this one included; copies do not count.
  public var reports: Int

  /// A cluster as it stands when a report joins it.
  public init(id: EventID, first: UInt64, reports: Int) {
    self.id = id
    self.first = first
    self.reports = reports
  }
}

/// A stable 128-bit id of an event: it derives from the report's id, the trigger's span and the type.
public struct EventID: Sendable, Hashable {
  /// High half.
  public var high: UInt64
  /// Low half.
  public var low: UInt64

  /// An id of its halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The id of an event of `type` whose trigger is `trigger` (byte offsets) in the report with digest `report`.
  public init(report: Digest, trigger: ByteSpan, type: EventType) {
    let place = UInt64(UInt32(bitPattern: trigger.start)) << 32 | UInt64(UInt32(bitPattern: trigger.end))
    let kind = StableHash.hash(Array(type.rawValue.utf8))
    high = StableHash.mix(report.words.0 ^ place, kind ^ report.words.1)
    low = StableHash.mix(high ^ report.words.2, place ^ report.words.3 ^ 0x9e37_79b9_7f4a_7c15)
  }

  /// Reads 32 hex digits; nil when there is anything else.
  public init?(hex: some StringProtocol) {
    guard hex.utf8.count == 32, let high = UInt64(hex.prefix(16), radix: 16),
      let low = UInt64(hex.dropFirst(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// Appends the 32 lower-case hex digits.
  public func appendHex(to out: inout [UInt8]) {
    for word in [high, low] {
      var shift: UInt64 = 64
      while shift > 0 {
        shift -= 4
        out.append(Digest.hexDigits[Int(word >> shift & 0xf)])
      }
    }
  }
}
