import Lexicon
import Model

/// What all rules look up, behind one reference: the lexicon and the bits of its groups.
final class EventTables: Sendable {
  let lexicon: TriggerLexicon
  let signs: Signs
  /// One for each lane that is at work.
  let memories: Pool<WordMemory>
  let tollSigns: TollSigns

  let eventTemplates = EventFeatures.Templates()
  let roleTemplates = RoleFeatures.Templates()
  let roleSymbols = RoleFeatures.Symbols()
  let statusTemplates = StatusRules.Templates()
  let statusSymbols = StatusRules.Symbols()
  let slots = PathReader.Slots()
  let sourceTemplates = SourceFeatures.Templates()
  let frames = FrameNames()
  /// Kinds of reporting words, in the order of `Reporting.Kind.allCases`.
  let reportingKinds = TriggerLexicon.Reporting.Kind.allCases.map { Symbol($0.rawValue) }

  init(_ lexicon: TriggerLexicon) {
    self.lexicon = lexicon
    signs = Signs(lexicon)
    memories = Pool { WordMemory(lexicon) }
    tollSigns = TollSigns(lexicon)
  }
}

/// Frames that rules name.
struct FrameNames {
  let clash = Symbol("clash")
  let explode = Symbol("explode")
  let fall = Symbol("fall")
  let intercept = Symbol("intercept")
  let launch = Symbol("launch")
  let use = Symbol("use")
}

/// The symbols that the rules name, made once: features, explanations and weights speak of them.
final class Signs: Sendable {
  // Bits of particles.tsv and contexts.tsv.
  let negation: UInt64
  let negationNoun: UInt64
  let deny: UInt64
  let epithet: UInt64
  let future: UInt64
  let intent: UInt64
  let wish: UInt64
  let condition: UInt64
  let hedge: UInt64
  /// Words of what need not have happened: negation, future, intention, wish, condition, doubt, failure.
  let unreal: UInt64
  /// Words that status and tolls are read by, content words to the other rules.
  let beside: UInt64
  let relative: UInt64
  let complementizer: UInt64
  let conjunction: UInt64
  let demonstrative: UInt64
  /// `أي`: whichever there be.
  let any: UInt64
  /// `كان`, `تم`, `بدأ`: another verb follows.
  let auxiliary: UInt64
  let quantifier: UInt64
  let cause: UInt64
  let resultOf: UInt64
  /// All kinds of prepositions.
  let prepositions: UInt64
  let by: UInt64
  /// `بواسطة`, `باستخدام`.
  let means: UInt64
  /// `منذ`: what follows begins a longer time.
  let since: UInt64
  let inside: UInt64
  let light: UInt64
  let attempt: UInt64
  let air: UInt64
  let artillery: UInt64
  let gun: UInt64
  let blast: UInt64
  let suicide: UInt64
  let drone: UInt64
  let chemical: UInt64
  let tearGas: UInt64
  let casualty: UInt64
  let sport: UInt64
  /// What a report can be about: groups of contexts.tsv.
  let topics: [(group: UInt64, symbol: Symbol)]

  // What a neighbour is.
  let start = Symbol("start")
  let end = Symbol("end")
  let comma = Symbol("comma")
  let stop = Symbol("stop")
  let colon = Symbol("colon")
  let quote = Symbol("quote")
  let mark = Symbol("mark")
  let number = Symbol("number")
  let latin = Symbol("latin")
  let actor = Symbol("actor")
  let person = Symbol("person")
  let source = Symbol("source")
  let weapon = Symbol("weapon")
  let place = Symbol("place")
  let quantity = Symbol("quantity")
  let date = Symbol("date")
  let thing = Symbol("thing")
  let party = Symbol("party")
  let verb = Symbol("verb")
  let noun = Symbol("noun")
  let word = Symbol("word")
  let article = Symbol("al-word")
  let yes = Symbol("yes")
  let none = Symbol("none")
  let no = Symbol("no")

  /// Numbers 0…9 and "many" as symbols.
  let counts = (0...10).map { Symbol("\($0)") }
  /// Distances in words, by size.
  let distances = ["d0", "d1", "d2", "d3", "d5", "d8", "d13", "far", "none"].map { Symbol($0) }
  let strong = Symbol("strong")
  let weak = Symbol("weak")
  let faint = Symbol("faint")
  let force = Symbol("force")
  let material = Symbol("material")
  let verbal = Symbol("verbal")

  /// The kind of act that a type is: force, other deeds, words.
  func kind(_ type: EventType) -> Symbol { kindAndLane(type).kind }

  /// The same with its number, 0…2.
  func kindAndLane(_ type: EventType) -> (kind: Symbol, lane: Int) {
    switch type {
    case .assault: (force, 0)
    case .coerce, .mobilize, .retreat, .aid, .sanction, .protest: (material, 1)
    case .agree, .consult, .support, .concede, .cooperate, .request, .accuse, .reject, .threaten: (verbal, 2)
    }
  }

  /// Types, in the order of `EventType.allCases`.
  let types = EventType.allCases.map { Symbol($0.rawValue) }
  /// Positions, in the order of `Candidate.Position`.
  let positions = Candidate.Position.allCases.map { Symbol("\($0)") }

  /// Sectors of actors by PLOVER's name.
  private let sectors: [String: Symbol] = Dictionary(
    uniqueKeysWithValues: [
      "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CVL", "CRM", "LAB", "REL", "HLH",
      "UAF", "IGO", "NGO", "MNC", "SET", "AGR",
    ].map { ($0, Symbol($0)) })
  private let levels = Dictionary(uniqueKeysWithValues: Place.Level.allCases.map { ($0, Symbol($0.rawValue)) })
  private let precisions: [DateRange.Precision: Symbol] = Dictionary(
    uniqueKeysWithValues: [DateRange.Precision.day, .week, .month, .year, .decade].map { ($0, Symbol($0.rawValue)) })
  let unknown = Symbol("?")

  /// The symbol of a PLOVER sector.
  func sector(_ name: String?) -> Symbol { name.flatMap { sectors[$0] } ?? unknown }

  /// The symbol of a place's level.
  func level(_ level: Place.Level) -> Symbol { levels[level]! }

  /// The symbol of a date's precision.
  func precision(_ precision: DateRange.Precision) -> Symbol { precisions[precision]! }

  /// The symbol of a distance in words; negative is none.
  func distance(_ words: Int) -> Symbol {
    switch words {
    case ..<0: distances[8]
    case 0: distances[0]
    case 1: distances[1]
    case 2: distances[2]
    case 3, 4: distances[3]
    case 5...7: distances[4]
    case 8...12: distances[5]
    case 13...20: distances[6]
    default: distances[7]
    }
  }

  /// The symbol of a count, capped.
  func count(_ value: Int) -> Symbol { counts[min(max(value, 0), 10)] }

  /// The symbol of a type.
  func type(_ type: EventType) -> Symbol { types[type.ordinal] }

  init(_ lexicon: TriggerLexicon) {
    negation = lexicon.particle("negation")
    negationNoun = lexicon.particle("negation-noun")
    deny = lexicon.particle("deny")
    epithet = lexicon.particle("epithet")
    future = lexicon.particle("future")
    intent = lexicon.particle("intent")
    wish = lexicon.particle("wish")
    condition = lexicon.particle("condition")
    hedge = lexicon.particle("hedge")
    relative = lexicon.particle("relative")
    complementizer = lexicon.particle("complementizer")
    conjunction = lexicon.particle("conjunction")
    any = lexicon.particle("any")
    auxiliary = lexicon.particle("auxiliary")
    demonstrative = lexicon.particle("demonstrative")
    quantifier = lexicon.particle("quantifier")
    cause = lexicon.particle("cause")
    resultOf = lexicon.particle("result-of")
    by = lexicon.particle("p-by")
    means = lexicon.particle("means")
    let open = lexicon.particle("failure") | lexicon.particle("plan")
    unreal = negation | negationNoun | deny | future | intent | wish | condition | hedge | open
    beside = open | any | lexicon.particle("two")
    since = lexicon.particle("since")
    inside = lexicon.particle("p-in")
    var all: UInt64 = 0
    for (index, symbol) in lexicon.particles.enumerated() where symbol.name.hasPrefix("p-") {
      all |= 1 << UInt64(index)
    }
    prepositions = all
    light = lexicon.context("light")
    attempt = lexicon.context("attempt")
    air = lexicon.context("air")
    artillery = lexicon.context("artillery")
    gun = lexicon.context("gun")
    blast = lexicon.context("blast")
    suicide = lexicon.context("suicide")
    drone = lexicon.context("drone")
    chemical = lexicon.context("chemical")
    tearGas = lexicon.context("tear-gas")
    casualty = lexicon.context("casualty")
    sport = lexicon.context("sport")
    topics = [
      "sport", "finance", "weather", "accident", "health", "technology", "culture", "election", "court", "diplomacy",
    ].map { (lexicon.context($0), Symbol($0)) }
  }
}
