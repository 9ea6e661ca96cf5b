import Decode
import Dedupe
import ExtractEntities
import ExtractEvents
import Feed
import Lexicon
import Model
import Normalize

/// The pure stages in their order: bytes of one file in, reports ready for the serial end out. Serves all lanes at once.
final class Stages: Sendable {
  let decoder: Decoder
  let normalizer = Normalizer()
  let entityFinder: EntityFinder
  let eventCoder: EventCoder
  let sketcher = Sketcher()
  let encoder: LineEncoder
  /// Larger files are not read, in bytes.
  let bytesMax: Int
  /// Version of the lexicons, as on the feed.
  let lexiconVersion: String

  /// A report that has passed the pure stages.
  struct Prepared: Sendable {
    /// Its line, but for what the serial end decides.
    var line: FeedLine
    /// What the Dedupe stage compares.
    var sketch: Sketch
    /// What was found in it.
    var extraction: Extraction
    /// SHA-256 of the report's original bytes: it gives the ids.
    var digest: Digest
    /// When it says it was published.
    var published: Timestamp?
    /// Reads a report that was left unread as a copy of a known text: to be called when it turns out to be none.
    var read: (@Sendable () -> (FeedLine, Extraction))?
  }

  /// - Parameter explain: events say which entries and rules made them.
  init(_ configuration: Configuration, explain: Bool = false) throws {
    bytesMax = configuration.decodeLimits.bytesInMax
    decoder = Decoder(limits: configuration.decodeLimits, fieldMap: configuration.fieldMap)
    let lexicon = try Lexicon.load(
      shipped: configuration.lexicon ?? ShippedLexicon.folder(), additions: configuration.lexiconAdditions)
    entityFinder = EntityFinder(lexicon: lexicon)
    eventCoder = EventCoder(lexicon: lexicon, explain: explain)
    lexiconVersion = lexicon.version
    encoder = LineEncoder(programVersion: Rasid.version, lexiconVersion: lexicon.version)
  }

  /// Takes one file through decode, normalize, extract, sketch and encode.
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - path: relative to the inbox.
  ///   - digest: SHA-256 of `bytes`.
  ///   - known: texts whose copies are not extracted.
  func prepare(
    _ bytes: [UInt8], path: PathBytes, digest: Digest, received: Timestamp, known: KnownTexts
  ) throws(DecodeError) -> [Prepared] {
    let reports = try decoder.decode(bytes, name: path.lastComponent.bytes)
    return reports.map { report in
      let original: Digest =
        switch report.source.original {
        case .file: digest
        case .member(let bytes): .sha256(bytes)
        }
      let text = normalizer.normalize(report.text)
      let sketch = sketcher.sketch(text)
      let encode: @Sendable (Extraction) -> FeedLine = { [encoder, fileBytes = bytes.count] extraction in
        encoder.encode(
          report, extraction, file: path, received: received, digest: original, fileDigest: digest,
          fileBytes: fileBytes, language: text.language)
      }
      let read: @Sendable () -> (FeedLine, Extraction) = { [self] in
        let extraction = extract(report, text)
        return (encode(extraction), extraction)
      }
      let isKnown = known.contains(sketch.contentHash)
      let (line, extraction) = isKnown ? (encode(Extraction()), Extraction()) : read()
      return Prepared(
        line: line, sketch: sketch, extraction: extraction, digest: original, published: report.published,
        read: isKnown ? read : nil)
    }
  }

  /// Normalize and extract.
  func extract(_ report: Report) -> (NormalizedText, Extraction) {
    let text = normalizer.normalize(report.text)
    return (text, extract(report, text))
  }

  private func extract(_ report: Report, _ text: NormalizedText) -> Extraction {
    eventCoder.code(report, text, entityFinder.find(in: report, text))
  }
}
