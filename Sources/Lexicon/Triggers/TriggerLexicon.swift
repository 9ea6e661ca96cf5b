import Arabic
import Model

/// What the event coder knows of words: triggers with their frames, the groups of words that tell their senses, particles,
/// reporting verbs, and the weights of the disambiguator. All inflected forms are generated when it loads.
public struct TriggerLexicon: Sendable {
  /// The lexemes of `triggers.tsv`.
  public private(set) var entries: [TriggerEntry] = []
  /// Their folded spellings; `WordRecord.form` and `TriggerForm.next` index them.
  public private(set) var forms: [TriggerForm] = []
  /// The frames of `frames.tsv`.
  public private(set) var frames: [Frame] = []
  /// The groups of `contexts.tsv`; bit i of `WordRecord.contexts` is `contexts[i]`.
  public private(set) var contexts: [Symbol] = []
  /// The kinds of `particles.tsv`; bit i of `WordRecord.particles` is `particles[i]`.
  public private(set) var particles: [Symbol] = []
  /// The words of `reporting.tsv`.
  public private(set) var reporting: [Reporting] = []
  /// The phrases of more than one word that trigger.
  public private(set) var phrases: [Phrase] = []
  /// One bit for the first word of each phrase: nearly no word of a text begins one.
  private var phraseStarts: UInt64 = 0
  /// Weights: is this candidate an event of this type?
  public private(set) var eventWeights = WeightTable()
  /// Weights: what is this mention to this event?
  public private(set) var roleWeights = WeightTable()
  /// Weights: did it happen?
  public private(set) var statusWeights = WeightTable()
  /// Weights of the source's features.
  public private(set) var sourceWeights = WeightTable()

  /// What triggers say beside certain words.
  public private(set) var collocations = Collocations()
  /// Readings that only collocations give, by entry.
  private var collocated: [String: [TriggerEntry.Reading]] = [:]
  private(set) var words = Vocabulary(capacity: 60_000)

  /// A word that attributes what is said.
  public struct Reporting: Sendable {
    /// Its lemma.
    public var symbol: Symbol
    /// `say`, `claim`, `deny`, `confirm` or `continue`.
    public var kind: Kind
    /// Folded hashes of the words that introduce what is said.
    public var particles: [UInt64]
    /// Kinds of reporting.
    public enum Kind: String, Sendable, CaseIterable {
      case say, claim, deny, confirm, `continue`, accuse

      /// Its place in `allCases`.
      public var ordinal: Int {
        switch self {
        case .say: 0
        case .claim: 1
        case .deny: 2
        case .confirm: 3
        case .continue: 4
        case .accuse: 5
        }
      }
    }
  }

  /// A trigger of several words, the first of which is the trigger.
  public struct Phrase: Sendable {
    /// Index into `entries`.
    public var entry: Int32
    /// Hashes of the folded words, in order.
    public var words: [UInt64]
  }

  /// Whether a phrase may begin with the word of folded hash `word`; never a false no.
  @inline(__always)
  public func mayBeginPhrase(_ word: UInt64) -> Bool { phraseStarts & TriggerLexicon.startBit(word) != 0 }

  private static func startBit(_ word: UInt64) -> UInt64 { 1 &<< (word &>> 58) }

  /// Columns of the files, in the order in which they are read.
  static let triggerColumns = [
    "lemma", "class", "nouns", "type", "mode", "toll", "frame", "needs", "other", "flags",
  ]
  static let frameColumns = ["name", "subject", "object", "genitive", "prepositions", "note"]
  static let contextColumns = ["group", "words"]
  static let particleColumns = ["kind", "forms"]
  static let reportingColumns = ["lemma", "class", "particles", "kind"]

  /// A lexicon without entries.
  public init() {}

  /// Reads the tables among `files` and generates the forms; mistakes go to `errors`.
  public init(files: LexiconFiles, errors: inout [LexiconError]) {
    for table in files.tables(columns: TriggerLexicon.contextColumns, errors: &errors) { readContexts(table, &errors) }
    for table in files.tables(columns: TriggerLexicon.particleColumns, errors: &errors) {
      readParticles(table, &errors)
    }
    for table in files.tables(columns: TriggerLexicon.frameColumns, errors: &errors) { readFrames(table, &errors) }
    for table in files.tables(columns: TriggerLexicon.reportingColumns, errors: &errors) {
      readReporting(table, &errors)
    }
    for table in files.tables(columns: Collocations.columns, errors: &errors) {
      collocated.merge(collocations.read(table, &errors)) { $0 + $1 }
    }
    // Rows of later files replace those of the same lemma and class.
    var rows: [String: (table: LexiconTable, row: Int)] = [:]
    var order: [String] = []
    for table in files.tables(columns: TriggerLexicon.triggerColumns, errors: &errors) {
      for row in 0..<table.count {
        let lemma = table.cell(row, 0)
        let name = "\(lemma)/\(table.cell(row, 1).prefix { $0 != ":" })"
        if lemma.hasPrefix("-") {
          rows[String(name.dropFirst())] = nil
        } else {
          if rows[name] == nil { order.append(name) }
          rows[name] = (table, row)
        }
      }
    }
    for name in order {
      guard let item = rows[name] else { continue }
      readTrigger(item.table, item.row, name, &errors)
    }
    collocated = [:]
    for (name, classes, keyPath) in [
      ("weights-events.tsv", [], \TriggerLexicon.eventWeights),
      ("weights-roles.tsv", ["actor", "recipient", "place"], \.roleWeights),
      ("weights-sources.tsv", [], \.sourceWeights),
      ("weights-status.tsv", ["negated", "planned", "hypothetical"], \.statusWeights),
    ] as [(String, [String], WritableKeyPath<TriggerLexicon, WeightTable>)] {
      if let file = files.files(named: name).last {
        self[keyPath: keyPath] = WeightTable(file: file.path, bytes: file.bytes, classes: classes, errors: &errors)
      }
    }
  }

  /// The bit of a group of `contexts.tsv`, 0 when there is none of that name.
  public func context(_ name: String) -> UInt64 { bit(of: name, in: contexts) }

  /// The bit of a kind of `particles.tsv`, 0 when there is none of that name.
  public func particle(_ name: String) -> UInt64 { bit(of: name, in: particles) }

  private func bit(of name: String, in list: [Symbol]) -> UInt64 {
    let hash = Symbol.hash(of: name)
    guard let index = list.firstIndex(where: { $0.hash == hash }) else { return 0 }
    return 1 << UInt64(index)
  }

  /// What is known of the folded spelling with this hash; nil when nothing is.
  @inline(__always)
  public func word(_ hash: UInt64) -> WordRecord? {
    let index = words.find(hash)
    return index < 0 ? nil : words.records[Int(index)]
  }

  // MARK: - Reading

  private static func hash(_ word: some StringProtocol) -> UInt64 { StableHash.hash(Folding.fold(word: word)) }

  private mutating func readGroups(
    _ table: LexiconTable, _ list: WritableKeyPath<TriggerLexicon, [Symbol]>,
    _ target: WritableKeyPath<WordRecord, UInt64>, _ errors: inout [LexiconError]
  ) {
    for row in 0..<table.count {
      let symbol = Symbol(table.cell(row, 0))
      var index = self[keyPath: list].firstIndex(of: symbol) ?? -1
      if index < 0 {
        index = self[keyPath: list].count
        guard index < 64 else {
          errors.append(table.error(row, 0, "more than 64 groups"))
          return
        }
        self[keyPath: list].append(symbol)
      }
      for word in table.list(row, 1) {
        words.update(Folding.fold(word: word)) { $0[keyPath: target] |= 1 << UInt64(index) }
      }
    }
  }

  private mutating func readContexts(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    readGroups(table, \.contexts, \.contexts, &errors)
  }

  private mutating func readParticles(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    readGroups(table, \.particles, \.particles, &errors)
  }

  private mutating func readFrames(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    func role(_ name: some StringProtocol, _ row: Int, _ column: Int, _ errors: inout [LexiconError]) -> Frame.Role {
      switch name {
      case "": return .none
      case "actor": return .actor
      case "recipient": return .recipient
      case "place": return .place
      case "either": return .either
      default:
        errors.append(table.error(row, column, "expected actor, recipient, place, either or nothing"))
        return .none
      }
    }
    for row in 0..<table.count {
      var prepositions: [(word: UInt64, role: Frame.Role)] = []
      for item in table.list(row, 4) {
        let parts = item.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
          errors.append(table.error(row, 4, "expected preposition=role"))
          continue
        }
        prepositions.append((TriggerLexicon.hash(parts[0]), role(parts[1], row, 4, &errors)))
      }
      let frame = Frame(
        symbol: Symbol(table.cell(row, 0)), subject: role(table.cell(row, 1), row, 1, &errors),
        object: role(table.cell(row, 2), row, 2, &errors), genitive: role(table.cell(row, 3), row, 3, &errors),
        prepositions: prepositions)
      frames.removeAll { $0.symbol == frame.symbol }
      frames.append(frame)
    }
  }

  private mutating func readReporting(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    for row in 0..<table.count {
      let lemma = table.cell(row, 0)
      guard let kind = Reporting.Kind(rawValue: table.cell(row, 3)) else {
        errors.append(table.error(row, 3, "expected say, claim, deny, confirm, continue or accuse"))
        continue
      }
      let index = Int32(reporting.count)
      reporting.append(
        Reporting(
          symbol: Symbol(lemma), kind: kind,
          particles: table.list(row, 2).map { TriggerLexicon.hash($0.prefix { $0 != " " }) }))
      func add(_ folded: [UInt8], _ form: WordRecord.ReportingForm) {
        words.update(folded) {
          if $0.reporting < 0 {
            $0.reporting = index
            $0.reportingForm = form
          }
        }
      }
      // Verbal nouns and nouns for what is told: إعلان, تقارير.
      if table.cell(row, 1) == "noun" {
        add(Folding.fold(word: lemma), .masdar)
        continue
      }
      guard !table.isEmpty(row, 1) else {
        if !lemma.contains(" ") { add(Folding.fold(word: lemma), .phrase) }
        continue
      }
      guard let verb = conjugation(table, row, lemma: lemma, &errors) else { continue }
      for word in verb.words(masdar: false) where word.standsAlone {
        let form: WordRecord.ReportingForm =
          switch word.part {
          case .perfect: .perfect
          case .imperfect: .imperfect
          case .activeParticiple: .participle
          case .masdar, .passiveParticiple: .masdar
          }
        // Of the participle only the accusative attributes: قائلا, مضيفا, مؤكدة.
        if form == .masdar { continue }
        if form == .participle, word.letters.last != 0x627, word.gender != .feminine, word.letters.last != 0x646 {
          continue
        }
        add(TriggerLexicon.folded(word.letters), form)
      }
    }
  }

  private static func folded(_ letters: [UInt16]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(letters.count * 2)
    for letter in letters {
      let folded = Folding.entry(UInt32(letter)).folded
      if folded != 0 { Folding.append(folded, to: &out) }
    }
    return out
  }

  /// The verb of a row whose second column is its class; nil, with an error, when class and lemma do not fit.
  private func conjugation(
    _ table: LexiconTable, _ row: Int, lemma: String, _ errors: inout [LexiconError]
  ) -> Conjugation? {
    let parts = table.cell(row, 1).split(separator: ":")
    guard let name = parts.first, let form = VerbForm(rawValue: String(name)) else {
      errors.append(table.error(row, 1, "expected a verb form (I … X, Q, QII), N or P"))
      return nil
    }
    var radicals: [UInt16] = []
    var vowel: Character?
    if parts.count == 2 {
      for scalar in parts[1].unicodeScalars {
        if scalar.isASCII { vowel = Character(scalar) } else { radicals.append(UInt16(scalar.value)) }
      }
    } else {
      radicals = TriggerLexicon.radicals(of: lemma, form)
    }
    guard let verb = Conjugation(radicals: radicals, form: form, vowel: vowel) else {
      errors.append(
        table.error(row, 1, "the radicals do not show in the lemma; name them after the form, as in IV:عود"))
      return nil
    }
    return verb
  }

  /// The radicals of a sound verb, read off its lemma.
  private static func radicals(of lemma: String, _ form: VerbForm) -> [UInt16] {
    var letters = lemma.unicodeScalars.map { UInt16($0.value) }
    // Hamza on a carrier is the radical hamza.
    func remove(_ at: Int) { if at < letters.count { letters.remove(at: at) } }
    switch form {
    case .i, .ii, .q: break
    case .iii: remove(1)
    case .iv: remove(0)
    case .v, .qii: remove(0)
    case .vi:
      remove(0)
      remove(1)
    case .vii:
      remove(0)
      remove(0)
    case .viii:
      remove(0)
      remove(1)
    case .ix: remove(0)
    case .x:
      remove(0)
      remove(0)
      remove(0)
    }
    return letters.map { [0x623, 0x624, 0x625, 0x626].contains($0) ? 0x621 : $0 }
  }

  private mutating func readTrigger(_ table: LexiconTable, _ row: Int, _ name: String, _ errors: inout [LexiconError]) {
    guard let type = EventType(rawValue: table.cell(row, 3)) else {
      errors.append(table.error(row, 3, "expected one of the 16 PLOVER types"))
      return
    }
    var readings: [TriggerEntry.Reading] = []
    func add(_ type: EventType, _ mode: some StringProtocol, _ column: Int, _ errors: inout [LexiconError]) {
      if !mode.isEmpty && !type.modes.contains(String(mode)) {
        errors.append(table.error(row, column, "\(type.rawValue) has no mode “\(mode)”"))
        return
      }
      readings.append(.init(type: type, mode: mode.isEmpty ? nil : String(mode)))
    }
    add(type, table.cell(row, 4), 4, &errors)
    for other in table.list(row, 8) {
      let parts = other.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let type = EventType(rawValue: String(parts[0])) else {
        errors.append(table.error(row, 8, "expected TYPE/mode"))
        continue
      }
      add(type, parts[1], 8, &errors)
    }
    let collocations = collocated[name]
    for reading in collocations ?? [] where !readings.contains(reading) { readings.append(reading) }
    let toll: TriggerEntry.Toll
    switch table.cell(row, 5) {
    case "": toll = .none
    case "dead": toll = .dead
    case "injured": toll = .injured
    case "detained": toll = .detained
    case "displaced": toll = .displaced
    default:
      errors.append(table.error(row, 5, "expected dead, injured, detained, displaced or nothing"))
      return
    }
    let frameName = Symbol.hash(of: table.cell(row, 6))
    guard let frame = frames.firstIndex(where: { $0.symbol.hash == frameName }) else {
      errors.append(table.error(row, 6, "no frame of this name in frames.tsv"))
      return
    }
    var needs: [TriggerEntry.Need] = []
    for need in table.list(row, 7) {
      let side: TriggerEntry.Need.Side =
        need.hasPrefix("+") ? .after : need.hasPrefix("!") ? .absent : need.hasPrefix("&") ? .required : .before
      let group = context(side == .before ? need : String(need.dropFirst()))
      guard group != 0 else {
        errors.append(table.error(row, 7, "no group “\(need)” in contexts.tsv"))
        continue
      }
      needs.append(.init(side: side, group: group))
    }
    var flags: TriggerEntry.Flags = []
    for flag in table.list(row, 9) {
      switch flag {
      case "weak": flags.insert(.weak)
      case "faint": flags.formUnion([.weak, .faint])
      case "casualty": flags.insert(.casualty)
      case "verb": flags.insert(.verbOnly)
      case "noun": flags.insert(.nounOnly)
      case "participle": flags.insert(.participle)
      default:
        errors.append(
          table.error(row, 9, "unknown flag “\(flag)”; expected weak, faint, casualty, verb, noun or participle"))
      }
    }
    let lemma = table.cell(row, 0)
    let index = Int32(entries.count)
    let kind = table.cell(row, 1)
    if kind == "N" || kind == "P" { flags.insert(.noun) }
    entries.append(
      TriggerEntry(
        lemma: lemma, symbol: Symbol(name), readings: readings, toll: toll, frame: frame, needs: needs, flags: flags,
        hasCollocations: collocations != nil))
    if kind == "P" {
      let phrase = Phrase(entry: index, words: lemma.split(separator: " ").map { TriggerLexicon.hash($0) })
      phrases.append(phrase)
      phraseStarts |= TriggerLexicon.startBit(phrase.words[0])
      return
    }
    var nouns = table.list(row, 2)
    if kind == "N" {
      nouns.insert(lemma, at: 0)
    } else {
      guard let verb = conjugation(table, row, lemma: lemma, &errors) else { return }
      for word in verb.words(masdar: nouns.isEmpty, participles: flags.contains(.participle))
      where !flags.contains(.nounOnly) || word.part == .masdar {
        if flags.contains(.verbOnly) && word.part != .perfect && word.part != .imperfect { continue }
        addForm(index, TriggerLexicon.folded(word.letters), word)
      }
    }
    if flags.contains(.verbOnly) { return }
    for noun in nouns {
      guard !noun.contains(" ") else {
        errors.append(table.error(row, 2, "“\(noun)” is more than one word; give it a line of class P"))
        continue
      }
      let letters = noun.unicodeScalars.map { UInt16($0.value) }
      for (letters, number, alone, pronoun) in NounEndings.all(of: letters) {
        // Verbal nouns have no dual but in -ة: `ضمان` is none of `ضم`.
        if kind != "N" && number == .dual && letters.count > 2 && !noun.hasSuffix("ة") { continue }
        addForm(
          index, TriggerLexicon.folded(letters),
          Conjugation.Word(
            letters: letters, part: .masdar, voice: .either, person: .third, gender: .either, number: number,
            standsAlone: alone, takesPronoun: pronoun))
      }
    }
  }

  private mutating func addForm(_ entry: Int32, _ folded: [UInt8], _ word: Conjugation.Word) {
    let index = Int32(forms.count)
    var next: Int32 = -1
    var isNew = true
    words.update(folded) { record in
      next = record.form
      record.form = index
    }
    // Spellings that fold together (قصفو-/قصفوا stay apart) are one form of an entry: the third person, said first, stays.
    var at = next
    while at >= 0 {
      let known = forms[Int(at)]
      if known.entry == entry, known.part == word.part || !known.isVerb && word.part == .masdar {
        isNew = false
        break
      }
      at = known.next
    }
    if !isNew {
      let position = at
      words.update(folded) { $0.form = next }
      forms[Int(position)].standsAlone = forms[Int(position)].standsAlone || word.standsAlone
      forms[Int(position)].isJussive = forms[Int(position)].isJussive && word.isJussive
      forms[Int(position)].takesPronoun = forms[Int(position)].takesPronoun || word.takesPronoun
      if forms[Int(position)].voice != word.voice { forms[Int(position)].voice = .either }
      return
    }
    forms.append(
      TriggerForm(
        entry: entry, next: next, part: word.part, voice: word.voice, person: word.person, gender: word.gender,
        number: word.number, isJussive: word.isJussive, standsAlone: word.standsAlone, takesPronoun: word.takesPronoun))
  }
}
