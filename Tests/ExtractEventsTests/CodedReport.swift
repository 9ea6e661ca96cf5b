import ExtractEntities
import Lexicon
import Model
import Normalize
import Testing

@testable import ExtractEvents

/// A text of our own, coded with the shipped lexicons and weights.
struct CodedReport {
  let text: [UInt8]
  let extraction: Extraction

  /// The shipped lexicon files, beside the sources.
  static let lexicon: Result<Lexicon, LexiconErrors> = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    do throws(LexiconErrors) {
      return .success(try Lexicon.load(shipped: "/\(root)/Sources/Lexicon/Data"))
    } catch {
      return .failure(error)
    }
  }()

  /// Codes `body` under a headline, as published on `day`.
  init(_ body: String, published day: Timestamp? = nil, explain: Bool = false) throws {
    try self.init(
      text: Array(("تطورات ميدانية\n\n" + body + " وقال مراسل الوكالة إن التحقيق مستمر.").utf8), published: day,
      explain: explain)
  }

  /// Codes a whole report.
  init(text: [UInt8], published day: Timestamp? = nil, explain: Bool = false) throws {
    let lexicon = try CodedReport.lexicon.get()
    self.text = text
    let report = Report(
      source: .init(member: nil, original: .file, media: "text/plain", charset: "utf-8"), text: text, published: day)
    let normalized = Normalizer().normalize(text)
    let analysis = EntityFinder(lexicon: lexicon).find(in: report, normalized)
    extraction = EventCoder(lexicon: lexicon, explain: explain).code(report, normalized, analysis)
  }

  /// The event at the word `trigger`.
  func event(_ trigger: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Event {
    let found = extraction.events.first { words($0.trigger) == trigger }
    return try #require(found, "\(extraction.events.map { words($0.trigger) })", sourceLocation: sourceLocation)
  }

  /// The words of mentions.
  func names(_ mentions: [Int32]) -> [String] { mentions.map { words(extraction.mentions[Int($0)].span) } }

  func words(_ span: ByteSpan) -> String {
    String(decoding: text[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }
}

extension Event.Toll {
  /// `4…5`, `10…` when open.
  var range: String { "\(min.map { "\($0)" } ?? "")…\(max.map { "\($0)" } ?? "")" }
}
