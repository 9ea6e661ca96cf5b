import Lexicon
import Model

/// Counts victims: numbers, each taken once, nouns that tell how many they are, and what is joined to either.
struct VictimCounter {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }
  private var tollSigns: TollSigns { @inline(__always) get { tables.tollSigns } }
  let candidates: [Candidate]
  let features: EventFeatures

  /// How far a joined victim may stand from the one before, in words: epithets and an age are passed over.
  private static let reachJoined = 4
  /// How far within a counted phrase `من` may stand before its end: `المئات من مسلحي`.
  private static let reachPart = 2
  /// How far behind a number `مقابل` may set another against it.
  private static let reachVersus = 12

  /// Numbers that were counted.
  private(set) var used: Set<Int32> = []

  /// Counts a number elsewhere: no other word takes it.
  mutating func use(_ number: Int32) { used.insert(number) }

  // MARK: - Lists

  /// The number of a mention and of those joined to it: `عبد المنعم أبو الفتوح وخمسة من مساعديه`.
  mutating func victims(
    from mention: Int, _ kind: TriggerEntry.Toll, _ range: Range<Int>
  ) -> Event.Toll? {
    guard var toll = VictimNoun(scan: scan).number(of: mention) ?? named(mention) else { return nil }
    if isTwo(toll, scan.infos[mention].end, range) { toll.max = toll.min }
    if saysAtLeast(scan.infos[mention].end, range) { toll.max = nil }
    return joined(to: toll, kind, at: scan.infos[mention].end, range)
  }

  /// `الناشطة سمر بدوي`: one, when a name follows a definite noun.
  private func named(_ mention: Int) -> Event.Toll? {
    let end = scan.infos[mention].end
    guard end < scan.text.tokens.count, scan.infos[mention].isGeneric else { return nil }
    let next = scan.analysis.mentionOfToken[end]
    guard next >= 0, scan.infos[Int(next)].start == end, scan.infos[Int(next)].entity == .person,
      scan.infos[Int(next)].prefix.isEmpty
    else { return nil }
    return .init(min: 1, max: 1, who: next)
  }

  /// `فلسطينيين اثنين`: the form is dual or plural, the word behind it says which.
  private func isTwo(_ toll: Event.Toll, _ end: Int, _ range: Range<Int>) -> Bool {
    toll.min == 2 && toll.max == nil && end < range.upperBound && scan.words[end].particles & tollSigns.two != 0
  }

  /// The same where the noun and the word behind it were read as numbers.
  private mutating func two(behind number: Int32, _ toll: Event.Toll) -> Event.Toll? {
    let end = scan.infos[Int(number)].end
    guard end < scan.text.tokens.count, isTwo(toll, end, 0..<scan.text.tokens.count) else { return nil }
    if scan.analysis.numberOfToken[end] >= 0 { used.insert(scan.analysis.numberOfToken[end]) }
    return .init(min: 2, max: 2, who: toll.who)
  }

  mutating func joined(
    to toll: Event.Toll, _ kind: TriggerEntry.Toll, after number: Int32, _ range: Range<Int>
  ) -> Event.Toll {
    joined(to: toll, kind, at: scan.infos[Int(number)].end, range)
  }

  /// Adds what و joins to a count, and what `مقابل` sets against it: `32 فلسطينيا وأربعة إسرائيليين`, `سبعة جنود ومدني`.
  private mutating func joined(
    to toll: Event.Toll, _ kind: TriggerEntry.Toll, at end: Int, _ range: Range<Int>
  ) -> Event.Toll {
    var sum = toll
    var at = end
    var joinsUntil = end + VictimCounter.reachJoined
    var isVersus = false
    while at < min(end + VictimCounter.reachVersus, range.upperBound) {
      if at < joinsUntil, let (next, item) = joinedItem(at, kind, isVersus, range) {
        // `المئات من مسلحي وقيادات الوحدات`: of whom they are, no more of them.
        let isDescribed =
          item.max == nil
          && (max(range.lowerBound, end - VictimCounter.reachPart)..<at).contains {
            scan.words[$0].particles & tollSigns.from != 0
          }
        if !isDescribed { sum = VictimCounter.sum(sum, item) }
        at = next
        joinsUntil = at + VictimCounter.reachJoined
        isVersus = false
        continue
      }
      let particles = scan.words[at].particles
      if particles & tollSigns.versus != 0 {
        isVersus = true
        joinsUntil = at + 1 + VictimCounter.reachJoined
      } else if candidateAt(at) != nil || endsList(at, range) {
        break
      }
      at += 1
    }
    return sum
  }

  /// Two open plurals together are no more than several.
  static func sum(_ a: Event.Toll, _ b: Event.Toll) -> Event.Toll {
    guard let most = a.max, let more = b.max else {
      let least = a.max == nil && b.max == nil ? max(a.min ?? 0, b.min ?? 0) : (a.min ?? 0) + (b.min ?? 0)
      return Event.Toll(min: least, max: nil)
    }
    return Event.Toll(min: (a.min ?? 0) + (b.min ?? 0), max: most + more)
  }

  /// A list of victims goes on over a comma only to what is set against it.
  private func endsList(_ at: Int, _ range: Range<Int>) -> Bool {
    switch scan.mark(at) {
    case .none, .quote, .open, .close, .other: break
    case .comma: return at + 1 >= range.upperBound || scan.words[at + 1].particles & tollSigns.versus == 0
    case .stop, .colon: return true
    }
    return beginsClause(at)
  }

  /// Whether a word begins a clause: `أن`, `الذي`; `من` and `ما` are prepositions first.
  func beginsClause(_ at: Int) -> Bool {
    let particles = scan.words[at].particles
    return particles & (signs.complementizer | signs.relative) != 0 && particles & signs.prepositions == 0
  }

  /// A number or a victim that begins at token `at` with و, and where it ends.
  private mutating func joinedItem(
    _ at: Int, _ kind: TriggerEntry.Toll, _ isVersus: Bool, _ range: Range<Int>
  ) -> (end: Int, toll: Event.Toll)? {
    let number = scan.analysis.numberOfToken[at]
    if number >= 0, scan.infos[Int(number)].start == at {
      guard isVersus || scan.mentions[Int(number)].prefix.contains(.wa), !used.contains(number), isCount(number),
        case .quantity(let quantity) = scan.mentions[Int(number)].entity, VictimCounter.kind(quantity) ?? kind == kind,
        !(at..<scan.infos[Int(number)].end).contains(where: { candidateAt($0) != nil }),
        !isCounted(scan.infos[Int(number)].end, range)
      else { return nil }
      used.insert(number)
      return (scan.infos[Int(number)].end, VictimCounter.toll(quantity))
    }
    let mention = scan.analysis.mentionOfToken[at]
    guard mention >= 0, scan.infos[Int(mention)].start == at, scan.mentions[Int(mention)].prefix.contains(.wa),
      number < 0, !isCounted(scan.infos[Int(mention)].end, range),
      let toll = VictimNoun(scan: scan).number(of: Int(mention))
    else { return nil }
    return (scan.infos[Int(mention)].end, toll)
  }

  /// Whether a casualty word follows at once, of which what ends here is the subject: `… وخمسة آخرون أصيبوا`.
  func isCounted(_ end: Int, _ range: Range<Int>) -> Bool {
    for at in end..<max(end, min(end + 2, range.upperBound)) {
      if let other = candidateAt(at), lexicon.entries[candidates[other].entry].toll != .none { return true }
      if scan.mark(at) != .none { return false }
    }
    return false
  }

  // MARK: - Numbers

  mutating func take(_ number: Int32) -> Event.Toll? {
    guard number >= 0, !used.contains(number), isCount(number),
      case .quantity(let quantity) = scan.mentions[Int(number)].entity,
      !describes(Int(number), VictimCounter.kind(quantity) ?? .none)
    else { return nil }
    used.insert(number)
    let toll = VictimCounter.toll(quantity)
    return two(behind: number, toll) ?? toll
  }

  /// What befell the counted, where the number itself says so.
  static func kind(_ quantity: Quantity) -> TriggerEntry.Toll? {
    switch quantity.what {
    case "dead": .dead
    case "injured": .injured
    case "detained": .detained
    case "displaced": .displaced
    default: nil
    }
  }

  static func toll(_ quantity: Quantity) -> Event.Toll {
    Event.Toll(
      min: quantity.min.map { Int($0) } ?? quantity.max.map { _ in 0 }, max: quantity.max.map { Int($0) }, who: nil)
  }

  /// `معتقلين`, `نازحين` without a number describe people.
  func describes(_ index: Int, _ kind: TriggerEntry.Toll) -> Bool {
    guard kind == .detained || kind == .displaced, case .quantity(let quantity) = scan.mentions[index].entity else {
      return false
    }
    return quantity.max == nil && scan.mentions[index].tokens.count == 1
  }

  /// A number that may count people: no distance, no share, no weapons and things.
  func isCount(_ number: Int32) -> Bool {
    guard case .quantity(let quantity) = scan.mentions[Int(number)].entity else { return false }
    switch quantity.what {
    case "dead", "injured", "detained", "displaced", "strength": return true
    case "count": break
    default: return false
    }
    let last = scan.infos[Int(number)].end - 1
    let mention = scan.analysis.mentionOfToken[last]
    if mention >= 0, scan.infos[Int(mention)].entity == .weapon { return false }
    let candidate = scan.analysis.candidateOfToken[last]
    return candidate < 0 || scan.infos[scan.firstCandidate + Int(candidate)].kind != signs.thing
  }

  /// `بينهم 3 أطفال`: a part of a number said before.
  func isSubset(_ start: Int, _ range: Range<Int>) -> Bool {
    for at in max(range.lowerBound, start - 2)..<max(range.lowerBound, start)
    where scan.words[at].particles & tollSigns.subset != 0 { return true }
    return false
  }

  /// `على الأقل` follows, a comma between at most.
  func saysAtLeast(_ at: Int, _ range: Range<Int>) -> Bool {
    for start in at..<max(at, min(at + 2, range.upperBound - 1))
    where scan.words[start].particles & tollSigns.on != 0 && scan.words[start + 1].particles & tollSigns.least != 0 {
      return true
    }
    return false
  }

  func candidateAt(_ token: Int) -> Int? {
    let index = features.candidateOfToken[token]
    return index < 0 ? nil : Int(index)
  }
}
