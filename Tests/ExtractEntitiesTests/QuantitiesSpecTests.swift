import ExtractEntities
import Foundation
import Lexicon
import Model
import Normalize
import Testing

/// The Arabic specifications of Microsoft's Recognizers-Text, read in place, less the cases that `docs/recognizers.md` excludes.
@Suite struct RecognizerSpecTests {
  @Test(arguments: [("NumberModel", 0.95), ("OrdinalModel", 0.95)])
  func numbers(model: String, least: Double) throws {
    try Specification.run(model, least: least) { item in
      let found = try Recognized(item.input, published: nil).quantities
      let quantities = model == "NumberModel" ? found.filter { $0.quantity.what != "ordinal" } : found
      var unused = quantities
      for expected in item.results {
        guard let resolution = expected["Resolution"] as? [String: Any], let text = resolution["value"] as? String,
          let value = Double(text), let start = expected["Start"] as? Int, let end = expected["End"] as? Int
        else { return false }
        let index = unused.firstIndex {
          Specification.overlap($0.characters, start..<end + 1)
            && (Specification.isClose($0.quantity.min, value) || Specification.isClose($0.quantity.max, value))
        }
        guard let index else { return false }
        unused.remove(at: index)
      }
      return model == "OrdinalModel" || unused.isEmpty
    }
  }

  @Test(arguments: [("DateParser", 0.85), ("DatePeriodParser", 0.85)])
  func dates(model: String, least: Double) throws {
    try Specification.run(model, least: least) { item in
      guard let reference = item.reference else { return false }
      let dates = try Recognized(item.input, published: reference).dates
      guard dates.count == item.results.count else { return false }
      return item.results.allSatisfy { expected in
        guard let value = expected["Value"] as? [String: Any], let start = expected["Start"] as? Int,
          let length = expected["Length"] as? Int
        else { return false }
        return dates.contains { date in
          Specification.overlap(date.characters, start..<start + length)
            && ["PastResolution", "FutureResolution"].contains {
              Specification.agrees(date.range, value[$0] as? [String: Any] ?? [:])
            }
        }
      }
    }
  }
}

/// One file of the specifications and what is excluded of it.
enum Specification {
  struct Item {
    var input: String
    var reference: CivilDay?
    var results: [[String: Any]]
  }

  /// Runs `judge` over the applicable cases of `model`, reports the figures and requires the share `least` to be right.
  static func run(_ model: String, least: Double, _ judge: (Item) throws -> Bool) throws {
    guard let path = SharedData.path("gold/recognizers/\(model).json"),
      let data = FileManager.default.contents(atPath: path),
      let cases = try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
    else {
      print("skipped: the specification \(model).json is not at hand")
      return
    }
    let excluded = try exclusions(of: model)
    var right = 0
    var wrong: [Int] = []
    for (index, item) in cases.enumerated() where !excluded.contains(index) {
      let context = item["Context"] as? [String: Any]
      let parsed = Item(
        input: item["Input"] as? String ?? "", reference: (context?["ReferenceDateTime"] as? String).flatMap(day),
        results: item["Results"] as? [[String: Any]] ?? [])
      if try judge(parsed) { right += 1 } else { wrong.append(index) }
    }
    let applicable = right + wrong.count
    let share = Double(right) / Double(applicable)
    print(
      "\(model): \(right) of \(applicable) applicable cases, \(excluded.count) excluded, share \(share); wrong: \(wrong)"
    )
    #expect(share >= least)
    #expect(excluded.allSatisfy(cases.indices.contains))
  }

  /// The case numbers in the table of `docs/recognizers.md`.
  private static func exclusions(of model: String) throws -> Set<Int> {
    let text = try String(contentsOfFile: SharedData.project + "/docs/recognizers.md", encoding: .utf8)
    var numbers: Set<Int> = []
    for line in text.split(separator: "\n") where line.hasPrefix("| \(model) |") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3 else { continue }
      for part in cells[1].split(separator: ",") {
        let ends = part.split(separator: "-").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
        if let first = ends.first, let last = ends.last { numbers.formUnion(first...last) }
      }
    }
    return numbers
  }

  static func isClose(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) <= 1e-9 * max(1, abs(b)) } ?? false }

  /// They share at least half of the shorter.
  static func overlap(_ a: Range<Int>, _ b: Range<Int>) -> Bool { 2 * a.clamped(to: b).count >= min(a.count, b.count) }

  static func agrees(_ range: DateRange, _ resolution: [String: Any]) -> Bool {
    // Seasons have no days in the specification.
    if resolution.isEmpty { return true }
    if let date = (resolution["date"] as? String).flatMap(day) { return range.from == date && range.to == date }
    guard let start = (resolution["startDate"] as? String).flatMap(day),
      let end = (resolution["endDate"] as? String).flatMap(day), let from = range.from, let to = range.to
    else { return false }
    // The specification ends a period with the day after it, and begins one that lies ahead tomorrow; a stretch of named
    // days it ends with its last day.
    return (from == start || from.number + 1 == start.number) && (to == end || to.number + 1 == end.number)
  }

  static func day(_ text: String) -> CivilDay? {
    let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? CivilDay(year: parts[0], month: parts[1], day: parts[2]) : nil
  }
}
