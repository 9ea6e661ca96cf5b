import Arabic
import Model

/// Reads the name tables into a `Lexicon`.
struct LexiconBuilder {
  var lexicon = Lexicon()
  private var words = PhraseWords()
  /// Index of an entry by the hash of its kind and key, for rows that extend or remove it.
  private var known = HashIndex(capacity: 32_768)
  /// Phrases wait here until all files are read, since a later file may remove their entry.
  private var phrases: [(words: Range<Int>, payload: PhraseTrie.Payload)] = []
  /// Hashes of the words of all phrases, back to back.
  private var phraseWords: [UInt64] = []
  private var removed: Set<UInt64> = []
  /// Folded letters of words that may bear a wrong letter, by hash.
  private var tolerant: [UInt64: [UInt8]] = [:]
  private var countryOfAlpha2: [String: Int16] = [:]
  private var countryOfCode: [String: Int16] = [:]
  /// Number of a province by the hash of its country and name.
  private var admin1OfName = HashIndex(capacity: 4_096)

  static let placeColumns = [
    "id", "name", "spellings", "level", "kind", "country", "admin1", "lat", "lon", "population", "flags", "source",
  ]
  static let actorColumns = ["id", "name", "spellings", "code", "sector", "kind", "parent", "from", "to", "flags"]
  static let peopleColumns = ["id", "name", "spellings", "code", "sector", "office"]
  static let genericColumns = ["lemma", "forms", "sector", "code", "kind", "flags"]
  static let demonymColumns = ["name", "country", "code", "forms"]
  static let officeColumns = ["forms", "sector", "flags"]
  static let givenNameColumns = ["forms", "flags"]
  static let weaponColumns = ["id", "name", "forms", "class", "mode"]
  static let sourceColumns = ["forms", "kind"]
  static let classNounColumns = ["forms", "levels", "flags"]
  static let qualifierColumns = ["forms", "role"]
  static let placeWordColumns = ["words", "role"]
  static let placeStopColumns = ["form", "reason", "allow"]
  /// The columns of all tables read here.
  static let columns = [
    placeColumns, actorColumns, peopleColumns, genericColumns, demonymColumns, officeColumns, givenNameColumns,
    weaponColumns, sourceColumns, classNounColumns, qualifierColumns, placeWordColumns, placeStopColumns,
  ]

  mutating func read(_ files: LexiconFiles, _ errors: inout [LexiconError]) {
    // Demonyms and countries first: the others refer to countries.
    for table in files.tables(columns: Self.demonymColumns, errors: &errors) { readDemonyms(table) }
    for table in files.tables(columns: Self.placeColumns, errors: &errors) { readPlaces(table, &errors) }
    for table in files.tables(columns: Self.actorColumns, errors: &errors) { readActors(table, &errors) }
    for table in files.tables(columns: Self.peopleColumns, errors: &errors) { readPeople(table) }
    for table in files.tables(columns: Self.genericColumns, errors: &errors) { readGenerics(table, &errors) }
    for table in files.tables(columns: Self.officeColumns, errors: &errors) { readOffices(table) }
    for table in files.tables(columns: Self.givenNameColumns, errors: &errors) { readGivenNames(table) }
    for table in files.tables(columns: Self.weaponColumns, errors: &errors) { readWeapons(table) }
    for table in files.tables(columns: Self.sourceColumns, errors: &errors) { readSources(table, &errors) }
    for table in files.tables(columns: Self.classNounColumns, errors: &errors) { readClassNouns(table, &errors) }
    for table in files.tables(columns: Self.qualifierColumns, errors: &errors) { readQualifiers(table, &errors) }
    for table in files.tables(columns: Self.placeWordColumns, errors: &errors) { readPlaceWords(table, &errors) }
    for table in files.tables(columns: Self.placeStopColumns, errors: &errors) { readPlaceStops(table, &errors) }
  }

  /// Enters the phrases of all entries that were not removed.
  mutating func finish() -> Lexicon {
    var trie = PhraseTrieBuilder()
    for (words, payload) in phrases where removed.isEmpty || !removed.contains(Self.key(payload.kind, payload.index)) {
      trie.insert(phraseWords[words], payload)
    }
    phrases = []
    phraseWords = []
    lexicon.phrases = PhraseTrie(trie)
    var near = NearWords(capacity: tolerant.count * 7)
    // In the order of the words' numbers, so that the table does not depend on a hash seed.
    let words = tolerant.map { (number: lexicon.phrases.word($0.key), folded: $0.value) }.filter { $0.number >= 0 }
    for word in words.sorted(by: { $0.number < $1.number }) { near.insert(word.folded[...], word: word.number) }
    lexicon.nearWords = near
    return lexicon
  }

  // MARK: Rows with keys

  private static func key(_ kind: PhraseTrie.Kind, _ index: Int32) -> UInt64 {
    UInt64(kind.rawValue) << 32 | UInt64(UInt32(bitPattern: index))
  }

  /// What a row is by its key: an entry of its own, an addition to an entry before it, or the removal of one (`-key`).
  private enum Row { case new, extends(Int32), removal }

  private mutating func row(
    _ table: LexiconTable, _ row: Int, _ kind: PhraseTrie.Kind, next: Int, _ errors: inout [LexiconError]
  ) -> Row {
    var range = table.range(row, 0)
    let isRemoval = !range.isEmpty && table.bytes[range.lowerBound] == UInt8(ascii: "-")
    if isRemoval { range = range.dropFirst() }
    guard !range.isEmpty else {
      errors.append(table.error(row, 0, "the first cell is empty; expected the \(table.columns[0]) of the entry"))
      return .removal
    }
    let hash = StableHash.mix(StableHash.hash(table.bytes, in: range), UInt64(kind.rawValue) &+ 0x9e37_79b9_7f4a_7c15)
    if isRemoval {
      let index = known.value(hash)
      if index < 0 {
        errors.append(table.error(row, 0, "there is no entry “\(table.cell(row, 0).dropFirst())” to remove"))
      } else {
        removed.insert(Self.key(kind, index))
      }
      return .removal
    }
    let index = known.value(hash, orInsert: Int32(next))
    if index == Int32(next) { return .new }
    removed.remove(Self.key(kind, index))
    return .extends(index)
  }

  /// Adds the phrases in the cell, all meaning entry `index`.
  private mutating func add(
    _ table: LexiconTable, _ row: Int, _ column: Int, _ kind: PhraseTrie.Kind, _ index: Int,
    form: PhraseTrie.Form = []
  ) {
    var form = form
    for range in table.values(row, column) {
      words.read(table.bytes, range)
      let payload = PhraseTrie.Payload(
        kind: kind, form: form.union(Self.ending(table.bytes, range)), index: Int32(index))
      form.insert(.alias)
      if kind == .actor || kind == .place && !form.contains(.weak) { noteTolerant(kind) }
      appendPhrase(payload)
      if let joined = words.joinedVariant() { append(joined, payload) }
    }
  }

  /// Letters of a place's single word that may be one off; the words of longer names need fewer.
  private static let tolerantLettersMin = 5

  /// Notes the words of the phrase just read that may bear a wrong letter: a long single name of a place, or those of a name of
  /// several words.
  private mutating func noteTolerant(_ kind: PhraseTrie.Kind) {
    let isSingle = words.ranges.count == 1
    if isSingle && kind == .actor || !isSingle && kind == .place { return }
    for (range, hash) in zip(words.ranges, words.hashes) {
      let letters = range.count / 2
      guard letters >= (isSingle ? Self.tolerantLettersMin : NearWords.lettersMin) else { continue }
      if tolerant[hash] == nil { tolerant[hash] = Array(words.folded[range]) }
    }
  }

  /// Whether the phrase ends in a ta marbuta (U+0629).
  private static func ending(_ bytes: [UInt8], _ range: Range<Int>) -> PhraseTrie.Form {
    let end = range.upperBound
    return range.count >= 2 && bytes[end - 2] == 0xD8 && bytes[end - 1] == 0xA9 ? .taMarbuta : []
  }

  /// Notes the phrase that `words` has read.
  private mutating func appendPhrase(_ payload: PhraseTrie.Payload) { append(words.hashes, payload) }

  private mutating func append(_ hashes: [UInt64], _ payload: PhraseTrie.Payload) {
    let start = phraseWords.count
    phraseWords += hashes
    phrases.append((start..<phraseWords.count, payload))
  }

  private func has(_ table: LexiconTable, _ row: Int, _ column: Int, flag: StaticString) -> Bool {
    table.values(row, column).contains { value in
      flag.withUTF8Buffer { table.bytes[value].elementsEqual($0) }
    }
  }

  private func country(code: String) -> Int16 { countryOfCode[code] ?? -1 }

  // MARK: Tables

  private mutating func readDemonyms(_ table: LexiconTable) {
    for row in 0..<table.count {
      let alpha2 = table.cell(row, 1)
      let code = table.cell(row, 2)
      var country: Int16 = -1
      if !alpha2.isEmpty {
        country = number(alpha2: alpha2)
        if !code.isEmpty && lexicon.countries[Int(country)].code.isEmpty {
          lexicon.countries[Int(country)].code = code
          if countryOfCode[code] == nil { countryOfCode[code] = country }
        }
      }
      add(table, row, 3, .demonym, lexicon.demonyms.count)
      lexicon.demonyms.append(Demonym(name: table.cell(row, 0), country: country, code: code.isEmpty ? nil : code))
    }
  }

  private mutating func number(alpha2: String) -> Int16 {
    if let known = countryOfAlpha2[alpha2] { return known }
    let number = Int16(lexicon.countries.count)
    lexicon.countries.append(Country(alpha2: alpha2, code: "", name: ""))
    countryOfAlpha2[alpha2] = number
    return number
  }

  private mutating func readPlaces(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    let levels = Dictionary(uniqueKeysWithValues: Place.Level.allCases.map { ($0.rawValue, $0) })
    lexicon.places.reserveCapacity(lexicon.places.count + table.count)
    for row in 0..<table.count {
      switch self.row(table, row, .place, next: lexicon.places.count, &errors) {
      case .removal: continue
      case .extends(let index):
        let weak = has(table, row, 10, flag: "weak")
        add(table, row, 2, .place, Int(index), form: weak ? .weak : [])
        override(table, row, Int(index), levels)
        continue
      case .new: break
      }
      let level = table.cell(row, 3)
      guard let level = levels[level] else {
        errors.append(
          table.error(
            row, 3, "unknown level “\(level)”; expected \(Place.Level.allCases.map(\.rawValue).joined(separator: ", "))"
          ))
        continue
      }
      guard let latitude = table.number(row, 7), (-90...90).contains(latitude) else {
        errors.append(
          table.error(row, 7, "“\(table.cell(row, 7))” is no latitude; expected decimal degrees, -90 to 90"))
        continue
      }
      guard let longitude = table.number(row, 8), (-180...180).contains(longitude) else {
        errors.append(
          table.error(row, 8, "“\(table.cell(row, 8))” is no longitude; expected decimal degrees, -180 to 180"))
        continue
      }
      guard !table.isEmpty(row, 2) else {
        errors.append(table.error(row, 2, "no spelling; expected at least one Arabic name"))
        continue
      }
      let population = table.number(row, 9) ?? 0
      let alpha2 = table.cell(row, 5)
      let admin1 = table.cell(row, 6)
      let name = table.cell(row, 1)
      let country = alpha2.isEmpty ? -1 : number(alpha2: alpha2)
      let province = table.range(row, level == .admin1 ? 1 : 6)
      let kind = table.cell(row, 4)
      // A capital is never too small or too common.
      let weak = kind != "capital" && has(table, row, 10, flag: "weak")
      let place = Place(
        name: name, ref: table.cell(row, 0), latitude: latitude, longitude: longitude, level: level,
        country: alpha2.isEmpty ? nil : alpha2, admin1: admin1.isEmpty ? nil : admin1,
        geoPrecision: level == .country || level == .admin1 || level == .region || level == .water ? 3 : 1)
      if level == .country && country >= 0 && lexicon.countries[Int(country)].name.isEmpty {
        lexicon.countries[Int(country)].name = name
      }
      add(table, row, 2, .place, lexicon.places.count, form: weak ? .weak : [])
      lexicon.placeNames.append(place)
      lexicon.places.append(
        PlaceEntry(
          level: level, kind: Self.kind(kind), country: country,
          admin1: province.isEmpty ? -1 : number(admin1: province, table.range(row, 5), table.bytes),
          prominence: Self.prominence(population), isWeak: weak))
    }
  }

  /// A later row of the same id replaces what it has a value for.
  private mutating func override(
    _ table: LexiconTable, _ row: Int, _ index: Int, _ levels: [String: Place.Level]
  ) {
    if !table.isEmpty(row, 1) { lexicon.placeNames[index].name = table.cell(row, 1) }
    if let level = levels[table.cell(row, 3)] {
      lexicon.places[index].level = level
      lexicon.placeNames[index].level = level
    }
    if let latitude = table.number(row, 7), let longitude = table.number(row, 8) {
      lexicon.placeNames[index].latitude = latitude
      lexicon.placeNames[index].longitude = longitude
    }
    if let population = table.number(row, 9) { lexicon.places[index].prominence = Self.prominence(population) }
  }

  /// The number of the province whose name and country stand in these ranges of `bytes`.
  private mutating func number(admin1: Range<Int>, _ country: Range<Int>, _ bytes: [UInt8]) -> Int16 {
    let key = StableHash.mix(StableHash.hash(bytes, in: country), StableHash.hash(bytes, in: admin1))
    return Int16(admin1OfName.value(key, orInsert: Int32(admin1OfName.count)))
  }

  /// Ten times log2 of `population`.
  private static func prominence(_ population: Double) -> UInt8 {
    guard population >= 1 else { return 0 }
    let exponent = population.exponent
    return UInt8(min(255, Double(exponent) * 10 + (population.significand - 1) * 10))
  }

  private static func kind(_ kind: String) -> PlaceEntry.Kind {
    switch kind {
    case "country": .country
    case "capital": .capital
    case "district": .district
    case "camp": .camp
    case "front": .front
    default: .other
    }
  }

  private mutating func readActors(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    for row in 0..<table.count {
      switch self.row(table, row, .actor, next: lexicon.actors.count, &errors) {
      case .removal: continue
      case .extends(let index):
        add(table, row, 2, .actor, Int(index), form: has(table, row, 9, flag: "weak") ? .weak : [])
        continue
      case .new: break
      }
      let code = table.cell(row, 3)
      let sector = table.cell(row, 4)
      let weak = has(table, row, 9, flag: "weak")
      add(table, row, 2, .actor, lexicon.actors.count, form: weak ? .weak : [])
      lexicon.actors.append(
        ActorEntry(
          actor: Actor(
            name: table.cell(row, 1), ref: table.cell(row, 0), code: code.isEmpty ? nil : code,
            sector: sector.isEmpty ? nil : sector), kind: table.cell(row, 5), country: country(code: code),
          isWeak: weak))
    }
  }

  private mutating func readPeople(_ table: LexiconTable) {
    var unused: [LexiconError] = []
    for row in 0..<table.count {
      switch self.row(table, row, .person, next: lexicon.people.count, &unused) {
      case .removal: continue
      case .extends(let index):
        add(table, row, 2, .person, Int(index))
        continue
      case .new: break
      }
      let code = table.cell(row, 3)
      let sector = table.cell(row, 4)
      add(table, row, 2, .person, lexicon.people.count)
      lexicon.people.append(
        ActorEntry(
          actor: Actor(
            name: table.cell(row, 1), ref: table.cell(row, 0), code: code.isEmpty ? nil : code,
            sector: sector.isEmpty ? nil : sector), kind: "", country: country(code: code), isWeak: false))
    }
  }

  private mutating func readGenerics(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    for row in 0..<table.count {
      guard let kind = GenericNoun.Kind(rawValue: table.cell(row, 4)) else {
        errors.append(table.error(row, 4, "unknown kind “\(table.cell(row, 4))”; expected person, group or thing"))
        continue
      }
      var index = lexicon.generics.count
      switch self.row(table, row, .generic, next: index, &errors) {
      case .removal: continue
      case .extends(let earlier): index = Int(earlier)
      case .new:
        let sector = table.cell(row, 2)
        let code = table.cell(row, 3)
        let name = table.cell(row, 0)
        lexicon.generics.append(
          GenericNoun(
            actor: Actor(name: name, code: code.isEmpty ? nil : code, sector: sector.isEmpty ? nil : sector),
            kind: kind, isUnit: has(table, row, 5, flag: "unit"), isForce: has(table, row, 5, flag: "force")))
      }
      for range in table.values(row, 1) {
        words.read(table.bytes, range)
        let closed = Self.isClosed(words)
        let form: PhraseTrie.Form = closed ? .closed : []
        appendPhrase(
          PhraseTrie.Payload(
            kind: .generic, form: form.union(Self.ending(table.bytes, range)), index: Int32(index)))
        addPossessed(index, closed: closed)
      }
    }
  }

  /// Endings that bar a direct complement: ان ون ين, and the accusative alef.
  private static func isClosed(_ words: PhraseWords) -> Bool {
    guard words.ranges.count == 1, words.folded.count >= 8 else { return false }
    let end = words.folded.suffix(4)
    return closing.contains { end.elementsEqual($0) } || words.folded.suffix(2).elementsEqual(Folding.fold(word: "ا"))
  }

  private static let closing = ["ان", "ون", "ين"].map { Folding.fold(word: $0) }
  private static let possessives = ["ه", "ها", "هم", "هما", "نا", "كم"].map { Folding.fold(word: $0) }
  private static let ta = Folding.fold(word: "ت")
  private static let ha = Folding.fold(word: "ه")

  /// The one-word noun in `words` with each possessive suffix: `قوات` gives `قواته`, `ميليشيا` (ending in ta marbuta) `…ته`.
  private mutating func addPossessed(_ index: Int, closed: Bool) {
    guard words.ranges.count == 1, !closed, words.folded.count >= 6 else { return }
    var stem = words.folded
    if stem.suffix(2).elementsEqual(Self.ha) { stem.replaceSubrange(stem.count - 2..<stem.count, with: Self.ta) }
    for suffix in Self.possessives {
      append(
        [StableHash.hash(stem + suffix)],
        PhraseTrie.Payload(kind: .generic, form: [.possessed, .closed], index: Int32(index)))
    }
  }

  private mutating func readOffices(_ table: LexiconTable) {
    for row in 0..<table.count {
      add(table, row, 0, .office, lexicon.offices.count)
      let sector = table.cell(row, 1)
      lexicon.offices.append(
        Office(
          sector: sector.isEmpty ? nil : sector, takesComplement: has(table, row, 2, flag: "takes-complement"),
          isTitle: has(table, row, 2, flag: "title")))
    }
  }

  private mutating func readGivenNames(_ table: LexiconTable) {
    for row in 0..<table.count {
      add(table, row, 0, .givenName, 0, form: has(table, row, 1, flag: "weak") ? .weak : [])
    }
  }

  private mutating func readWeapons(_ table: LexiconTable) {
    for row in 0..<table.count {
      add(table, row, 2, .weapon, lexicon.weapons.count)
      let mode = table.cell(row, 4)
      lexicon.weapons.append(
        WeaponEntry(
          weapon: Weapon(name: table.cell(row, 1), ref: table.cell(row, 0), category: table.cell(row, 3)),
          mode: mode.isEmpty ? nil : mode))
    }
  }

  private mutating func readSources(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    for row in 0..<table.count {
      guard let kind = SourceKind(rawValue: table.cell(row, 1)) else {
        let kinds = SourceKind.allCases.map(\.rawValue).joined(separator: ", ")
        errors.append(table.error(row, 1, "unknown kind “\(table.cell(row, 1))”; expected \(kinds)"))
        continue
      }
      add(table, row, 0, .source, lexicon.sources.count)
      lexicon.sources.append(kind)
    }
  }

  private mutating func readClassNouns(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    for row in 0..<table.count {
      var levels: UInt8 = 0
      var first: UInt8 = 0
      for level in table.list(row, 1) {
        guard let level = Place.Level(rawValue: level) else {
          errors.append(table.error(row, 1, "unknown level “\(level)”; expected those of the place files"))
          continue
        }
        levels |= PlaceEntry.bit(level)
        if first == 0 { first = PlaceEntry.bit(level) }
      }
      add(table, row, 0, .classNoun, lexicon.classNouns.count)
      lexicon.classNouns.append(
        ClassNoun(levels: levels, firstLevel: first, isOfficial: has(table, row, 2, flag: "official")))
    }
  }

  private mutating func readQualifiers(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    for row in 0..<table.count {
      guard let role = Qualifier(rawValue: table.cell(row, 1)) else {
        let roles = Qualifier.allCases.map(\.rawValue).joined(separator: ", ")
        errors.append(table.error(row, 1, "unknown role “\(table.cell(row, 1))”; expected \(roles)"))
        continue
      }
      add(table, row, 0, .qualifier, lexicon.qualifiers.count)
      lexicon.qualifiers.append(role)
    }
  }

  private mutating func readPlaceWords(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    for row in 0..<table.count {
      guard let role = PlaceContext(rawValue: table.cell(row, 1)) else {
        let roles = PlaceContext.allCases.map(\.rawValue).joined(separator: ", ")
        errors.append(table.error(row, 1, "unknown role “\(table.cell(row, 1))”; expected \(roles)"))
        continue
      }
      add(table, row, 0, .context, lexicon.placeContexts.count)
      lexicon.placeContexts.append(role)
    }
  }

  private mutating func readPlaceStops(_ table: LexiconTable, _ errors: inout [LexiconError]) {
    for row in 0..<table.count {
      guard let stop = PlaceStop(rawValue: table.cell(row, 2)) else {
        let stops = PlaceStop.allCases.map(\.rawValue).joined(separator: ", ")
        errors.append(table.error(row, 2, "“\(table.cell(row, 2))” is unknown; expected \(stops)"))
        continue
      }
      // A tanween tells the adverb from the name (`دوماً`) by itself, whatever is listed.
      if table.bytes[table.range(row, 0)].contains(where: { $0 == 0x8B }) { continue }
      add(table, row, 0, .stop, lexicon.placeStops.count)
      lexicon.placeStops.append(stop)
    }
  }
}
