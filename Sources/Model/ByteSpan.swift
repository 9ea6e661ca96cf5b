/// A half-open range of UTF-8 byte offsets into a report's text (`Report.text`).
///
/// Stages reckon in bytes; the feed converts to code points when it writes the line (`CodePointOffsets`).
public struct ByteSpan: Sendable, Hashable {
  /// Offset of the first byte.
  public var start: Int32
  /// Offset after the last byte.
  public var end: Int32

  /// A span from `start` up to, not including, `end`, both byte offsets.
  public init(_ start: Int32, _ end: Int32) {
    self.start = start
    self.end = end
  }

  /// Length in bytes.
  public var count: Int { Int(end - start) }

  /// Whether the two spans share at least one byte.
  public func overlaps(_ other: ByteSpan) -> Bool { start < other.end && other.start < end }

  /// Whether `other` lies wholly within this span.
  public func contains(_ other: ByteSpan) -> Bool { start <= other.start && other.end <= end }
}
