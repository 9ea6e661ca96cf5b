import Arabic
import Dispatch
import Model
import Synchronization

/// Everything that Rasid knows of names and words: read from files once, laid out flat, shared by all lanes.
public struct Lexicon: Sendable {
  /// 16 hex digits over the contents of all files.
  public internal(set) var version = ""
  /// The phrases of all entries below.
  public internal(set) var phrases = PhraseTrie(PhraseTrieBuilder())
  /// The words of names that bear one wrong letter where their surroundings speak for them.
  public internal(set) var nearWords = NearWords(capacity: 0)
  /// The gazetteer as the rules see it.
  public internal(set) var places: [PlaceEntry] = []
  /// The same places as they go on the feed, with the same indices.
  public internal(set) var placeNames: [Place] = []
  /// States, by the index that places, actors and demonyms use.
  public internal(set) var countries: [Country] = []
  /// Organised actors.
  public internal(set) var actors: [ActorEntry] = []
  /// Known persons.
  public internal(set) var people: [ActorEntry] = []
  /// Common nouns for actors and things.
  public internal(set) var generics: [GenericNoun] = []
  /// Adjectives of nationality and the like.
  public internal(set) var demonyms: [Demonym] = []
  /// Offices and titles.
  public internal(set) var offices: [Office] = []
  /// Heads of quoted sources.
  public internal(set) var sources: [SourceKind] = []
  /// Weapons and means.
  public internal(set) var weapons: [WeaponEntry] = []
  /// Class nouns before places.
  public internal(set) var classNouns: [ClassNoun] = []
  /// Adjectives and participles in noun phrases.
  public internal(set) var qualifiers: [Qualifier] = []
  /// Words before names of countries.
  public internal(set) var placeContexts: [PlaceContext] = []
  /// Spellings of places that are mostly something else.
  public internal(set) var placeStops: [PlaceStop] = []
  /// Number words, units and calendar.
  public internal(set) var numbers = NumberLexicon()
  /// Triggers, particles, reporting words and the weights of the event coder.
  public internal(set) var triggers = TriggerLexicon()

  /// A lexicon without entries.
  public init() {}

  /// Reads all lexicons.
  /// - Parameters:
  ///   - shipped: folder of the files that come with the program.
  ///   - additions: folders of the user's files, which add to the shipped ones and override them.
  /// - Throws: every mistake in every file; nothing is loaded then.
  public static func load(shipped: String, additions: [String] = []) throws(LexiconErrors) -> Lexicon {
    var errors: [LexiconError] = []
    let files = LexiconFiles(shipped: shipped, additions: additions, errors: &errors)
    // Names take as long as triggers and numbers together: on two threads a start waits for half of the work.
    let names = Mutex((lexicon: Lexicon(), errors: [LexiconError]()))
    let words = Mutex((numbers: NumberLexicon(), triggers: TriggerLexicon(), errors: [LexiconError]()))
    DispatchQueue.concurrentPerform(iterations: 2) { part in
      if part == 0 {
        names.withLock { $0.lexicon = LexiconBuilder.lexicon(files, &$0.errors) }
      } else {
        words.withLock {
          $0.numbers = NumberLexicon(files, &$0.errors)
          $0.triggers = TriggerLexicon(files: files, errors: &$0.errors)
        }
      }
    }
    var lexicon = names.withLock { names in
      errors += names.errors
      return names.lexicon
    }
    words.withLock { words in
      errors += words.errors
      lexicon.numbers = words.numbers
      lexicon.triggers = words.triggers
    }
    lexicon.version = files.version
    let known = LexiconBuilder.columns + NumberLexicon.columns + TriggerLexicon.columns
    for file in files.files where !known.contains(file.columns) && !file.name.hasPrefix(TriggerLexicon.weightPrefix) {
      errors.append(file.unknownColumns(known, shipped: files))
    }
    guard errors.isEmpty else { throw LexiconErrors(errors) }
    return lexicon
  }
}

extension LexiconBuilder {
  /// The names of `files`: places, actors, people, common nouns.
  fileprivate static func lexicon(_ files: LexiconFiles, _ errors: inout [LexiconError]) -> Lexicon {
    var builder = LexiconBuilder()
    builder.read(files, &errors)
    return builder.finish()
  }
}

extension NumberLexicon {
  /// The columns of its tables.
  static let columns = [numberColumns, unitColumns, calendarColumns]

  fileprivate init(_ files: LexiconFiles, _ errors: inout [LexiconError]) {
    self.init(
      numbers: files.tables(columns: NumberLexicon.numberColumns, errors: &errors),
      units: files.tables(columns: NumberLexicon.unitColumns, errors: &errors),
      calendar: files.tables(columns: NumberLexicon.calendarColumns, errors: &errors), errors: &errors)
  }
}

extension TriggerLexicon {
  /// The columns of its tables.
  static let columns = [
    triggerColumns, frameColumns, contextColumns, particleColumns, reportingColumns, Collocations.columns,
  ]
  /// Files that are known by the beginning of their names: they hold learned weights, whose columns are features.
  static let weightPrefix = "weights-"
}
