import Arabic
import Model

/// Reads the number tables and spells every entry with the particles that Arabic attaches to it.
struct NumberLexiconBuilder {
  var words: [NumberWord] = []
  var units: [CountedUnit] = []
  var phrases: [NumberLexicon.Phrase] = []
  var phraseHashes: [UInt64] = []
  /// Hash of each of `words`' written forms.
  var hashes: [UInt64] = []

  /// The entries as read: folded words and a reading.
  private var entries: [Entry] = []

  /// An entry as read: its folded words, whether the first has the article, and its reading.
  private struct Entry {
    var words: [[UInt8]]
    var hasArticle: Bool
    var reading: NumberWord
  }

  private struct Prefix {
    var bytes: [UInt8]
    var clitics: Clitics
    /// Attached to number words and dates only: nouns so written are too few to enumerate.
    var isRare: Bool
  }

  /// Attached particles in the order in which they are tried: a form that an earlier one makes is not made again.
  private static let prefixes: [Prefix] = {
    let list: [(String, Clitics)] = [
      ("", []), ("و", .wa), ("ال", .al), ("ب", .bi), ("ل", .li), ("وال", [.wa, .al]), ("بال", [.bi, .al]),
      ("لل", [.li, .al]), ("ف", .fa), ("ك", .ka), ("وب", [.wa, .bi]), ("ول", [.wa, .li]), ("وبال", [.wa, .bi, .al]),
      ("ولل", [.wa, .li, .al]), ("فال", [.fa, .al]), ("كال", [.ka, .al]), ("فب", [.fa, .bi]), ("فل", [.fa, .li]),
    ]
    return list.map {
      Prefix(
        bytes: Folding.fold(word: $0.0), clitics: $0.1,
        isRare: $0.1.contains(.ka) || $0.1.isSuperset(of: [.fa, .al]) || $0.1.isSuperset(of: [.fa, .bi])
          || $0.1.isSuperset(of: [.fa, .li]))
    }
  }()
  private static let article = Folding.fold(word: "ال")

  mutating func readNumbers(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    let roles: [String: NumberWord.Roles] = [
      "cardinal": .cardinal, "scale": .scale, "dual-scale": .dualScale, "fraction": .fraction,
      "fraction-plural": .fractionPlural, "vague": .vague, "ordinal": .ordinal, "approximate": .approximate,
      "at-least": .atLeast, "at-most": .atMost, "approximate-after": .approximateAfter,
      "at-least-after": .atLeastAfter, "at-most-after": .atMostAfter, "between": .between, "from": .from, "to": .to,
      "or": .or, "and": .and, "percent": .percent, "minus": .minus, "over": .over, "label": .label, "clock": .clock,
      "subset": .subset, "clause": .clause, "negation": .negation, "tally": .tally, "final": .final,
    ]
    let needsValue: NumberWord.Roles = [
      .cardinal, .scale, .dualScale, .fraction, .fractionPlural, .vague, .ordinal,
    ]
    for row in 0..<table.count {
      guard let role = roles[table.cell(row, 1)] else {
        errors.append(
          table.error(row, 1, "unknown role; expected one of \(roles.keys.sorted().joined(separator: " "))"))
        continue
      }
      var word = NumberWord()
      word.roles = role
      if word.isAny(needsValue) {
        guard let value = table.number(row, 2) else {
          errors.append(table.error(row, 2, "expected a decimal number, the value of the word"))
          continue
        }
        if word.isAny([.fraction, .fractionPlural]) { word.fraction = value } else { word.value = value }
        if role == .ordinal { word.ordinal = Int16(clamping: Int(value)) }
        if role == .ordinal { word.value = 0 }
      }
      if !table.isEmpty(row, 3) {
        guard let value = table.number(row, 3) else {
          errors.append(table.error(row, 3, "expected a decimal number, the greatest value"))
          continue
        }
        word.max = value
      }
      for flag in table.list(row, 4) {
        switch flag {
        case "teen-only": word.flags.insert(.teenOnly)
        case "vague": word.flags.insert(.vague)
        case "before-definite": word.flags.insert(.beforeDefinite)
        case "before-noun": word.flags.insert(.beforeNoun)
        default:
          errors.append(
            table.error(row, 4, "unknown flag “\(flag)”; expected teen-only, vague, before-definite or before-noun"))
        }
      }
      add(table.list(row, 0), word)
    }
  }

  mutating func readUnits(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    for row in 0..<table.count {
      let what = table.cell(row, 4)
      guard CountedUnit.kinds.contains(what) else {
        let kinds = CountedUnit.kinds.sorted().joined(separator: " ")
        errors.append(table.error(row, 4, "unknown kind of figure “\(what)”; expected one of \(kinds)"))
        continue
      }
      let flags = table.list(row, 5)
      if let flag = flags.first(where: { !["person", "victim", "governor", "weak"].contains($0) }) {
        errors.append(table.error(row, 5, "unknown flag “\(flag)”; expected person, victim, weak or governor"))
        continue
      }
      let index = Int16(clamping: units.count)
      units.append(
        CountedUnit(
          name: table.cell(row, 0), what: what, isPerson: flags.contains("person"),
          isVictim: flags.contains("victim"), isWeak: flags.contains("weak"), line: Int32(table.line(row))))
      var word = NumberWord()
      if flags.contains("governor") {
        word.roles = .governor
        word.governor = index
      } else {
        word.roles = .unit
        word.unit = index
      }
      add(table.list(row, 1), word)
      word.roles = .dualUnit
      add(table.list(row, 2), word)
      word.roles = [.unit, .pluralUnit]
      add(table.list(row, 3), word)
    }
  }

  mutating func readCalendar(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    let kinds: [String: NumberWord.Roles] = [
      "month": .month, "hijri-month": .hijriMonth, "weekday": .weekday, "day": .day, "day-part": .dayPart,
      "period": .period, "which": .which, "this": .this, "last": .last, "few": .few, "phase": .phase, "ago": .ago,
      "since": .since, "after": .after, "within": .within, "decade": .decade, "season": .season, "quarter": .quarter,
      "hijri-era": .hijriEra, "gregorian-era": .gregorianEra, "in": .inYear,
      "name-head": .nameHead, "same": .same, "age": .age,
    ]
    for row in 0..<table.count {
      guard let kind = kinds[table.cell(row, 1)] else {
        errors.append(
          table.error(row, 1, "unknown kind; expected one of \(kinds.keys.sorted().joined(separator: " "))"))
        continue
      }
      let value = Int(table.number(row, 2) ?? 0)
      var word = NumberWord()
      word.roles = kind
      let allowed: ClosedRange<Int>
      switch kind {
      case .month, .hijriMonth:
        allowed = 1...12
        word.month = Int8(clamping: value)
      case .weekday:
        allowed = 0...6
        word.weekday = Int8(clamping: value)
      case .day:
        allowed = -7...7
        word.day = Int8(clamping: value)
      case .period:
        allowed = 0...1200
        word.period = Int16(clamping: value)
      case .which:
        allowed = -1...2
        word.which = Int8(clamping: value)
      case .phase:
        allowed = 1...4
        word.phase = Int8(clamping: value)
      case .decade:
        allowed = 10...90
        word.decade = Int8(clamping: value)
      case .season:
        allowed = 1...12
        word.decade = Int8(clamping: value)
      default: allowed = 0...0
      }
      guard allowed.contains(value) else {
        errors.append(table.error(row, 2, "expected a value from \(allowed.lowerBound) to \(allowed.upperBound)"))
        continue
      }
      for flag in table.list(row, 3) {
        switch flag {
        case "weak": word.flags.insert(.weak)
        case "dual": word.flags.insert(.dual)
        case "months": word.flags.insert(.months)
        default: errors.append(table.error(row, 3, "unknown flag “\(flag)”; expected weak, dual or months"))
        }
      }
      add(table.list(row, 0), word)
    }
  }

  private mutating func add(_ forms: [String], _ reading: NumberWord) {
    for form in forms {
      let folded = form.split(separator: " ").map { Folding.fold(word: $0) }
      // The article as written: `آلاف` folds to the same letters and has none.
      if !folded.isEmpty { entries.append(Entry(words: folded, hasArticle: form.hasPrefix("ال"), reading: reading)) }
    }
  }

  /// Makes the written forms of all entries.
  mutating func expand() {
    var phrasesOfWord: [Int32: [NumberLexicon.Phrase]] = [:]
    var known = HashIndex(capacity: 40_000)
    /// The index in `words` of the written form number n.
    var indexOfForm: [Int32] = []
    words.reserveCapacity(40_000)
    var written: [UInt8] = []
    for prefix in NumberLexiconBuilder.prefixes {
      for entry in entries {
        guard let prefixBytes = NumberLexiconBuilder.attach(prefix, to: entry, &written) else { continue }
        let hash = StableHash.hash(written)
        var reading = entry.reading
        reading.prefix = prefix.clitics
        reading.prefixBytes = UInt8(prefixBytes)
        let form = Int(known.value(hash, orInsert: Int32(indexOfForm.count)))
        if form == indexOfForm.count {
          indexOfForm.append(Int32(words.count))
          hashes.append(hash)
          var empty = NumberWord()
          empty.prefix = reading.prefix
          empty.prefixBytes = reading.prefixBytes
          words.append(empty)
        }
        let index = indexOfForm[form]
        if entry.words.count > 1 {
          let start = Int32(phraseHashes.count)
          for word in entry.words.dropFirst() { phraseHashes.append(StableHash.hash(word)) }
          let phrase = NumberLexicon.Phrase(rest: start..<Int32(phraseHashes.count), word: Int32(words.count))
          words.append(reading)
          hashes.append(0)
          phrasesOfWord[index, default: []].append(phrase)
        } else if words[Int(index)].prefixBytes == reading.prefixBytes {
          words[Int(index)].merge(reading)
        }
      }
    }
    for (index, list) in phrasesOfWord.sorted(by: { $0.key < $1.key }) {
      let start = Int32(phrases.count)
      phrases += list.sorted { ($1.rest.count, $0.word) < ($0.rest.count, $1.word) }
      words[Int(index)].phrases = start..<Int32(phrases.count)
    }
  }

  /// Writes the first word of `entry` with `prefix` into `written` and returns how many of its bytes are not the word's; nil when
  /// there is no such form.
  private static func attach(_ prefix: Prefix, to entry: Entry, _ written: inout [UInt8]) -> Int? {
    let word = entry.words[0]
    if prefix.isRare && entry.reading.isAny([.unit, .dualUnit, .governor]) { return nil }
    guard entry.hasArticle, word.count > article.count + 2 else {
      if !prefix.bytes.isEmpty {
        // Symbols, Latin abbreviations and single letters take no particle; words of two letters only `و` and `ف`, since
        // with others they are words of their own (`لو`, `كام`).
        if word[0] < 0xC0 || word.count <= 2 { return nil }
        if word.count <= 4 && prefix.clitics != .wa && prefix.clitics != .fa { return nil }
      }
      written.removeAll(keepingCapacity: true)
      written += prefix.bytes
      written += word
      return prefix.bytes.count
    }
    // `الأربعاء` has its article; with ل it is written `للأربعاء`.
    guard prefix.clitics.contains(.al) == prefix.clitics.contains(.li) else { return nil }
    written.removeAll(keepingCapacity: true)
    written += prefix.bytes
    written += prefix.clitics.contains(.al) ? word.dropFirst(article.count) : word[...]
    return prefix.bytes.count
  }
}
