import Model

/// The outcome of reading bytes as text.
public struct DecodedText: Sendable {
  /// Valid UTF-8: byte-order mark dropped, CRLF and lone CR turned into LF, nothing else changed but what `repairs` names.
  public var utf8: [UInt8]
  /// Lower-case name of the character set: `utf-8`, `utf-16le`, `windows-1256`, `cp864`, `x-mac-arabic`, `us-ascii` …
  public var charset: String
  /// 0...1: how sure the decoder is of `charset`.
  public var confidence: Double
  /// What was mended, in the order of mending.
  public var repairs: [Repair]

  /// A decoded text.
  public init(utf8: [UInt8], charset: String, confidence: Double, repairs: [Repair] = []) {
    self.utf8 = utf8
    self.charset = charset
    self.confidence = confidence
    self.repairs = repairs
  }
}
