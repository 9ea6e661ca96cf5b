/// Who did what to whom: one item of `events` on the feed. Roles are indices into the report's mentions.
public struct Event: Sendable {
  /// PLOVER type.
  public var type: EventType
  /// PLOVER mode (`heavy-weapons`), one of `type.modes`, or nil.
  public var mode: String?
  /// The one word that states the action, without particles.
  public var trigger: ByteSpan
  /// The sentence that it stands in.
  public var sentence: ByteSpan
  /// Who did it.
  public var actors: [Int32]
  /// To whom.
  public var recipients: [Int32]
  /// Where, most specific places only.
  public var places: [Int32]
  /// With what.
  public var instruments: [Int32]
  /// When; nil when the text does not say.
  public var date: DateRange?
  /// Killed.
  public var dead: Toll?
  /// Wounded.
  public var injured: Toll?
  /// Arrested, captured or abducted.
  public var detained: Toll?
  /// Driven out or fled.
  public var displaced: Toll?
  /// Whether it happened.
  public var status: Status
  /// How far the report itself vouches for it.
  public var certainty: Certainty
  /// Who says so: index into the mentions.
  public var source: Int32?
  /// ACLED's names for it; nil where ACLED has none (verbal acts).
  public var acled: ACLED?
  /// The trigger entry, frame and rules that made it, in order, for `rasid explain`; empty unless asked for.
  public var explanation: [String]

  /// How many, and who they were.
  public struct Toll: Sendable, Equatable {
    /// Least number; nil never occurs with a nil `max`.
    public var min: Int?
    /// Greatest number, nil when open (`more than 40`).
    public var max: Int?
    /// Index of the mention that says who, if any.
    public var who: Int32?

    /// A toll of `min` to `max`.
    public init(min: Int?, max: Int?, who: Int32? = nil) {
      self.min = min
      self.max = max
      self.who = who
    }
  }

  /// Whether it happened.
  public enum Status: String, Sendable { case actual, negated, planned, hypothetical }

  /// How far the report vouches for it: said in its own voice, attributed to a source, or only alleged.
  public enum Certainty: String, Sendable { case stated, reported, alleged }

  /// ACLED's event type and sub-event type (codebook 2023), with its precision codes.
  public struct ACLED: Sendable, Equatable {
    /// Event type.
    public var type: String
    /// Sub-event type.
    public var subtype: String
    /// 1 exact place, 2 part of a region, 3 region; nil without a place.
    public var geoPrecision: Int?
    /// 1 day, 2 week, 3 month; nil without a date.
    public var timePrecision: Int?

    /// ACLED's reading of an event.
    public init(type: String, subtype: String, geoPrecision: Int?, timePrecision: Int?) {
      self.type = type
      self.subtype = subtype
      self.geoPrecision = geoPrecision
      self.timePrecision = timePrecision
    }
  }

  /// An event that has no roles yet.
  public init(type: EventType, mode: String? = nil, trigger: ByteSpan, sentence: ByteSpan) {
    self.type = type
    self.mode = mode
    self.trigger = trigger
    self.sentence = sentence
    actors = []
    recipients = []
    places = []
    instruments = []
    status = .actual
    certainty = .stated
    explanation = []
  }
}

/// The 16 event types of the PLOVER ontology (Open Event Data Alliance, PLOVER codebook 2023) with their modes.
public enum EventType: String, Sendable, CaseIterable {
  case agree = "AGREE"
  case consult = "CONSULT"
  case support = "SUPPORT"
  case concede = "CONCEDE"
  case cooperate = "COOPERATE"
  case aid = "AID"
  case retreat = "RETREAT"
  case request = "REQUEST"
  case accuse = "ACCUSE"
  case reject = "REJECT"
  case threaten = "THREATEN"
  case protest = "PROTEST"
  case sanction = "SANCTION"
  case mobilize = "MOBILIZE"
  case coerce = "COERCE"
  case assault = "ASSAULT"

  /// Its place in `allCases`.
  public var ordinal: Int {
    switch self {
    case .agree: 0
    case .consult: 1
    case .support: 2
    case .concede: 3
    case .cooperate: 4
    case .aid: 5
    case .retreat: 6
    case .request: 7
    case .accuse: 8
    case .reject: 9
    case .threaten: 10
    case .protest: 11
    case .sanction: 12
    case .mobilize: 13
    case .coerce: 14
    case .assault: 15
    }
  }

  /// The modes that the type allows.
  public var modes: [String] {
    switch self {
    case .agree, .support, .concede, .cooperate, .aid: []
    case .consult: ["visit", "third-party", "multilateral", "phone"]
    case .retreat: ["withdraw", "release", "disarm", "ceasefire", "access", "resign"]
    case .request, .reject: ["assist", "change", "yield", "meet"]
    case .accuse: ["disapprove", "investigate", "allege"]
    case .threaten: ["restrict", "arrest", "relations", "expel", "territory", "violence"]
    case .protest: ["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"]
    case .sanction: ["convict", "expel", "withdraw", "discontinue"]
    case .mobilize: ["troops", "weapons", "police", "militia"]
    case .coerce:
      [
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation",
        "cyber",
      ]
    case .assault:
      [
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
      ]
    }
  }
}
