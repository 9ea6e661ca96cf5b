import ExtractEntities
import ExtractEvents
import Glibc
import Lexicon
import Model
import Normalize

/// Seconds of processor time that the stages took.
struct StageTimes {
  var normalize = 0.0
  var find = 0.0
  var code = 0.0

  static let worst = StageTimes(normalize: .infinity, find: .infinity, code: .infinity)

  /// Keeps the better of two times for each stage.
  mutating func keepBest(_ other: StageTimes) {
    normalize = min(normalize, other.normalize)
    find = min(find, other.find)
    code = min(code, other.code)
  }
}

/// Takes reports through the stages as a lane does, one report after the other, and looks at the clock between the stages.
struct StageBench {
  private let normalizer = Normalizer()
  private let finder: EntityFinder
  private let coder: EventCoder

  init(lexicon: Lexicon) {
    finder = EntityFinder(lexicon: lexicon)
    coder = EventCoder(lexicon: lexicon)
  }

  func run(_ texts: TextFolder) -> StageTimes {
    var times = StageTimes()
    var clock = Stopwatch.seconds(CLOCK_THREAD_CPUTIME_ID)
    func lap(_ total: inout Double) {
      let now = Stopwatch.seconds(CLOCK_THREAD_CPUTIME_ID)
      total += now - clock
      clock = now
    }
    for report in texts.reports {
      let text = normalizer.normalize(report.text)
      lap(&times.normalize)
      let analysis = finder.find(in: report, text)
      lap(&times.find)
      _ = coder.code(report, text, analysis)
      lap(&times.code)
    }
    return times
  }

  /// What is found in the texts, with a number that stays the same as long as all of it does.
  func found(_ texts: TextFolder) -> String {
    var mentions = 0
    var events = 0
    var sum: UInt64 = 0
    for report in texts.reports {
      let text = normalizer.normalize(report.text)
      let analysis = finder.find(in: report, text)
      events += coder.code(report, text, analysis).events.count
      mentions += analysis.mentions.count
      for mention in analysis.mentions + analysis.candidates {
        let place = "\(mention.span) \(mention.tokens) \(mention.prefix.rawValue)"
        let line = "\(place) \(mention.entity) \(mention.entry) \(mention.rule)"
        sum = StableHash.hash(Array(line.utf8), seed: sum)
      }
    }
    return "\(mentions) mentions, \(events) events, checksum of the mentions \(String(sum, radix: 16))"
  }
}
