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
  let knownOfToken: [Int32]
  let known: [Mention]
  var mentions: [Mention] = []
  var candidates: [Mention] = []
  /// Tokens without a match, before a word of a phrase: a misspelt name may begin there.
  var nearFirst: [Int32] = []

  /// Phrases within phrases are followed this far.
  static let depthMax = 3

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

  var trie: PhraseTrie { scratch.trie }
  static let heads: UInt16 =
    PhraseTrie.Kind.actor.bit | PhraseTrie.Kind.generic.bit | PhraseTrie.Kind.source.bit | PhraseTrie.Kind.weapon.bit
    | PhraseTrie.Kind.demonym.bit | PhraseTrie.Kind.office.bit | PhraseTrie.Kind.person.bit

  /// Reads the whole report.
  mutating func find() {
    var at = 0
    while at < scratch.count {
      let hasMatch = !scratch.matches.isEmpty(at)
      guard hasMatch, let phrase = phrase(at, depth: 0) else {
        if at + 1 < scratch.count, scratch.matches.word(at + 1) >= 0, !hasMatch || scratch.conjunctionLetters(at) == 1 {
          nearFirst.append(Int32(at))
        }
        at += 1
        continue
      }
      emit(phrase)
      at = max(phrase.end, at + 1)
    }
    findMisspelt()
  }

  mutating func emit(_ phrase: Phrase) {
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
  func phrase(_ at: Int, depth: Int) -> Phrase? {
    guard depth <= Self.depthMax else { return nil }
    if knownOfToken[at] >= 0 {
      let mention = known[Int(knownOfToken[at])]
      // A longer name of the lexicon that begins here (`القاهرة الجديدة للغاز`) still wins.
      if Int(mention.tokens.lowerBound) == at {
        if let longer = scratch.matches.longest(at, PhraseTrie.Kind.actor.bit, trie),
          longer.end > mention.tokens.upperBound
        {
          return extended(named(longer), depth)
        }
        return Phrase(
          start: at, end: Int(mention.tokens.upperBound), skipped: 0, clitics: mention.prefix, head: .known, entry: -1,
          actor: Self.actor(of: mention), isDefinite: true, isClosed: true, isForce: false, rule: mention.rule)
      }
      return nil
    }
    guard scratch.matches.has(at, Self.heads), let phrase = head(at), !isOther(phrase) else { return nil }
    if phrase.head == .weapon { return phrase }
    return extended(phrase, depth)
  }

  static func actor(of mention: Mention) -> Actor {
    switch mention.entity {
    case .actor(let actor), .person(let actor), .source(let actor): actor
    default: Actor(name: nil)
    }
  }

  /// The head at token `at`: the longest match, a name before a noun.
  func head(_ at: Int) -> Phrase? {
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
        phrase.isClosed || phrase.isDefinite || scratch.tokens[Int(match.end) - 1].flags.contains(.tanween)
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
  func rank(_ meaning: PhraseTrie.Payload, _ match: PhraseMatch) -> Int? {
    switch meaning.kind {
    case .actor:
      if meaning.form.contains(.weak) && !isSupported(match) { return nil }
      // A name is not found without the article that the text has, but for `لل`.
      return match.clitics.contains(.al) && !match.clitics.contains(.li) ? nil : 6
    case .weapon: return 5
    case .generic:
      let flags = scratch.tokens[Int(match.end) - 1].flags
      let otherForm: PhraseTrie.Form = flags.contains(.taMarbuta) ? .possessed : .taMarbuta
      if meaning.form.contains(otherForm) { return nil }
      return isAdjective(meaning, match) ? nil : 4
    case .source: return 3
    case .office: return 2
    case .person: return match.clitics.contains(.al) ? nil : 7
    case .demonym: return 1
    default: return nil
    }
  }

  /// Whether a word for a person is an adjective here (`عملية عسكرية`, `الحل السياسي`): a nisba or a feminine behind a noun.
  func isAdjective(_ meaning: PhraseTrie.Payload, _ match: PhraseMatch) -> Bool {
    let noun = scratch.lexicon.generics[Int(meaning.index)]
    guard noun.kind != .thing, !noun.isForce || noun.kind == .person, match.end == match.start + 1 else { return false }
    let at = Int(match.start)
    let last = scratch.letter(at, -1)
    let isFeminine = meaning.form.contains(.taMarbuta)
    let isAccusative = last == .alef && scratch.letter(at, -2) == .ya
    guard isFeminine || last == .ya || isAccusative else { return false }
    // `عسكرية` is no woman soldier.
    if isFeminine && scratch.letter(at, -2) == .ya { return true }
    if match.hasParticle { return isFeminine && match.clitics.contains(.wa) }
    let previous = scratch.before(at)
    if previous < 0 || scratch.tokens[previous].kind == .number { return false }
    if scratch.isKnownVerb(previous) || scratch.isParticle(previous) { return false }
    if scratch.isNumber(previous) { return false }
    if isAccusative { return true }
    return match.clitics.contains(.al) == scratch.hasArticle(previous)
  }

  /// Whether the one-word head is listed as something else.
  func isOther(_ phrase: Phrase) -> Bool {
    guard phrase.head == .generic || phrase.head == .source || phrase.head == .office, phrase.end == phrase.start + 1
    else {
      return false
    }
    return scratch.isOther(phrase.start)
  }

  /// A name that is also a common word counts in quotes, behind a noun for groups, or behind a verb.
  func isSupported(_ match: PhraseMatch) -> Bool {
    let start = Int(match.start)
    if start > 0, scratch.isQuote(start - 1) { return true }
    if match.end - match.start > 1 { return true }
    guard !match.hasParticle, let noun = scratch.matchEnding(at: start, PhraseTrie.Kind.generic.bit),
      let meaning = trie.meaning(noun.node, .generic)
    else { return false }
    return scratch.lexicon.generics[Int(meaning.index)].isForce
  }

  /// Whether a token of the match within it belongs to a known mention that the match does not contain.
  func covers(_ match: PhraseMatch) -> Bool {
    for token in match.start..<match.end where knownOfToken[Int(token)] >= 0 {
      let mention = known[Int(knownOfToken[Int(token)])]
      if mention.tokens.lowerBound < match.start || mention.tokens.upperBound > match.end { return true }
      if case .person = mention.entity { return true }
    }
    return false
  }

  func named(_ match: PhraseMatch) -> Phrase {
    let meaning = trie.meaning(match.node, .actor)!
    let entry = scratch.lexicon.actors[Int(meaning.index)]
    // `التحالف الذي تقوده السعودية`: the span ends before the relative clause.
    var end = Int(match.end)
    for inner in Int(match.start) + 1..<max(end, Int(match.start) + 1)
    where Self.relatives.contains(scratch.tokens[inner].hash) {
      end = inner
      break
    }
    return Phrase(
      start: Int(match.start), end: end, skipped: Int(match.skipped), clitics: match.clitics, head: .actor,
      entry: meaning.index, actor: entry.actor, isDefinite: true, isClosed: true, isForce: false, rule: "actor: name")
  }

  /// `فلسطينيين`, `الحوثيون`, `أتراك`: the plural of persons, which stands as a noun.
  func isHumanPlural(_ index: Int) -> Bool {
    let last = scratch.letter(index, -1)
    let previous = scratch.letter(index, -2)
    if last == .noon && scratch.letters(index) > 4 {
      return previous == .waw || previous == .ya || previous == .alef
    }
    // Broken plurals: neither nisba nor feminine.
    return last != .ya && last != .ha && last != .alef && last != .ta
  }
}
