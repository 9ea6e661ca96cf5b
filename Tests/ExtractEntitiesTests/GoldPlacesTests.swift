import ExtractEntities
import Foundation
import Lexicon
import Model
import Normalize
import Testing

/// Places against the annotated reports, where those are at hand: F1 of spans, and how many matched places lie where they should.
@Suite struct GoldPlacesTests {
  struct Gold: Decodable {
    struct Span: Decodable {
      var t: String
      var n: Int
    }
    struct Place: Decodable {
      var span: Span
      var lat: Double
      var lon: Double
      var level: String
    }
    var doc: String
    var places: [Place]
  }

  /// Half-open range of code points of occurrence `span.n` of `span.t`, overlapping ones counted.
  private func locate(_ span: Gold.Span, in text: [Unicode.Scalar]) -> Range<Int>? {
    let wanted = Array(span.t.unicodeScalars)
    var seen = 0
    for start in 0...max(0, text.count - wanted.count) where text[start...].starts(with: wanted) {
      seen += 1
      if seen == span.n { return start..<start + wanted.count }
    }
    return nil
  }

  private func overlap(_ gold: Range<Int>, _ own: Range<Int>) -> Bool {
    let shared = min(gold.upperBound, own.upperBound) - max(gold.lowerBound, own.lowerBound)
    return shared > 0 && 2 * shared >= min(gold.count, own.count)
      && own.count <= max(3 * gold.count, gold.count + 15)
  }

  private func kilometres(_ a: (Double, Double), _ b: (Double, Double)) -> Double {
    let p = Double.pi / 180
    let h =
      0.5 - cos((b.0 - a.0) * p) / 2 + cos(a.0 * p) * cos(b.0 * p) * (1 - cos((b.1 - a.1) * p)) / 2
    return 12742 * asin(min(1, h.squareRoot()))
  }

  @Test func places() throws {
    guard let folder = SharedData.path("gold/dev") else {
      print("GoldPlacesTests: skipped, no annotated reports at ../shared/gold/dev (set RASID_SHARED)")
      return
    }
    let finder = EntityFinder(lexicon: try Analyzed.lexicon.get())
    var hits = 0
    var spurious = 0
    var missed = 0
    var near = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".json") {
      let gold = try JSONDecoder().decode(
        Gold.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
      let file = folder + "/docs/" + (gold.doc as NSString).lastPathComponent
      let string = try String(contentsOfFile: file, encoding: .utf8)
      let text = Array(string.utf8)
      let scalars = Array(string.unicodeScalars)
      let report = Report(
        source: Report.Source(member: nil, original: .file, media: "text/plain", charset: "utf-8"), text: text)
      var own: [(Range<Int>, Place)] = []
      for mention in finder.find(in: report, Normalizer().normalize(text)).mentions {
        guard case .place(let place) = mention.entity else { continue }
        let start = String(decoding: text[..<Int(mention.span.start)], as: UTF8.self).unicodeScalars.count
        let count = String(decoding: text[Int(mention.span.start)..<Int(mention.span.end)], as: UTF8.self)
          .unicodeScalars.count
        own.append((start..<start + count, place))
      }
      var used = Set<Int>()
      for wanted in gold.places {
        guard let range = locate(wanted.span, in: scalars) else { continue }
        guard let match = own.indices.first(where: { !used.contains($0) && overlap(range, own[$0].0) }) else {
          missed += 1
          continue
        }
        used.insert(match)
        hits += 1
        let wide = ["country", "region", "admin1", "water"].contains(wanted.level)
        let limit: Double = ["country", "water"].contains(wanted.level) ? 400 : wide ? 150 : 25
        let place = own[match].1
        if let latitude = place.latitude, let longitude = place.longitude,
          kilometres((wanted.lat, wanted.lon), (latitude, longitude)) <= limit
        {
          near += 1
        }
      }
      spurious += own.count - used.count
    }
    let precision = Double(hits) / Double(hits + spurious)
    let recall = Double(hits) / Double(hits + missed)
    let f1 = 2 * precision * recall / (precision + recall)
    let resolved = Double(near) / Double(hits)
    #expect(f1 >= 0.93, "precision \(precision), recall \(recall)")
    #expect(resolved >= 0.95)
  }
}
