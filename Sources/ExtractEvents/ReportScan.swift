import Arabic
import Lexicon
import Model

/// One report, word by word: what the event rules look at. Built once a report, then only read.
final class ReportScan {
  let report: Report
  let text: NormalizedText
  let analysis: EntityAnalysis
  /// What the lexicons know of each token.
  private(set) var words: [WordAnalysis] = []
  /// Readings of tokens as triggers; `WordAnalysis.readings` are ranges into it.
  private(set) var readings: [TriggerReading] = []
  /// The sentence of each token.
  private(set) var sentenceOfToken: [Int32] = []
  /// Mentions, then candidates of the entity stage: one numbering for both.
  let mentions: [Mention]
  /// The same mentions, only what rules weigh: plain numbers that cost nothing to copy.
  let infos: [MentionInfo]
  /// Index from which `mentions` holds candidates.
  let firstCandidate: Int
  /// For each sentence the mentions that begin in it, in the order of the text.
  private(set) var mentionsOfSentence: [Range<Int>] = []
  /// Indices into `mentions`, ordered by sentence and start; `mentionsOfSentence` are ranges into it.
  private(set) var mentionOrder: [Int32] = []

  /// What a token is, seen as a mark.
  enum Mark: UInt8 { case none, comma, stop, colon, quote, open, close, other }

  init(report: Report, text: NormalizedText, analysis: EntityAnalysis, tables: EventTables) {
    self.report = report
    self.text = text
    self.analysis = analysis
    mentions = analysis.mentions + analysis.candidates
    firstCandidate = analysis.mentions.count
    let first = analysis.mentions.count
    infos = mentions.enumerated().map { MentionInfo($1, isCandidate: $0 >= first, signs: tables.signs) }
    let folded = text.folded.span
    words.reserveCapacity(text.tokens.count)
    readings.reserveCapacity(text.tokens.count / 2)
    tables.memories.with { memory in
      for token in text.tokens { words.append(memory.analyze(token, folded, readings: &readings)) }
    }
    sentenceOfToken = [Int32](repeating: 0, count: text.tokens.count)
    for (index, sentence) in text.sentences.enumerated() {
      for token in sentence.tokens { sentenceOfToken[token] = Int32(index) }
    }
    orderMentions()
  }

  /// Sorts mentions by sentence and start: candidates join the mentions that go on the feed.
  private func orderMentions() {
    mentionOrder.reserveCapacity(mentions.count)
    var a = 0
    var b = firstCandidate
    mentionsOfSentence = Array(repeating: 0..<0, count: text.sentences.count)
    while a < firstCandidate || b < mentions.count {
      let takeA =
        b >= mentions.count || a < firstCandidate && mentions[a].span.start <= mentions[b].span.start
      mentionOrder.append(Int32(takeA ? a : b))
      if takeA { a += 1 } else { b += 1 }
    }
    var at = 0
    for (index, sentence) in text.sentences.enumerated() {
      let start = at
      while at < mentionOrder.count, Int(mentions[Int(mentionOrder[at])].tokens.lowerBound) < sentence.tokens.upperBound
      {
        at += 1
      }
      mentionsOfSentence[index] = start..<at
    }
  }

  /// The mentions of a sentence, in the order of the text.
  func mentions(inSentence sentence: Int) -> ArraySlice<Int32> { mentionOrder[mentionsOfSentence[sentence]] }

  /// The mark that a token is.
  @inline(__always)
  func mark(_ token: Int) -> Mark {
    let item = text.tokens[token]
    guard item.kind == .punctuation else { return .none }
    switch text.folded[Int(item.foldedStart)] {
    case UInt8(ascii: ","), UInt8(ascii: ";"): return .comma
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return .stop
    case UInt8(ascii: ":"): return .colon
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .quote
    case UInt8(ascii: "("), UInt8(ascii: "["): return .open
    case UInt8(ascii: ")"), UInt8(ascii: "]"): return .close
    default: return .other
    }
  }

  /// The folded letters of a token from its end: 0 is the last; 0 when there is none.
  @inline(__always)
  func letter(_ token: Int, fromEnd position: Int) -> UInt16 {
    let item = text.tokens[token]
    let at = Int(item.foldedEnd) - 2 * (position + 1)
    guard at >= Int(item.foldedStart), item.kind == .arabic else { return 0 }
    return UInt16(text.folded[at]) << 8 | UInt16(text.folded[at + 1])
  }

  /// Calls `body` with the folded hash of a token, and of its rest after each split of attached particles.
  func forEachSplit(of token: Int, _ body: (UInt64) -> Void) {
    let item = text.tokens[token]
    guard item.kind == .arabic else { return body(item.hash) }
    text.folded.withUnsafeBytes { folded in
      CliticSplits.forEach(of: UnsafeRawBufferPointer(rebasing: folded[item.foldedRange])) { _, _, hash in body(hash) }
    }
  }

  /// Whether a token begins with the article, particles before it or not.
  func hasArticle(_ token: Int) -> Bool {
    let item = text.tokens[token]
    var at = Int(item.foldedStart)
    let end = Int(item.foldedEnd)
    func letter(_ at: Int) -> UInt16 {
      at + 1 < end ? UInt16(text.folded[at]) << 8 | UInt16(text.folded[at + 1]) : 0
    }
    if letter(at) == 0xD988 || letter(at) == 0xD981, end - at > 8 { at += 2 }
    if letter(at) == 0xD984, letter(at + 2) == 0xD984, end - at > 8 { return true }
    if letter(at) == 0xD8A8 || letter(at) == 0xD983, end - at > 8 { at += 2 }
    return letter(at) == 0xD8A7 && letter(at + 2) == 0xD984 && end - at > 6
  }
}
