import Lexicon
import Model

/// What all rules look up, behind one reference: the lexicon and the bits of its groups.
final class EventTables: Sendable {
  let lexicon: TriggerLexicon
  let signs: Signs

  init(_ lexicon: TriggerLexicon) {
    self.lexicon = lexicon
    signs = Signs(lexicon)
  }
}

/// The symbols that the rules name, made once: features, explanations and weights speak of them.
struct Signs: Sendable {
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
  let relative: UInt64
  let complementizer: UInt64
  let conjunction: UInt64
  let demonstrative: UInt64
  let auxiliary: UInt64
  let quantifier: UInt64
  let cause: UInt64
  let resultOf: UInt64
  let accusing: UInt64
  /// All kinds of prepositions.
  let prepositions: UInt64
  let between: UInt64
  let with: UInt64
  let by: UInt64
  let inside: UInt64
  let near: UInt64
  let light: UInt64
  let shoot: UInt64
  let attempt: UInt64
  let claim: UInt64
  let air: UInt64
  let artillery: UInt64
  let gun: UInt64
  let blast: UInt64
  let suicide: UInt64
  let drone: UInt64
  let chemical: UInt64
  let blade: UInt64
  let crowd: UInt64
  let tearGas: UInt64
  let truce: UInt64
  let casualty: UInt64

  // What a neighbour is.
  static let start = Symbol("start")
  static let end = Symbol("end")
  static let comma = Symbol("comma")
  static let stop = Symbol("stop")
  static let colon = Symbol("colon")
  static let quote = Symbol("quote")
  static let mark = Symbol("mark")
  static let number = Symbol("number")
  static let latin = Symbol("latin")
  static let actor = Symbol("actor")
  static let person = Symbol("person")
  static let source = Symbol("source")
  static let weapon = Symbol("weapon")
  static let place = Symbol("place")
  static let quantity = Symbol("quantity")
  static let date = Symbol("date")
  static let thing = Symbol("thing")
  static let party = Symbol("party")
  static let verb = Symbol("verb")
  static let noun = Symbol("noun")
  static let word = Symbol("word")
  static let article = Symbol("al-word")
  static let yes = Symbol("yes")
  static let no = Symbol("no")

  /// Numbers 0…9 and "many" as symbols.
  static let counts = (0...10).map { Symbol("\($0)") }
  /// Distances in words, by size.
  static let distances = ["d0", "d1", "d2", "d3", "d5", "d8", "d13", "far", "none"].map { Symbol($0) }
  static let strong = Symbol("strong")
  static let weak = Symbol("weak")
  static let faint = Symbol("faint")
  static let force = Symbol("force")
  static let material = Symbol("material")
  static let verbal = Symbol("verbal")

  /// The kind of act that a type is: force, other deeds, words.
  static func kind(_ type: EventType) -> Symbol {
    switch type {
    case .assault: force
    case .coerce, .mobilize, .retreat, .aid, .sanction, .protest: material
    case .agree, .consult, .support, .concede, .cooperate, .request, .accuse, .reject, .threaten: verbal
    }
  }

  /// Types, in the order of `EventType.allCases`.
  static let types = EventType.allCases.map { Symbol($0.rawValue) }
  /// Positions, in the order of `Candidate.Position`.
  static let positions = Candidate.Position.allCases.map { Symbol("\($0)") }

  /// The symbol of a distance in words; negative is none.
  static func distance(_ words: Int) -> Symbol {
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
  static func count(_ value: Int) -> Symbol { counts[min(max(value, 0), 10)] }

  /// The symbol of a type.
  static func type(_ type: EventType) -> Symbol { types[EventType.allCases.firstIndex(of: type)!] }

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
    demonstrative = lexicon.particle("demonstrative")
    auxiliary = lexicon.particle("auxiliary")
    quantifier = lexicon.particle("quantifier")
    cause = lexicon.particle("cause")
    resultOf = lexicon.particle("result-of")
    accusing = lexicon.particle("accusing")
    between = lexicon.particle("p-between")
    with = lexicon.particle("p-with")
    by = lexicon.particle("p-by")
    inside = lexicon.particle("p-in")
    near = lexicon.particle("p-near")
    var all: UInt64 = 0
    for (index, symbol) in lexicon.particles.enumerated() where symbol.name.hasPrefix("p-") {
      all |= 1 << UInt64(index)
    }
    prepositions = all
    light = lexicon.context("light")
    shoot = lexicon.context("shoot")
    attempt = lexicon.context("attempt")
    claim = lexicon.context("claim")
    air = lexicon.context("air")
    artillery = lexicon.context("artillery")
    gun = lexicon.context("gun")
    blast = lexicon.context("blast")
    suicide = lexicon.context("suicide")
    drone = lexicon.context("drone")
    chemical = lexicon.context("chemical")
    blade = lexicon.context("blade")
    crowd = lexicon.context("crowd")
    tearGas = lexicon.context("tear-gas")
    truce = lexicon.context("truce")
    casualty = lexicon.context("casualty")
  }
}
