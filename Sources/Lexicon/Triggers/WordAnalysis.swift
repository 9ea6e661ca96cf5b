import Arabic
import Model

/// One way to read a word as a trigger.
public struct TriggerReading: Sendable {
  /// Index into `TriggerLexicon.forms`.
  public var form: Int32
  /// Attached particles before it.
  public var clitics: Clitics
  /// Folded bytes of the particles.
  public var prefixBytes: UInt8
  /// Whether an attached pronoun follows (`قصفت-هم`).
  public var hasPronoun: Bool
}

/// What the lexicons know of one token, over all its splits.
public struct WordAnalysis: Sendable {
  /// Groups of `contexts.tsv`, of the shortest prefix that has any.
  public var contexts: UInt64 = 0
  /// Kinds of `particles.tsv`; only conjunctions are taken off before it.
  public var particles: UInt64 = 0
  /// Index into `TriggerLexicon.reporting`, -1 for none.
  public var reporting: Int32 = -1
  /// Part of speech of the reporting word.
  public var reportingForm: WordRecord.ReportingForm = .phrase
  /// Whether it is a verb, participle or phrase of reporting, no noun (`إعلان`).
  public var isReporting: Bool { reporting >= 0 && reportingForm != .masdar }
  /// Attached particles that the word certainly has: those of the split that was understood.
  public var clitics: Clitics = []
  /// The word ends in ta marbuta: no pronoun follows.
  var endsInTaMarbuta = false
  /// First of its readings in the list that `analyze` fills, and how many.
  public var readings: Range<Int32> = 0..<0

  /// A word that no lexicon knows.
  public init() {}
}

extension TriggerLexicon {
  /// Looks a token up under every split into particles, known form and pronoun; readings go to `readings`.
  public func analyze(_ token: Token, _ folded: Span<UInt8>, readings: inout [TriggerReading]) -> WordAnalysis {
    var out = WordAnalysis()
    let first = Int32(readings.count)
    let start = Int(token.foldedStart)
    let end = Int(token.foldedEnd)
    guard token.kind == .arabic, end - start >= 4 else {
      if token.kind == .arabic, let record = word(token.hash) { out.particles = record.particles }
      out.readings = first..<first
      return out
    }
    out.endsInTaMarbuta = token.flags.contains(.taMarbuta)
    look(start, [], folded, end, start, &out, &readings)
    var at = start
    var conjunction: Clitics = []
    let head = FoldedLetter(at: start, of: folded)
    if head == .waw || head == .fa {
      conjunction = head == .waw ? .wa : .fa
      at = start + 2
      if end - at >= 2 {
        look(at, conjunction, folded, end, start, &out, &readings)
      }
    }
    // Without and, when the word may be a conjunction and a rest, with the conjunction taken off.
    particles(at, conjunction, folded, end, start, &out, &readings)
    if at != start { particles(start, [], folded, end, start, &out, &readings) }
    out.readings = first..<Int32(readings.count)
    return out
  }

  /// Splits after ب ك ل س and the article, from `at`.
  @inline(__always)
  private func particles(
    _ at: Int, _ before: Clitics, _ folded: Span<UInt8>, _ end: Int, _ start: Int, _ out: inout WordAnalysis,
    _ readings: inout [TriggerReading]
  ) {
    guard end - at >= 6 else { return }
    let head = FoldedLetter(at: at, of: folded)
    let second = FoldedLetter(at: at + 2, of: folded)
    switch head {
    case .alef where second == .lam:
      if end - at >= 8 { look(at + 4, before.union(.al), folded, end, start, &out, &readings) }
    case .ba, .kaf:
      let clitic: Clitics = head == .ba ? .bi : .ka
      look(at + 2, before.union(clitic), folded, end, start, &out, &readings)
      if end - at >= 10, second == .alef, FoldedLetter(at: at + 4, of: folded) == .lam {
        look(
          at + 6, before.union([clitic, .al]), folded, end, start, &out, &readings)
      }
    case .lam:
      look(at + 2, before.union(.li), folded, end, start, &out, &readings)
      if second == .lam, end - at >= 8 {
        look(at + 4, before.union([.li, .al]), folded, end, start, &out, &readings)
      }
    case .seen:
      look(at + 2, before.union(.sa), folded, end, start, &out, &readings)
    default: return
    }
  }

  @inline(__always)
  private func hash(_ folded: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    folded.extracting(start..<end).withUnsafeBytes { StableHash.hash($0) }
  }

  /// Looks up the rest of a word from `at`, whole and without a pronoun at its end.
  private func look(
    _ at: Int, _ clitics: Clitics, _ folded: Span<UInt8>, _ end: Int, _ start: Int,
    _ out: inout WordAnalysis, _ readings: inout [TriggerReading]
  ) {
    let prefix = UInt8(truncatingIfNeeded: at - start)
    if words.mayHold(folded, at, end), let record = word(hash(folded, at, end)) {
      let isBare = clitics.isSubset(of: [.wa, .fa])
      // Particles take conjunctions and, some of them, ب and ل: بأن, لأن.
      if record.particles != 0 && out.particles == 0 && !clitics.contains(.al) && !clitics.contains(.sa) {
        out.particles = record.particles
      }
      if record.contexts != 0 && !clitics.contains(.sa) { out.contexts |= record.contexts }
      if record.reporting >= 0 && isBare && out.reporting < 0 {
        out.reporting = record.reporting
        out.reportingForm = record.reportingForm
      }
      add(record.form, clitics, prefix, pronoun: false, &readings)
      if !clitics.isEmpty && out.clitics.isEmpty { out.clitics = clitics }
    }
    guard !clitics.contains(.al), end - at >= 8, !out.endsInTaMarbuta else { return }
    let last = FoldedLetter(at: end - 2, of: folded)
    var suffix = 0
    switch last {
    case .ha, .ya: suffix = 2
    case .alef:
      let before = FoldedLetter(at: end - 4, of: folded)
      if before == .ha || before == .noon {
        suffix = 4
      } else if before == .meem, FoldedLetter(at: end - 6, of: folded) == .ha {
        suffix = 6
      }
    case .meem, .noon:
      let before = FoldedLetter(at: end - 4, of: folded)
      if before == .ha { suffix = 4 }
    default: break
    }
    guard suffix > 0, end - suffix - at >= 4 else { return }
    if words.mayHold(folded, at, end - suffix), let record = word(hash(folded, at, end - suffix)) {
      add(record.form, clitics, prefix, pronoun: true, nounsOnly: last == .ya, &readings)
      if record.contexts != 0 && out.contexts == 0 && last != .ya { out.contexts = record.contexts }
    }
  }

  private func add(
    _ form: Int32, _ clitics: Clitics, _ prefix: UInt8, pronoun: Bool, nounsOnly: Bool = false,
    _ readings: inout [TriggerReading]
  ) {
    var at = form
    while at >= 0 {
      let form = forms[Int(at)]
      let fits =
        form.isVerb
        ? clitics.isDisjoint(with: [.al, .bi, .ka])
          && (form.part == .imperfect || clitics.isDisjoint(with: [.sa, .li])) : !clitics.contains(.sa)
      if fits, pronoun ? form.takesPronoun && !(nounsOnly && form.isVerb) : form.standsAlone {
        readings.append(TriggerReading(form: at, clitics: clitics, prefixBytes: prefix, hasPronoun: pronoun))
      }
      at = form.next
    }
  }
}
