import Model

/// What a word can mean in a number, a date, or beside them: all its readings together, since most have one.
public struct NumberWord: Sendable {
  /// What a word can be; one bit for each role of `numbers.tsv`, `units.tsv` and `calendar.tsv`.
  public struct Roles: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt64
    /// A set of the bits of `rawValue`.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    private static func bit(_ at: UInt64) -> Roles { Roles(rawValue: 1 << at) }

    /// `خمسة`, `مئة`.
    public static let cardinal = bit(0)
    /// `ألف`, `ملايين`: multiplies.
    public static let scale = bit(1)
    /// `ألفان`: the dual of a scale.
    public static let dualScale = bit(2)
    /// `نصف`.
    public static let fraction = bit(3)
    /// `أرباع`: a fraction after a cardinal.
    public static let fractionPlural = bit(4)
    /// `عشرات`, `عدد من`.
    public static let vague = bit(5)
    /// `ثالث`.
    public static let ordinal = bit(6)
    /// `نحو`.
    public static let approximate = bit(7)
    /// `أكثر من`.
    public static let atLeast = bit(8)
    /// `أقل من`.
    public static let atMost = bit(9)
    /// `تقريبا`, after the number.
    public static let approximateAfter = bit(10)
    /// `على الأقل`, after the number.
    public static let atLeastAfter = bit(11)
    /// `على الأكثر`, after the number.
    public static let atMostAfter = bit(12)
    /// `بين`.
    public static let between = bit(13)
    /// `من`.
    public static let from = bit(14)
    /// `إلى`, `حتى`.
    public static let to = bit(15)
    /// `أو`.
    public static let or = bit(16)
    /// A `و` that stands by itself.
    public static let and = bit(17)
    /// `في المئة`.
    public static let percent = bit(18)
    /// `سالب`.
    public static let minus = bit(19)
    /// `على`: divides.
    public static let over = bit(20)
    /// The number after it is a name: `القرار 2254`.
    public static let label = bit(21)
    /// A time of day follows: `الساعة`.
    public static let clock = bit(22)
    /// The number after it is a part of the one before: `بينهم`.
    public static let subset = bit(23)
    /// A counted noun.
    public static let unit = bit(24)
    /// The dual of a counted noun.
    public static let dualUnit = bit(25)
    /// A word that says what a number beside it counts: `مقتل`.
    public static let governor = bit(26)

    /// A new clause: the reach of a governor ends.
    public static let clause = bit(27)
    /// Before casualties without a number: there were none.
    public static let negation = bit(28)
    /// Before casualties without a number: their number is told elsewhere.
    public static let tally = bit(30)
    /// After a fraction: a round of a match (`ربع النهائي`).
    public static let final = bit(31)
    /// The plural of a counted noun.
    public static let pluralUnit = bit(29)

    /// A Gregorian month.
    public static let month = bit(32)
    /// A Hijri month.
    public static let hijriMonth = bit(33)
    /// A day of the week.
    public static let weekday = bit(34)
    /// `أمس`.
    public static let day = bit(35)
    /// `مساء`, `يوم`.
    public static let dayPart = bit(36)
    /// A length of time: `أسبوع`.
    public static let period = bit(37)
    /// `الماضي`, `المقبل`.
    public static let which = bit(38)
    /// `هذا`.
    public static let this = bit(39)
    /// `آخر`.
    public static let last = bit(40)
    /// `القليلة`.
    public static let few = bit(41)
    /// `مطلع`, `أواخر`.
    public static let phase = bit(42)
    /// `قبل`.
    public static let ago = bit(43)
    /// `منذ`.
    public static let since = bit(44)
    /// `بعد`.
    public static let after = bit(45)
    /// `خلال`.
    public static let within = bit(46)
    /// `السبعينيات`.
    public static let decade = bit(47)
    /// `صيف`.
    public static let season = bit(48)
    /// `الربع` of a year.
    public static let quarter = bit(49)
    /// `هجري`, `هـ`.
    public static let hijriEra = bit(50)
    /// `ميلادي`.
    public static let gregorianEra = bit(51)

    /// `في`: a bare year may follow.
    public static let inYear = bit(52)
    /// The date word after it is a name: `صلاة الجمعة`.
    public static let nameHead = bit(53)
    /// `نفسه`: the day before it is not today.
    public static let same = bit(54)
    /// `عمره`: the decade before it is an age.
    public static let age = bit(55)

    /// Whatever a number phrase can begin with.
    public static let opensQuantity: Roles = [
      .cardinal, .scale, .dualScale, .fraction, .vague, .ordinal, .approximate, .atLeast, .atMost, .between, .from,
      .dualUnit, .minus, .unit,
    ]
    /// Whatever a date phrase can begin with, apart from figures.
    public static let opensDate: Roles = [
      .cardinal, .ordinal, .month, .hijriMonth, .weekday, .day, .dayPart, .period, .this, .last, .phase, .ago, .since,
      .after, .within, .decade, .season, .quarter, .between, .from, .dualScale, .scale,
    ]
  }

  /// Bits beside the roles.
  public struct Flags: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt8
    /// A set of the bits of `rawValue`.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// A number only before عشر or a ten: `أحد`.
    public static let teenOnly = Flags(rawValue: 1)
    /// A plural scale that stands for `from 2` when nothing multiplies it: `آلاف`.
    public static let vague = Flags(rawValue: 2)
    /// A fraction only before a word with the article: `خمس السكان`.
    public static let beforeDefinite = Flags(rawValue: 4)
    /// A vague count only before a counted noun: `عدة`.
    public static let beforeNoun = Flags(rawValue: 8)
    /// Also another word: needs company (calendar words).
    public static let weak = Flags(rawValue: 16)
    /// A dual period: `أسبوعين`.
    public static let dual = Flags(rawValue: 32)
    /// The period is in months.
    public static let months = Flags(rawValue: 64)
  }

  /// The particles that the written form has before the word.
  public var prefix: Clitics = []
  /// Their length in folded bytes.
  public var prefixBytes: UInt8 = 0
  /// What it can be.
  public var roles: Roles = []
  /// More about the roles.
  public var flags: Flags = []
  /// Value of a cardinal, scale, dual scale; least value of a vague count.
  public var value: Double = 0
  /// Greatest value of a vague count; infinite when open.
  public var max: Double = .infinity
  /// Value of a fraction.
  public var fraction: Double = 0
  /// Value of an ordinal.
  public var ordinal: Int16 = 0
  /// Index into `NumberLexicon.units` of the counted noun or its dual; -1 for none.
  public var unit: Int16 = -1
  /// Index into `NumberLexicon.units` of what it governs; -1 for none.
  public var governor: Int16 = -1
  /// Month, Gregorian or Hijri, 1...12.
  public var month: Int8 = 0
  /// 0 is Sunday.
  public var weekday: Int8 = 0
  /// Days from the report's day.
  public var day: Int8 = 0
  /// Length of a period in days, or in months with the flag `months`.
  public var period: Int16 = 0
  /// -1 past, 0 present, 1 coming.
  public var which: Int8 = 0
  /// 1 begin, 2 middle, 3 end, 4 rest.
  public var phase: Int8 = 0
  /// 20...90, or the first month of a season.
  public var decade: Int8 = 0
  /// Longer entries that begin with this word: range of `NumberLexicon.phrases`.
  public var phrases: Range<Int32> = 0..<0

  /// Whether it can be any of `roles`.
  @inline(__always)
  public func isAny(_ roles: Roles) -> Bool { !self.roles.isDisjoint(with: roles) }

  /// Adds another reading of the same written word.
  mutating func merge(_ other: NumberWord) {
    // Two cardinals with one form (`ألفا`: a thousand, two thousand of): the first stands.
    if isAny([.cardinal, .scale, .vague, .dualScale]) && other.isAny([.cardinal, .scale, .vague, .dualScale]) {
      return
    }
    if isAny([.unit, .dualUnit]) && other.isAny([.unit, .dualUnit]) { return }
    if isAny([.month, .hijriMonth]) && other.isAny([.month, .hijriMonth]) { return }
    if other.isAny([.cardinal, .scale, .vague, .dualScale]) {
      value = other.value
      max = other.max
    }
    if other.isAny([.fraction, .fractionPlural]) { fraction = other.fraction }
    if other.roles.contains(.ordinal) { ordinal = other.ordinal }
    if unit < 0 { unit = other.unit }
    if governor < 0 { governor = other.governor }
    if other.isAny([.month, .hijriMonth]) { month = other.month }
    if other.roles.contains(.weekday) { weekday = other.weekday }
    if other.roles.contains(.day) { day = other.day }
    if other.roles.contains(.period) { period = other.period }
    if other.roles.contains(.which) { which = other.which }
    if other.roles.contains(.phase) { phase = other.phase }
    if other.isAny([.decade, .season]) { decade = other.decade }
    roles.formUnion(other.roles)
    flags.formUnion(other.flags)
  }
}
