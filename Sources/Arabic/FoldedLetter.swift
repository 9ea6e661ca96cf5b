/// A letter of folded text, as its two UTF-8 bytes: what particles and endings are told by.
///
/// The fold leaves one form of each: alef stands for `أ إ آ` as well, ya for `ى ئ`, ha for `ة`, waw for `ؤ`.
@frozen
public struct FoldedLetter: Equatable, Sendable {
  /// The two bytes, the first in the high half; 0 where there is no letter.
  public var bytes: UInt16

  /// The letter of these bytes.
  @inlinable @inline(__always)
  public init(bytes: UInt16) { self.bytes = bytes }

  /// The letter whose first byte is number `at` of `folded`; none when less than two bytes are left.
  @inlinable @inline(__always)
  public init<Bytes: RandomAccessCollection>(at: Int, of folded: Bytes)
  where Bytes.Element == UInt8, Bytes.Index == Int {
    bytes = at &+ 1 < folded.endIndex ? UInt16(folded[at]) << 8 | UInt16(folded[at &+ 1]) : 0
  }

  /// The letter whose first byte is number `at` of `folded`; none when less than two bytes are left.
  @inlinable @inline(__always)
  public init(at: Int, of folded: Span<UInt8>) {
    bytes = at &+ 1 < folded.count ? UInt16(folded[at]) << 8 | UInt16(folded[at &+ 1]) : 0
  }
}

extension FoldedLetter {
  // Computed, so that every use is a literal: a stored constant of another module may be read through its initialiser.

  /// No letter.
  @inlinable public static var none: FoldedLetter { .init(bytes: 0) }
  /// `ا`, U+0627.
  @inlinable public static var alef: FoldedLetter { .init(bytes: 0xD8A7) }
  /// `ب`, U+0628.
  @inlinable public static var ba: FoldedLetter { .init(bytes: 0xD8A8) }
  /// `ت`, U+062A.
  @inlinable public static var ta: FoldedLetter { .init(bytes: 0xD8AA) }
  /// `س`, U+0633.
  @inlinable public static var seen: FoldedLetter { .init(bytes: 0xD8B3) }
  /// `ف`, U+0641.
  @inlinable public static var fa: FoldedLetter { .init(bytes: 0xD981) }
  /// `ك`, U+0643.
  @inlinable public static var kaf: FoldedLetter { .init(bytes: 0xD983) }
  /// `ل`, U+0644.
  @inlinable public static var lam: FoldedLetter { .init(bytes: 0xD984) }
  /// `م`, U+0645.
  @inlinable public static var meem: FoldedLetter { .init(bytes: 0xD985) }
  /// `ن`, U+0646.
  @inlinable public static var noon: FoldedLetter { .init(bytes: 0xD986) }
  /// `ه`, U+0647.
  @inlinable public static var ha: FoldedLetter { .init(bytes: 0xD987) }
  /// `و`, U+0648.
  @inlinable public static var waw: FoldedLetter { .init(bytes: 0xD988) }
  /// `ي`, U+064A.
  @inlinable public static var ya: FoldedLetter { .init(bytes: 0xD98A) }
}
