/// The derived forms of the Arabic verb: I to X, and the first two of four radicals.
public enum VerbForm: String, Sendable, CaseIterable {
  case i = "I"
  case ii = "II"
  case iii = "III"
  case iv = "IV"
  case v = "V"
  case vi = "VI"
  case vii = "VII"
  case viii = "VIII"
  case ix = "IX"
  case x = "X"
  case q = "Q"
  case qii = "QII"
}

/// Conjugates verbs and derives their nouns: from radicals, form and vowel to spelled words, by tables.
///
/// Words come out as they are spelled without vowel marks, hamza on its carrier. Active and passive fall together in most
/// sound verbs: then a word is given once, with voice `.either`. Imperatives and energics are left out: reports have none.
public struct Conjugation: Sendable {
  /// Grammatical person.
  public enum Person: UInt8, Sendable { case first = 1, second, third }
  /// Grammatical gender.
  public enum Gender: UInt8, Sendable { case either, masculine, feminine }
  /// Grammatical number.
  public enum Number: UInt8, Sendable { case singular, dual, plural }
  /// Voice; `.either` when the spelling does not tell.
  public enum Voice: UInt8, Sendable { case active, passive, either }
  /// What a word is.
  public enum Part: UInt8, Sendable { case perfect, imperfect, masdar, activeParticiple, passiveParticiple }

  /// One spelled word and what it stands for.
  public struct Word: Sendable, Equatable {
    /// Letters (Unicode scalars), without vowel marks.
    public var letters: [UInt16]
    /// What it is.
    public var part: Part
    /// Voice of a verb; participles tell theirs by `part`.
    public var voice: Voice
    /// Person of a verb.
    public var person: Person
    /// Gender of subject or noun.
    public var gender: Gender
    /// Number of subject or noun.
    public var number: Number
    /// Whether it is a jussive that is shorter than the indicative (`لم يقل`): it stands after a negation only.
    public var isJussive: Bool
    /// Whether it may end a word.
    public var standsAlone: Bool
    /// Whether an attached pronoun may follow it (`قصفو-هم`, `رما-ه`, `محاكمت-هم`).
    public var takesPronoun: Bool

    /// A word of its parts.
    public init(
      letters: [UInt16], part: Part, voice: Voice, person: Person, gender: Gender, number: Number,
      isJussive: Bool = false, standsAlone: Bool, takesPronoun: Bool
    ) {
      self.letters = letters
      self.part = part
      self.voice = voice
      self.person = person
      self.gender = gender
      self.number = number
      self.isJussive = isJussive
      self.standsAlone = standsAlone
      self.takesPronoun = takesPronoun
    }

    /// The word as text.
    public var text: String { String(String.UnicodeScalarView(letters.compactMap { Unicode.Scalar($0) })) }
  }

  /// Radicals, three or four; hamza is U+0621, weak ones are و and ي.
  public let radicals: [UInt16]
  /// The form.
  public let form: VerbForm
  /// Vowel of the imperfect of form I where spelling shows it: `u`, `i` or `a`; by default that of the weak radical.
  public let vowel: Character

  /// A verb; nil when the number of radicals does not fit the form.
  public init?(radicals: [UInt16], form: VerbForm, vowel: Character? = nil) {
    guard radicals.count == (form == .q || form == .qii ? 4 : 3) else { return nil }
    self.radicals = radicals
    self.form = form
    let weak = radicals[1] == 0x64A || radicals[2] == 0x64A
    self.vowel = vowel ?? (weak ? "i" : "u")
  }

  private var isQuadriliteral: Bool { radicals.count == 4 }
  private var isDefective: Bool { isWeak(radicals[radicals.count - 1]) }
  private var isHollow: Bool { !isQuadriliteral && isWeak(radicals[1]) && !isDefective }
  private var isDoubled: Bool { !isQuadriliteral && radicals[1] == radicals[2] }
  private func isWeak(_ letter: UInt16) -> Bool { letter == 0x648 || letter == 0x64A }

  private var stems: Stems {
    if isHollow, let stems = Conjugation.hollow(form, vowel: vowel) { return stems }
    if isDoubled, let stems = Conjugation.doubled(form) { return stems }
    var stems = Conjugation.sound(form)
    // The first radical و falls out in the imperfect of form I: وصل, يصل.
    if form == .i, radicals[0] == 0x648, !(isDefective && vowel == "a") { stems.imperfect = ("2i3", "2i3") }
    return stems
  }

  /// All words of the verb: both tenses, voices, all persons; masdar and participles with their endings.
  public func words(masdar wantsMasdar: Bool = true, participles wantsParticiples: Bool = true) -> [Word] {
    var out = WordList(radicals: radicals, form: form)
    let stems = self.stems
    if isDefective { defective(stems, &out) } else { strong(stems, &out) }
    if wantsParticiples { participles(stems, &out) }
    if wantsMasdar, !stems.masdar.isEmpty { masdar(stems.masdar, &out) }
    return out.words
  }

  private func strong(_ stems: Stems, _ out: inout WordList) {
    for (voice, stem) in [(Voice.active, stems.perfect), (.passive, stems.perfectPassive)] {
      for (index, row) in Conjugation.perfectEndings.enumerated() {
        let text = (index < 5 ? stem.vowel : stem.consonant) + row.ending
        out.perfect(text, voice, row.person, row.gender, row.number)
      }
    }
    for (voice, stem, vowel) in [
      (Voice.active, stems.imperfect, stems.prefixVowel), (.passive, stems.imperfectPassive, "u"),
    ] {
      for row in Conjugation.imperfectEndings {
        let before = "\(row.prefix)\(vowel)"
        let plural = row.ending == "na"
        out.imperfect(
          before + (plural ? stem.consonant : stem.vowel) + row.ending, voice, row.person, row.gender, row.number)
        if row.short != row.ending {
          // The jussive of the hollow verb shortens the vowel: لم يقل.
          let isShort = row.short.isEmpty && isHollow && stem.consonant != stem.vowel
          let short = isShort ? stem.consonant : stem.vowel
          out.imperfect(
            before + short + row.short, voice, row.person, row.gender, row.number, isJussive: isShort)
        }
        if row.short.isEmpty && isDoubled && stem.vowel != stem.consonant {
          out.imperfect(before + stem.consonant, voice, row.person, row.gender, row.number, isJussive: true)
        }
      }
    }
  }

  /// Verbs whose last radical is weak: it merges with the endings.
  private func defective(_ stems: Stems, _ out: inout WordList) {
    /// A stem without its last radical and the vowel before it.
    func base(_ stem: String) -> String { String(stem.dropLast(2)) }
    let isWaw = form == .i && radicals[2] == 0x648
    let perfectInI = form == .i && vowel == "a" && radicals[2] == 0x64A
    for (voice, stem, inI) in [
      (Voice.active, stems.perfect.vowel, perfectInI), (.passive, stems.perfectPassive.vowel, true),
    ] {
      let base = base(stem)
      let glide = isWaw && voice == .active ? "w" : "y"
      for row in Conjugation.perfectEndings {
        switch row.ending {
        case "a" where inI: out.perfect(base + "iya", voice, row.person, row.gender, row.number)
        case "a":
          out.perfect(base + (isWaw ? "A" : "Y"), voice, row.person, row.gender, row.number, takesPronoun: isWaw)
          if !isWaw {
            out.perfect(base + "A", voice, row.person, row.gender, row.number, standsAlone: false)
          }
        case "at", "atA": out.perfect(base + (inI ? "iy" : "") + row.ending, voice, row.person, row.gender, row.number)
        case "A": out.perfect(base + (inI ? "iyA" : "a\(glide)A"), voice, row.person, row.gender, row.number)
        case "U": out.perfect(base + "U", voice, row.person, row.gender, row.number)
        default: out.perfect(base + (inI ? "I" : "a\(glide)") + row.ending, voice, row.person, row.gender, row.number)
        }
      }
    }
    let activeFinal: Character =
      switch form {
      case .i: vowel == "a" ? "Y" : isWaw ? "U" : "I"
      case .v, .vi, .qii: "Y"
      default: "I"
      }
    for (voice, stem, prefixVowel, final) in [
      (Voice.active, stems.imperfect.vowel, stems.prefixVowel, activeFinal),
      (.passive, stems.imperfectPassive.vowel, "u", "Y"),
    ] {
      let base = base(stem)
      let glide = final == "U" ? "w" : "y"
      for row in Conjugation.imperfectEndings {
        let before = "\(row.prefix)\(prefixVowel)" + base
        func add(_ ending: String, alone: Bool = true, pronoun: Bool = true, jussive: Bool = false) {
          out.imperfect(
            before + ending, voice, row.person, row.gender, row.number, isJussive: jussive, standsAlone: alone,
            takesPronoun: pronoun)
        }
        switch row.ending {
        case "u":
          add(String(final), pronoun: final != "Y")
          if final == "Y" { add("A", alone: false) }
          add(final == "Y" ? "a" : final == "U" ? "u" : "i", jussive: true)  // لم يدع
        case "Ani":
          add("a\(glide)Ani")
          add("a\(glide)A")
        case "na": add(final == "Y" ? "ayna" : final == "U" ? "Una" : "Ina")
        default:
          add(row.ending)
          add(row.short)
        }
      }
    }
  }

  private func participles(_ stems: Stems, _ out: inout WordList) {
    var active = stems.participles.active
    var passive = stems.participles.passive
    if isDefective {
      active = String(active.dropLast(2))
      let isWaw = form == .i && radicals[2] == 0x648
      out.noun(active, .activeParticiple, standsAlone: true, sound: false, weakEnding: "i")
      if form == .i {
        passive = "ma12" + (isWaw ? "U" : "I")
        out.noun(passive, .passiveParticiple, standsAlone: true, sound: true)
      } else {
        out.noun(String(passive.dropLast(2)), .passiveParticiple, standsAlone: true, sound: false, weakEnding: "a")
      }
      return
    }
    out.noun(active, .activeParticiple, standsAlone: true, sound: true)
    out.noun(passive, .passiveParticiple, standsAlone: true, sound: true)
  }

  private func masdar(_ pattern: String, _ out: inout WordList) {
    if isDefective {
      switch form {
      case .ii: return out.masdar("ta12iyat")
      case .iii: return out.masdar("mu1A2At")
      case .v, .vi, .qii:
        let base = String(pattern.dropLast(2))
        out.masdar(base + "i", endings: false)
        return out.masdar(base + "I")
      default: return out.masdar(String(pattern.dropLast(1)) + "'")
      }
    }
    out.masdar(pattern)
    // Hamza as last radical: تهنئة besides the regular pattern of form II.
    if form == .ii, radicals[2] == 0x621 { out.masdar("ta12i3at") }
  }
}
