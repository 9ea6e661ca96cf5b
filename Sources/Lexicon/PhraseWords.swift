import Arabic
import Model

/// Cuts and folds the phrases of lexicon files exactly as the Normalize stage does with text, so that both meet.
///
/// A run of letters of one script or of digits is a word; everything else separates.
struct PhraseWords {
  /// The folded letters of all words, back to back.
  private(set) var folded: [UInt8] = []
  /// Where each word lies in `folded`.
  private(set) var ranges: [Range<Int>] = []

  /// Reads the phrase in `bytes[range]`, valid UTF-8.
  mutating func read(_ bytes: [UInt8], _ range: Range<Int>) {
    folded.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    var kind = Folding.Class.space
    var start = 0
    var at = range.lowerBound
    func close(_ ranges: inout [Range<Int>], _ end: Int) {
      if end > start { ranges.append(start..<end) }
      start = end
    }
    while at < range.upperBound {
      let (scalar, length) = Folding.decode(bytes, at)
      at += length
      let entry = Folding.entry(scalar)
      if entry.kind == .ignored { continue }
      if entry.kind != kind { close(&ranges, folded.count) }
      kind = entry.kind
      switch entry.kind {
      case .arabic, .latin, .digit: Folding.append(entry.folded, to: &folded)
      default: break
      }
    }
    close(&ranges, folded.count)
  }

  /// The phrase with `عبد` or `أبو` written as one word with the next (`عبدالله`), or apart where it is joined; nil when neither occurs.
  func joinedVariant() -> [UInt64]? {
    var out: [UInt64] = []
    var changed = false
    var index = 0
    while index < ranges.count {
      let word = folded[ranges[index]]
      if index + 1 < ranges.count, PhraseWords.joining.contains(where: { word.elementsEqual($0) }) {
        out.append(StableHash.hash(Array(word) + folded[ranges[index + 1]]))
        changed = true
        index += 2
        continue
      }
      if word.count > 12, word.starts(with: PhraseWords.joinedServant) {
        out.append(StableHash.hash(Array(word.prefix(6))))
        out.append(StableHash.hash(Array(word.dropFirst(6))))
        changed = true
      } else {
        out.append(StableHash.hash(folded, in: ranges[index]))
      }
      index += 1
    }
    return changed ? out : nil
  }

  private static let joining = [Folding.fold(word: "عبد"), Folding.fold(word: "أبو")]
  private static let joinedServant = Folding.fold(word: "عبدال")
}
