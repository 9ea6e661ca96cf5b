/// What one file may cost. A file that would cost more is rejected with the limit's name, its setting and the figure.
///
/// Every property's name is its configuration key.
public struct DecodeLimits: Sendable, Equatable {
  /// Size of the file itself, in bytes. Default 128 MiB.
  public var bytesInMax: Int = 128 << 20
  /// All bytes that decompression, transfer decoding and text extraction may yield for one file, over all levels of
  /// nesting. Default 256 MiB.
  public var bytesOutMax: Int = 256 << 20
  /// Bytes out per byte in of one compressed stream or archive, judged once it has yielded `ratioFloorBytes`. Default 200;
  /// news text compresses 3 to 20 times, a bomb 1,000 times.
  public var ratioMax: Int = 200
  /// Output below which no ratio is judged, in bytes: short streams of blanks compress well. Default 4 MiB.
  public var ratioFloorBytes: Int = 4 << 20
  /// Members of all containers in one file: archive entries, feed items, messages, web records. Default 100,000.
  public var membersMax: Int = 100_000
  /// Levels of containers and compression within each other; a `.tar.gz` of feeds has 3. Default 6.
  public var depthMax: Int = 6
  /// Levels of elements in XML and of objects and arrays in JSON. Default 200.
  public var nestingMax: Int = 200
  /// Attributes of one element. Default 2,000; libxml2 compares each with all before it, and pages have some dozens.
  public var attributesMax: Int = 2_000
  /// Wall-clock seconds for one file, `pdftotext` included. Default 30.
  public var secondsMax: Int = 30
  /// Memory that parsed forms of one document (elements, attributes, JSON values) may take beside the bytes themselves, and
  /// the address space of `pdftotext`, in bytes. Default 512 MiB.
  public var memoryBytesMax: Int = 512 << 20
  /// The longest line of a plain text, in bytes. Default 16 MiB.
  public var lineBytesMax: Int = 16 << 20

  /// The defaults.
  public init() {}
}
