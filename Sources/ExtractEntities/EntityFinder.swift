import Arabic
import Lexicon
import Model

/// The first half of the Extract stage: finds places, actors, people, weapons, quantities, dates and sources. Pure.
public struct EntityFinder: Sendable {
  private let lexicon: Lexicon
  private let recognizer: NumberRecognizer
  private let memories: Pool<WordMemory>

  /// A finder that knows what `lexicon` knows.
  public init(lexicon: Lexicon) {
    self.lexicon = lexicon
    recognizer = NumberRecognizer(lexicon: lexicon.numbers)
    memories = Pool { WordMemory(lexicon) }
  }

  /// Finds the entities of `report`, whose normalized text is `text`.
  public func find(in report: Report, _ text: NormalizedText) -> EntityAnalysis {
    memories.with { find(ScratchText(report: report, text: text, memory: $0)) }
  }

  private func find(_ scratch: ScratchText) -> EntityAnalysis {
    var mentions: [Mention] = []
    var isTaken = [Bool](repeating: false, count: scratch.count)
    markActors(scratch, &isTaken)
    mentions += PeopleFinder(scratch).find().filter { !isCommonWord($0, scratch) }
    for person in mentions {
      for token in person.tokens where !isSeat(Int(token), of: person, scratch) { isTaken[Int(token)] = true }
    }
    var placeFinder = PlaceFinder(scratch)
    let places = placeFinder.find(isTaken: isTaken)
    for place in places { mentions.append(mention(place, scratch)) }
    var phraseFinder = NounPhraseFinder(scratch, known: mentions)
    phraseFinder.find()
    // A government within a longer phrase (`حكومة دمشق`) is part of it.
    var covered = [Bool](repeating: false, count: scratch.count)
    for mention in phraseFinder.mentions {
      for token in mention.tokens { covered[Int(token)] = true }
    }
    mentions.removeAll {
      if case .actor = $0.entity { return covered[Int($0.tokens.lowerBound)] }
      return false
    }
    mentions += phraseFinder.mentions
    let numbers = recognizer.find(in: scratch)
    mentions += numbers.dates
    mentions += numbers.quantities
    return EntityAnalysis(mentions: mentions, candidates: phraseFinder.candidates, tokenCount: scratch.count)
  }

  /// Whether a person of one word is listed as something else (`الرئيسي`, main).
  private func isCommonWord(_ person: Mention, _ scratch: ScratchText) -> Bool {
    guard person.tokens.count == 1, person.entry < 0 else { return false }
    return scratch.isOther(Int(person.tokens.lowerBound))
  }

  /// Whether token `index` within the phrase of a person names the place that the office is of (`محافظ الحديدة`), not the person.
  private func isSeat(_ index: Int, of person: Mention, _ scratch: ScratchText) -> Bool {
    guard index > Int(person.tokens.lowerBound) else { return false }
    let names = PhraseTrie.Kind.person.bit | PhraseTrie.Kind.givenName.bit
    for start in max(Int(person.tokens.lowerBound), index - 3)...index {
      if let name = scratch.matches.longest(start, names, lexicon.phrases, where: { $0.clitics.isEmpty }),
        Int(name.end) > index || start == index - 1
      {
        return false
      }
    }
    return scratch.tokens[index - 1].hash == EntityFinder.within || isCity(index, scratch)
  }

  /// Marks the tokens of named actors of more than one word: names of places within them are no places of their own, unless they
  /// say where (`وزارة الصحة في غزة`) or the actor is an institution of the place (`شرطة كابول`).
  private func markActors(_ scratch: ScratchText, _ isTaken: inout [Bool]) {
    let trie = lexicon.phrases
    var at = 0
    while at < scratch.count {
      guard let match = scratch.matches.longest(at, PhraseTrie.Kind.actor.bit, trie), match.end - match.start > 1,
        let meaning = trie.meaning(match.node, .actor)
      else {
        at += 1
        continue
      }
      // The gazetteer's own longer or equal name stays a place (`البحر الأحمر`).
      if let place = scratch.matches.longest(at, PhraseTrie.Kind.place.bit, trie), place.end >= match.end {
        at += 1
        continue
      }
      // `إقليم كردستان العراق` is a class noun and a place, whoever governs it.
      if trie.hasMeaning(scratch.matches.at(at), .classNoun),
        let place = scratch.matches.longest(at + 1, PhraseTrie.Kind.place.bit, trie, where: { $0.clitics.isEmpty }),
        place.end >= match.end
      {
        at += 1
        continue
      }
      let isGroup = EntityFinder.groupKinds.contains(lexicon.actors[Int(meaning.index)].kind)
      let isInstitution = EntityFinder.localKinds.contains(lexicon.actors[Int(meaning.index)].kind)
      for token in Int(match.start)..<Int(match.end) {
        if token > match.start {
          if !isGroup, scratch.tokens[token - 1].hash == EntityFinder.within { break }
          if isInstitution ? isCity(token, scratch) : isSite(token, scratch) { continue }
        }
        isTaken[token] = true
      }
      at = Int(match.end)
    }
  }

  /// Whether token `index` by itself names a place smaller than a country.
  private func isCity(_ index: Int, _ scratch: ScratchText) -> Bool {
    guard let match = scratch.matches.longest(index, PhraseTrie.Kind.place.bit, lexicon.phrases),
      let meaning = lexicon.phrases.meaning(match.node, .place)
    else { return false }
    return lexicon.places[Int(meaning.index)].level != .country
  }

  /// Whether token `index` by itself names a base, an airport or the like.
  private func isSite(_ index: Int, _ scratch: ScratchText) -> Bool {
    guard let match = scratch.matches.longest(index, PhraseTrie.Kind.place.bit, lexicon.phrases),
      let meaning = lexicon.phrases.meaning(match.node, .place)
    else { return false }
    return lexicon.places[Int(meaning.index)].level == .site
  }

  /// Kinds of actors that are institutions of the place in their name.
  private static let localKinds: Set<String> = ["court", "police", "security", "ministry", "company", "other"]
  /// Kinds of actors whose names say where they come from, not where something is.
  private static let groupKinds: Set<String> = ["armed-group", "militia", "party", "coalition", "aid", "media", "igo"]
  private static let within = StableHash.hash(Folding.fold(word: "في"))

  private func mention(_ candidate: PlaceFinder.Candidate, _ scratch: ScratchText) -> Mention {
    let match = candidate.match
    let entity: Entity
    if candidate.isGovernment {
      entity = .actor(government(candidate.chosen))
    } else {
      entity = .place(lexicon.placeNames[Int(candidate.chosen)])
    }
    return Mention(
      span: scratch.span(Int(match.start), Int(match.end), skipped: Int(match.skipped)),
      tokens: match.start..<match.end, prefix: match.clitics, entity: entity, entry: candidate.chosen,
      rule: candidate.isGovernment ? "government: country acts" : candidate.rule)
  }

  /// The government that the name of a country or capital stands for.
  private func government(_ place: Int32) -> Actor {
    let name = lexicon.placeNames[Int(place)].name
    let index = lexicon.places[Int(place)].country
    guard index >= 0 else { return Actor(name: name, sector: "GOV") }
    let country = lexicon.countries[Int(index)]
    return Actor(
      name: country.name.isEmpty ? name : country.name, code: country.code.isEmpty ? nil : country.code, sector: "GOV")
  }
}

extension PhraseTrie {
  /// Whether one of the matches of a single word means a `kind`.
  fileprivate func hasMeaning(_ matches: Slice<UnsafeBufferPointer<PhraseMatch>>, _ kind: Kind) -> Bool {
    matches.contains { $0.end == $0.start + 1 && has($0.node, kind.bit) }
  }
}
