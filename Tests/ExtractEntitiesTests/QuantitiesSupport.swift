import ExtractEntities
import Foundation
import Lexicon
import Model
import Normalize

/// Files of the project and of the shared data beside it.
enum SharedData {
  /// The root of the repository.
  static let project: String = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The path of a shared file; nil when it is absent.
  static func path(_ name: String) -> String? {
    let root = ProcessInfo.processInfo.environment["RASID_SHARED"] ?? project + "/../shared"
    let path = root + "/" + name
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// The number tables that ship, loaded once.
  static let numbers: Result<NumberLexicon, any Error> = Result {
    var errors: [LexiconError] = []
    func tables(_ name: String, _ columns: [String]) -> [LexiconTable] {
      let path = project + "/Sources/Lexicon/Data/" + name
      let bytes = [UInt8](FileManager.default.contents(atPath: path) ?? Data())
      return [LexiconTable(file: path, bytes: bytes, columns: columns, errors: &errors)]
    }
    let lexicon = NumberLexicon(
      numbers: tables("numbers.tsv", NumberLexicon.numberColumns),
      units: tables("units.tsv", NumberLexicon.unitColumns),
      calendar: tables("calendar.tsv", NumberLexicon.calendarColumns), errors: &errors)
    if let first = errors.first { throw first }
    return lexicon
  }
}

/// What the recognizers find in one text.
struct Recognized {
  /// The quantities, with their place in characters (code points).
  var quantities: [(characters: Range<Int>, text: String, quantity: Quantity)] = []
  /// The dates, with their place in characters (code points).
  var dates: [(characters: Range<Int>, text: String, range: DateRange)] = []

  init(_ string: String, published: CivilDay?) throws {
    let text = Array(string.utf8)
    var report = Report(
      source: Report.Source(member: nil, original: .file, media: "text/plain", charset: "utf-8"), text: text)
    if let day = published?.civil {
      report.published = Timestamp(year: day.year, month: day.month, day: day.day, hour: 9)
    }
    let recognizer = NumberRecognizer(lexicon: try SharedData.numbers.get())
    let found = recognizer.find(in: report, Normalizer().normalize(text))
    func place(_ span: ByteSpan) -> (Range<Int>, String) {
      let before = String(decoding: text[..<Int(span.start)], as: UTF8.self).unicodeScalars.count
      let own = String(decoding: text[Int(span.start)..<Int(span.end)], as: UTF8.self)
      return (before..<before + own.unicodeScalars.count, own)
    }
    for mention in found.quantities {
      guard case .quantity(let quantity) = mention.entity else { continue }
      let (range, own) = place(mention.span)
      quantities.append((range, own, quantity))
    }
    for mention in found.dates {
      guard case .date(let date) = mention.entity else { continue }
      let (range, own) = place(mention.span)
      dates.append((range, own, date))
    }
  }
}
