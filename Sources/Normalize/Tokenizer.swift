import Arabic
import Model

/// Cuts text into tokens and folds them on the way: one pass over the bytes, one growing buffer.
struct Tokenizer {
  private(set) var folded: [UInt8] = []
  private(set) var tokens: [Token] = []

  /// The token that is being read: nil between tokens.
  private var kind: Token.Kind?
  private var start = 0
  private var foldedStart = 0
  private var flags: Token.Flags = []
  /// What stands before the next token.
  private var gap: Token.Flags = []

  init(textBytes: Int) {
    folded.reserveCapacity(textBytes)
    tokens.reserveCapacity(textBytes / 9 + 8)
  }

  mutating func run(_ text: [UInt8]) {
    let bytes = text.span
    let arabicBlock = Folding.arabicBlock
    let count = bytes.count
    var at = 0
    while at < count {
      let first = bytes[at]
      // Two-byte codes D8 80 … DB BF are the Arabic block: nearly all of the text.
      if first & 0xFC == 0xD8, at + 1 < count {
        let entry = arabicBlock[Int(first & 3) &<< 6 | Int(bytes[at + 1] & 0x3F)]
        if entry.kind == .arabic {
          let pair = entry.folded
          if kind != .arabic { begin(.arabic, at: at) }
          folded.append(UInt8(truncatingIfNeeded: 0xC0 | pair &>> 6))
          folded.append(UInt8(truncatingIfNeeded: 0x80 | pair & 0x3F))
          // A flag of the last letter holds only while it is the last.
          flags = flags.subtracting([.taMarbuta, .alefMaqsura]).union(entry.flags)
        } else {
          take(entry, at: at, length: 2, bytes)
        }
        at &+= 2
      } else if first == 0x20 {
        end(at: at)
        gap.insert(.spaceBefore)
        at &+= 1
      } else {
        let (scalar, length) = Folding.decode(text, at)
        if let letters = PresentationForms.ligature(scalar) {
          if kind != .arabic { begin(.arabic, at: at) }
          for letter in letters { Folding.append(letter, to: &folded) }
        } else {
          take(Folding.entry(scalar), at: at, length: length, bytes)
        }
        at &+= length
      }
    }
    end(at: count)
  }

  private mutating func take(_ entry: Folding.Entry, at: Int, length: Int, _ bytes: Span<UInt8>) {
    switch entry.kind {
    case .ignored:
      if kind != nil { flags.formUnion(entry.flags) }
    case .space:
      end(at: at)
      gap.insert(.spaceBefore)
    case .lineBreak:
      end(at: at)
      if gap.contains(.lineBreakBefore) { gap.insert(.paragraphBefore) }
      gap.formUnion([.spaceBefore, .lineBreakBefore])
    case .arabic, .latin:
      let kind: Token.Kind = entry.kind == .arabic ? .arabic : .latin
      if self.kind != kind { begin(kind, at: at) }
      Folding.append(entry.folded, to: &folded)
      flags = flags.subtracting([.taMarbuta, .alefMaqsura]).union(entry.flags)
    case .digit:
      if kind != .number { begin(.number, at: at) }
      Folding.append(entry.folded, to: &folded)
    case .punctuation:
      // A point or comma between digits belongs to the number.
      if kind == .number, entry.folded == 0x2E || entry.folded == 0x2C, Tokenizer.isDigit(bytes, at + length) {
        Folding.append(entry.folded, to: &folded)
        return
      }
      begin(.punctuation, at: at)
      Folding.append(entry.folded, to: &folded)
      end(at: at + length)
    }
  }

  private mutating func begin(_ kind: Token.Kind, at: Int) {
    end(at: at)
    self.kind = kind
    start = at
    foldedStart = folded.count
    flags = gap
    gap = []
  }

  private mutating func end(at: Int) {
    guard let kind else { return }
    self.kind = nil
    tokens.append(
      Token(
        start: Int32(start), end: Int32(at), foldedStart: Int32(foldedStart), foldedEnd: Int32(folded.count),
        hash: StableHash.hash(folded, in: foldedStart..<folded.count), kind: kind, flags: flags))
  }

  /// Whether a digit of any of the three sets stands at byte `at`, behind tatweel and vowel marks, which count for nothing.
  private static func isDigit(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
    var at = at
    while at + 1 < bytes.count, bytes[at] & 0xFC == 0xD8,
      Folding.arabicBlock[Int(bytes[at] & 3) &<< 6 | Int(bytes[at + 1] & 0x3F)].kind == .ignored
    {
      at &+= 2
    }
    guard at < bytes.count else { return false }
    let first = bytes[at]
    if first < 0x80 { return (0x30...0x39).contains(first) }
    guard at + 1 < bytes.count else { return false }
    let second = bytes[at + 1]
    return first == 0xD9 && (0xA0...0xA9).contains(second) || first == 0xDB && (0xB0...0xB9).contains(second)
  }
}
