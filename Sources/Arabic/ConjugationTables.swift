/// Stem patterns of the verb, by form and by weakness of the root.
///
/// Source: W. Wright, A Grammar of the Arabic Language, vol. I, paradigms I–XIX, rewritten as patterns: `1 2 3 4` are the
/// radicals, `a i u` short vowels, `A I U` long ones, `'` hamza, `|` the alef of union, other letters themselves
/// (`t n s m y w`). A radical written twice is doubled (and spelled once).
extension Conjugation {
  /// The stems of one kind of verb. A stem before a vowel and one before a consonant; they differ in weak verbs only.
  struct Stems {
    /// Perfect active before endings that begin with a vowel (`katab-a`) and with a consonant (`katab-tu`).
    var perfect: (vowel: String, consonant: String)
    /// Perfect passive, likewise.
    var perfectPassive: (vowel: String, consonant: String)
    /// Imperfect active without its personal prefix, whose vowel is `prefixVowel`.
    var imperfect: (vowel: String, consonant: String)
    /// Imperfect passive, without its prefix, whose vowel is `u`.
    var imperfectPassive: (vowel: String, consonant: String)
    /// The vowel of the active prefix.
    var prefixVowel: Character
    /// Active and passive participle.
    var participles: (active: String, passive: String)
    /// The verbal noun; empty in form I, where the lexicon gives it.
    var masdar: String
  }

  private static func regular(
    _ perfect: String, _ perfectPassive: String, _ imperfect: String, _ imperfectPassive: String, _ prefix: Character,
    _ active: String, _ passive: String, _ masdar: String
  ) -> Stems {
    Stems(
      perfect: (perfect, perfect), perfectPassive: (perfectPassive, perfectPassive), imperfect: (imperfect, imperfect),
      imperfectPassive: (imperfectPassive, imperfectPassive), prefixVowel: prefix, participles: (active, passive),
      masdar: masdar)
  }

  /// Sound verbs, and those whose weak radical behaves as a sound one.
  static func sound(_ form: VerbForm) -> Stems {
    switch form {
    case .i: regular("1a2a3", "1u2i3", "12a3", "12a3", "a", "1A2i3", "ma12U3", "")
    case .ii: regular("1a22a3", "1u22i3", "1a22i3", "1a22a3", "u", "mu1a22i3", "mu1a22a3", "ta12I3")
    case .iii: regular("1A2a3", "1U2i3", "1A2i3", "1A2a3", "u", "mu1A2i3", "mu1A2a3", "mu1A2a3at")
    case .iv: regular("'a12a3", "'u12i3", "12i3", "12a3", "u", "mu12i3", "mu12a3", "'i12A3")
    case .v: regular("ta1a22a3", "tu1u22i3", "ta1a22a3", "ta1a22a3", "a", "muta1a22i3", "muta1a22a3", "ta1a22u3")
    case .vi: regular("ta1A2a3", "tu1U2i3", "ta1A2a3", "ta1A2a3", "a", "muta1A2i3", "muta1A2a3", "ta1A2u3")
    case .vii: regular("|n1a2a3", "|n1u2i3", "n1a2i3", "n1a2a3", "a", "mun1a2i3", "mun1a2a3", "|n1i2A3")
    case .viii: regular("|1Ta2a3", "|1Tu2i3", "1Ta2i3", "1Ta2a3", "a", "mu1Ta2i3", "mu1Ta2a3", "|1Ti2A3")
    case .ix: regular("|12a33", "|12u33", "12a33", "12a33", "a", "mu12a33", "mu12a33", "|12i3A3")
    case .x: regular("|sta12a3", "|stu12i3", "sta12i3", "sta12a3", "a", "musta12i3", "musta12a3", "|sti12A3")
    case .q: regular("1a23a4", "1u23i4", "1a23i4", "1a23a4", "u", "mu1a23i4", "mu1a23a4", "1a23a4at")
    case .qii: regular("ta1a23a4", "tu1u23i4", "ta1a23a4", "ta1a23a4", "a", "muta1a23i4", "muta1a23a4", "ta1a23u4")
    }
  }

  /// Verbs whose second radical is weak (`قال`, `أقام`, `استقال`); nil in the forms where it is sound.
  static func hollow(_ form: VerbForm, vowel: Character) -> Stems? {
    func stems(
      _ perfect: (String, String), _ passive: String, _ imperfect: (String, String),
      _ imperfectPassive: (String, String),
      _ prefix: Character, _ active: String, _ passiveParticiple: String, _ masdar: String
    ) -> Stems {
      Stems(
        perfect: perfect, perfectPassive: (passive, passive.replacing("I", with: "i")), imperfect: imperfect,
        imperfectPassive: imperfectPassive, prefixVowel: prefix, participles: (active, passiveParticiple),
        masdar: masdar)
    }
    switch form {
    case .i:
      let long = vowel == "u" ? "1U3" : vowel == "i" ? "1I3" : "1A3"
      return stems(
        ("1A3", "1i3"), "1I3", (long, "1\(vowel)3"), ("1A3", "1a3"), "a", "1A'i3", vowel == "u" ? "ma1U3" : "ma1I3", "")
    case .iv:
      return stems(("'a1A3", "'a1a3"), "'u1I3", ("1I3", "1i3"), ("1A3", "1a3"), "u", "mu1I3", "mu1A3", "'i1A3at")
    case .vii:
      return stems(("|n1A3", "|n1a3"), "|n1I3", ("n1A3", "n1a3"), ("n1A3", "n1a3"), "a", "mun1A3", "mun1A3", "|n1iyA3")
    case .viii:
      return stems(
        ("|1TA3", "|1Ta3"), "|1TI3", ("1TA3", "1Ta3"), ("1TA3", "1Ta3"), "a", "mu1TA3", "mu1TA3", "|1TiyA3")
    case .x:
      return stems(
        ("|sta1A3", "|sta1a3"), "|stu1I3", ("sta1I3", "sta1i3"), ("sta1A3", "sta1a3"), "a", "musta1I3", "musta1A3",
        "|sti1A3at")
    default: return nil
    }
  }

  /// Verbs whose second and third radicals are the same (`ردّ`, `احتلّ`); nil in the forms where they stay apart.
  static func doubled(_ form: VerbForm) -> Stems? {
    switch form {
    case .i:
      return Stems(
        perfect: ("1a22", "1a2a2"), perfectPassive: ("1u22", "1u2i2"), imperfect: ("1u22", "12u2"),
        imperfectPassive: ("1a22", "12a2"), prefixVowel: "a", participles: ("1A22", "ma12U2"), masdar: "")
    case .iv:
      return Stems(
        perfect: ("'a1a22", "'a12a2"), perfectPassive: ("'u1i22", "'u12i2"), imperfect: ("1i22", "12i2"),
        imperfectPassive: ("1a22", "12a2"), prefixVowel: "u", participles: ("mu1i22", "mu1a22"), masdar: "'i12A2")
    case .vii:
      return Stems(
        perfect: ("|n1a22", "|n1a2a2"), perfectPassive: ("|n1u22", "|n1u2i2"), imperfect: ("n1a22", "n1a2i2"),
        imperfectPassive: ("n1a22", "n1a2a2"), prefixVowel: "a", participles: ("mun1a22", "mun1a22"), masdar: "|n1i2A2")
    case .viii:
      return Stems(
        perfect: ("|1Ta22", "|1Ta2a2"), perfectPassive: ("|1Tu22", "|1Tu2i2"), imperfect: ("1Ta22", "1Ta2i2"),
        imperfectPassive: ("1Ta22", "1Ta2a2"), prefixVowel: "a", participles: ("mu1Ta22", "mu1Ta22"), masdar: "|1Ti2A2")
    case .x:
      return Stems(
        perfect: ("|sta1a22", "|sta12a2"), perfectPassive: ("|stu1i22", "|stu12i2"), imperfect: ("sta1i22", "sta12i2"),
        imperfectPassive: ("sta1a22", "sta12a2"), prefixVowel: "a", participles: ("musta1i22", "musta1a22"),
        masdar: "|sti12A2")
    default: return nil
    }
  }

  /// Personal endings of the perfect; the first five begin with a vowel.
  static let perfectEndings: [(ending: String, person: Person, gender: Gender, number: Number)] = [
    ("a", .third, .masculine, .singular), ("at", .third, .feminine, .singular), ("A", .third, .masculine, .dual),
    ("atA", .third, .feminine, .dual), ("U", .third, .masculine, .plural), ("na", .third, .feminine, .plural),
    ("tu", .first, .either, .singular), ("nA", .first, .either, .plural), ("tum", .second, .masculine, .plural),
    ("tumA", .second, .either, .dual), ("tunna", .second, .feminine, .plural),
  ]

  /// Personal prefixes and endings of the imperfect: indicative, and the shorter one of subjunctive and jussive.
  static let imperfectEndings:
    [(prefix: Character, ending: String, short: String, person: Person, gender: Gender, number: Number)] = [
      ("y", "u", "", .third, .masculine, .singular), ("t", "u", "", .third, .feminine, .singular),
      ("y", "Ani", "A", .third, .masculine, .dual), ("t", "Ani", "A", .third, .feminine, .dual),
      ("y", "Una", "U", .third, .masculine, .plural), ("y", "na", "na", .third, .feminine, .plural),
      ("'", "u", "", .first, .either, .singular), ("n", "u", "", .first, .either, .plural),
      ("t", "Ina", "I", .second, .feminine, .singular), ("t", "Una", "U", .second, .masculine, .plural),
      ("t", "na", "na", .second, .feminine, .plural),
    ]
}
