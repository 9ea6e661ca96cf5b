/// The figures of one token, with what its separators may mean.
struct Figure {
  /// How many digits there are.
  private(set) var digits = 0
  /// How many before the first separator.
  private(set) var integerDigits = 0
  /// No separator, or only separators of thousands.
  private(set) var isInteger = true

  private let bytes: [UInt8]
  private let range: Range<Int>
  private var separators = 0
  /// Byte offset of the last separator, -1 for none.
  private var last = -1
  /// The two kinds of separator are both there.
  private var mixed = false
  /// Every group after the first has three digits.
  private var grouped = true

  /// Reads the folded bytes of a number token; nil for what is no number (`192.168.1.2`).
  init?(_ folded: [UInt8], _ range: Range<Int>) {
    bytes = folded
    self.range = range
    var groupDigits = 0
    var first: UInt8 = 0
    for at in range {
      let byte = folded[at]
      if byte >= 0x30 && byte <= 0x39 {
        digits += 1
        groupDigits += 1
        continue
      }
      if separators == 0 {
        integerDigits = groupDigits
        first = byte
      } else {
        if groupDigits != 3 { grouped = false }
        if byte != first { mixed = true }
      }
      separators += 1
      last = at
      groupDigits = 0
    }
    if separators == 0 {
      integerDigits = digits
      return
    }
    if integerDigits == 0 || integerDigits > 3 { grouped = false }
    // `12،220,13`: two kinds of comma, one kind after the fold.
    if separators > 1, !mixed, grouped, groupDigits != 3, first == 0x2C { mixed = true }
    if !mixed && groupDigits != 3 { grouped = false }
    if separators > 1 && !grouped { return nil }
    isInteger =
      separators > 1 && !mixed || separators == 1 && grouped && bytes[last] == 0x2C && bytes[range.lowerBound] != 0x30
  }

  /// The value. Two or more equal separators before groups of three, and a comma before exactly three digits, set off
  /// thousands; any other last separator is the decimal mark.
  /// - Parameter thousandsPoint: a single point before three digits sets off thousands too.
  func value(thousandsPoint: Bool) -> Double {
    let whole = isInteger || thousandsPoint && separators == 1 && grouped && bytes[range.lowerBound] != 0x30
    var value = 0.0
    var scale = 0.0
    for at in range {
      let byte = bytes[at]
      if byte < 0x30 || byte > 0x39 {
        if at == last && !whole { scale = 1 }
        continue
      }
      value = value * 10 + Double(byte - 0x30)
      scale *= 10
    }
    return scale > 1 ? value / scale : value
  }
}
