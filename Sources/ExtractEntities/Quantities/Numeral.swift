/// A number as the text writes it, before what it counts is known.
struct Numeral {
  /// The tokens, attached particles of the first included.
  var tokens: Range<Int>
  /// Least value.
  var min: Double
  /// Greatest value, infinite when open.
  var max: Double
  /// The scale that was multiplied last (`5 آلاف`: 1000); 0 for none.
  var scale: Double = 0
  /// What it is made of.
  var form: Form

  /// What a number is made of.
  enum Form {
    /// Figures only.
    case figures
    /// Words, or words and figures.
    case words
    /// A vague count: `عشرات`.
    case vague
    /// A fraction: `ثلثا`, `3/4`.
    case fraction
    /// `ألف` by itself: also another word.
    case bareThousand
    /// Position in a row: `الثالث`.
    case ordinal
  }
}
