import Arabic
import Lexicon
import Model

/// Finds persons: office, complement and name as one phrase (`وزير الخارجية الروسي سيرغي لافروف`), title and name, known
/// persons, and names by their shape. The phrase is taken whole and ends at a comma, a verb or a relative clause.
struct PeopleFinder {
  private let scratch: ScratchText
  private let names: NameReader

  init(_ scratch: ScratchText) {
    self.scratch = scratch
    names = NameReader(scratch: scratch)
  }

  private var trie: PhraseTrie { scratch.trie }

  /// The persons of the report, in the order of the text, none overlapping another.
  func find() -> [Mention] {
    var mentions: [Mention] = []
    let heads = PhraseTrie.Kind.office.bit | PhraseTrie.Kind.person.bit | PhraseTrie.Kind.givenName.bit
    var at = 0
    while at < scratch.count {
      guard scratch.matches.has(at, heads),
        let phrase = officePhrase(at: at) ?? namePhrase(at: at)
      else {
        at += 1
        continue
      }
      mentions.append(mention(phrase))
      at = phrase.end
    }
    return mentions
  }

  /// A person's noun phrase in the making.
  private struct Phrase {
    var start: Int
    var end: Int
    var skipped: Int
    var clitics: Clitics
    /// Index of the known person, -1 for none.
    var entry: Int32 = -1
    var code: String?
    var sector: String?
    var rule: StaticString
  }

  // MARK: Office, complement, name

  private func officePhrase(at start: Int) -> Phrase? {
    guard
      let match = scratch.matches.longest(start, PhraseTrie.Kind.office.bit, trie, where: { $0.clitics != .ka }),
      let meaning = trie.meaning(match.node, .office)
    else { return nil }
    let office = scratch.lexicon.offices[Int(meaning.index)]
    var phrase = Phrase(
      start: start, end: Int(match.end), skipped: Int(match.skipped), clitics: match.clitics.subtracting(.al),
      sector: office.sector, rule: "person: office and name")
    // `رئيس الوزراء` is as definite as `الرئيس`.
    let isDefinite =
      scratch.hasArticle(start) || match.clitics.contains(.al)
      || match.end - match.start > 1 && scratch.hasArticle(Int(match.end) - 1)
    let headEnd = phrase.end
    var complementEnd = headEnd
    if office.takesComplement { complementEnd = complement(&phrase, isDefinite: isDefinite) }
    // What may still come before the name: another title, or a prepositional complement.
    var nameStart = titles(from: phrase.end, &phrase)
    let isPlainTitle = nameStart == headEnd && headEnd == start + 1 && isDefinite && office.isTitle
    if let name = names.read(
      at: nameStart, titled: nameStart > headEnd || office.isTitle,
      allowsUnknown: isPlainTitle || nameStart > phrase.end),
      isSameSentence(start, nameStart), office.isTitle || nameStart > headEnd
    {
      phrase.end = name.end
      phrase.entry = name.entry
      appositive(&phrase)
      return phrase
    }
    // `زعيم القاعدة في المدينة عطية الشاعري`: place or circumstance, only when a name closes it.
    if complementEnd > headEnd || isDefinite, let inner = prepositional(from: complementEnd) {
      nameStart = titles(from: inner, &phrase)
      if isName(nameStart), let name = names.read(at: nameStart, titled: true), name.end > nameStart {
        phrase.end = name.end
        phrase.entry = name.entry
        appositive(&phrase)
        return phrase
      }
    }
    // Without a name: the holder of a named office.
    guard office.takesComplement, complementEnd > headEnd || office.sector == "GOV" && isDefinite else { return nil }
    guard phrase.sector != nil || phrase.code != nil || !isDefinite else { return nil }
    // `مساعدة القوات` is help, `أمام المحكمة` before it: words of other trades need a name to be an office.
    if match.end == match.start + 1, let record = scratch.lexicon.triggers.word(scratch.text.tokens[start].hash),
      record.form >= 0 || record.particles != 0
    {
      return nil
    }
    phrase.end = complementEnd
    phrase.rule = "person: office"
    return phrase
  }

  /// Takes in what says which office: `الخارجية الروسي`, `باسم الجيش الإسرائيلي`, `للأمم المتحدة`; returns its end.
  private func complement(_ phrase: inout Phrase, isDefinite: Bool) -> Int {
    var at = phrase.end
    var isFirst = true
    if isPreposition(at - 1, PeopleFinder.binding), isSameSentence(phrase.start, at) {
      // The head ends in `باسم`.
      guard let next = bound(at, &phrase) ?? noun(at) else { return phrase.end }
      at = next
      isFirst = false
      phrase.end = at
    }
    for _ in 0..<6 {
      guard at < scratch.count, isSameSentence(phrase.start, at) else { break }
      let allowed: Clitics = [.al, .li, .bi]
      if let demonym = scratch.matches.longest(
        at, PhraseTrie.Kind.demonym.bit, trie, where: { $0.clitics.isSubset(of: .al) }),
        let meaning = trie.meaning(demonym.node, .demonym)
      {
        phrase.code = phrase.code ?? scratch.lexicon.demonyms[Int(meaning.index)].code
        at = Int(demonym.end)
      } else if let actor = scratch.matches.longest(
        at, PhraseTrie.Kind.actor.bit, trie, where: { $0.clitics.isSubset(of: allowed) && !isBareName($0) }),
        let meaning = trie.meaning(actor.node, .actor), !isName(at) || actor.end - actor.start > 1
      {
        let entry = scratch.lexicon.actors[Int(meaning.index)]
        phrase.code = phrase.code ?? entry.actor.code
        phrase.sector = phrase.sector ?? entry.actor.sector
        at = Int(actor.end)
      } else if isFirst || isJoined(at),
        let place = scratch.matches.longest(
          at, PhraseTrie.Kind.place.bit, trie, where: { $0.clitics.isEmpty || $0.clitics == .li }),
        let meaning = trie.meaning(place.node, .place), !isName(at)
      {
        let country = scratch.lexicon.places[Int(meaning.index)].country
        if country >= 0, phrase.code == nil, !scratch.lexicon.countries[Int(country)].code.isEmpty {
          phrase.code = scratch.lexicon.countries[Int(country)].code
        }
        at = Int(place.end)
      } else if let qualifier = scratch.matches.longest(
        at, PhraseTrie.Kind.qualifier.bit, trie, where: { $0.clitics.isSubset(of: .al) }),
        let meaning = trie.meaning(qualifier.node, .qualifier),
        scratch.lexicon.qualifiers[Int(meaning.index)] == .plain, !isName(at),
        isFirst && !isDefinite || scratch.hasArticle(at)
      {
        at = Int(qualifier.end)
      } else if isPreposition(at, PeopleFinder.binding), at + 1 < scratch.count, isSameSentence(at, at + 1),
        let next = bound(at + 1, &phrase)
      {
        at = next
      } else if isFirst, !isDefinite, scratch.hasArticle(at), scratch.letters(at) >= 4, !isName(at),
        !scratch.matches.at(at).contains(where: { trie.has($0.node, PhraseTrie.Kind.office.bit) })
      {
        // `مدير المرصد`: the genitive of an indefinite head.
        at += 1
      } else if scratch.text.tokens[at].hash == PeopleFinder.forAffairs, scratch.hasArticle(at + 1) {
        // `للشؤون الخارجية`
        at += 2
      } else {
        break
      }
      isFirst = false
      phrase.end = at
    }
    return phrase.end
  }

  /// What stands after `باسم`, `لدى`: a named actor or place, or one definite noun.
  private func bound(_ at: Int, _ phrase: inout Phrase) -> Int? {
    if let actor = scratch.matches.longest(
      at, PhraseTrie.Kind.actor.bit, trie, where: { $0.clitics.isSubset(of: .al) }),
      let meaning = trie.meaning(actor.node, .actor)
    {
      let entry = scratch.lexicon.actors[Int(meaning.index)]
      phrase.code = phrase.code ?? entry.actor.code
      phrase.sector = phrase.sector ?? entry.actor.sector
      return Int(actor.end)
    }
    if let place = scratch.matches.longest(at, PhraseTrie.Kind.place.bit, trie, where: { $0.clitics.isEmpty }) {
      return Int(place.end)
    }
    return scratch.hasArticle(at) && !isName(at) ? at + 1 : nil
  }

  /// A noun that is no name, for heads that cannot stand alone.
  private func noun(_ at: Int) -> Int? {
    scratch.text.tokens[at].kind == .arabic && !isName(at) && scratch.letters(at) > 2 ? at + 1 : nil
  }

  /// `في المدينة`, `في الضفة الغربية`: the end of a prepositional complement.
  private func prepositional(from start: Int) -> Int? {
    guard start + 1 < scratch.count, isSameSentence(start, start + 1), isPreposition(start, PeopleFinder.locating)
    else {
      return nil
    }
    var unused = Phrase(start: start, end: start, skipped: 0, clitics: [], rule: "")
    return bound(start + 1, &unused)
  }

  /// Further titles before the name: `العقيد الركن`, `الملك`.
  private func titles(from start: Int, _ phrase: inout Phrase) -> Int {
    var at = start
    while at < scratch.count, isSameSentence(phrase.start, at),
      let match = scratch.matches.longest(
        at, PhraseTrie.Kind.office.bit, trie, where: { $0.clitics.isSubset(of: .al) }),
      let meaning = trie.meaning(match.node, .office), scratch.lexicon.offices[Int(meaning.index)].isTitle,
      Int(match.end) < scratch.count, isName(Int(match.end)) || at > start || scratch.hasArticle(at)
    {
      phrase.sector = phrase.sector ?? scratch.lexicon.offices[Int(meaning.index)].sector
      at = Int(match.end)
      if at < scratch.count, PeopleFinder.staff.contains(scratch.text.tokens[at].hash) { at += 1 }
      while at < scratch.count,
        let demonym = scratch.matches.longest(
          at, PhraseTrie.Kind.demonym.bit, trie, where: { $0.clitics == .al }), demonym.end > at
      {
        at = Int(demonym.end)
      }
    }
    return at
  }

  /// `القائد علوش قائد جيش الإسلام`: an office that follows the name without a comma.
  private func appositive(_ phrase: inout Phrase) {
    let at = phrase.end
    guard at < scratch.count, isSameSentence(phrase.start, at),
      let match = scratch.matches.longest(at, PhraseTrie.Kind.office.bit, trie, where: { $0.clitics.isEmpty }),
      let meaning = trie.meaning(match.node, .office), scratch.lexicon.offices[Int(meaning.index)].takesComplement
    else { return }
    var inner = Phrase(start: at, end: Int(match.end), skipped: 0, clitics: [], rule: "")
    let end = complement(&inner, isDefinite: scratch.hasArticle(at))
    guard end > Int(match.end) else { return }
    phrase.end = end
    phrase.code = phrase.code ?? inner.code
    phrase.sector = phrase.sector ?? scratch.lexicon.offices[Int(meaning.index)].sector ?? inner.sector
  }

  // MARK: Names

  private func namePhrase(at start: Int) -> Phrase? {
    if let match = scratch.matches.longest(
      start, PhraseTrie.Kind.person.bit, trie, where: { !$0.clitics.contains(.al) && !isPartOfPlace($0) }),
      let meaning = trie.meaning(match.node, .person)
    {
      var phrase = Phrase(
        start: start, end: Int(match.end), skipped: Int(match.skipped), clitics: match.clitics, entry: meaning.index,
        rule: "person: known")
      if match.clitics.isEmpty, let name = names.read(at: start, titled: true), name.end > phrase.end {
        phrase.end = name.end
      }
      appositive(&phrase)
      return phrase
    }
    guard
      let match = scratch.matches.longest(
        start, PhraseTrie.Kind.givenName.bit, trie, where: { $0.clitics.isEmpty }), !isClassified(start),
      let name = names.read(at: start, titled: false)
    else { return nil }
    // A longer or equal name of a place or an actor is none of a person.
    let others = PhraseTrie.Kind.place.bit | PhraseTrie.Kind.actor.bit
    if let other = scratch.matches.longest(start, others, trie), Int(other.end) >= name.end { return nil }
    var phrase = Phrase(
      start: start, end: name.end, skipped: Int(match.skipped), clitics: match.clitics, entry: name.entry,
      rule: "person: given name and family name")
    appositive(&phrase)
    return phrase
  }

  /// Whether a class noun before the token makes it a place or an institution: `مدينة`, `شارع`, `مستشفى`.
  private func isClassified(_ at: Int) -> Bool {
    scratch.matchEnding(at: at, PhraseTrie.Kind.classNoun.bit) != nil
  }

  /// Whether the name is the beginning of a longer place or actor: `الأسد` of `بحيرة الأسد`, `خالد بن الوليد`.
  private func isPartOfPlace(_ match: PhraseMatch) -> Bool {
    let mask = PhraseTrie.Kind.place.bit | PhraseTrie.Kind.actor.bit
    return scratch.matches.longest(Int(match.start), mask, trie) { $0.end > match.end } != nil
      || match.end == match.start + 1 && isClassified(Int(match.start))
  }

  private func isName(_ at: Int) -> Bool {
    at < scratch.count
      && scratch.matches.longest(
        at, PhraseTrie.Kind.givenName.bit | PhraseTrie.Kind.person.bit, trie, where: { $0.clitics.isEmpty }) != nil
  }

  private func isBareName(_ match: PhraseMatch) -> Bool {
    trie.has(match.node, PhraseTrie.Kind.person.bit | PhraseTrie.Kind.givenName.bit)
  }

  // MARK: Tokens

  private func isSameSentence(_ a: Int, _ b: Int) -> Bool {
    b < scratch.count && scratch.sentenceOfToken[a] == scratch.sentenceOfToken[b]
  }

  /// Whether the place at `at` follows the phrase directly, as the second part of a genitive.
  private func isJoined(_ at: Int) -> Bool { !scratch.hasArticle(at) && scratch.text.tokens[at].kind == .arabic }

  private func isPreposition(_ at: Int, _ set: Set<UInt64>) -> Bool { set.contains(scratch.text.tokens[at].hash) }

  private static let forAffairs = StableHash.hash(Folding.fold(word: "للشؤون"))
  private static let staff: Set<UInt64> = Set(["ركن", "الركن", "اول"].map { StableHash.hash(Array($0.utf8)) })
  private static let binding: Set<UInt64> = Set(["باسم", "لدي", "بلسان"].map { StableHash.hash(Array($0.utf8)) })
  private static let locating: Set<UInt64> = Set(["في", "لدي", "باسم"].map { StableHash.hash(Array($0.utf8)) })

  private func mention(_ phrase: Phrase) -> Mention {
    var actor = Actor(name: nil, ref: nil, code: phrase.code, sector: phrase.sector)
    if phrase.entry >= 0 {
      let known = scratch.lexicon.people[Int(phrase.entry)].actor
      actor = Actor(
        name: known.name, ref: known.ref, code: known.code ?? phrase.code, sector: known.sector ?? phrase.sector)
    }
    return Mention(
      span: scratch.span(phrase.start, phrase.end, skipped: phrase.skipped),
      tokens: Int32(phrase.start)..<Int32(phrase.end), prefix: phrase.clitics, entity: .person(actor),
      entry: phrase.entry, rule: phrase.rule)
  }
}
