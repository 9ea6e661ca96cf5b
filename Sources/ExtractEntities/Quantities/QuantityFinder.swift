import Arabic
import Lexicon
import Model

/// Finds numbers with what they count: one pass over the words that can be part of a number.
///
/// A mention covers hedge, numeral and counted noun (`حوالي 5 آلاف مقاتل`), without attached particles. What figure it is
/// (`dead`, `strength`, `money` …) follows from the counted noun, or from the word that governs it (`CountKind`).
struct QuantityFinder {
  private let scan: NumberScan
  private let text: [UInt8]
  /// Tokens that belong to a date or a time of day: no quantities.
  private var taken: [Bool]

  /// - Parameters:
  ///   - text: the report's text.
  ///   - scan: the number words of its tokens.
  ///   - dates: mentions of dates in the same text.
  init(text: [UInt8], scan: NumberScan, dates: [Mention]) {
    self.scan = scan
    self.text = text
    taken = [Bool](repeating: false, count: scan.tokens.count)
    for date in dates { for token in date.tokens { taken[Int(token)] = true } }
  }

  /// A phrase that is being put together.
  fileprivate struct Phrase {
    var tokens: Range<Int>
    var min: Double
    var max: Double
    var approximate = false
    var form: Numeral.Form
    /// Index into the lexicon's units, -1 for none.
    var unit: Int16 = -1
    var isShare = false
    var rule: StaticString
  }

  /// The quantities of the sentences, in the order of the text.
  mutating func find(_ sentences: [Sentence]) -> [Mention] {
    var mentions: [Mention] = []
    var hit = 0
    for sentence in sentences {
      let limit = sentence.tokens.upperBound
      while hit < scan.hits.count, Int(scan.hits[hit]) < limit {
        let at = Int(scan.hits[hit])
        guard !taken[at], let phrase = phrase(at: at, sentence: sentence.tokens) else {
          hit += 1
          continue
        }
        if let mention = mention(phrase, sentence: sentence.tokens) { mentions.append(mention) }
        while hit < scan.hits.count, Int(scan.hits[hit]) < phrase.tokens.upperBound { hit += 1 }
      }
    }
    return mentions
  }

  // MARK: Phrases

  private func phrase(at start: Int, sentence: Range<Int>) -> Phrase? {
    let limit = sentence.upperBound
    let isFigure = scan.isFigure(start)
    guard isFigure || scan.isAny(start, .opensQuantity) else { return nil }
    if !isFigure, scan.isAny(start, .dualUnit) { return dual(at: start, limit: limit) }
    if isFigure, !standsAlone(start) { return nil }
    if !isFigure, scan.isAny(start, .from), !scan.isFigure(start + 1), !scan.isAny(start + 1, .opensQuantity) {
      return nil
    }
    if !isFigure, scan.isAny(start, [.unit, .cardinal]), let casualties = casualties(at: start, sentence: sentence) {
      return casualties
    }

    // Hedges before the number.
    var at = start
    var approximate = false
    var atLeast = false
    var atMost = false
    while at < limit, scan.isAny(at, [.approximate, .atLeast, .atMost]) {
      let roles = scan.roles(at)
      if roles.contains(.approximate) { approximate = true }
      if roles.contains(.atLeast) { atLeast = true }
      if roles.contains(.atMost) { atMost = true }
      at = scan.after(at)
    }
    guard at < limit, at == start || scan.isFigure(at) || scan.isAny(at, .opensQuantity) else { return nil }
    let isHedged = at > start

    let reader = NumeralReader(scan: scan, limit: limit)
    var result: Phrase
    if scan.isAny(at, .between) {
      guard let range = between(at: at, reader) else { return nil }
      result = range
    } else if scan.isAny(at, .from), !scan.isAny(at, [.cardinal, .vague]) {
      guard !isHedged, at + 1 < limit, let low = reader.read(at: at + 1), let range = upTo(low, reader),
        range.max > range.min
      else { return nil }
      result = range
      result.tokens = at..<range.tokens.upperBound
    } else if scan.isAny(at, .minus) {
      guard at + 1 < limit, let numeral = reader.read(at: at + 1) else { return nil }
      result = Phrase(
        tokens: at..<numeral.tokens.upperBound, min: -numeral.min, max: -numeral.max, form: numeral.form,
        rule: "quantity: negative number")
    } else if let numeral = numeral(at: at, reader, isHedged: isHedged) {
      result = upTo(numeral, reader) ?? Phrase(numeral)
    } else if isHedged, scan.isAny(at, .dualUnit), let dual = dual(at: at, limit: limit) {
      result = dual
    } else {
      return nil
    }
    guard !result.tokens.contains(where: { taken[$0] }) else { return nil }
    result.tokens = start..<result.tokens.upperBound
    result.approximate = result.approximate || approximate
    if result.unit < 0 { takeUnit(&result, limit: limit) }
    takeHedgeAfter(&result, limit: limit, atLeast: &atLeast, atMost: &atMost)
    if result.form == .bareThousand && result.unit < 0 && !isHedged { return nil }
    if isFigure && result.unit < 0 && !result.isShare {
      if isLabelled(start, sentence) { return nil }
      // `مونديال 2026`: figures of a year that count nothing.
      let isYear = result.tokens.count == 1 && scan.tokens[start].foldedRange.count == 4
      if isYear && DayReader.years.contains(Int(result.min)) { return nil }
    }
    if isFigure && result.unit < 0 && !result.isShare && result.max < 10
      && scan.isMark(result.tokens.upperBound - 2, "-")
    {
      // `1-2` is a score.
      return nil
    }
    if result.form == .ordinal && isHour(result.tokens, limit) { return nil }
    if result.form == .fraction, scan.isAny(result.tokens.upperBound, .final) { return nil }
    if atLeast { result.max = .infinity }
    if atMost { result.min = -.infinity }
    return result
  }

  /// A number by itself, or an ordinal where nothing else fits.
  private func numeral(at start: Int, _ reader: NumeralReader, isHedged: Bool) -> Numeral? {
    if let numeral = reader.read(at: start) {
      guard scan.prefix(start).contains(.al), let ordinal = reader.ordinal(at: start),
        ordinal.tokens.count > numeral.tokens.count
          || ordinal.tokens == numeral.tokens && scan.isAny(start, .ordinal)
      else { return numeral }
      return ordinal
    }
    guard !isHedged, let ordinal = reader.ordinal(at: start) else { return nil }
    // Without the article only a masculine before its noun: `ثالث مدينة`; `ثانية` is a second.
    let isOrdinal =
      scan.prefix(start).contains(.al)
      || ordinal.tokens.count == 1 && !scan.tokens[start].flags.contains(.taMarbuta) && start + 1 < reader.limit
        && scan.tokens[start + 1].kind == .arabic
        && !scan.isAny(start + 1, [.month, .period, .dayPart, .weekday, .day])
    return isOrdinal ? ordinal : nil
  }

  /// Whether the figures at `at` are a number of their own, not part of a name, an address or a time.
  private func standsAlone(_ at: Int) -> Bool {
    let tokens = scan.tokens
    if at > 0, !scan.isSpaced(at) {
      let before = tokens[at - 1]
      if before.kind == .latin { return false }
      if before.kind == .arabic, !scan.isAny(at - 1, .and), before.foldedEnd - before.foldedStart > 4 { return false }
      // `إف-16`, `10:30`, `1/2`
      if scan.isMark(at - 1, "-") || scan.isMark(at - 1, "/") || scan.isMark(at - 1, ":") || scan.isMark(at - 1, ".")
        || scan.isMark(at - 1, "+") || scan.isMark(at - 1, "^")
      {
        if at > 1, !scan.isSpaced(at - 1) { return false }
      }
    }
    if at + 1 < tokens.count, !scan.isSpaced(at + 1) {
      let after = tokens[at + 1]
      if after.kind == .latin, !scan.isAny(at + 1, .unit) { return false }
      if scan.isMark(at + 1, ":"), scan.isFigure(at + 2) { return false }
      // A list mark at the head of a line: `1- `, `2. `.
      if tokens[at].flags.contains(.lineBreakBefore) || at == 0, after.kind == .punctuation,
        tokens[at].foldedEnd - tokens[at].foldedStart <= 2, !scan.isMark(at + 1, "%"), !scan.isMark(at + 1, "/"),
        at + 2 < tokens.count, !tokens[at + 2].flags.contains(.lineBreakBefore), !scan.isFigure(at + 2)
      {
        return false
      }
    }
    return !(at > 0 && scan.isAny(at - 1, .label))
      && !(at > 0 && scan.isAny(at - 1, .clock) && scan.isDefinite(at - 1))
  }

  /// `الساعة العاشرة`, `السابعة صباحا`.
  private func isHour(_ tokens: Range<Int>, _ limit: Int) -> Bool {
    if scan.isAny(tokens.lowerBound - 1, .clock), scan.isDefinite(tokens.lowerBound - 1) { return true }
    return tokens.upperBound < limit && scan.isAny(tokens.upperBound, .dayPart)
      && scan.prefix(tokens.upperBound).isEmpty && !scan.isAny(tokens.upperBound, .period)
  }

  /// `قرار مجلس الأمن 2254`: figures that count nothing, close behind a word whose number is a name.
  private func isLabelled(_ at: Int, _ sentence: Range<Int>) -> Bool {
    let least = max(sentence.lowerBound, at - 3)
    return least < at
      && (least..<at).contains { scan.isAny($0, .label) && scan.prefix($0).isSubset(of: [.al, .wa, .li, .bi]) }
  }

  // MARK: Ranges

  /// `بين 10 و20`, `بين 10 - 20`.
  private func between(at start: Int, _ reader: NumeralReader) -> Phrase? {
    guard let low = reader.read(at: scan.after(start)) else { return nil }
    var next = low.tokens.upperBound
    guard next < reader.limit else { return nil }
    if scan.isAny(next, [.and, .to]) || scan.isMark(next, "-") {
      next += 1
    } else if !scan.prefix(next).contains(.wa) {
      return nil
    }
    guard let high = reader.read(at: next), let range = join(low, high) else { return nil }
    var phrase = range
    phrase.tokens = start..<range.tokens.upperBound
    return phrase
  }

  /// `4 أو 5`, `10-20`, `10 إلى 20`; nil when the number is not followed by another.
  private func upTo(_ low: Numeral, _ reader: NumeralReader) -> Phrase? {
    let next = low.tokens.upperBound
    guard next + 1 < reader.limit, low.form != .ordinal, low.form != .vague else { return nil }
    if scan.isMark(next, "-") {
      guard low.form == .figures, scan.isFigure(next + 1), !scan.isMark(next + 2, "-"), !scan.isMark(next + 2, "/")
      else {
        return nil
      }
    } else if !(scan.isAny(next, [.or, .to]) && scan.prefix(next).isEmpty) {
      return nil
    }
    guard let high = reader.read(at: next + 1), high.form != .fraction else { return nil }
    return join(low, high)
  }

  private func join(_ low: Numeral, _ high: Numeral) -> Phrase? {
    guard high.form != .vague, high.form != .ordinal else { return nil }
    var least = low.min
    // `بين 10 و20 ألفا`: the scale is meant for both.
    if high.scale > 0, low.scale == 0, least * high.scale < high.max { least *= high.scale }
    guard least < high.max else { return nil }
    return Phrase(
      tokens: low.tokens.lowerBound..<high.tokens.upperBound, min: least, max: high.max,
      form: low.form == .figures ? high.form : low.form, rule: "quantity: range")
  }

  // MARK: Counted nouns

  /// Takes in what is counted: a sign of percent, a unit, a noun; before the number or after it.
  private func takeUnit(_ phrase: inout Phrase, limit: Int) {
    var next = phrase.tokens.upperBound
    if next < limit, scan.isMark(next, "%") || scan.isAny(next, .percent) {
      phrase.isShare = true
      phrase.tokens = phrase.tokens.lowerBound..<scan.after(next)
      return
    }
    if scan.isMark(phrase.tokens.lowerBound - 1, "%") {
      phrase.isShare = true
      phrase.tokens = phrase.tokens.lowerBound - 1..<phrase.tokens.upperBound
      return
    }
    guard phrase.form != .ordinal else { return }
    if next < limit, scan.isAny(next, .unit), scan.prefix(next).isSubset(of: .al), !taken[next] {
      let unit = scan.word(next).unit
      // A definite noun is counted only by fractions, vague counts and round words: `عشرات القتلى`.
      if scan.prefix(next).isEmpty || phrase.form != .figures {
        phrase.unit = unit
        phrase.tokens = phrase.tokens.lowerBound..<scan.after(next)
        return
      }
    }
    // `عشرات من المدنيين`, `5 من عناصر`
    if next + 1 < limit, scan.isAny(next, .from), scan.prefix(next).isEmpty { next += 1 }
    if next > phrase.tokens.upperBound, scan.isAny(next, .unit), scan.prefix(next).isSubset(of: .al), !taken[next] {
      let unit = scan.word(next).unit
      if scan.lexicon.units[Int(unit)].isPerson {
        phrase.unit = unit
        phrase.tokens = phrase.tokens.lowerBound..<scan.after(next)
        return
      }
    }
    takeUnitBefore(&phrase)
  }

  /// `الأشخاص الثلاثة`, `شخص واحد`, `$ 20`.
  private func takeUnitBefore(_ phrase: inout Phrase) {
    let before = phrase.tokens.lowerBound - 1
    guard before >= 0, scan.isAny(before, .unit), !taken[before], phrase.form != .vague else { return }
    let isSymbol = scan.tokens[before].kind != .arabic
    let isDefinitePair = scan.prefix(before).contains(.al) && scan.prefix(before + 1).contains(.al)
    let isOne =
      phrase.min == 1 && phrase.max == 1 && phrase.form == .words && !scan.prefix(before + 1).contains(.wa)
    guard isSymbol || isDefinitePair || isOne else { return }
    phrase.unit = scan.word(before).unit
    phrase.tokens = before..<phrase.tokens.upperBound
  }

  private func takeHedgeAfter(_ phrase: inout Phrase, limit: Int, atLeast: inout Bool, atMost: inout Bool) {
    var next = phrase.tokens.upperBound
    // `11 إيرانيا، على الأقل،`
    if scan.isMark(next, ","), next + 1 < limit, scan.isAny(next + 1, .atLeastAfter) { next += 1 }
    guard next < limit, scan.isAny(next, [.approximateAfter, .atLeastAfter, .atMostAfter]) else { return }
    let roles = scan.roles(next)
    if roles.contains(.approximateAfter) { phrase.approximate = true }
    if roles.contains(.atLeastAfter) { atLeast = true }
    if roles.contains(.atMostAfter) { atMost = true }
    phrase.tokens = phrase.tokens.lowerBound..<scan.after(next)
    if phrase.unit < 0 && !phrase.isShare { takeUnit(&phrase, limit: limit) }
  }

  /// `جنديان`, `جنديين اثنين`.
  private func dual(at start: Int, limit: Int) -> Phrase? {
    // `جنديان إسرائيليان`, `مسؤولين روسيين`: the second is an adjective; `المدعين العامين` is no length of time.
    if start > 0, scan.prefix(start).isSubset(of: .al), endsInNun(start - 1) || scan.isAny(start - 1, .dualUnit) {
      return nil
    }
    // `الأمن والجيش التركيين`
    if scan.prefix(start) == .al, scan.isDefinite(start - 1) { return nil }
    let unit = scan.lexicon.units[Int(scan.word(start).unit)]
    if unit.what == "duration" && scan.prefix(start).contains(.al) { return nil }
    var end = scan.after(start)
    if end < limit, scan.isAny(end, .cardinal), scan.word(end).value == 2 { end += 1 }
    return Phrase(
      tokens: start..<end, min: 2, max: 2, form: .words, unit: scan.word(start).unit, rule: "quantity: dual noun")
  }

  // MARK: Casualties without a number

  /// `قتلى` (two or more), `مقتل شخص` (one), `إصابة آخرين`, `دون وقوع إصابات` (none).
  ///
  /// Dead and wounded say so themselves; other persons must follow what befell them, with nothing between, or be the object
  /// of a verb before them (`قتلت الشرطة فلسطينيا`).
  private func casualties(at start: Int, sentence: Range<Int>) -> Phrase? {
    let word = scan.word(start)
    guard !word.isAny([.cardinal, .scale, .vague, .ordinal, .approximate]) || word.flags.contains(.teenOnly) else {
      return nil
    }
    let kind = CountKind(scan: scan, sentence: sentence)
    if word.flags.contains(.teenOnly) {
      // `مقتل أحد المحتجين`
      guard start + 1 < sentence.upperBound, scan.isAny(start + 1, .pluralUnit), scan.prefix(start + 1) == .al,
        isBodily(kind.governing(start, reach: 1))
      else { return nil }
      return Phrase(
        tokens: start..<start + 2, min: 1, max: 1, form: .words, unit: scan.word(start + 1).unit,
        rule: "quantity: one of several")
    }
    guard word.roles.contains(.unit) else { return nil }
    let unit = scan.lexicon.units[Int(word.unit)]
    guard unit.isPerson || unit.isVictim, !unit.isWeak, !isCounted(start) else { return nil }
    let isPlural = word.roles.contains(.pluralUnit)
    let isDefinite = word.prefix.contains(.al)
    let isHarm = unit.isVictim && (unit.what == "dead" || unit.what == "injured")
    var phrase = Phrase(
      tokens: start..<scan.after(start), min: isPlural ? 2 : 1, max: isPlural ? .infinity : 1, form: .words,
      unit: word.unit, rule: "quantity: casualties without a number")
    if isHarm && !isDefinite && kind.isNegated(start) {
      (phrase.min, phrase.max) = (0, 0)
      return phrase
    }
    if isHarm && unit.isPerson {
      guard isPlural || !isDefinite else { return nil }
    } else {
      guard unit.isPerson, !isDefinite, word.prefix.isEmpty,
        isBodily(kind.governing(start, reach: 1))
          || !isPlural && isAccusative(start) && isBodily(kind.governing(start, reach: 5))
      else { return nil }
    }
    if unit.what == "strength" && hasObject(phrase.tokens.upperBound, sentence.upperBound) { return nil }
    var (atLeast, atMost) = (false, false)
    takeHedgeAfter(&phrase, limit: sentence.upperBound, atLeast: &atLeast, atMost: &atMost)
    if atLeast { phrase.max = .infinity }
    return phrase
  }

  /// `قتل مسلحون خمسة جنود`: those who bear arms may be the subject; a number or another person close behind is the object then.
  private func hasObject(_ at: Int, _ limit: Int) -> Bool {
    var next = at
    // `مقاتلة بريطانية`: adjectives.
    while next < limit, scan.isAny(next, .unit), scan.prefix(next).isEmpty, !isAccusative(next) { next += 1 }
    while next < limit, next < at + 4, scan.tokens[next].kind != .punctuation {
      if scan.isFigure(next) { return true }
      if scan.isAny(next, [.cardinal, .vague, .dualUnit, .atLeast, .approximate]) { return true }
      if scan.isAny(next, .unit), scan.prefix(next).isEmpty, scan.lexicon.units[Int(scan.word(next).unit)].isPerson {
        return true
      }
      next += 1
    }
    return false
  }

  private func isBodily(_ what: String?) -> Bool { what == "dead" || what == "injured" || what == "detained" }

  /// Whether a number, a count of the kind `عدد القتلى`, or `من` stands before the noun.
  private func isCounted(_ at: Int) -> Bool {
    if scan.isFigure(at - 1) || scan.isAny(at - 1, [.cardinal, .scale, .vague, .from, .between, .subset, .tally]) {
      return true
    }
    return at >= 1 && scan.isAny(at - 1, .governor) && scan.after(at - 1) > at
  }

  /// Whether the word ends in `ان` or `ين`, as duals and plurals do.
  private func endsInNun(_ at: Int) -> Bool {
    let range = scan.tokens[at].foldedRange
    guard scan.tokens[at].kind == .arabic, range.count >= 10, !scan.tokens[at + 1].flags.contains(.lineBreakBefore)
    else {
      return false
    }
    let end = range.upperBound
    let before = FoldedLetter(at: end - 4, of: scan.folded)
    return FoldedLetter(at: end - 2, of: scan.folded) == .noon && (before == .alef || before == .ya)
  }

  /// Whether the word ends in the alef of the accusative: `فلسطينيا`.
  private func isAccusative(_ at: Int) -> Bool {
    let range = scan.tokens[at].foldedRange
    return range.count >= 8 && FoldedLetter(at: range.upperBound - 2, of: scan.folded) == .alef
  }

  // MARK: Mentions

  private func mention(_ phrase: Phrase, sentence: Range<Int>) -> Mention? {
    let kind = CountKind(scan: scan, sentence: sentence)
    var what = "count"
    var name: String?
    if phrase.isShare {
      what = "share"
      name = "percent"
    } else if phrase.form == .ordinal {
      what = "ordinal"
    } else {
      what = kind.what(unit: phrase.unit, of: phrase.tokens, isFraction: phrase.form == .fraction)
      if phrase.unit >= 0 { name = scan.lexicon.units[Int(phrase.unit)].name }
    }
    let quantity = Quantity(
      min: phrase.min == -.infinity ? nil : phrase.min, max: phrase.max == .infinity ? nil : phrase.max,
      approximate: phrase.approximate, unit: name, what: what)
    let start = scan.start(phrase.tokens.lowerBound, in: text)
    let end = scan.tokens[phrase.tokens.upperBound - 1].end
    return Mention(
      span: ByteSpan(start, end), tokens: Int32(phrase.tokens.lowerBound)..<Int32(phrase.tokens.upperBound),
      prefix: scan.prefix(phrase.tokens.lowerBound).subtracting(.al), entity: .quantity(quantity), rule: phrase.rule)
  }
}

extension QuantityFinder.Phrase {
  init(_ numeral: Numeral) {
    let rule: StaticString =
      switch numeral.form {
      case .figures: "quantity: figures"
      case .words, .bareThousand: "quantity: number words"
      case .vague: "quantity: vague count"
      case .fraction: "quantity: fraction"
      case .ordinal: "quantity: ordinal"
      }
    self.init(tokens: numeral.tokens, min: numeral.min, max: numeral.max, form: numeral.form, rule: rule)
  }
}
