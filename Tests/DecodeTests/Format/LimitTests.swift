import Glibc
import Model
import Testing

@testable import Decode

/// Each limit stops what is over it, and says its name, its setting and the figure.
@Suite struct LimitTests {
  private func error(_ path: String, _ change: (inout DecodeLimits) -> Void) throws -> DecodeError? {
    var limits = DecodeLimits()
    change(&limits)
    let bytes = try Fixture(path).bytes
    do throws(DecodeError) {
      _ = try Decoder(limits: limits).decode(bytes, name: Array(path.utf8))
      return nil
    } catch { return error }
  }

  @Test func bytesIn() throws {
    let error = try #require(try error("plain.txt") { $0.bytesInMax = 100 })
    #expect(error.code == "limit-bytes-in")
    #expect(error.limit == .init(name: "bytesInMax", setting: 100, figure: try Fixture("plain.txt").bytes.count))
  }

  @Test func bytesOut() throws {
    for path in [
      "packed/plain.txt.gz", "packed/plain.txt.xz", "packed/plain.txt.bz2", "packed/plain.txt.zst", "packed/day.zip",
    ] {
      let error = try #require(try error(path) { $0.bytesOutMax = 500 }, "\(path)")
      #expect(error.code == "limit-bytes-out")
      #expect(error.limit?.setting == 500)
    }
  }

  @Test func ratio() throws {
    let error = try #require(
      try error("packed/plain.txt.gz") { limits in
        limits.ratioMax = 1
        limits.ratioFloorBytes = 100
      })
    #expect(error.code == "limit-ratio")
  }

  @Test func members() throws {
    for path in [
      "packed/day.tar.gz", "packed/day.zip", "feed/rss.xml", "json/lines.jsonl", "trec/docs.trec", "warc/crawl.warc",
      "mail/two.mbox",
    ] {
      let error = try #require(try error(path) { $0.membersMax = 1 }, "\(path)")
      #expect(error.code == "limit-members", "\(path)")
      #expect(error.limit?.figure == 2)
    }
  }

  @Test func depth() throws {
    #expect(try error("packed/nested.zip") { $0.depthMax = 3 } == nil)
    #expect(try error("packed/nested.zip") { $0.depthMax = 2 }?.code == "limit-depth")
  }

  @Test func nesting() throws {
    for path in ["feed/rss.xml", "json/newsapi.json", "office/wordpad.rtf"] {
      #expect(try error(path) { $0.nestingMax = 1 }?.code == "limit-nesting", "\(path)")
    }
    // A page with more levels than the limit is read, flattened.
    #expect(try error("html/modern.html") { $0.nestingMax = 6 } == nil)
  }

  @Test func memory() throws {
    for path in ["html/modern.html", "feed/rss.xml", "json/newsapi.json"] {
      #expect(try error(path) { $0.memoryBytesMax = 1000 }?.code == "limit-memory-bytes", "\(path)")
    }
  }

  @Test func line() throws {
    #expect(try error("plain.txt") { $0.lineBytesMax = 100 }?.code == "limit-line-bytes")
  }

  @Test func seconds() throws {
    #expect(try error("html/modern.html") { $0.secondsMax = -1 }?.code == "limit-seconds")
  }

  private func error(_ text: String) -> DecodeError? {
    do throws(DecodeError) {
      _ = try Decoder().decode(Array(text.utf8), name: [])
      return nil
    } catch { return error }
  }

  /// However the tag is hidden: behind quotes, comments and scripts that do not end as they seem to.
  @Test func attributes() {
    let many = (0..<3000).map { "a\($0)=1" }.joined(separator: " ")
    let quoted = (0..<3000).map { "a\($0)='>'" }.joined(separator: " ")
    for text in [
      "<html><p \(many)>قتل شخص</p>", "<html><p \(quoted)>قتل شخص</p>", "<html><!-- <a title=' --><p \(many)>x</p>",
      "<html><script>if (a<b) c='</script><p \(many)>x</p>", "<html><p <b \(many)>x</p>",
      "<rss><channel><item \(many)><title>x</title></item></channel></rss>",
    ] {
      #expect(error(text)?.code == "limit-attributes", "\(text.prefix(60))")
    }
    // Scripts and prose are no attributes.
    let script = (0..<5000).map { "if (a<b && c > \($0)) d = 'x y z';" }.joined(separator: "\n")
    #expect(
      error("<html><body><script>\(script)</script><p>قتل خمسة مدنيين في قصف على البلدة.</p></body></html>") == nil)
  }

  @Test func partsOfAMessage() {
    let parts = String(repeating: "--b\nContent-Type: text/plain\n\nx\n", count: 100_001)
    let text = "From: a\nTo: b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\(parts)--b--\n"
    #expect(error(text)?.code == "limit-members")
  }

  /// A PDF of two kilobytes that asks for 10^12 operators; its reader is killed.
  @Test(.enabled(if: access("/usr/bin/pdftotext", X_OK) == 0, "pdftotext is not installed"))
  func endlessPDF() throws {
    let clock = ContinuousClock()
    var found: DecodeError?
    let elapsed = try clock.measure { found = try error("pdf/endless.pdf") { $0.secondsMax = 1 } }
    #expect(found?.code == "limit-seconds")
    #expect(found?.limit?.setting == 1)
    #expect(elapsed < .seconds(10))
  }

  /// What one document takes is given back when it is done.
  @Test func memoryOfOneDocumentIsGivenBack() throws {
    let page = try Fixture("html/modern.html").bytes
    let budget = Budget(limits: DecodeLimits())
    for _ in 0..<200 { _ = try HTMLPage(page, budget: budget) }
    #expect(budget.exceeded == nil)
  }
}
