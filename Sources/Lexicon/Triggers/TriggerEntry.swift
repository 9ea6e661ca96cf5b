import Arabic
import Model

/// One lexeme that states an action: a line of `triggers.tsv`.
///
/// A class: rules look entries up all the time, and a reference costs less to pass on than its parts.
public final class TriggerEntry: Sendable {
  /// Verb in the third person masculine singular perfect, or noun.
  public let lemma: String
  /// `lemma/class`, the name by which rules, weights and explanations call it.
  public let symbol: Symbol
  /// What it can state; the first reading is the usual one.
  public let readings: [Reading]
  /// What its object or genitive is counted as.
  public let toll: Toll
  /// Index into `TriggerLexicon.frames`.
  public let frame: Int
  /// Groups that it is read with, or that exclude it.
  public let needs: [Need]
  /// What is peculiar to it.
  public let flags: Flags
  /// Whether `collocations.tsv` has rows for it.
  public let hasCollocations: Bool

  init(
    lemma: String, symbol: Symbol, readings: [Reading], toll: Toll, frame: Int, needs: [Need], flags: Flags,
    hasCollocations: Bool
  ) {
    self.lemma = lemma
    self.symbol = symbol
    self.readings = readings
    self.toll = toll
    self.frame = frame
    self.needs = needs
    self.flags = flags
    self.hasCollocations = hasCollocations
  }

  /// A type with its mode.
  public struct Reading: Sendable, Equatable {
    /// PLOVER type.
    public var type: EventType
    /// PLOVER mode, or nil.
    public var mode: String?
  }

  /// Which toll a word counts.
  public enum Toll: UInt8, Sendable { case none, dead, injured, detained, displaced }

  /// A group of words that it is read with, or that excludes it.
  public struct Need: Sendable {
    /// Where the group must stand.
    public enum Side: Sendable { case before, after, absent, required }
    /// Where.
    public var side: Side
    /// The group, as a bit of `WordRecord.contexts`.
    public var group: UInt64
  }

  /// What is peculiar to a trigger.
  public struct Flags: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// A set of the bits of `rawValue`.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Has other senses: needs a participant in its clause.
    public static let weak = Flags(rawValue: 1)
    /// Counts as the result of an attack word in its sentence.
    public static let casualty = Flags(rawValue: 2)
    /// Only the verb triggers.
    public static let verbOnly = Flags(rawValue: 4)
    /// Only its nouns trigger.
    public static let nounOnly = Flags(rawValue: 8)
    /// A lexeme without a verb (`class` is `N` or `P`).
    public static let noun = Flags(rawValue: 16)
    /// Its participles trigger too (`مطالبين`, `متهما`).
    public static let participle = Flags(rawValue: 32)
    /// Seldom an event: only its context makes it one.
    public static let faint = Flags(rawValue: 64)
  }
}

/// One folded spelling of a trigger.
public struct TriggerForm: Sendable {
  /// Index into `TriggerLexicon.entries`.
  public var entry: Int32
  /// The next form of the same spelling, -1 at the end.
  public var next: Int32
  /// Verb tense, verbal noun or participle.
  public var part: Conjugation.Part
  /// Voice; `.either` when the spelling does not tell.
  public var voice: Conjugation.Voice
  /// Person of a verb.
  public var person: Conjugation.Person
  /// Gender of subject or noun.
  public var gender: Conjugation.Gender
  /// Number of subject or noun.
  public var number: Conjugation.Number
  /// A jussive shorter than the indicative: stands after a negation only.
  public var isJussive: Bool
  /// May end a word.
  public var standsAlone: Bool
  /// May be followed by an attached pronoun.
  public var takesPronoun: Bool

  /// A form of its parts.
  public init(
    entry: Int32, next: Int32 = -1, part: Conjugation.Part, voice: Conjugation.Voice, person: Conjugation.Person,
    gender: Conjugation.Gender, number: Conjugation.Number, isJussive: Bool = false, standsAlone: Bool,
    takesPronoun: Bool
  ) {
    self.entry = entry
    self.next = next
    self.part = part
    self.voice = voice
    self.person = person
    self.gender = gender
    self.number = number
    self.isJussive = isJussive
    self.standsAlone = standsAlone
    self.takesPronoun = takesPronoun
  }

  /// Whether it is a finite verb.
  public var isVerb: Bool { part == .perfect || part == .imperfect }
}

/// Where the arguments of a trigger stand: a line of `frames.tsv`. A class for the same reason as `TriggerEntry`.
public final class Frame: Sendable {
  /// Its name.
  public let symbol: Symbol
  /// Role of the subject of the active verb.
  public let subject: Role
  /// Role of the object, and of the subject of the passive.
  public let object: Role
  /// Role of what follows a verbal noun directly.
  public let genitive: Role
  /// Roles after prepositions: hash of the preposition's folded bytes.
  public let prepositions: [(word: UInt64, role: Role)]

  init(symbol: Symbol, subject: Role, object: Role, genitive: Role, prepositions: [(word: UInt64, role: Role)]) {
    self.symbol = symbol
    self.subject = subject
    self.object = object
    self.genitive = genitive
    self.prepositions = prepositions
  }

  /// What a phrase is to an event.
  public enum Role: UInt8, Sendable { case none, actor, recipient, place, either }

  /// Role of a phrase after the preposition with folded hash `word`; nil when the frame does not name it.
  public func role(after word: UInt64) -> Role? {
    for item in prepositions where item.word == word { return item.role }
    return nil
  }
}
