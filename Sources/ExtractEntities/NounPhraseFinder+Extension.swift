import Arabic
import Lexicon
import Model

/// What follows a head: owner, adjectives, participle with complement, party, holder of an office.
extension NounPhraseFinder {
  func extended(_ phrase: consuming Phrase, _ depth: Int) -> Phrase {
    if phrase.head == .adjective || phrase.head == .person { return phrase }
    if !phrase.isClosed && phrase.head != .thing { addOwner(&phrase, depth) }
    addAdjectives(&phrase, depth)
    if phrase.head == .office { addHolder(&phrase, depth) }
    if depth < Self.depthMax && phrase.head != .thing { addPartitive(&phrase, depth) }
    return phrase
  }

  /// `عناصر الشرطة`, `قوات الرئيس بشار الأسد`, `سكان مدينة درنة`, `موظفو قطاع التعليم`.
  func addOwner(_ phrase: inout Phrase, _ depth: Int) {
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
      if behind >= 0, knownOfToken[behind] >= 0, let inner = self.phrase(behind, depth: depth + 1),
        inner.head == .known, !hasParticle(inner)
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
  func addHolder(_ phrase: inout Phrase, _ depth: Int) {
    let next = scratch.after(phrase.end)
    guard next == phrase.end, let inner = self.phrase(next, depth: depth + 1), !hasParticle(inner) else { return }
    guard inner.head == .person || inner.head == .known && isPerson(next) else { return }
    phrase.end = inner.end
    phrase.actor.name = inner.actor.name
    phrase.actor.ref = inner.actor.ref
    phrase.actor.code = inner.actor.code ?? phrase.actor.code
    phrase.actor.sector = inner.actor.sector ?? phrase.actor.sector
  }

  func isPerson(_ token: Int) -> Bool {
    guard knownOfToken[token] >= 0, case .person = known[Int(knownOfToken[token])].entity else { return false }
    return true
  }

  func absorb(_ inner: Phrase, _ phrase: inout Phrase) {
    phrase.end = inner.end
    phrase.isDefinite = inner.isDefinite
    if phrase.actor.code == nil { phrase.actor.code = inner.actor.code }
    if phrase.actor.sector == nil { phrase.actor.sector = inner.actor.sector }
  }

  func hasParticle(_ phrase: Phrase) -> Bool { !phrase.clitics.isSubset(of: .al) }

  func addAdjectives(_ phrase: inout Phrase, _ depth: Int) {
    let headFeminine = isFeminine(phrase.start)
    let headPlural = isSoundPlural(phrase.start)
    for _ in 0..<4 {
      let next = scratch.after(phrase.end)
      guard next == phrase.end, scratch.tokens[next].kind == .arabic, knownOfToken[next] < 0 else { return }
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
            if phrase.head != .generic && scratch.letter(next, 0) != .ba { return }
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
  func addComplement(of end: Int, _ phrase: inout Phrase, _ depth: Int) -> Bool {
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
    if Self.pronouns.contains(scratch.tokens[next].hash) {
      phrase.end = next + 1
      return true
    }
    return false
  }

  /// `وحدات من الجيش`, `مسؤول في التحالف`: an indefinite head with the party that it belongs to.
  func addPartitive(_ phrase: inout Phrase, _ depth: Int) {
    guard phrase.head == .generic || phrase.head == .source || phrase.head == .office, !isPossessed(phrase) else {
      return
    }
    let preposition = scratch.after(phrase.end)
    guard preposition == phrase.end else { return }
    let hash = scratch.tokens[preposition].hash
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
  func isSourceWord(_ index: Int) -> Bool {
    guard scratch.tokens[index].kind == .arabic, scratch.matches.has(index, PhraseTrie.Kind.source.bit) else {
      return false
    }
    return scratch.matches.at(index).contains { match in
      guard Int(match.end) == index + 1, let meaning = trie.meaning(match.node, .source) else { return false }
      return scratch.lexicon.sources[Int(meaning.index)] == .anonymous
    }
  }

  func isPossessed(_ phrase: Phrase) -> Bool {
    phrase.isClosed && !scratch.hasArticle(phrase.start) && phrase.isDefinite
  }
}
