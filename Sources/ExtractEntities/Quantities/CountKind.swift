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
    if let victims = victims(after: tokens.upperBound) { return kind(victims) }
    let after = governor(after: tokens.upperBound)
    if isSubset(tokens.lowerBound) {
      // `بينهم 100 ألف اعتقلوا`: the part has its own verb.
      guard let after, after.distance <= 1 else { return counted?.what ?? "count" }
      return kind(after.unit)
    }
    let reach = counted == nil ? CountKind.reachBare : CountKind.reachBefore
    let before = governor(before: tokens.lowerBound, reach: reach)
    switch (before, after) {
    case (let before?, let after?):
      return after.distance <= 1 && before.distance > 2 ? kind(after.unit) : kind(before.unit)
    case (let before?, nil): return kind(before.unit)
    case (nil, let after?): return kind(after.unit)
    case (nil, nil): return counted?.what ?? "count"
    }
  }

  /// `28 شخصا من المعتقلين`, `3 إيرانيين كانوا بين القتلى`: the victims that the counted are among.
  private func victims(after end: Int) -> Int16? {
    var at = end
    while at + 1 < sentence.upperBound, at - end < 3 {
      if isStop(at) || scan.isMark(at, ",") || scan.isFigure(at) { return nil }
      if scan.isAny(at, [.from, .between]), let unit = victims(at: at + 1) { return unit }
      at += 1
    }
    return nil
  }

  /// The index of the victims that a definite plural names: `القتلى`.
  private func victims(at: Int) -> Int16? {
    guard scan.isAny(at, .pluralUnit), scan.prefix(at) == .al else { return nil }
    let unit = scan.word(at).unit
    return scan.lexicon.units[Int(unit)].isVictim ? unit : nil
  }

  /// The kind of the governor that ends right before token `start` (`مقتل` in `مقتل شخص`), or, when `reach` is more than 1, stands
  /// within so many tokens before it with no other number or person between.
  func governing(_ start: Int, reach: Int) -> String? {
    var at = start - 1
    while at >= sentence.lowerBound, start - at <= reach {
      if scan.isAny(at, .governor), scan.after(at) <= start { return kind(scan.word(at).governor) }
      if isStop(at) || scan.tokens[at].kind != .arabic || scan.isAny(at, [.cardinal, .vague, .from])
        || scan.isAny(at, [.unit, .dualUnit]) && !scan.prefix(at).contains(.al)
      {
        return nil
      }
      at -= 1
    }
    return nil
  }

  /// Whether a negation stands close before token `start`: `دون وقوع إصابات`, `لم تسفر عن أي إصابات`.
  func isNegated(_ start: Int) -> Bool {
    var at = start - 1
    while at >= sentence.lowerBound, start - at <= 6 {
      if scan.isAny(at, .negation) { return true }
      // `دون أن تسفر عن إصابات`
      if scan.isAny(at, .clause) { return scan.isAny(at - 1, .negation) }
      if isStop(at) || scan.isMark(at, ",") { return false }
      at -= 1
    }
    return false
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
      // `من بين المصابين أربعة مسعفين`
      if start - at <= 3, scan.isAny(at - 1, [.from, .between, .subset]), let unit = victims(at: at) {
        return (unit, start - at)
      }
      at -= 1
    }
    return nil
  }

  private func governor(after end: Int) -> (unit: Int16, distance: Int)? {
    var at = end
    while at < sentence.upperBound, at - end < CountKind.reachAfter {
      if isStop(at) || scan.isMark(at, ",") || scan.isFigure(at) { return nil }
      if scan.isAny(at, .governor), !scan.prefix(at).contains(.wa) {
        // `خطفوا وقتلوا`: the worst that befell them.
        let second = scan.after(at)
        let isWorse =
          second < sentence.upperBound && scan.isAny(second, .governor) && scan.prefix(second) == .wa
          && kind(scan.word(second).governor) == "dead"
        return (isWorse ? scan.word(second).governor : scan.word(at).governor, at - end)
      }
      at += 1
    }
    return nil
  }

  private func isStop(_ at: Int) -> Bool {
    scan.isAny(at, .clause) || scan.isMark(at, ".") || scan.isMark(at, ";") || scan.isMark(at, ":")
      || scan.isMark(at, "!") || scan.isMark(at, "?")
  }
}
