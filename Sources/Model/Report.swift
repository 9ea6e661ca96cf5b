/// One report, decoded: a whole plain-text file, or one item of a file that holds several.
public struct Report: Sendable {
  /// Where it came from.
  public var source: Source
  /// The headline as the format names it (HTML title, mail subject …); nil for plain text, whose headline is in `text`.
  public var title: String?
  /// When the report says it was published.
  public var published: Timestamp?
  /// Who published it, as the format names it.
  public var outlet: String?
  /// Its author, as the format names it.
  public var author: String?
  /// Its canonical address.
  public var url: String?
  /// Valid UTF-8: the decoded text as it stood, LF line ends, no byte-order mark. Every span of a fact is an offset into it.
  public var text: [UInt8]

  /// A report with its text and, where the format has them, the facts about it.
  public init(
    source: Source, text: [UInt8], title: String? = nil, published: Timestamp? = nil, outlet: String? = nil,
    author: String? = nil, url: String? = nil
  ) {
    self.source = source
    self.text = text
    self.title = title
    self.published = published
    self.outlet = outlet
    self.author = author
    self.url = url
  }
}

extension Report {
  /// What the report was decoded from.
  public struct Source: Sendable {
    /// The item inside a container file (`"3"`, `"inner/report.html"`), nil when the file is the report.
    public var member: String?
    /// The original bytes of the report: the file's, or the member's. They give the report its id.
    public var original: Original
    /// Media type, lower case, by content: `text/plain`.
    public var media: String
    /// Character set, lower case: `utf-8`.
    public var charset: String
    /// 0...1: how sure the decoder is of `charset`.
    public var confidence: Double
    /// What was mended in the text, in order.
    public var repairs: [Repair]

    /// Describes the origin of a report.
    public init(
      member: String?, original: Original, media: String, charset: String, confidence: Double = 1,
      repairs: [Repair] = []
    ) {
      self.member = member
      self.original = original
      self.media = media
      self.charset = charset
      self.confidence = confidence
      self.repairs = repairs
    }
  }

  /// The bytes that identify a report.
  public enum Original: Sendable {
    /// The report is the file: its digest is the file's digest.
    case file
    /// The report is a part of a container; these are its original bytes.
    case member([UInt8])
  }
}

/// Something that was wrong with the bytes of a text and has been mended.
public struct Repair: Sendable, Equatable {
  /// What was mended: `invalid-sequence`, `mojibake-windows-1252`, `html-entities`, `visual-order` …
  public var kind: String
  /// How many places.
  public var count: Int
  /// Code-point offset of the first place in the text, where that makes sense.
  public var offset: Int?

  /// A repair of `count` places, the first at code point `offset`.
  public init(kind: String, count: Int, offset: Int? = nil) {
    self.kind = kind
    self.count = count
    self.offset = offset
  }
}
