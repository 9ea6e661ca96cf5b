import Model

/// Finds text stored as it is displayed: in presentation forms, in visual order, or both.
enum DisplayOrder {
  /// Nats per pair by which reading backwards must be better before a text is turned.
  private static let gainMeanMin: Float = 0.8

  /// Nats in all by which it must be better: a few letters prove nothing.
  private static let gainTotalMin: Float = 25

  /// The same for text in presentation forms.
  private static let formsGainTotalMin: Float = 8

  /// Nats by which a line may read worse backwards and still be turned with all others.
  private static let unsureLineGainMin: Float = -12

  /// Share of the Arabic letters of a line that must be presentation forms before they are taken for damage. A lam-alef
  /// ligature among letters, or ﷺ, is how someone typed.
  private static let formShareMin = 0.5

  /// The text with display lines mended, and what was done; nil when nothing was.
  static func repair(_ points: [UInt32]) -> (points: [UInt32], repairs: [Repair])? {
    var repairs: [Repair] = []
    var text = points
    let lines = points.split(separator: 0x0A, omittingEmptySubsequences: false)

    // All lines together say whether there is visual order; each line then needs only to agree.
    var gain = LetterModel.Score()
    var against = 0
    for line in lines where line.contains(where: VisualOrder.isRightToLeft) {
      let lineGain = Self.gain(line)
      if lineGain.total > 0 {
        gain.total += lineGain.total
        gain.count += lineGain.count
      } else {
        against += lineGain.count
      }
    }
    // In a text that is visual nearly throughout, a short line that reads equally well both ways is visual too.
    let lineGainMin = against * 10 < gain.count ? unsureLineGainMin : 0
    // Presentation forms are damage already; which of the two orders they are in needs no more than the better reading.
    let hasForms = foldedForms(points) != nil
    if gain.total >= (hasForms ? formsGainTotalMin : gainTotalMin) && (hasForms || gain.mean >= gainMeanMin) {
      let turned = VisualOrder.logical(points) { line in
        line.contains(where: VisualOrder.isRightToLeft) && Self.gain(line).total > lineGainMin
      }
      text = turned.points
      repairs.append(Repair(.visualOrder, count: turned.lines, offset: turned.first))
    }
    if let folded = foldedForms(text) {
      text = folded.points
      repairs.append(Repair(.presentationForms, count: folded.count, offset: folded.first))
    }
    return repairs.isEmpty ? nil : (text, repairs)
  }

  /// How much likelier a line is when read backwards, by its letters and by the shapes of its presentation forms.
  private static func gain(_ line: ArraySlice<UInt32>) -> LetterModel.Score {
    let forward = LetterModel.score(PresentationForms.fold(line))
    let turned = VisualOrder.turned(Array(line))
    let backward = LetterModel.score(PresentationForms.fold(turned))
    let total = backward.total - forward.total + shapeScore(turned) - shapeScore(Array(line))
    return LetterModel.Score(total: total, count: forward.count)
  }

  /// Nats against the pairs of presentation forms that do not join as their shapes say.
  private static func shapeScore(_ points: [UInt32]) -> Float {
    var total: Float = 0
    for (before, after) in zip(points, points.dropFirst()) {
      guard let left = PresentationForms.shape(of: before), let right = PresentationForms.shape(of: after) else {
        continue
      }
      if left.joinsAfter != right.joinsBefore { total -= 2 }
    }
    return total
  }

  /// The lines that are mostly presentation forms, with letters instead.
  private static func foldedForms(_ points: [UInt32]) -> (points: [UInt32], count: Int, first: Int)? {
    var out: [UInt32] = []
    var count = 0
    var first = 0
    for line in points.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.startIndex > 0 { out.append(0x0A) }
      var forms = 0
      var letters = 0
      for point in line where VisualOrder.isRightToLeft(point) {
        letters += 1
        if PresentationForms.letters(of: point) != nil { forms += 1 }
      }
      guard forms > 1, Double(forms) >= formShareMin * Double(letters) else {
        out.append(contentsOf: line)
        continue
      }
      for point in line {
        guard let letters = PresentationForms.letters(of: point) else {
          out.append(point)
          continue
        }
        if count == 0 { first = out.count }
        count += 1
        out.append(contentsOf: letters)
      }
    }
    return count == 0 ? nil : (out, count, first)
  }
}
