import Model

/// Words that are figures without being written in digits: days of the week, months, and the commonest number words. A
/// closed class, folded as Normalize folds; other names of facts come with the mentions.
enum FigureWords {
  private static let words: [StaticString] = [
    // Days of the week.
    "الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت",
    // Months of the three calendars that news uses: the Roman, the Syriac, the Hijri.
    "يناير", "فبراير", "مارس", "ابريل", "مايو", "يونيو", "يوليو", "اغسطس", "سبتمبر", "اكتوبر", "نوفمبر", "ديسمبر",
    "شباط", "اذار", "نيسان", "ايار", "حزيران", "تموز", "ايلول", "محرم", "صفر", "شعبان", "رمضان", "شوال",
    // Numbers up to ten, and the tens.
    "ثلاث", "ثلاثه", "اربع", "اربعه", "خمس", "خمسه", "ست", "سته", "سبع", "سبعه", "ثماني", "ثمانيه", "تسع", "تسعه",
    "عشر", "عشره", "عشرون", "عشرين", "ثلاثون", "ثلاثين", "اربعون", "اربعين", "خمسون", "خمسين", "ستون", "ستين", "سبعون",
    "سبعين", "ثمانون", "ثمانين", "تسعون", "تسعين",
    // Hours, as bulletins name them.
    "الواحده", "الثانيه", "الثالثه", "الرابعه", "الخامسه", "السادسه", "السابعه", "الثامنه", "التاسعه", "العاشره",
  ]

  /// The hashes of the words in a table of their low bits, 0 for none.
  private static let table: [UInt64] = {
    var table = [UInt64](repeating: 0, count: capacity)
    for word in words {
      let hash = word.withUTF8Buffer { StableHash.hash(UnsafeRawBufferPointer($0)) }
      var slot = Int(hash & UInt64(capacity - 1))
      while table[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      table[slot] = hash
    }
    return table
  }()
  private static let capacity = 1024

  /// Calls `body` with a test of token hashes.
  static func withTest<Result>(_ body: ((UInt64) -> Bool) -> Result) -> Result {
    table.withUnsafeBufferPointer { table in
      body { hash in
        var slot = Int(hash & UInt64(capacity - 1))
        while table[slot] != 0 {
          if table[slot] == hash { return true }
          slot = (slot + 1) & (capacity - 1)
        }
        return false
      }
    }
  }

  /// The words, for tests.
  static var all: [String] { words.map { "\($0)" } }
}
