import Arabic
import Lexicon
import Model

/// Finds actors, quoted sources and weapons as whole noun phrases.
///
/// A phrase is a head (a name of the lexicon, a common noun, a plural demonym, an office) with what follows it: adjectives
/// that agree (`الميليشيات المتمردة`), an owner (`مسلحي ريف حمص`), a participle with its complement (`القوات الموالية للحكومة`),
/// `من` or `في` with a party (`وحدات من الجيش`). It ends before relative clauses, commas and conjunctions.
struct NounPhraseFinder {
  let scratch: ScratchText
  /// For each token the index in `known` of the mention that covers it (persons, places, governments), or -1.
  private let knownOfToken: [Int32]
  private let known: [Mention]
  private(set) var mentions: [Mention] = []
  private(set) var candidates: [Mention] = []
  /// Tokens without a match, where a misspelt name may begin.
  private var nearFirst: [Int32] = []

  /// Phrases within phrases are followed this far.
  private static let depthMax = 3

  /// What a head is.
  enum Head { case actor, generic, thing, source, document, weapon, demonym, adjective, office, person, known }

  /// A phrase as far as it has been read.
  struct Phrase {
    var start: Int
    var end: Int
    var skipped: Int
    var clitics: Clitics
    var head: Head
    /// Index of the lexicon entry of the head, -1 for known mentions.
    var entry: Int32
    var actor: Actor
    /// Adjectives that follow must have the article.
    var isDefinite: Bool
    /// No owner can follow directly.
    var isClosed: Bool
    var isForce: Bool
    var rule: StaticString
  }

  /// - Parameter known: persons, places and governments, which were found before.
  init(_ scratch: ScratchText, known: [Mention]) {
    self.scratch = scratch
    self.known = known
    var covering = [Int32](repeating: -1, count: scratch.count)
    for (index, mention) in known.enumerated() {
      for token in mention.tokens { covering[Int(token)] = Int32(index) }
    }
    knownOfToken = covering
  }

  private var trie: PhraseTrie { scratch.trie }
  private static let heads: UInt16 =
    PhraseTrie.Kind.actor.bit | PhraseTrie.Kind.generic.bit | PhraseTrie.Kind.source.bit | PhraseTrie.Kind.weapon.bit
    | PhraseTrie.Kind.demonym.bit | PhraseTrie.Kind.office.bit | PhraseTrie.Kind.person.bit

  /// Reads the whole report.
  mutating func find() {
    var at = 0
    while at < scratch.count {
      let hasMatch = scratch.matches.starts[at] < scratch.matches.starts[at + 1]
      guard hasMatch, let phrase = phrase(at, depth: 0) else {
        if !hasMatch || scratch.conjunctionLetters(at) == 1 { nearFirst.append(Int32(at)) }
        at += 1
        continue
      }
      emit(phrase)
      at = max(phrase.end, at + 1)
    }
    findMisspelt()
  }

  /// Names of two words and more whose first word is one letter off (`فيق الرحمن`), where the report names the same actor rightly.
  private mutating func findMisspelt() {
    var named = Set<Int32>()
    var seconds = Set<Int32>()
    for mention in mentions where mention.entry >= 0 && mention.tokens.count > 1 {
      if case .actor(let actor) = mention.entity, actor.ref != nil {
        named.insert(mention.entry)
        seconds.insert(scratch.matches.words[Int(mention.tokens.lowerBound) + 1])
      }
    }
    guard !named.isEmpty else { return }
    for first in nearFirst {
      let at = Int(first)
      guard at + 1 < scratch.count, seconds.contains(scratch.matches.words[at + 1]), scratch.matches.words[at + 1] >= 0,
        scratch.after(at + 1) == at + 1
      else { continue }
      for dropped in 0...scratch.conjunctionLetters(at) where scratch.letters(at) - dropped >= NearWords.lettersMin - 1 {
        for word in scratch.nearWords(at, dropping: dropped, evenIfKnown: true) {
          let root = trie.root(word)
          guard root >= 0, trie.continues(root) else { continue }
          let node = trie.child(of: root, word: scratch.matches.words[at + 1])
          guard node >= 0, let meaning = trie.meaning(node, .actor), named.contains(meaning.index) else { continue }
          mentions.append(
            Mention(
              span: scratch.span(at, at + 2, skipped: 2 * dropped), tokens: first..<first + 2,
              prefix: dropped == 0 ? [] : .wa, entity: .actor(scratch.lexicon.actors[Int(meaning.index)].actor),
              entry: meaning.index, rule: "actor: one letter off"))
          return findMisspelt(after: first)
        }
      }
    }
  }

  /// Continues behind a name that was found.
  private mutating func findMisspelt(after first: Int32) {
    nearFirst.removeAll { $0 <= first + 1 }
    findMisspelt()
  }

  private mutating func emit(_ phrase: Phrase) {
    let entity: Entity
    switch phrase.head {
    case .known: return
    case .actor, .generic, .demonym, .thing, .adjective: entity = .actor(phrase.actor)
    case .office, .person: entity = .person(phrase.actor)
    case .source, .document: entity = .source(phrase.actor)
    case .weapon: entity = .weapon(scratch.lexicon.weapons[Int(phrase.entry)].weapon)
    }
    let mention = Mention(
      span: scratch.span(phrase.start, phrase.end, skipped: phrase.skipped),
      tokens: Int32(phrase.start)..<Int32(phrase.end), prefix: phrase.clitics, entity: entity, entry: phrase.entry,
      rule: phrase.rule)
    if phrase.head == .thing || phrase.head == .adjective || phrase.head == .document {
      candidates.append(mention)
    } else {
      mentions.append(mention)
    }
  }

  // MARK: Phrases

  /// The phrase that begins with token `at`, or nil.
  private func phrase(_ at: Int, depth: Int) -> Phrase? {
    guard depth <= Self.depthMax else { return nil }
    if knownOfToken[at] >= 0 {
      let mention = known[Int(knownOfToken[at])]
      // A longer name of the lexicon that begins here (`القاهرة الجديدة للغاز`) still wins.
      if Int(mention.tokens.lowerBound) == at {
        if let longer = scratch.matches.longest(at, PhraseTrie.Kind.actor.bit, trie), longer.end > mention.tokens.upperBound
        {
          return extended(named(longer), depth)
        }
        return Phrase(
          start: at, end: Int(mention.tokens.upperBound), skipped: 0, clitics: mention.prefix, head: .known, entry: -1,
          actor: Self.actor(of: mention), isDefinite: true, isClosed: true, isForce: false, rule: mention.rule)
      }
      return nil
    }
    guard let phrase = head(at), !isOther(phrase) else { return nil }
    if phrase.head == .weapon { return phrase }
    return extended(phrase, depth)
  }

  private static func actor(of mention: Mention) -> Actor {
    switch mention.entity {
    case .actor(let actor), .person(let actor), .source(let actor): actor
    default: Actor(name: nil)
    }
  }

  /// The head at token `at`: the longest match, a name before a noun.
  private func head(_ at: Int) -> Phrase? {
    var best: (match: PhraseMatch, meaning: PhraseTrie.Payload, rank: Int)?
    for match in scratch.matches.at(at) where trie.has(match.node, Self.heads) {
      if covers(match) { continue }
      for meaning in trie.meanings(match.node) {
        guard let rank = rank(meaning, match) else { continue }
        if best == nil || match.end > best!.match.end || match.end == best!.match.end && rank > best!.rank {
          best = (match, meaning, rank)
        }
      }
    }
    guard let (match, meaning, _) = best else { return nil }
    let entry = Int(meaning.index)
    var phrase = Phrase(
      start: at, end: Int(match.end), skipped: Int(match.skipped), clitics: match.clitics, head: .actor,
      entry: meaning.index, actor: Actor(name: nil),
      isDefinite: match.clitics.contains(.al) || scratch.hasArticle(at) || meaning.form.contains(.possessed),
      isClosed: meaning.form.contains(.closed), isForce: false, rule: "actor: name")
    switch meaning.kind {
    case .actor: return named(match)
    case .generic:
      let noun = scratch.lexicon.generics[entry]
      phrase.actor = noun.actor
      phrase.head = noun.kind == .thing ? .thing : .generic
      phrase.isForce = noun.isForce
      phrase.isClosed =
        phrase.isClosed || phrase.isDefinite || scratch.text.tokens[Int(match.end) - 1].flags.contains(.tanween)
      phrase.rule = noun.kind == .thing ? "thing" : "actor: common noun"
    case .source:
      // Statements and reports speak only where an event says so; bodies and officials are actors.
      switch scratch.lexicon.sources[entry] {
      case .document: phrase.head = .document
      case .official where !isSourceWord(at): phrase.head = .generic
      default: phrase.head = .source
      }
      phrase.isClosed = phrase.isDefinite
      phrase.isForce = true
      phrase.rule = "source"
      if scratch.lexicon.sources[entry] == .media { phrase.actor.sector = "MED" }
    case .weapon:
      phrase.head = .weapon
      phrase.rule = "weapon"
    case .person:
      phrase.actor = scratch.lexicon.people[entry].actor
      phrase.head = .person
      phrase.isDefinite = true
      phrase.isClosed = true
      phrase.rule = "person: known name"
    case .office:
      let office = scratch.lexicon.offices[entry]
      phrase.head = .office
      phrase.actor.sector = office.sector
      phrase.isForce = office.takesComplement
      phrase.isClosed = !office.takesComplement
      phrase.rule = "person: office"
    default:
      let demonym = scratch.lexicon.demonyms[entry]
      phrase.actor = Actor(name: demonym.name, code: demonym.code, sector: isHumanPlural(at) ? "CVL" : nil)
      phrase.head = isHumanPlural(at) ? .demonym : .adjective
      phrase.isClosed = true
      phrase.rule = isHumanPlural(at) ? "actor: demonym" : "adjective of a party"
    }
    return phrase
  }

  /// The order in which meanings of equal length are preferred; nil when the meaning cannot head a phrase here.
  private func rank(_ meaning: PhraseTrie.Payload, _ match: PhraseMatch) -> Int? {
    switch meaning.kind {
    case .actor:
      if meaning.form.contains(.weak) && !isSupported(match) { return nil }
      // A name is not found without the article that the text has, but for `لل`.
      return match.clitics.contains(.al) && !match.clitics.contains(.li) ? nil : 6
    case .weapon: return 5
    case .generic:
      let flags = scratch.text.tokens[Int(match.end) - 1].flags
      if flags.contains(.taMarbuta) ? meaning.form.contains(.possessed) : meaning.form.contains(.taMarbuta) { return nil }
      return isAdjective(meaning, match) ? nil : 4
    case .source: return 3
    case .office: return 2
    case .person: return match.clitics.contains(.al) ? nil : 7
    case .demonym: return 1
    default: return nil
    }
  }

  /// Whether a word for a person is an adjective here (`عملية عسكرية`, `الحل السياسي`): a nisba or a feminine behind a noun.
  private func isAdjective(_ meaning: PhraseTrie.Payload, _ match: PhraseMatch) -> Bool {
    let noun = scratch.lexicon.generics[Int(meaning.index)]
    guard noun.kind != .thing, !noun.isForce || noun.kind == .person, match.end == match.start + 1 else { return false }
    let at = Int(match.start)
    let last = scratch.letter(at, -1)
    let isFeminine = meaning.form.contains(.taMarbuta)
    let isAccusative = last == Letter.alef && scratch.letter(at, -2) == Letter.ya
    guard isFeminine || last == Letter.ya || isAccusative else { return false }
    // `عسكرية` is no woman soldier.
    if isFeminine && scratch.letter(at, -2) == Letter.ya { return true }
    if match.hasParticle { return isFeminine && match.clitics.contains(.wa) }
    let previous = scratch.before(at)
    if previous < 0 || scratch.text.tokens[previous].kind == .number { return false }
    if scratch.isKnownVerb(previous) || scratch.isParticle(previous) { return false }
    if scratch.isNumber(previous) { return false }
    if isAccusative { return true }
    return match.clitics.contains(.al) == scratch.hasArticle(previous)
  }

  /// Whether the one-word head is listed as something else.
  private func isOther(_ phrase: Phrase) -> Bool {
    guard phrase.head == .generic || phrase.head == .source || phrase.head == .office, phrase.end == phrase.start + 1 else {
      return false
    }
    return scratch.isOther(phrase.start)
  }

  /// A name that is also a common word counts in quotes, behind a noun for groups, or behind a verb.
  private func isSupported(_ match: PhraseMatch) -> Bool {
    let start = Int(match.start)
    if start > 0, scratch.isQuote(start - 1) { return true }
    if match.end - match.start > 1 { return true }
    guard !match.hasParticle, let noun = scratch.matchEnding(at: start, PhraseTrie.Kind.generic.bit),
      let meaning = trie.meaning(noun.node, .generic)
    else { return false }
    return scratch.lexicon.generics[Int(meaning.index)].isForce
  }

  /// Whether a token of the match within it belongs to a known mention that the match does not contain.
  private func covers(_ match: PhraseMatch) -> Bool {
    for token in match.start..<match.end where knownOfToken[Int(token)] >= 0 {
      let mention = known[Int(knownOfToken[Int(token)])]
      if mention.tokens.lowerBound < match.start || mention.tokens.upperBound > match.end { return true }
      if case .person = mention.entity { return true }
    }
    return false
  }

  private func named(_ match: PhraseMatch) -> Phrase {
    let meaning = trie.meaning(match.node, .actor)!
    let entry = scratch.lexicon.actors[Int(meaning.index)]
    // `التحالف الذي تقوده السعودية`: the span ends before the relative clause.
    var end = Int(match.end)
    for inner in Int(match.start) + 1..<max(end, Int(match.start) + 1)
    where Self.relatives.contains(scratch.text.tokens[inner].hash) {
      end = inner
      break
    }
    return Phrase(
      start: Int(match.start), end: end, skipped: Int(match.skipped), clitics: match.clitics, head: .actor,
      entry: meaning.index, actor: entry.actor, isDefinite: true, isClosed: true, isForce: false, rule: "actor: name")
  }

  /// `فلسطينيين`, `الحوثيون`, `أتراك`: the plural of persons, which stands as a noun.
  private func isHumanPlural(_ index: Int) -> Bool {
    let last = scratch.letter(index, -1)
    let previous = scratch.letter(index, -2)
    if last == Letter.noon && scratch.letters(index) > 4 {
      return previous == Letter.waw || previous == Letter.ya || previous == Letter.alef
    }
    // Broken plurals: neither nisba nor feminine.
    return last != Letter.ya && last != Letter.ha && last != Letter.alef && last != Letter.ta
  }

  // MARK: What follows a head

  private func extended(_ phrase: Phrase, _ depth: Int) -> Phrase {
    var phrase = phrase
    if phrase.head == .adjective || phrase.head == .person { return phrase }
    if !phrase.isClosed && phrase.head != .thing { addOwner(&phrase, depth) }
    addAdjectives(&phrase, depth)
    if phrase.head == .office { addHolder(&phrase, depth) }
    if depth < Self.depthMax && phrase.head != .thing { addPartitive(&phrase, depth) }
    return phrase
  }

  /// `عناصر الشرطة`, `قوات الرئيس بشار الأسد`, `سكان مدينة درنة`, `موظفو قطاع التعليم`.
  private func addOwner(_ phrase: inout Phrase, _ depth: Int) {
    let next = scratch.after(phrase.end)
    guard next >= 0, next - phrase.end <= 1 else { return }
    if let inner = self.phrase(next, depth: depth + 1), !hasParticle(inner), inner.head != .weapon,
      inner.head != .adjective
    {
      guard inner.isDefinite || inner.head == .generic || inner.head == .demonym else { return }
      absorb(inner, &phrase)
      return
    }
    // A class noun before the name of a place.
    if let noun = scratch.matches.longest(next, PhraseTrie.Kind.classNoun.bit, trie), !noun.hasParticle {
      let behind = scratch.after(Int(noun.end))
      if behind >= 0, knownOfToken[behind] >= 0, let inner = self.phrase(behind, depth: depth + 1), inner.head == .known,
        !hasParticle(inner)
      {
        absorb(inner, &phrase)
        return
      }
    }
    guard phrase.isForce, scratch.hasArticle(next), !isNever(next), knownOfToken[next] < 0,
      scratch.matches.longest(next, Self.heads, trie, where: { !$0.hasParticle }) == nil
    else { return }
    // An owner that no lexicon knows: `قوات الردع`.
    phrase.end = next + 1
    phrase.isDefinite = true
  }

  /// The name behind an office: `وزير الخارجية الروسي سيرغي لافروف`.
  private func addHolder(_ phrase: inout Phrase, _ depth: Int) {
    let next = scratch.after(phrase.end)
    guard next == phrase.end, let inner = self.phrase(next, depth: depth + 1), !hasParticle(inner) else { return }
    guard inner.head == .person || inner.head == .known && isPerson(next) else { return }
    phrase.end = inner.end
    phrase.actor.name = inner.actor.name
    phrase.actor.ref = inner.actor.ref
    phrase.actor.code = inner.actor.code ?? phrase.actor.code
    phrase.actor.sector = inner.actor.sector ?? phrase.actor.sector
  }

  private func isPerson(_ token: Int) -> Bool {
    guard knownOfToken[token] >= 0, case .person = known[Int(knownOfToken[token])].entity else { return false }
    return true
  }

  private func absorb(_ inner: Phrase, _ phrase: inout Phrase) {
    phrase.end = inner.end
    phrase.isDefinite = inner.isDefinite
    if phrase.actor.code == nil { phrase.actor.code = inner.actor.code }
    if phrase.actor.sector == nil { phrase.actor.sector = inner.actor.sector }
  }

  private func hasParticle(_ phrase: Phrase) -> Bool { !phrase.clitics.isSubset(of: .al) }

  private func addAdjectives(_ phrase: inout Phrase, _ depth: Int) {
    let headFeminine = isFeminine(phrase.start)
    let headPlural = isSoundPlural(phrase.start)
    for _ in 0..<4 {
      let next = scratch.after(phrase.end)
      guard next == phrase.end, scratch.text.tokens[next].kind == .arabic, knownOfToken[next] < 0 else { return }
      let hasArticle = scratch.hasArticle(next)
      if isNever(next) { return }
      // Demonyms and listed adjectives, with the article when the head has it.
      let mask = PhraseTrie.Kind.demonym.bit | PhraseTrie.Kind.qualifier.bit
      if let match = scratch.matches.longest(
        next, mask, trie, where: { $0.clitics == (phrase.isDefinite && hasArticle ? .al : []) })
      {
        // The article tells an adjective (`جيش الإسلام السوري`) from what comes next (`الجيش سوري`).
        let isWith = !phrase.isDefinite || hasArticle
        if let demonym = trie.meaning(match.node, .demonym) {
          guard isWith else { return }
          let entry = scratch.lexicon.demonyms[Int(demonym.index)]
          if phrase.actor.code == nil { phrase.actor.code = entry.code }
          phrase.end = Int(match.end)
          continue
        }
        if let meaning = trie.meaning(match.node, .qualifier) {
          switch scratch.lexicon.qualifiers[Int(meaning.index)] {
          case .plain:
            guard isWith else { return }
            phrase.end = Int(match.end)
            continue
          case .bound:
            // Of a name or a thing, that is an epithet (`الحوثيين المدعومين من إيران`), but for its leader.
            if phrase.head != .generic && scratch.letter(next, 0) != Letter.ba { return }
            if addComplement(of: Int(match.end), &phrase, depth) { continue }
            return
          case .never, .other: return
          }
        }
      }
      if phrase.head == .office || scratch.matches.longest(next, Self.heads, trie, where: { !$0.hasParticle }) != nil {
        return
      }
      guard hasArticle == phrase.isDefinite, agrees(next, feminine: headFeminine, plural: headPlural, hasArticle) else {
        return
      }
      phrase.end = next + 1
    }
  }

  /// The party behind a participle: `لإيران`, `من السعودية`, `لها`; false when there is none.
  private func addComplement(of end: Int, _ phrase: inout Phrase, _ depth: Int) -> Bool {
    var next = scratch.after(end)
    guard next >= 0 else { return false }
    if isPreposition(next) { next = scratch.after(next + 1) }
    guard next >= 0 else { return false }
    if let inner = self.phrase(next, depth: depth + 1), inner.head != .weapon, inner.head != .adjective,
      !inner.clitics.contains(.wa)
    {
      phrase.end = inner.end
      return true
    }
    if Self.pronouns.contains(scratch.text.tokens[next].hash) {
      phrase.end = next + 1
      return true
    }
    return false
  }

  /// `وحدات من الجيش`, `مسؤول في التحالف`: an indefinite head with the party that it belongs to.
  private func addPartitive(_ phrase: inout Phrase, _ depth: Int) {
    guard phrase.head == .generic || phrase.head == .source || phrase.head == .office, !isPossessed(phrase) else { return }
    let preposition = scratch.after(phrase.end)
    guard preposition == phrase.end else { return }
    let hash = scratch.text.tokens[preposition].hash
    guard hash == Self.from && !scratch.hasArticle(phrase.start) || hash == Self.within else { return }
    let next = scratch.after(preposition + 1)
    guard next >= 0, let inner = self.phrase(next, depth: depth + 1), !hasParticle(inner) else { return }
    switch inner.head {
    case .actor: break
    case .generic, .demonym: guard hash == Self.from, inner.isDefinite else { return }
    default: return
    }
    absorb(inner, &phrase)
  }

  /// `مصدر`, `مصادر`: always a source, whatever follows.
  private func isSourceWord(_ index: Int) -> Bool {
    let token = scratch.text.tokens[index]
    return scratch.matches.at(index).contains { match in
      Int(match.end) == index + 1 && trie.meaning(match.node, .source).map {
        scratch.lexicon.sources[Int($0.index)] == .anonymous
      } ?? false
    } && token.kind == .arabic
  }

  private func isPossessed(_ phrase: Phrase) -> Bool {
    phrase.isClosed && !scratch.hasArticle(phrase.start) && phrase.isDefinite
  }

  // MARK: Words

  private func isNever(_ index: Int) -> Bool {
    for match in scratch.matches.at(index) where trie.has(match.node, PhraseTrie.Kind.qualifier.bit) {
      if let meaning = trie.meaning(match.node, .qualifier),
        scratch.lexicon.qualifiers[Int(meaning.index)] == .never
      {
        return true
      }
    }
    return false
  }

  private func isFeminine(_ index: Int) -> Bool {
    scratch.text.tokens[index].flags.contains(.taMarbuta)
      || scratch.letter(index, -1) == Letter.ta && scratch.letter(index, -2) == Letter.alef
  }

  /// Ends in ون or ين.
  private func isSoundPlural(_ index: Int) -> Bool {
    let previous = scratch.letter(index, -2)
    return scratch.letters(index) > 4 && scratch.letter(index, -1) == Letter.noon
      && (previous == Letter.waw || previous == Letter.ya)
  }

  /// Whether the word looks like an adjective of the head: the same gender and number, and the shape of one.
  private func agrees(_ index: Int, feminine: Bool, plural: Bool, _ hasArticle: Bool) -> Bool {
    let stem = hasArticle ? 2 : 0
    let count = scratch.letters(index) - stem
    guard count >= 4 else { return false }
    if scratch.text.tokens[index].flags.contains(.taMarbuta) {
      // A feminine nisba, or a participle in م.
      return !plural && (scratch.letter(index, -2) == Letter.ya || scratch.letter(index, stem) == Letter.meem) && count >= 5
    }
    if plural { return isSoundPlural(index) }
    if feminine { return false }
    return scratch.letter(index, -1) == Letter.ya && !scratch.text.tokens[index].flags.contains(.alefMaqsura)
  }

  private func isPreposition(_ index: Int) -> Bool { Self.prepositions.contains(scratch.text.tokens[index].hash) }

  private static func hash(_ word: String) -> UInt64 { StableHash.hash(Folding.fold(word: word)) }
  private static let relatives = Set(["الذي", "التي", "الذين"].map(hash))
  private static let from = hash("من")
  private static let within = hash("في")
  private static let prepositions = Set(["من", "مع", "إلى", "عن", "على", "في"].map(hash))
  private static let pronouns = Set(
    ["له", "لها", "لهم", "لهما", "معه", "معها", "معهم", "به", "بها", "بهم", "منه", "منها", "منهم"].map(hash))
}
