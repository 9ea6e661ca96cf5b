import Arabic
import Lexicon
import Model

/// One report, word by word: what the event rules look at. Built once a report, then only read.
final class ReportScan {
  let report: Report
  let text: NormalizedText
  let analysis: EntityAnalysis
  /// What the lexicons know of each token.
  let words: [WordAnalysis]
  /// Readings of tokens as triggers; `WordAnalysis.readings` are ranges into it.
  let readings: [TriggerReading]
  /// The sentence of each token.
  let sentenceOfToken: [Int32]
  /// Mentions, then candidates of the entity stage: one numbering for both.
  let mentions: [Mention]
  /// The same mentions, only what rules weigh: plain numbers that cost nothing to copy.
  let infos: [MentionInfo]
  /// Index from which `mentions` holds candidates.
  let firstCandidate: Int
  /// For each sentence the mentions that begin in it, in the order of the text.
  let mentionsOfSentence: [Range<Int>]
  /// Indices into `mentions`, ordered by sentence and start; `mentionsOfSentence` are ranges into it.
  let mentionOrder: [Int32]

  /// What a token is, seen as a mark.
  enum Mark: UInt8 { case none, comma, stop, colon, quote, open, close, other }

  init(report: Report, text: NormalizedText, analysis: EntityAnalysis, tables: EventTables) {
    self.report = report
    self.text = text
    self.analysis = analysis
    mentions = analysis.mentions + analysis.candidates
    firstCandidate = analysis.mentions.count
    let first = analysis.mentions.count
    infos = mentions.indices.map { [mentions] in
      MentionInfo(mentions[$0], isCandidate: $0 >= first, signs: tables.signs)
    }
    (words, readings) = tables.memories.with { $0.analyze(text) }
    var sentenceOfToken = [Int32](repeating: 0, count: text.tokens.count)
    for (index, sentence) in text.sentences.enumerated() {
      for token in sentence.tokens { sentenceOfToken[token] = Int32(index) }
    }
    self.sentenceOfToken = sentenceOfToken
    (mentionOrder, mentionsOfSentence) = ReportScan.order(infos, candidatesFrom: firstCandidate, text.sentences)
  }

  /// Mentions by sentence and start, the candidates among those that go on the feed, and each sentence's part of that order.
  private static func order(
    _ infos: [MentionInfo], candidatesFrom first: Int, _ sentences: [Sentence]
  ) -> (order: [Int32], ofSentence: [Range<Int>]) {
    var order: [Int32] = []
    order.reserveCapacity(infos.count)
    var a = 0
    var b = first
    while a < first || b < infos.count {
      let takeA = b >= infos.count || a < first && infos[a].span.start <= infos[b].span.start
      order.append(Int32(takeA ? a : b))
      if takeA { a += 1 } else { b += 1 }
    }
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(sentences.count)
    var at = 0
    for sentence in sentences {
      let start = at
      while at < order.count, infos[Int(order[at])].start < sentence.tokens.upperBound { at += 1 }
      ranges.append(start..<at)
    }
    return (order, ranges)
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

  /// The folded letters of a token from its end: 0 is the last; none when there are not as many.
  @inline(__always)
  func letter(_ token: Int, fromEnd position: Int) -> FoldedLetter {
    let item = text.tokens[token]
    let at = Int(item.foldedEnd) - 2 * (position + 1)
    guard at >= Int(item.foldedStart), item.kind == .arabic else { return .none }
    return FoldedLetter(at: at, of: text.folded)
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
    func letter(_ at: Int) -> FoldedLetter {
      at + 1 < end ? FoldedLetter(at: at, of: text.folded) : .none
    }
    if letter(at) == .waw || letter(at) == .fa, end - at > 8 { at += 2 }
    if letter(at) == .lam, letter(at + 2) == .lam, end - at > 8 { return true }
    if letter(at) == .ba || letter(at) == .kaf, end - at > 8 { at += 2 }
    return letter(at) == .alef && letter(at + 2) == .lam && end - at > 6
  }
}
