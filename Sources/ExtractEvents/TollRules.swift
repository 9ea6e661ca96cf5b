import Arabic
import Lexicon
import Model

/// Binds numbers of dead, injured, detained and displaced to the events that caused them.
struct TollRules {
  let scan: ReportScan
  let tables: EventTables
  private var lexicon: TriggerLexicon { @inline(__always) get { tables.lexicon } }
  private var signs: Signs { @inline(__always) get { tables.signs } }
  let candidates: [Candidate]
  let features: EventFeatures

  /// How far a number may stand after the word that says what it counts, in words.
  private static let reach = 5
  /// `عشرات`: 20 to 99 and so on come from the quantities; a bare plural is at least this many.
  private static let pluralMin = 2

  /// A number with the word that counts it.
  private struct Count {
    var kind: TriggerEntry.Toll
    var toll: Event.Toll
    /// Index of the candidate that counts, -1 when the quantity says itself what it is.
    var candidate: Int
    var token: Int
  }

  /// Adds tolls to `events`; `sources[i]` is the candidate index of event i.
  func bind(_ events: inout [Event], sources: [Int]) {
    guard !events.isEmpty else { return }
    var used: Set<Int32> = []
    var counts: [Count] = []
    for index in candidates.indices {
      let entry = lexicon.entries[candidates[index].entry]
      guard entry.toll != .none else { continue }
      let accepted = sources.contains { candidates[$0].token == candidates[index].token }
      if !accepted && !entry.flags.contains(.casualty) { continue }
      if let nothing = denied(index, entry) {
        counts.append(contentsOf: nothing)
      } else if let count = count(index, entry, &used) ?? shared(index, entry, counts) {
        counts.append(count)
      }
    }
    shareForward(&counts)
    for index in scan.analysis.mentions.indices where !used.contains(Int32(index)) {
      guard case .quantity(let quantity) = scan.mentions[index].entity else { continue }
      let kind: TriggerEntry.Toll
      switch quantity.what {
      case "dead": kind = .dead
      case "injured": kind = .injured
      case "detained": kind = .detained
      case "displaced": kind = .displaced
      default: continue
      }
      counts.append(
        Count(
          kind: kind, toll: toll(quantity, Int32(index)), candidate: -1,
          token: Int(scan.mentions[index].tokens.lowerBound)))
    }
    counts.sort { $0.token < $1.token }
    for count in counts {
      guard let target = target(of: count, events, sources) else { continue }
      add(count, to: &events[target])
    }
    copyToJoined(&events, sources)
    countVictims(&events, sources)
  }

  /// `في معارك وغارات`: attacks joined by و share the toll of their sentence.
  private func copyToJoined(_ events: inout [Event], _ sources: [Int]) {
    for index in events.indices.dropFirst() {
      let candidate = candidates[sources[index]]
      let before = candidates[sources[index - 1]]
      guard events[index].type == .assault, events[index - 1].type == .assault, candidate.clitics.contains(.wa),
        !candidate.isVerb, !before.isVerb, candidate.sentence == before.sentence,
        !lexicon.entries[candidate.entry].flags.contains(.casualty),
        !lexicon.entries[before.entry].flags.contains(.casualty),
        candidate.token - before.token <= TollRules.joinedReach
      else { continue }
      if events[index].dead == nil { events[index].dead = events[index - 1].dead }
      if events[index].injured == nil { events[index].injured = events[index - 1].injured }
    }
  }

  /// How far an attack joined to another may stand from it, in words.
  private static let joinedReach = 8

  /// `قتلت الشرطة فلسطينيا`: a single victim named by the event is one.
  private func countVictims(_ events: inout [Event], _ sources: [Int]) {
    for index in events.indices {
      let candidate = candidates[sources[index]]
      let entry = lexicon.entries[candidate.entry]
      guard entry.toll == .dead || entry.toll == .injured, events[index].dead == nil, events[index].injured == nil,
        events[index].recipients.count == 1, candidate.isVerb || candidate.hasPronoun
      else { continue }
      let victim = Int(events[index].recipients[0])
      var toll: Event.Toll?
      switch scan.mentions[victim].entity {
      case .person: toll = .init(min: 1, max: 1, who: Int32(victim))
      case .actor(let actor) where actor.ref == nil:
        toll = numberOfNoun(Int(scan.mentions[victim].tokens.lowerBound)).map {
          .init(min: $0.0, max: $0.1, who: Int32(victim))
        }
      default: break
      }
      if let toll {
        add(Count(kind: entry.toll, toll: toll, candidate: -1, token: candidate.token), to: &events[index])
      }
    }
  }

  /// "No casualties": `دون إصابات`, `لم تسفر عن ضحايا`.
  private func denied(_ index: Int, _ entry: TriggerEntry) -> [Count]? {
    let candidate = candidates[index]
    guard candidate.position == .noun else { return nil }
    let range = scan.text.sentences[candidate.sentence].tokens
    for at in max(range.lowerBound, candidate.token - 6)..<candidate.token
    where scan.words[at].particles & (signs.negation | signs.negationNoun) != 0
      && scan.words[at].particles & signs.deny == 0
    {
      let zero = Event.Toll(min: 0, max: 0)
      let count = Count(kind: entry.toll, toll: zero, candidate: index, token: candidate.token)
      return entry.lemma == "ضحية"
        ? [count, Count(kind: .injured, toll: zero, candidate: index, token: candidate.token)] : [count]
    }
    return nil
  }

  /// `خطفوا وقتلوا`: a casualty verb joined to the one before counts the same people.
  private func shared(_ index: Int, _ entry: TriggerEntry, _ counts: [Count]) -> Count? {
    let candidate = candidates[index]
    guard candidate.clitics.contains(.wa), let last = counts.last, last.candidate >= 0,
      candidate.token - candidates[last.candidate].token <= 2
    else { return nil }
    return Count(kind: entry.toll, toll: last.toll, candidate: index, token: candidate.token)
  }

  /// `مقتل وإصابة العشرات`: the number after the second word is the first's too.
  private func shareForward(_ counts: inout [Count]) {
    for index in candidates.indices {
      let entry = lexicon.entries[candidates[index].entry]
      guard entry.flags.contains(.casualty), !counts.contains(where: { $0.candidate == index }) else { continue }
      let token = candidates[index].token
      if let next = counts.first(where: {
        $0.candidate >= 0 && candidates[$0.candidate].token == token + 1
          && candidates[$0.candidate].clitics.contains(.wa)
      }) {
        counts.append(Count(kind: entry.toll, toll: next.toll, candidate: index, token: token))
      }
    }
  }

  private func toll(_ quantity: Quantity, _ mention: Int32) -> Event.Toll {
    Event.Toll(
      min: quantity.min.map { Int($0) } ?? quantity.max.map { _ in 0 }, max: quantity.max.map { Int($0) }, who: nil)
  }

  /// The number that a casualty word counts.
  private func count(_ index: Int, _ entry: TriggerEntry, _ used: inout Set<Int32>) -> Count? {
    let candidate = candidates[index]
    let range = scan.text.sentences[candidate.sentence].tokens
    let token = candidate.token
    // The same lexeme may have been read twice at one token.
    func made(_ toll: Event.Toll) -> Count { Count(kind: entry.toll, toll: toll, candidate: index, token: token) }
    // Right before a counted noun: `5 قتلى`, `32 جريحا`.
    if candidate.position == .noun, token > range.lowerBound {
      let before = scan.analysis.numberOfToken[token - 1]
      let own = scan.analysis.numberOfToken[token]
      for number in [own, before] where number >= 0 && !used.contains(number) {
        if case .quantity(let quantity) = scan.mentions[Int(number)].entity, isCount(quantity) {
          used.insert(number)
          return made(toll(quantity, number))
        }
      }
    }
    // After it, within its clause.
    var at = token + 1
    while at < range.upperBound && at <= token + TollRules.reach {
      let number = scan.analysis.numberOfToken[at]
      if number >= 0, case .quantity(let quantity) = scan.mentions[Int(number)].entity, isCount(quantity) {
        if used.contains(number) { break }
        used.insert(number)
        var sum = toll(quantity, number)
        addJoined(after: number, range, &sum, &used)
        return made(sum)
      }
      if scan.mark(at) != .none { break }
      if let other = candidateAt(at), lexicon.entries[candidates[other].entry].toll != .none { break }
      if scan.words[at].particles & (signs.complementizer | signs.relative | signs.by) != 0 { break }
      at += 1
    }
    // Before a verb whose subject stands first: `ستة فلسطينيين قتلوا`.
    if candidate.isVerb || candidate.position == .participle {
      var at = token - 1
      while at >= range.lowerBound && at >= token - 6 {
        let number = scan.analysis.numberOfToken[at]
        if number >= 0, case .quantity(let quantity) = scan.mentions[Int(number)].entity, isCount(quantity),
          !used.contains(number)
        {
          used.insert(number)
          return made(toll(quantity, number))
        }
        if scan.mark(at) != .none || candidateAt(at) != nil { break }
        at -= 1
      }
    }
    return bare(candidate, entry, range).map(made)
  }

  /// Without a number: plural nouns are two at least, a single victim is one, a dual two.
  private func bare(_ candidate: Candidate, _ entry: TriggerEntry, _ range: Range<Int>) -> Event.Toll? {
    if entry.flags.contains(.noun) {
      // قتلى, جرحى, قتيل, قتيلين.
      switch entry.lemma {
      case "قتيل", "جريح", "شهيد", "مصاب", "ضحية":
        if candidate.position == .definite || candidate.position == .possessed { return nil }
        if candidate.form.number == .dual { return .init(min: 2, max: 2) }
        let first = scan.letter(candidate.token, fromEnd: 0)
        let isSingular = entry.lemma == "قتيل" || entry.lemma == "جريح" || entry.lemma == "شهيد"
        // Broken plurals end in ى or ء.
        if isSingular && (first == 0xD984 || first == 0xD8AD || first == 0xD8AF) { return .init(min: 1, max: 1) }
        return .init(min: TollRules.pluralMin, max: nil)
      default: break
      }
    }
    let next = candidate.token + 1
    // `وجرح آخرون`: several.
    if next < range.upperBound, TollRules.others.contains(scan.text.tokens[next].hash) {
      return .init(min: TollRules.pluralMin, max: nil)
    }
    guard let victim = victim(of: candidate, range) else { return nil }
    let mention = scan.mentions[victim]
    switch mention.entity {
    case .person: return .init(min: 1, max: 1, who: Int32(victim))
    case .actor(let actor) where actor.ref == nil:
      let token = Int(mention.tokens.lowerBound)
      let isLeast = saysAtLeast(Int(mention.tokens.upperBound), range)
      return numberOfNoun(token).map { Event.Toll(min: $0.0, max: isLeast ? nil : $0.1, who: Int32(victim)) }
    default: return nil
    }
  }

  /// One, two or several by the ending of a noun for people.
  private func numberOfNoun(_ token: Int) -> (Int, Int?)? {
    let last = scan.letter(token, fromEnd: 0)
    let before = scan.letter(token, fromEnd: 1)
    if scan.hasArticle(token) { return nil }
    if last == 0xD986 && before == 0xD98A {
      // ين is dual or plural: the dual is rarer in news.
      return (2, nil)
    }
    if last == 0xD986 && before == 0xD8A7 { return (2, 2) }
    if last == 0xD986 && before == 0xD988 { return (2, nil) }
    if last == 0xD8AA && before == 0xD8A7 { return (2, nil) }
    return (1, 1)
  }

  private static let others = Set(["آخرون", "آخرين", "آخران"].map { StableHash.hash(Folding.fold(word: $0)) })
  private static let on = StableHash.hash(Folding.fold(word: "على"))
  private static let least = StableHash.hash(Folding.fold(word: "الأقل"))

  /// على الأقل follows, a comma between at most.
  private func saysAtLeast(_ at: Int, _ range: Range<Int>) -> Bool {
    for start in at..<max(at, min(at + 2, range.upperBound - 1))
    where scan.text.tokens[start].hash == TollRules.on && scan.text.tokens[start + 1].hash == TollRules.least {
      return true
    }
    return false
  }

  private func victim(of candidate: Candidate, _ range: Range<Int>) -> Int? {
    let next = candidate.token + 1
    guard next < range.upperBound else { return nil }
    let mention = scan.analysis.mentionOfToken[next]
    guard mention >= 0, Int(scan.mentions[Int(mention)].tokens.lowerBound) == next else { return nil }
    return Int(mention)
  }

  /// `32 فلسطينيا وأربعة إسرائيليين`: numbers joined by و are one toll.
  private func addJoined(
    after number: Int32, _ range: Range<Int>, _ sum: inout Event.Toll, _ used: inout Set<Int32>
  ) {
    var at = Int(scan.mentions[Int(number)].tokens.upperBound)
    var steps = 0
    while at < range.upperBound && steps < 4 {
      let next = scan.analysis.numberOfToken[at]
      if next >= 0, next != number {
        let mention = scan.mentions[Int(next)]
        guard mention.prefix.contains(.wa), case .quantity(let quantity) = mention.entity, isCount(quantity),
          !used.contains(next), quantity.what == "count" || quantity.what == "dead" || quantity.what == "injured"
        else { return }
        // A new casualty word would count it.
        used.insert(next)
        if let least = quantity.min { sum.min = (sum.min ?? 0) + Int(least) }
        if let most = quantity.max, let known = sum.max { sum.max = known + Int(most) } else { sum.max = nil }
        return
      }
      if candidateAt(at) != nil || scan.mark(at) != .none { return }
      at += 1
      steps += 1
    }
  }

  private func isCount(_ quantity: Quantity) -> Bool {
    switch quantity.what {
    case "count", "dead", "injured", "detained", "displaced", "strength": true
    default: false
    }
  }

  private func candidateAt(_ token: Int) -> Int? {
    let index = features.candidateOfToken[token]
    return index < 0 ? nil : Int(index)
  }

  /// The event that a count belongs to.
  private func target(of count: Count, _ events: [Event], _ sources: [Int]) -> Int? {
    if count.candidate >= 0 {
      let token = candidates[count.candidate].token
      if let own = sources.firstIndex(where: { candidates[$0].token == token }) { return own }
    }
    let sentence = Int(scan.sentenceOfToken[count.token])
    var best: Int?
    var bestDistance = Int.max
    for index in events.indices where candidates[sources[index]].sentence == sentence && fits(events[index], count.kind)
    {
      let other = candidates[sources[index]].token
      let distance = other < count.token ? (count.token - other) : (other - count.token) + 2
      if distance < bestDistance {
        bestDistance = distance
        best = index
      }
    }
    return best
  }

  private func fits(_ event: Event, _ kind: TriggerEntry.Toll) -> Bool {
    switch kind {
    case .dead, .injured: event.type == .assault || event.type == .protest
    case .detained: event.type == .coerce || event.type == .assault || event.type == .retreat
    case .displaced: event.type == .retreat || event.mode == "deport"
    case .none: false
    }
  }

  private func add(_ count: Count, to event: inout Event) {
    let path: WritableKeyPath<Event, Event.Toll?>
    switch count.kind {
    case .dead: path = \.dead
    case .injured: path = \.injured
    case .detained: path = \.detained
    case .displaced: path = \.displaced
    case .none: return
    }
    if event[keyPath: path] == nil { event[keyPath: path] = count.toll }
  }
}
