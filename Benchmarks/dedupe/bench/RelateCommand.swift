import Dedupe
import Foundation
import Model
import Normalize

/// Decides on the reports of a folder in the order of their names; writes the lines that a scorer of relations needs.
enum RelateCommand {
  static func run(folder: String, feed: String, titles: Bool) throws {
    let normalizer = Normalizer()
    let sketcher = Sketcher()
    let reports = try ReportTexts.read(folder, titles: titles).map {
      (name: $0.name, sketch: sketcher.sketch(normalizer.normalize($0.text)))
    }
    let index = try DedupeIndex(directory: nil)
    let clock = ContinuousClock()
    let start = clock.now
    let relations = reports.enumerated().map { index.decide($0.element.sketch, sequence: UInt64($0.offset + 1)) }
    let took = clock.now - start
    var lines = ""
    for (at, relation) in relations.enumerated() {
      let value =
        relation.map {
          """
          {"kind":"\($0.kind.rawValue)","of":\($0.of),"containment":\($0.containment),"resemblance":\($0.resemblance)}
          """
        } ?? "null"
      lines += "{\"seq\":\(at + 1),\"source\":{\"file\":\"\(reports[at].name)\"},\"relation\":\(value)}\n"
    }
    try lines.write(toFile: feed, atomically: true, encoding: .utf8)
    print("\(reports.count) reports in \(took); \(index.statistics)")
  }
}
