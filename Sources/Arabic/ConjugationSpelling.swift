extension Conjugation {
  /// Collects words: spells patterns, and merges those that are spelled alike.
  struct WordList {
    let radicals: [UInt16]
    let form: VerbForm
    private(set) var words: [Word] = []
    /// Spelling and part to index in `words`.
    private var known: [Key: Int] = [:]

    private struct Key: Hashable {
      var letters: [UInt16]
      var part: Part
      var takesPronoun: Bool
    }

    init(radicals: [UInt16], form: VerbForm) {
      self.radicals = radicals
      self.form = form
      words.reserveCapacity(128)
      known.reserveCapacity(128)
    }

    mutating func perfect(
      _ pattern: String, _ voice: Voice, _ person: Person, _ gender: Gender, _ number: Number,
      standsAlone: Bool = true, takesPronoun: Bool = true
    ) {
      verb(pattern, .perfect, voice, person, gender, number, standsAlone, takesPronoun)
    }

    mutating func imperfect(
      _ pattern: String, _ voice: Voice, _ person: Person, _ gender: Gender, _ number: Number,
      isJussive: Bool = false, standsAlone: Bool = true, takesPronoun: Bool = true
    ) {
      verb(pattern, .imperfect, voice, person, gender, number, standsAlone, takesPronoun, isJussive: isJussive)
    }

    private mutating func verb(
      _ pattern: String, _ part: Part, _ voice: Voice, _ person: Person, _ gender: Gender, _ number: Number,
      _ standsAlone: Bool, _ takesPronoun: Bool, isJussive: Bool = false
    ) {
      var letters = spell(pattern)
      // The plural و takes a silent alef at the end of the word, and none before a pronoun: قصفوا, قصفوهم.
      if pattern.last == "U", number == .plural, person != .first {
        add(
          Word(
            letters: letters, part: part, voice: voice, person: person, gender: gender, number: number,
            standsAlone: false, takesPronoun: true))
        letters.append(0x627)
        add(
          Word(
            letters: letters, part: part, voice: voice, person: person, gender: gender, number: number,
            standsAlone: true, takesPronoun: false))
        return
      }
      add(
        Word(
          letters: letters, part: part, voice: voice, person: person, gender: gender, number: number,
          isJussive: isJussive, standsAlone: standsAlone, takesPronoun: takesPronoun))
    }

    /// A participle with its endings. `sound` adds them to the stem as it is; a weak one loses its last vowel
    /// (`weakEnding`: `i` for active, `a` for passive participles).
    mutating func noun(_ pattern: String, _ part: Part, standsAlone: Bool, sound: Bool, weakEnding: Character = "i") {
      func add(_ letters: [UInt16], _ gender: Gender, _ number: Number, alone: Bool = true, pronoun: Bool = true) {
        self.add(
          Word(
            letters: letters, part: part, voice: part == .passiveParticiple ? .passive : .active, person: .third,
            gender: gender, number: number, standsAlone: alone, takesPronoun: pronoun))
      }
      let stem = spell(pattern)
      var long = stem
      if sound {
        add(stem, .masculine, .singular)
        add(stem + [0x627], .masculine, .singular, pronoun: false)
      } else if weakEnding == "i" {
        add(stem, .masculine, .singular, pronoun: false)  // رامٍ
        long = stem + [0x64A]
        add(long, .masculine, .singular)  // الرامي
        add(long + [0x627], .masculine, .singular, pronoun: false)
      } else {
        add(stem + [0x649], .masculine, .singular, pronoun: false)
        long = stem + [0x627]
      }
      let feminine = !sound && weakEnding == "a" ? stem + [0x627] : long
      add(feminine + [0x629], .feminine, .singular, pronoun: false)
      add(feminine + [0x62A], .feminine, .singular, alone: false)
      add(long + [0x627, 0x62A], .feminine, .plural)
      for ending in [[0x648, 0x646], [0x64A, 0x646]] as [[UInt16]] {
        add(stem + ending, .masculine, .plural, pronoun: false)
      }
      add(stem + [0x648], .masculine, .plural)
      add(stem + [0x64A], .masculine, .plural)
      add(long + [0x627, 0x646], .masculine, .dual, pronoun: false)
    }

    /// A verbal noun, its indefinite accusative, dual and sound feminine plural.
    mutating func masdar(_ pattern: String, endings: Bool = true) {
      func add(_ letters: [UInt16], _ number: Number, alone: Bool = true, pronoun: Bool = true) {
        self.add(
          Word(
            letters: letters, part: .masdar, voice: .either, person: .third, gender: .either, number: number,
            standsAlone: alone, takesPronoun: pronoun))
      }
      var stem = spell(pattern)
      if pattern.hasSuffix("at") || pattern.hasSuffix("At") { stem[stem.count - 1] = 0x629 }
      for (letters, number, alone, pronoun) in NounEndings.all(of: stem, endings: endings) {
        add(letters, number, alone: alone, pronoun: pronoun)
      }
    }

    private mutating func add(_ word: Word) {
      let key = Key(letters: word.letters, part: word.part, takesPronoun: word.takesPronoun)
      guard let at = known[key] else {
        known[key] = words.count
        words.append(word)
        return
      }
      if words[at].voice != word.voice && words[at].person == word.person { words[at].voice = .either }
      words[at].standsAlone = words[at].standsAlone || word.standsAlone
      words[at].isJussive = words[at].isJussive && word.isJussive
    }

    /// The spelling of a pattern: radicals put in, weak ones merged, doubled ones once, hamza on its carrier.
    func spell(_ pattern: String) -> [UInt16] {
      var sounds = phonemes(pattern)
      contract(&sounds)
      return Conjugation.write(sounds)
    }

    /// Sounds as ASCII codes for vowels and scalars for consonants.
    private func phonemes(_ pattern: String) -> [UInt16] {
      var out: [UInt16] = []
      out.reserveCapacity(16)
      for code in pattern.utf8 {
        switch code {
        case 0x31...0x34:
          let radical = radicals[Int(code - 0x31)]
          // Form VIII: و, ي and a first hamza become the infix: اتصل, اتخذ.
          if form == .viii, code == 0x31, radical == 0x648 || radical == 0x64A {
            out.append(0x62A)
          } else {
            out.append(radical)
          }
        case UInt8(ascii: "T"): out.append(infix)
        case UInt8(ascii: "t"): out.append(0x62A)
        case UInt8(ascii: "n"): out.append(0x646)
        case UInt8(ascii: "s"): out.append(0x633)
        case UInt8(ascii: "m"): out.append(0x645)
        case UInt8(ascii: "y"): out.append(0x64A)
        case UInt8(ascii: "w"): out.append(0x648)
        case UInt8(ascii: "'"): out.append(0x621)
        default: out.append(UInt16(code))
        }
      }
      return out
    }

    /// The infix of form VIII after the first radical: اصطدم, ازدحم, ادّعى.
    private var infix: UInt16 {
      switch radicals[0] {
      case 0x635, 0x636, 0x637, 0x638: 0x637
      case 0x632, 0x62F, 0x630: 0x62F
      default: 0x62A
      }
    }

    /// `iw` becomes ī (إيقاف), `uy` ū, and hamza after hamza a long vowel (آمر).
    private func contract(_ sounds: inout [UInt16]) {
      var at = 1
      while at < sounds.count {
        let next: UInt16 = at + 1 < sounds.count ? sounds[at + 1] : 0
        let closes = next == 0 || !Conjugation.isVowel(next)
        if sounds[at - 1] == 0x69, sounds[at] == 0x648, closes {
          sounds[at - 1] = 0x49
          sounds.remove(at: at)
        } else if sounds[at - 1] == 0x75, sounds[at] == 0x64A, closes {
          sounds[at - 1] = 0x55
          sounds.remove(at: at)
        } else if at >= 2, sounds[at] == 0x621, sounds[at - 2] == 0x621, closes {
          sounds[at - 1] = sounds[at - 1] == 0x61 ? 0x41 : sounds[at - 1] == 0x69 ? 0x49 : 0x55
          sounds.remove(at: at)
        } else {
          at += 1
        }
      }
    }
  }

  static func isVowel(_ sound: UInt16) -> Bool {
    switch sound {
    case 0x61, 0x69, 0x75, 0x41, 0x49, 0x55, 0x59: true
    default: false
    }
  }

  /// Writes sounds: short vowels vanish, `Y` is alef maqsura, `|` the alef of union.
  static func write(_ sounds: [UInt16]) -> [UInt16] {
    var out: [UInt16] = []
    out.reserveCapacity(sounds.count)
    for (at, sound) in sounds.enumerated() {
      switch sound {
      case 0x61, 0x69, 0x75: break
      case 0x41:
        // Hamza and long a are one sign: آ.
        if out.last == 0x623 { out[out.count - 1] = 0x622 } else { out.append(0x627) }
      case 0x49: out.append(0x64A)
      case 0x55: out.append(0x648)
      case 0x59: out.append(0x649)
      case 0x7C: out.append(0x627)
      case 0x621: out.append(carrier(sounds, at))
      default:
        if at > 0, sounds[at - 1] == sound { continue }
        out.append(sound)
      }
    }
    return out
  }

  /// The sign that carries the hamza at `at`: by the stronger of the vowels around it, i over u over a.
  private static func carrier(_ sounds: [UInt16], _ at: Int) -> UInt16 {
    let after: UInt16 = at + 1 < sounds.count ? sounds[at + 1] : 0
    if at == 0 { return after == 0x69 || after == 0x49 ? 0x625 : 0x623 }
    let before = sounds[at - 1]
    let isLast = !sounds[(at + 1)...].contains { $0 > 0x100 || $0 == 0x41 || $0 == 0x49 || $0 == 0x55 || $0 == 0x59 }
    func isI(_ sound: UInt16) -> Bool { sound == 0x69 || sound == 0x49 }
    func isU(_ sound: UInt16) -> Bool { sound == 0x75 || sound == 0x55 }
    if isLast {
      switch before {
      case 0x69: return 0x626
      case 0x75: return 0x624
      case 0x61: return 0x623
      default: return 0x621
      }
    }
    if isI(before) || isI(after) || before == 0x64A { return 0x626 }
    if before == 0x41 { return isU(after) ? 0x624 : 0x621 }
    if before == 0x55 { return 0x621 }
    if isU(before) || isU(after) { return 0x624 }
    return 0x623
  }
}

/// Endings of nouns, for verbal nouns and for the nouns of a lexicon.
public enum NounEndings {
  /// A noun's spellings: itself, indefinite accusative, duals, sound feminine plural of derived nouns, and the stems that
  /// take a pronoun (ta marbuta opens: `محاكمت-هم`).
  public static func all(
    of letters: [UInt16], endings: Bool = true
  ) -> [(letters: [UInt16], number: Conjugation.Number, standsAlone: Bool, takesPronoun: Bool)] {
    guard let last = letters.last, endings else { return [(letters, .singular, true, true)] }
    if last == 0x629 {
      let stem = Array(letters.dropLast())
      return [
        (stem + [0x629], .singular, true, false), (stem + [0x62A], .singular, false, true),
        (stem + [0x62A, 0x64A, 0x646], .dual, true, false), (stem + [0x62A, 0x627, 0x646], .dual, true, false),
        (stem + [0x62A, 0x64A], .dual, true, true), (stem + [0x62A, 0x627], .dual, true, true),
        (stem + (stem.last == 0x627 ? [0x648] : []) + [0x627, 0x62A], .plural, true, true),
      ]
    }
    var out: [(letters: [UInt16], number: Conjugation.Number, standsAlone: Bool, takesPronoun: Bool)] = [
      (letters, .singular, true, true),
      (letters + [0x64A, 0x646], .dual, true, false), (letters + [0x627, 0x646], .dual, true, false),
      (letters + [0x627, 0x62A], .plural, true, true),
    ]
    // Before a pronoun a final hamza may sit on a carrier: اعتدائه, اعتداؤه.
    if last == 0x621 {
      out.append((letters.dropLast() + [0x626], .singular, false, true))
      out.append((letters.dropLast() + [0x624], .singular, false, true))
    } else {
      out.append((letters + [0x627], .singular, true, false))
    }
    return out
  }
}
