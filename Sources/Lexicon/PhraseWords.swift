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
  /// `StableHash` of each word.
  private(set) var hashes: [UInt64] = []

  // Kept here, since a global is asked whether it exists each time that it is used.
  private let arabicBlock = Folding.arabicBlock
  /// `عبد` and `أبو`.
  private let servant = StableHash.hash(Folding.fold(word: "عبد"))
  private let father = StableHash.hash(Folding.fold(word: "أبو"))
  private let joinedServant = Folding.fold(word: "عبدال")

  /// Reads the phrase in `bytes[range]`, valid UTF-8.
  mutating func read(_ bytes: [UInt8], _ range: Range<Int>) {
    folded.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    hashes.removeAll(keepingCapacity: true)
    var kind = Folding.Class.space
    var start = 0
    var at = range.lowerBound
    while at < range.upperBound {
      let first = bytes[at]
      var entry: Folding.Entry
      // Two-byte codes D8 80 … DB BF are the Arabic block: nearly all letters.
      if first & 0xFC == 0xD8 {
        entry = arabicBlock[Int(first & 3) &<< 6 | Int(bytes[at + 1] & 0x3F)]
        at += 2
      } else {
        let (scalar, length) = Folding.decode(bytes, at)
        entry = Folding.entry(scalar)
        at += length
      }
      if entry.kind == .ignored { continue }
      if entry.kind != kind { close(from: &start) }
      kind = entry.kind
      switch entry.kind {
      case .arabic, .latin, .digit: Folding.append(entry.folded, to: &folded)
      default: break
      }
    }
    close(from: &start)
  }

  /// Ends the word that began at `start`, if there is one.
  private mutating func close(from start: inout Int) {
    if folded.count > start {
      ranges.append(start..<folded.count)
      hashes.append(StableHash.hash(folded, in: start..<folded.count))
    }
    start = folded.count
  }

  /// The phrase with `عبد` or `أبو` written as one word with the next (`عبدالله`), or apart where it is joined; nil when neither occurs.
  func joinedVariant() -> [UInt64]? {
    guard ranges.indices.contains(where: { isJoining($0) || isJoined($0) }) else { return nil }
    var out: [UInt64] = []
    var index = 0
    while index < ranges.count {
      let word = ranges[index]
      if isJoining(index) {
        out.append(StableHash.hash(folded, in: word.lowerBound..<ranges[index + 1].upperBound))
        index += 1
      } else if isJoined(index) {
        out.append(StableHash.hash(folded, in: word.prefix(6)))
        out.append(StableHash.hash(folded, in: word.dropFirst(6)))
      } else {
        out.append(hashes[index])
      }
      index += 1
    }
    return out
  }

  /// Whether word `index` may be joined to the next.
  private func isJoining(_ index: Int) -> Bool {
    index + 1 < hashes.count && (hashes[index] == servant || hashes[index] == father)
  }

  /// Whether word `index` is `عبد` and a name with the article.
  private func isJoined(_ index: Int) -> Bool {
    ranges[index].count > 12 && folded[ranges[index]].starts(with: joinedServant)
  }
}
