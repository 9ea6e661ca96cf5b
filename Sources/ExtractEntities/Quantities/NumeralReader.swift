import Lexicon
import Model

/// Reads one number at a token: figures, words, both mixed, vague counts and fractions, by Arabic's order of number words
/// (hundreds, units, tens, each joined by و; scales multiply what stands before them and descend).
struct NumeralReader {
  let scan: NumberScan
  /// First token that does not belong to the sentence.
  let limit: Int

  /// The longest number that begins at token `start`, nil when none does.
  func read(at start: Int) -> Numeral? {
    guard start < limit else { return nil }
    if scan.isFigure(start), let fraction = slashFraction(at: start) { return fraction }
    if scan.isAny(start, .vague), let vague = vague(at: start) { return vague }
    if scan.isAny(start, .fraction), let fraction = fraction(at: start) { return fraction }
    return cardinal(at: start)
  }

  // MARK: Cardinals

  private func cardinal(at start: Int) -> Numeral? {
    var total = 0.0
    var at = start
    var bound = Double.infinity
    var lastScale = 0.0
    var form = Numeral.Form.figures
    while at < limit {
      var next = at
      if at > start {
        guard let joined = conjunction(at: at) else { break }
        next = joined
      }
      let group = group(at: next, first: at == start)
      var value = group?.value ?? 1
      var end = group?.end ?? next
      var scale = 1.0
      while end < limit, scan.isAny(end, .scale) {
        let word = scan.word(end)
        // A scale that multiplies has no particle; a bare one at the head of a number has the number's.
        if end > next || group != nil, !word.prefix.isEmpty, !(word.prefix == .al && scan.isAny(end - 1, .vague)) {
          break
        }
        if group == nil && scale == 1 && word.flags.contains(.vague) {
          guard at == start else { return nil }
          return Numeral(
            tokens: start..<end + 1, min: 2 * word.value, max: 10 * word.value - 1, scale: word.value, form: .vague)
        }
        scale *= word.value
        end += 1
      }
      if scale == 1, group == nil {
        guard end < limit, scan.isAny(end, .dualScale) else { break }
        value = scan.word(end).value / 2
        scale = value
        value = 2
        end += 1
      }
      guard scale == 1 ? value < bound && (value > 0 || at == start) : scale < bound else { break }
      if !(group?.isFigures ?? false) || scale != 1 { form = .words }
      total += value * scale
      at = end
      lastScale = scale
      if scale == 1 { break }
      bound = scale
    }
    guard at > start else { return nil }
    if at == start + 1, total == 1000, form == .words { form = .bareThousand }
    var numeral = Numeral(
      tokens: start..<at, min: total, max: total, scale: lastScale == 1 ? 0 : lastScale, form: form)
    addFraction(&numeral)
    return numeral
  }

  /// The token of a number word that `و` joins to what stands before token `at`; nil when none does.
  private func conjunction(at: Int) -> Int? {
    guard at < limit else { return nil }
    if scan.isAny(at, .and) {
      return at + 1 < limit && (scan.isFigure(at + 1) || scan.isAny(at + 1, NumeralReader.parts)) ? at + 1 : nil
    }
    let prefix = scan.prefix(at)
    return prefix.contains(.wa) && prefix.isSubset(of: [.wa, .al]) && scan.isAny(at, NumeralReader.parts) ? at : nil
  }

  private static let parts: NumberWord.Roles = [.cardinal, .scale, .dualScale, .fraction, .ordinal]

  /// A number below the first scale word: figures, or hundreds, units and tens.
  private func group(at start: Int, first: Bool) -> (value: Double, end: Int, isFigures: Bool)? {
    guard start < limit else { return nil }
    if scan.isFigure(start) {
      guard var (value, end) = figures(at: start) else { return nil }
      if scan.isAny(end, .cardinal), end < limit, scan.word(end).value == 100, scan.prefix(end).isEmpty {
        value *= 100
        end += 1
        if let (rest, restEnd) = tail(at: end, below: 100) { return (value + rest, restEnd, false) }
        return (value, end, false)
      }
      return (value, end, true)
    }
    guard let (value, end) = words(at: start) else { return nil }
    return (value, end, false)
  }

  private func words(at start: Int) -> (Double, Int)? {
    guard scan.isAny(start, .cardinal) else { return nil }
    let word = scan.word(start)
    var value = word.value
    var end = start + 1
    if value < 10, end < limit, scan.isAny(end, .cardinal), scan.prefix(end).isEmpty {
      let next = scan.word(end).value
      if next == 10 {
        return value >= 1 ? (value + 10, end + 1) : nil
      }
      if next == 100, value >= 3 {
        value *= 100
        end += 1
      }
    }
    if value >= 100 {
      if let (rest, restEnd) = tail(at: end, below: 100) { return (value + rest, restEnd) }
      return (value, end)
    }
    if value < 10, let (tens, tensEnd) = tens(at: end) { return (value + tens, tensEnd) }
    return word.flags.contains(.teenOnly) ? nil : (value, end)
  }

  /// What follows hundreds, joined by و.
  private func tail(at: Int, below: Double) -> (Double, Int)? {
    guard let next = conjunction(at: at) else { return nil }
    if scan.isFigure(next) {
      guard let (value, end) = figures(at: next), value > 0, value < below,
        !(scan.isAny(end, .cardinal) && scan.word(end).value == 100)
      else { return nil }
      return (value, end)
    }
    guard scan.isAny(next, .cardinal), scan.word(next).value > 0, scan.word(next).value < below else { return nil }
    // `مئة وثلاثة أرباع`: the three belong to the quarters.
    if scan.isAny(next + 1, .fractionPlural), scan.word(next).value <= 10 { return nil }
    guard let (value, end) = words(at: next), value < below else { return nil }
    return (value, end)
  }

  private func tens(at: Int) -> (Double, Int)? {
    guard let next = conjunction(at: at), next < limit, scan.isAny(next, .cardinal) else { return nil }
    let value = scan.word(next).value
    return value >= 20 && value < 100 ? (value, next + 1) : nil
  }

  // MARK: Figures

  /// The value of the figures at token `at`, thousands in groups set off by spaces included.
  func figures(at start: Int) -> (Double, Int)? {
    guard let figure = Figure(scan.folded, scan.tokens[start].foldedRange) else { return nil }
    var value = figure.value(thousandsPoint: countsThings(start + 1))
    var end = start + 1
    guard figure.isInteger, figure.digits <= 3 else { return (value, end) }
    while end < limit, scan.isFigure(end), scan.isSpaced(end),
      let next = Figure(scan.folded, scan.tokens[end].foldedRange), next.integerDigits == 3,
      !scan.tokens[end].flags.contains(.lineBreakBefore)
    {
      let grouped = next.value(thousandsPoint: false)
      value = value * 1000 + grouped
      end += 1
      if !next.isInteger { break }
    }
    return (value, end)
  }

  /// Whether a counted noun stands at `at`: then a point before three digits sets off thousands (`1.500 مقاتل`).
  private func countsThings(_ at: Int) -> Bool {
    guard scan.isAny(at, .unit) else { return false }
    let unit = scan.lexicon.units[Int(scan.word(at).unit)]
    return unit.isPerson || unit.isVictim || unit.what == "count" || unit.what == "population"
  }

  // MARK: Fractions

  private func slashFraction(at start: Int) -> Numeral? {
    func whole(_ at: Int) -> Double? {
      guard at < limit, scan.isFigure(at), let figure = Figure(scan.folded, scan.tokens[at].foldedRange),
        figure.isInteger, figure.digits <= 2
      else { return nil }
      return figure.value(thousandsPoint: false)
    }
    func part(_ at: Int) -> Double? {
      guard let above = whole(at), scan.isMark(at + 1, "/"), !scan.isSpaced(at + 1), !scan.isSpaced(at + 2),
        let below = whole(at + 2), above < below, below <= 20, !scan.isMark(at + 3, "/")
      else { return nil }
      return above / below
    }
    if let value = part(start) {
      return Numeral(tokens: start..<start + 3, min: value, max: value, form: .fraction)
    }
    guard let units = whole(start), start + 1 < limit, scan.isSpaced(start + 1), let value = part(start + 1) else {
      return nil
    }
    return Numeral(tokens: start..<start + 4, min: units + value, max: units + value, form: .fraction)
  }

  private func fraction(at start: Int) -> Numeral? {
    let word = scan.word(start)
    let next = start + 1
    if next < limit, scan.isAny(next, .scale), scan.prefix(next).isSubset(of: .al) {
      let value = word.fraction * scan.word(next).value
      if word.flags.contains(.beforeDefinite) && scan.prefix(next).isEmpty { return nil }
      return Numeral(tokens: start..<next + 1, min: value, max: value, scale: scan.word(next).value, form: .words)
    }
    if word.flags.contains(.beforeDefinite) && !(scan.isDefinite(next) && next < limit) { return nil }
    return Numeral(tokens: start..<next, min: word.fraction, max: word.fraction, form: .fraction)
  }

  /// `ونصف`, `وثلاثة أرباع` after a number, `أرباع` after a cardinal.
  private func addFraction(_ numeral: inout Numeral) {
    let end = numeral.tokens.upperBound
    guard end < limit else { return }
    if scan.isAny(end, .fractionPlural), scan.prefix(end).isEmpty {
      numeral.min *= scan.word(end).fraction
      numeral.max = numeral.min
      numeral.tokens = numeral.tokens.lowerBound..<end + 1
      numeral.form = .fraction
      return
    }
    guard let next = conjunction(at: end) else { return }
    let unit = numeral.scale == 0 ? 1 : numeral.scale
    if scan.isAny(next, .fraction), !scan.word(next).flags.contains(.beforeDefinite) {
      numeral.min += scan.word(next).fraction * unit
      var close = next + 1
      // `مليون ونصف المليون`
      if numeral.scale > 0, close < limit, scan.isAny(close, .scale), scan.word(close).value == numeral.scale {
        close += 1
      }
      numeral.tokens = numeral.tokens.lowerBound..<close
    } else if scan.isAny(next, .cardinal), next + 1 < limit, scan.isAny(next + 1, .fractionPlural) {
      numeral.min += scan.word(next).value * scan.word(next + 1).fraction
      numeral.tokens = numeral.tokens.lowerBound..<next + 2
    }
    numeral.max = numeral.min
  }

  // MARK: Vague counts

  private func vague(at start: Int) -> Numeral? {
    let word = scan.word(start)
    var low = word.value
    var high = word.max
    var end = scan.after(start)
    var scale = 0.0
    if end < limit, scan.prefix(end).isSubset(of: .al) {
      if scan.isAny(end, .scale) {
        scale = scan.word(end).value
        low *= scale
        high = word.max == .infinity ? .infinity : (word.max + 1) * scale - 1
        end += 1
      } else if scan.isAny(end, .vague), word.max < 10 || word.flags.contains(.beforeNoun) {
        // `بضع عشرات`, `عدة مئات`
        let unit = scan.word(end).value / 2
        low *= unit
        high = word.max == .infinity ? scan.word(end).max : (word.max + 1) * unit - 1
        end = scan.after(end)
      }
    }
    if word.flags.contains(.beforeNoun), scale == 0, !(end < limit && scan.isAny(end, [.unit, .vague])),
      end == scan.after(start)
    {
      return nil
    }
    return Numeral(tokens: start..<end, min: low, max: high, scale: scale, form: .vague)
  }

  // MARK: Ordinals

  /// The ordinal at token `start`: `الثالث`, `الحادي عشر`, `الخامسة والعشرين`.
  func ordinal(at start: Int) -> Numeral? {
    guard start < limit else { return nil }
    if scan.isAny(start, .cardinal), scan.prefix(start).contains(.al), scan.word(start).value >= 100,
      scan.prefix(start + 1) == [.wa, .al], let rest = ordinal(at: start + 1)
    {
      // `المئة والخامسة والعشرون`
      let value = scan.word(start).value + rest.min
      return Numeral(tokens: start..<rest.tokens.upperBound, min: value, max: value, form: .ordinal)
    }
    guard scan.isAny(start, .ordinal) else { return nil }
    let word = scan.word(start)
    var value = Double(word.ordinal)
    var end = start + 1
    if end < limit, scan.isAny(end, .cardinal) {
      let next = scan.word(end)
      if next.value == 10, next.prefix.isEmpty {
        value += 10
        end += 1
      } else if next.prefix.contains(.wa), next.value >= 20, next.value < 100 {
        value += next.value
        end += 1
      }
    } else if let (tens, tensEnd) = tens(at: end) {
      value += tens
      end = tensEnd
    }
    if end == start + 1 && word.flags.contains(.teenOnly) { return nil }
    return Numeral(tokens: start..<end, min: value, max: value, form: .ordinal)
  }
}
