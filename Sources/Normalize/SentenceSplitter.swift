import Arabic
import Model

/// Cuts tokens into sentences: at full stops that are none of an abbreviation, and at line ends that are no soft wraps.
struct SentenceSplitter {
  let tokens: [Token]
  let folded: [UInt8]

  /// Lines of a hard-wrapped text: at least this many, …
  private static let wrappedLinesMin = 4
  /// … of which this share (in percent) ends without a stop.
  private static let wrappedShareMin = 60

  func split() -> [Sentence] {
    var sentences: [Sentence] = []
    guard !tokens.isEmpty else { return sentences }
    let wrapped = isHardWrapped
    var start = 0
    for index in tokens.indices where index + 1 < tokens.count {
      let next = tokens[index + 1]
      let ends =
        next.flags.contains(.paragraphBefore)
        || next.flags.contains(.lineBreakBefore) && !wrapped
        || isStop(index) && !opensNothing(after: index)
      if ends {
        append(&sentences, start..<index + 1)
        start = index + 1
      }
    }
    append(&sentences, start..<tokens.count)
    return sentences
  }

  private func append(_ sentences: inout [Sentence], _ range: Range<Int>) {
    let followed = range.upperBound < tokens.count && tokens[range.upperBound].flags.contains(.lineBreakBefore)
    let isHeadline = sentences.isEmpty && followed && !isStopMark(range.upperBound - 1)
    sentences.append(Sentence(tokens: range, isHeadline: isHeadline))
  }

  /// A stop mark (`.`, `!`, `?`) that ends a sentence, or the closing quote or bracket after one.
  private func isStop(_ index: Int) -> Bool {
    if isStopMark(index) {
      // A closing quote or bracket right behind belongs to the sentence, and so does a further stop (`...`, `?!`).
      if index + 1 < tokens.count, !tokens[index + 1].flags.contains(.spaceBefore),
        isClosing(index + 1) || isStopMark(index + 1)
      {
        return false
      }
      return !isAbbreviation(index)
    }
    return isClosing(index) && index > 0 && isStopMark(index - 1)
      && !tokens[index].flags.contains(.spaceBefore) && !isAbbreviation(index - 1)
  }

  private func isStopMark(_ index: Int) -> Bool {
    guard tokens[index].kind == .punctuation else { return false }
    let byte = folded[Int(tokens[index].foldedStart)]
    return byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
  }

  private func isClosing(_ index: Int) -> Bool {
    guard tokens[index].kind == .punctuation else { return false }
    let byte = folded[Int(tokens[index].foldedStart)]
    return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]")
  }

  /// A dot inside a Latin name or address (`bbc.co.uk`): nothing ends there.
  private func opensNothing(after index: Int) -> Bool {
    guard index > 0, index + 1 < tokens.count else { return false }
    let next = tokens[index + 1]
    return !next.flags.contains(.spaceBefore)
      && (next.kind == .latin && tokens[index - 1].kind == .latin || next.kind == .number)
  }

  /// A dot after a single letter or the name of a Latin letter (`ا. ب.`, `ار. بي. جي.`, `د. محمد`) ends nothing,
  /// unless the line ends with it.
  private func isAbbreviation(_ index: Int) -> Bool {
    guard index > 0, folded[Int(tokens[index].foldedStart)] == UInt8(ascii: ".") else { return false }
    let word = tokens[index - 1]
    guard !tokens[index].flags.contains(.spaceBefore), word.kind == .arabic || word.kind == .latin else { return false }
    if index + 1 < tokens.count, tokens[index + 1].flags.contains(.lineBreakBefore) { return false }
    let letters = Int(word.foldedEnd - word.foldedStart) / (word.kind == .arabic ? 2 : 1)
    return letters == 1 || word.kind == .arabic && letters <= 3 && SentenceSplitter.letterNames.contains(word.hash)
  }

  /// Hashes of the names of Latin letters as Arabic writes them.
  private static let letterNames: Set<UInt64> = Set(
    [
      "اي", "ايه", "بي", "سي", "دي", "اف", "جي", "اتش", "اش", "جاي", "كي", "ال", "ام", "ان", "او", "كيو", "ار", "اس",
      "تي", "يو", "في",
    ]
    .map { StableHash.hash(Folding.fold(word: $0)) })

  /// Whether lines are broken at a width, as mail programs do, rather than at the end of paragraphs.
  private var isHardWrapped: Bool {
    var lines = 0
    var open = 0
    var lineStart = 0
    var longest = 0
    var total = 0
    for index in tokens.indices.dropFirst() where tokens[index].flags.contains(.lineBreakBefore) {
      let bytes = Int(tokens[index - 1].end - tokens[lineStart].start)
      lineStart = index
      if tokens[index].flags.contains(.paragraphBefore) { continue }
      lines += 1
      total += bytes
      longest = max(longest, bytes)
      if !isStopMark(index - 1) && !isClosing(index - 1) { open += 1 }
    }
    return lines >= SentenceSplitter.wrappedLinesMin && open * 100 >= lines * SentenceSplitter.wrappedShareMin
      && total / lines >= 80 && longest * 2 <= total / lines * 3
  }
}
