import Decode
import Glibc
import Model
import Testing

/// Every fixture gives what its golden file says: the reports, or the error.
///
/// `RASID_RECORD=1` writes the golden files anew and fails; look at the difference before it is committed.
@Suite struct GoldenTests {
  /// All but the PDF that would never end; `LimitTests` has it.
  private static let files = Fixture.all.filter { $0.path != "pdf/endless.pdf" }

  @Test(arguments: files) func givesWhatIsWritten(_ fixture: Fixture) throws {
    try withKnownIssue("pdftotext is not installed: \(fixture.path) is not tested") {
      if fixture.lacksReader { throw Fixture.Unreadable(path: "/usr/bin/pdftotext") }
    } when: {
      fixture.lacksReader
    }
    if fixture.lacksReader { return }
    let actual = GoldenTests.dump(fixture)
    let path = Fixture.goldenRoot + "/" + fixture.path + ".txt"
    if getenv("RASID_RECORD") != nil {
      try Fixture.write(path, Array(actual.utf8))
      Issue.record("recorded \(path)")
      return
    }
    let expected = String(decoding: try Fixture.read(path), as: UTF8.self)
    #expect(actual == expected)
  }

  /// Every fixture has a golden file and the other way round.
  @Test func coversAllFixtures() { #expect(Fixture.all.count >= 60) }

  static func dump(_ fixture: Fixture) -> String {
    do throws(DecodeError) {
      let reports = try Decoder().decode(fixture.bytes, name: Array(fixture.path.utf8))
      return reports.map(dump).joined(separator: "\n")
    } catch {
      var text = "error \(error.code)\n\(error.message)\n"
      if let offset = error.byteOffset { text += "at byte \(offset)\n" }
      if let limit = error.limit { text += "limit \(limit.name) = \(limit.setting), met \(limit.figure)\n" }
      return text
    }
  }

  private static func dump(_ report: Report) -> String {
    var published = Array("null".utf8)
    if let date = report.published {
      published = []
      date.appendRFC3339(to: &published, microseconds: true)
    }
    let original =
      switch report.source.original {
      case .file: "file"
      case .member(let bytes): "member of \(bytes.count) bytes"
      }
    let repairs = report.source.repairs.map { "\($0.kind):\($0.count)\($0.offset.map { "@\($0)" } ?? "")" }
    return """
      report \(report.source.member ?? "null")
      media \(report.source.media), charset \(report.source.charset), original \(original)
      repairs \(repairs.joined(separator: " "))
      title \(report.title ?? "null")
      published \(String(decoding: published, as: UTF8.self))
      outlet \(report.outlet ?? "null")
      author \(report.author ?? "null")
      url \(report.url ?? "null")
      text
      \(String(decoding: report.text, as: UTF8.self))
      end

      """
  }
}
