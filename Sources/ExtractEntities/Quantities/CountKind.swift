import Lexicon
import Model

/// Tells what kind of figure a number is: from the counted noun, else from the word that governs it.
struct CountKind {
  let scan: NumberScan
  /// Tokens of the sentence.
  let sentence: Range<Int>

  /// How many tokens before the number a governor may stand.
  private static let reachBefore = 14
  /// … and after it.
  private static let reachAfter = 4
  /// A number without a counted noun must stand this close behind its governor.
  private static let reachBare = 3

  /// - Parameters:
  ///   - unit: index of the counted noun in the lexicon's units, -1 for none.
  ///   - tokens: the number phrase.
  ///   - isFraction: a share of something, unless something countable is named.
  func what(unit: Int16, of tokens: Range<Int>, isFraction: Bool) -> String {
    let counted: CountedUnit? = unit < 0 ? nil : scan.lexicon.units[Int(unit)]
    if let counted, counted.isVictim || !counted.isPerson { return counted.what }
    if isFraction { return "share" }
    if isSubset(tokens.lowerBound) { return counted?.what ?? "count" }
    let reach = counted == nil ? CountKind.reachBare : CountKind.reachBefore
    let before = governor(before: tokens.lowerBound, reach: reach)
    let after = governor(after: tokens.upperBound)
    switch (before, after) {
    case (let before?, let after?):
      return after.distance <= 1 && before.distance > 2 ? kind(after.unit) : kind(before.unit)
    case (let before?, nil): return kind(before.unit)
    case (nil, let after?): return kind(after.unit)
    case (nil, nil): return counted?.what ?? "count"
    }
  }

  private func kind(_ unit: Int16) -> String { scan.lexicon.units[Int(unit)].what }

  /// `بينهم 3 أطفال`: a part of a number given before.
  private func isSubset(_ start: Int) -> Bool {
    var at = start - 1
    while at >= sentence.lowerBound, at >= start - 4 {
      if scan.isAny(at, .subset) { return true }
      at -= 1
    }
    return false
  }

  private func governor(before start: Int, reach: Int) -> (unit: Int16, distance: Int)? {
    var at = start - 1
    while at >= sentence.lowerBound, start - at <= reach {
      if isStop(at) { return nil }
      if scan.isAny(at, .governor) { return (scan.word(at).governor, start - at) }
      at -= 1
    }
    return nil
  }

  private func governor(after end: Int) -> (unit: Int16, distance: Int)? {
    var at = end
    while at < sentence.upperBound, at - end < CountKind.reachAfter {
      if isStop(at) || scan.isMark(at, ",") || scan.isFigure(at) { return nil }
      if scan.isAny(at, .governor), !scan.prefix(at).contains(.wa) { return (scan.word(at).governor, at - end) }
      at += 1
    }
    return nil
  }

  private func isStop(_ at: Int) -> Bool {
    scan.isMark(at, ".") || scan.isMark(at, ";") || scan.isMark(at, ":") || scan.isMark(at, "!") || scan.isMark(at, "?")
  }
}
