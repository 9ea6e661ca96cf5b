import ArgumentParser
import Model
import Watch

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `rasid features`: what the training script of the event coder learns from. Not shown in the help.
struct Features: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the candidates of reports with their features, for Lexicon/Scripts/train-events.py.",
    shouldDisplay: false)

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "A folder of reports.", completion: .directory)
  var folder: String

  func run() throws {
    let configuration = try options.load()
    let stages = try Stages(configuration)
    let encoder = JSONEncoder()
    for name in FolderListing.files(below: PathBytes(folder), ignore: configuration.ignore) {
      let path = PathBytes(folder).appending(name).display
      for report in try CommandInput.reports(of: path, stages.decoder, configuration) {
        let line = FeatureLine(file: name.display, report: report, stages: stages)
        guard emit(Array(try encoder.encode(line)) + [0x0A]) else { return }
      }
    }
  }
}

/// One line of the features: a report with its candidates; spans are code points.
private struct FeatureLine: Encodable {
  struct Reading: Encodable {
    var type: String
    var mode: String?
    var f: [String]
    var s: [String]
  }

  struct Pair: Encodable {
    var span: [Int]
    var kind: String
    var f: [String]
  }

  struct Item: Encodable {
    var trigger: [Int]
    var entry: String
    var readings: [Reading]
    var pairs: [Pair]
    var speakers: [Speaker]
  }

  struct Speaker: Encodable {
    var span: [Int]
    var f: [String]
  }

  var file: String
  var items: [Item]

  init(file: String, report: Report, stages: Stages) {
    self.file = file
    func codePoints(_ span: ByteSpan) -> [Int] {
      [span.start, span.end].map { end in report.text[..<Int(end)].reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) } }
    }
    let text = stages.normalizer.normalize(report.text)
    let analysis = stages.entityFinder.find(in: report, text)
    items = stages.eventCoder.trainingRecord(report, text, analysis).items.map { item in
      Item(
        trigger: codePoints(item.trigger), entry: item.entry,
        readings: item.readings.map { Reading(type: $0.type, mode: $0.mode, f: $0.features, s: $0.status) },
        pairs: item.pairs.map { Pair(span: codePoints($0.mention), kind: $0.kind, f: $0.features) },
        speakers: item.speakers.map { Speaker(span: codePoints($0.mention), f: $0.features) })
    }
  }
}
