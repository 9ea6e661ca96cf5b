/// A value as a configuration file, an environment variable or a flag gives it.
enum ConfigurationValue: Sendable, Equatable {
  case string(String)
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  case list([String])
  case table([String: [String]])

  /// What is wrong with a value: the sentence that follows the key's name.
  struct Mismatch: Error {
    var expected: String
  }

  func string() throws(Mismatch) -> String {
    guard case .string(let value) = self else { throw Mismatch(expected: "a text in quotes") }
    return value
  }

  /// A whole number in `range`; text is read too, as the environment has nothing else.
  func integer(_ range: ClosedRange<Int>) throws(Mismatch) -> Int {
    let value: Int? =
      switch self {
      case .integer(let value): value
      case .string(let text): Int(text)
      default: nil
      }
    guard let value, range.contains(value) else {
      throw Mismatch(expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// A number in `range`.
  func number(_ range: ClosedRange<Double>) throws(Mismatch) -> Double {
    let value: Double? =
      switch self {
      case .integer(let value): Double(value)
      case .number(let value): value
      case .string(let text): Double(text)
      default: nil
      }
    guard let value, range.contains(value) else {
      throw Mismatch(expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// One of the raw values of `Choice`.
  func choice<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) throws(Mismatch) -> Choice
  where Choice.RawValue == String {
    if case .string(let text) = self, let choice = Choice(rawValue: text) { return choice }
    throw Mismatch(expected: "one of " + Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
  }

  /// A list of texts; a text with commas is read as one.
  func list() throws(Mismatch) -> [String] {
    switch self {
    case .list(let values): return values
    case .string(let text): return text.isEmpty ? [] : text.split(separator: ",").map { String($0.trimmingSpaces) }
    default: throw Mismatch(expected: "a list of texts: [\"a\", \"b\"]")
    }
  }

  /// A table of lists of texts.
  func table() throws(Mismatch) -> [String: [String]] {
    guard case .table(let values) = self else { throw Mismatch(expected: "a table of lists of texts") }
    return values
  }
}

extension StringProtocol {
  /// Without spaces at both ends.
  var trimmingSpaces: SubSequence {
    var slice = self[...]
    while slice.first == " " { slice.removeFirst() }
    while slice.last == " " { slice.removeLast() }
    return slice
  }
}
