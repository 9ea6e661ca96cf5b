import ArgumentParser
import Dedupe
import Feed
import Model
import Normalize

#if canImport(Glibc)
  import Glibc
#endif

/// `rasid similar`: what a report is related to, and why.
struct Similar: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a report is related to, and the passages that they share.",
    discussion: """
      A number is a line of the feed (its seq); anything else is a file, which is compared with the whole feed as if it \
      were dropped now. Shared passages are marked [[ ]].
      """)

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "A file, - for standard input, or the sequence number of a line of the feed.")
  var report: String

  func run() throws {
    let configuration = try options.load()
    let feed = SimilarFeed(folder: FeedFolder(configuration.folders.feed))
    do {
      if let sequence = UInt64(report) {
        try explain(sequence, in: feed)
      } else {
        let decoder = try Stages(configuration).decoder
        for report in try CommandInput.reports(of: report, decoder, configuration) {
          try explain(report, in: feed, configuration)
        }
      }
    } catch let code as ExitCode {
      throw code
    } catch { throw failure(error, ExitStatus.problems) }
  }

  private func explain(_ sequence: UInt64, in feed: SimilarFeed) throws {
    guard let record = try feed.record(sequence) else {
      complain("rasid: line \(sequence) is not on the feed")
      throw ExitCode(ExitStatus.problems)
    }
    try explain("line \(sequence) (\(record.file))", record.text, record.relation, in: feed)
  }

  private func explain(_ report: Report, in feed: SimilarFeed, _ configuration: Configuration) throws {
    let index = try DedupeIndex(directory: nil, configuration: configuration.dedupe)
    let replay = IndexReplay()
    try FeedReplay.read(try feed.folder.files(), from: .beginning, lanes: configuration.lanes) { record in
      replay.line(record)
    } take: {
      replay.restore($0, to: index)
    }
    let sketch = Sketcher().sketch(Normalizer().normalize(report.text))
    let relation = index.decide(sketch, sequence: index.lastSequence + 1)
    let name = [self.report, report.source.member].compactMap { $0 }.joined(separator: ", ")
    try explain(name, report.text, relation, in: feed)
  }

  private func explain(_ name: String, _ text: [UInt8]?, _ relation: Relation?, in feed: SimilarFeed) throws {
    guard let relation, let other = try feed.record(relation.of) else {
      return say("\(name): new, related to nothing before it")
    }
    func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
    say(
      "\(name): \(relation.kind.rawValue) of line \(relation.of) (\(other.file)), containment "
        + "\(percent(relation.containment)), resemblance \(percent(relation.resemblance))")
    guard let text, let otherText = other.text else { return }
    let normalizer = Normalizer()
    let (first, second) = (normalizer.normalize(text), normalizer.normalize(otherText))
    let passages = SharedPassage.between(first, second)
    let marker = PassageMarker(usesColour: isatty(STDOUT_FILENO) == 1)
    say("\n\(passages.count) shared passages, \(passages.reduce(0) { $0 + $1.wordCount }) words\n\n\(name):")
    say(marker.mark(text, first.tokens, passages.map(\.first)))
    say("\nline \(relation.of):")
    say(marker.mark(otherText, second.tokens, passages.map(\.second).sorted { $0.lowerBound < $1.lowerBound }))
  }
}

/// The feed as `similar` reads it.
struct SimilarFeed {
  let folder: FeedFolder

  /// Visits every record in order.
  func visit(_ body: (StoredRecord) throws -> Void) throws {
    var position = FeedReader.Position.beginning
    try FeedReader.read(try folder.files(), from: &position, depth: .records) { record, _ in try body(record) }
  }

  /// The record with this sequence number.
  func record(_ sequence: UInt64) throws -> StoredRecord? {
    struct Found: Error { var record: StoredRecord }
    do {
      try visit { if $0.sequence == sequence { throw Found(record: $0) } }
      return nil
    } catch let found as Found { return found.record }
  }
}

/// Marks passages in a text.
struct PassageMarker {
  var usesColour: Bool

  /// The text with each run of tokens between marks.
  func mark(_ text: [UInt8], _ tokens: [Token], _ passages: [Range<Int>]) -> String {
    var out: [UInt8] = []
    var from = 0
    for passage in passages where !passage.isEmpty && Int(tokens[passage.lowerBound].start) >= from {
      let start = Int(tokens[passage.lowerBound].start)
      let end = Int(tokens[passage.upperBound - 1].end)
      out += text[from..<start]
      out += Array((usesColour ? "\u{1B}[7m" : "[[").utf8)
      out += text[start..<end]
      out += Array((usesColour ? "\u{1B}[0m" : "]]").utf8)
      from = end
    }
    return String(decoding: out + text[from...], as: UTF8.self)
  }
}
