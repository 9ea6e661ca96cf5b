import ExtractEntities
import Foundation
import Lexicon
import Model
import Normalize

/// The entities of one text, as the tests ask for them.
struct Analyzed {
  /// The shipped lexicons, loaded once.
  static let lexicon: Result<Lexicon, any Error> = Result {
    try Lexicon.load(shipped: SharedData.project + "/Sources/Lexicon/Data")
  }

  let text: [UInt8]
  let analysis: EntityAnalysis

  init(_ string: String) throws {
    text = Array(string.utf8)
    let report = Report(
      source: Report.Source(member: nil, original: .file, media: "text/plain", charset: "utf-8"), text: text)
    analysis = EntityFinder(lexicon: try Self.lexicon.get()).find(in: report, Normalizer().normalize(text))
  }

  /// The words of a mention.
  func words(_ mention: Mention) -> String {
    String(decoding: text[Int(mention.span.start)..<Int(mention.span.end)], as: UTF8.self)
  }

  /// The places: words, English name and level.
  var places: [(words: String, place: Place)] {
    analysis.mentions.compactMap {
      guard case .place(let place) = $0.entity else { return nil }
      return (words($0), place)
    }
  }

  /// Actors, persons and sources: words and what they are.
  var parties: [(words: String, actor: Actor)] {
    analysis.mentions.compactMap {
      switch $0.entity {
      case .actor(let actor), .person(let actor), .source(let actor): (words($0), actor)
      default: nil
      }
    }
  }

  /// What only events may take up.
  var candidates: [String] { analysis.candidates.map(words) }
}
