/// Names of the twelve months: English, and the three Arabic sets (Egypt and the Gulf, the Levant and Iraq, the Maghreb).
///
/// Spellings as `DateReader.Tokens` folds them: no marks, ا for أ إ آ, ي for ى, ه for ة. After the CLDR locales ar-EG, ar-SY, ar-IQ,
/// ar-DZ, ar-TN, ar-MA and ar-MR, with the spellings that newsrooms use beside them.
enum MonthNames {
  /// The month whose name begins at token `at`, 1...12, and the token after it; nil if none does.
  static func month(_ tokens: DateReader.Tokens, _ at: Int) -> (month: Int, end: Int)? {
    guard let word = tokens.word(at) else { return nil }
    if let seconds = pairs[word] {
      var next = at + 1
      while tokens.isBlank(next) { next += 1 }
      if let second = tokens.word(next), let month = seconds[second] { return (month, next + 1) }
      return nil
    }
    return singles[word].map { ($0, at + 1) }
  }

  private static let pairs: [String: [String: Int]] = [
    "كانون": ["الثاني": 1, "ثاني": 1, "الاول": 12, "اول": 12],
    "تشرين": ["الاول": 10, "اول": 10, "الثاني": 11, "ثاني": 11],
  ]

  private static let singles: [String: Int] = {
    let names: [[String]] = [
      ["jan", "january", "يناير", "جانفي"],
      ["feb", "february", "فبراير", "شباط", "فيفري"],
      ["mar", "march", "مارس", "اذار"],
      ["apr", "april", "ابريل", "نيسان", "افريل"],
      ["may", "مايو", "ايار", "ماي"],
      ["jun", "june", "يونيو", "حزيران", "جوان", "يونيه"],
      ["jul", "july", "يوليو", "تموز", "جويليه", "يوليوز", "يوليه"],
      ["aug", "august", "اغسطس", "اب", "اوت", "غشت", "اغشت"],
      ["sep", "sept", "september", "سبتمبر", "ايلول", "شتنبر", "شتمبر"],
      ["oct", "october", "اكتوبر"],
      ["nov", "november", "نوفمبر", "نونبر", "نوفنبر"],
      ["dec", "december", "ديسمبر", "دجنبر", "دجمبر"],
    ]
    var table: [String: Int] = [:]
    for (index, list) in names.enumerated() {
      for name in list { table[name] = index + 1 }
    }
    return table
  }()
}
