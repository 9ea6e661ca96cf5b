import Arabic
import Model

/// What a trigger says beside certain words: `طلب عدم كشف هويته` asks for nothing, `أطلق سراح` is a release.
///
/// The rows of `collocations.tsv`. A word of the text matches whichever of its splits into particles and rest is listed.
public struct Collocations: Sendable {
  /// Where the word stands to the trigger.
  public enum Side: String, Sendable, CaseIterable {
    /// The word right after it.
    case next
    /// One of the three words after it.
    case after
    /// The word right before it.
    case prev
    /// One of the three words before it.
    case before
    /// The trigger word itself.
    case form
  }

  /// What a phrase says: an index, so that a copy costs nothing; `reading(of:)` tells it.
  public struct Verdict: Sendable, BitwiseCopyable {
    fileprivate var index: Int32
    /// Whether it reports an event at all.
    public var isEvent: Bool
  }

  /// How far `after` and `before` reach, in words.
  public static let reach = 3

  static let columns = ["entry", "side", "words", "reading", "note"]

  /// The listed words, whatever their entry: most words of a text are none.
  private var words = BitFilter(bits: 1 << 17)
  /// Entry, side and word together: of the rest nearly all end here.
  private var keys = BitFilter(bits: 1 << 18)
  /// What phrases say: readings, or nil for no event.
  private var readings: [TriggerEntry.Reading?] = []
  private var rows = HashIndex(capacity: 1 << 14)

  /// The verdict for a trigger `entry` with the word of folded hash `word` on `side`.
  public func verdict(_ entry: Symbol, _ side: Side, _ word: UInt64) -> Verdict? {
    guard words.mayContain(word) else { return nil }
    let key = Collocations.key(entry.hash, side, word)
    guard keys.mayContain(key) else { return nil }
    let row = rows.value(key)
    return row < 0 ? nil : Verdict(index: row, isEvent: readings[Int(row)] != nil)
  }

  /// The reading that a verdict gives, nil when it reports no event.
  public func reading(of verdict: Verdict) -> TriggerEntry.Reading? { readings[Int(verdict.index)] }

  private static func key(_ entry: UInt64, _ side: Side, _ word: UInt64) -> UInt64 {
    let place: UInt64 =
      switch side {
      case .next: 1
      case .after: 2
      case .prev: 3
      case .before: 4
      case .form: 5
      }
    return StableHash.mix(entry ^ place &* 0x9e37_79b9_7f4a_7c15, word)
  }

  /// Reads the rows of `table`; a later row for the same entry, side and word replaces an earlier one.
  /// - Returns: the entries that have rows, each with the readings that its rows name.
  mutating func read(
    _ table: LexiconTable, _ errors: inout [LexiconError]
  ) -> [String: [TriggerEntry.Reading]] {
    var named: [String: [TriggerEntry.Reading]] = [:]
    for row in 0..<table.count {
      guard let side = Side(rawValue: table.cell(row, 1)) else {
        errors.append(table.error(row, 1, "expected next, after, prev, before or form"))
        continue
      }
      var reading: TriggerEntry.Reading?
      if table.cell(row, 3) != "-" {
        reading = TriggerEntry.Reading(table.cell(row, 3))
        guard reading != nil else {
          errors.append(table.error(row, 3, "expected TYPE, TYPE/mode, or - for no event"))
          continue
        }
      }
      let entry = table.cell(row, 0)
      named[entry, default: []] += reading.map { [$0] } ?? []
      let index: Int32
      if let known = readings.firstIndex(of: reading) {
        index = Int32(known)
      } else {
        index = Int32(readings.count)
        readings.append(reading)
      }
      for word in table.list(row, 2) {
        let hash = StableHash.hash(Folding.fold(word: word))
        let key = Collocations.key(Symbol.hash(of: entry), side, hash)
        words.insert(hash)
        keys.insert(key)
        rows.set(key, index)
      }
    }
    return named
  }
}

extension TriggerEntry.Reading {
  /// The reading written as `TYPE` or `TYPE/mode`; nil when there is no such type, or the type has no such mode.
  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let type = EventType(rawValue: String(parts[0])) else { return nil }
    let mode = parts.count == 2 && !parts[1].isEmpty ? String(parts[1]) : nil
    if let mode, !type.modes.contains(mode) { return nil }
    self.init(type: type, mode: mode)
  }
}
