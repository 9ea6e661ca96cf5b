import Model

/// The ways to read a folded word as attached particles and a rest.
///
/// Particles come in the order conjunction (`و ف`), future or preposition (`س`, `ب ك ل`), article (`ال`). Nothing is stripped
/// blindly: a split is only an offer, and counts if the rest is a known form. `لل` is `ل` and the article, whose alef is not
/// written: for it the rest is offered both with the alef restored (`للجيش`: `الجيش`) and bare (`جيش`).
public enum CliticSplits {
  /// Most letters that particles take: `وبال`.
  public static let lettersMax = 4

  /// Calls `body` for every split of the folded word `folded`, the whole word first, then by growing length of what is split off.
  /// - Parameter body: the particles; the bytes to skip at the start of the word (2 a letter); the stable hash of the rest,
  ///   to be looked up among the hashes of known forms.
  @inlinable @inline(__always)
  public static func forEach(
    of folded: UnsafeRawBufferPointer, _ body: (_ clitics: Clitics, _ skipped: Int, _ hash: UInt64) -> Void
  ) {
    body([], 0, StableHash.hash(folded))
    withParticles(of: folded, body)
  }

  /// Like `forEach(of:_:)` without the whole word.
  @inlinable @inline(__always)
  public static func withParticles(
    of folded: UnsafeRawBufferPointer, _ body: (_ clitics: Clitics, _ skipped: Int, _ hash: UInt64) -> Void
  ) {
    let count = folded.count
    // A particle of one letter needs a rest of two letters at least.
    guard count >= 6 else { return }
    var clitics: Clitics = []
    var at = 0
    var first = letter(folded, 0)
    if first == .waw || first == .fa {
      if first == .waw { clitics.insert(.wa) } else { clitics.insert(.fa) }
      at = 2
      body(clitics, at, hash(folded, from: at))
      first = letter(folded, at)
      if first == .alef { article(folded, at, clitics, body) }
      guard count - at >= 6 else { return }
    } else if first == .alef {
      article(folded, 0, clitics, body)
      return
    }
    switch first {
    case .ba: clitics.insert(.bi)
    case .kaf: clitics.insert(.ka)
    case .lam: clitics.insert(.li)
    case .seen: clitics.insert(.sa)
    default: return
    }
    at += 2
    body(clitics, at, hash(folded, from: at))
    if first == .lam, letter(folded, at) == .lam, count - at >= 6 {
      clitics.insert(.al)
      body(clitics, at + 2, hash(folded, from: at + 2))
      restored(folded, at, clitics, body)
    } else if first != .seen, letter(folded, at) == .alef {
      article(folded, at, clitics, body)
    }
  }

  /// The split of the article `ال` at byte `at`.
  @inlinable @inline(__always)
  static func article(
    _ folded: UnsafeRawBufferPointer, _ at: Int, _ clitics: Clitics, _ body: (Clitics, Int, UInt64) -> Void
  ) {
    guard folded.count - at >= 8, letter(folded, at + 2) == .lam else { return }
    body(clitics.union(.al), at + 4, hash(folded, from: at + 4))
  }

  /// The forms behind `لل`: `ال` and what follows the second lam (`للجيش`), or the second lam as well (`للاذقية` from `اللاذقية`).
  @inlinable @inline(__always)
  static func restored(
    _ folded: UnsafeRawBufferPointer, _ at: Int, _ clitics: Clitics, _ body: (Clitics, Int, UInt64) -> Void
  ) {
    let rest = folded.count - at
    guard rest <= 58 else { return }
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { buffer in
      buffer.storeBytes(of: FoldedLetter.alef.bytes.bigEndian, toByteOffset: 0, as: UInt16.self)
      buffer.storeBytes(of: FoldedLetter.lam.bytes.bigEndian, toByteOffset: 2, as: UInt16.self)
      for index in 2..<rest { buffer[index + 2] = folded[at + index] }
      body(
        clitics.subtracting(.al), at + 2, StableHash.hash(UnsafeRawBufferPointer(rebasing: buffer[0..<rest + 2])))
      for index in 0..<rest { buffer[index + 4] = folded[at + index] }
      body(
        clitics.subtracting(.al), at + 2, StableHash.hash(UnsafeRawBufferPointer(rebasing: buffer[0..<rest + 4])))
    }
  }

  @inlinable @inline(__always)
  static func hash(_ folded: UnsafeRawBufferPointer, from at: Int) -> UInt64 {
    StableHash.hash(UnsafeRawBufferPointer(rebasing: folded[at...]))
  }

  /// The letter at byte `at`, which has one: both bytes are read at once.
  @inlinable @inline(__always)
  static func letter(_ folded: UnsafeRawBufferPointer, _ at: Int) -> FoldedLetter {
    FoldedLetter(bytes: UInt16(bigEndian: folded.loadUnaligned(fromByteOffset: at, as: UInt16.self)))
  }
}
