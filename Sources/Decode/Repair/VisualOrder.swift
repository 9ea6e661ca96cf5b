/// Text in the order of display (right-to-left lines stored from left to right) and the way back to reading order.
enum VisualOrder {
  /// The outcome of turning a text.
  struct Reordered {
    var points: [UInt32]
    /// Lines that were turned.
    var lines = 0
    /// Index of the first turned line's first sign.
    var first: Int?
  }

  /// Turns every line with Arabic in it: the line is read backwards, numbers and Latin words in it forwards again, and
  /// brackets are mirrored. The inverse of the Unicode Bidirectional Algorithm for one level of embedding.
  static func logical(_ points: [UInt32]) -> Reordered {
    logical(points) { line in line.contains(where: isRightToLeft) }
  }

  /// Turns the lines that `shouldTurn` accepts.
  static func logical(_ points: [UInt32], where shouldTurn: (ArraySlice<UInt32>) -> Bool) -> Reordered {
    let lines = points.split(separator: 0x0A, omittingEmptySubsequences: false)
    let turns = lines.map(shouldTurn)
    var turnedLines = facing(zip(lines, turns).filter(\.1).map { turned(Array(withoutReturn($0.0))) })[...]
    var result = Reordered(points: [])
    result.points.reserveCapacity(points.count)
    for (line, turns) in zip(lines, turns) {
      if line.startIndex > 0 { result.points.append(0x0A) }
      guard turns, let turnedLine = turnedLines.popFirst() else {
        result.points.append(contentsOf: line)
        continue
      }
      if result.first == nil { result.first = result.points.count }
      result.lines += 1
      result.points.append(contentsOf: turnedLine)
      result.points.append(contentsOf: line.dropFirst(withoutReturn(line).count))
    }
    return result
  }

  /// A line without the carriage return that belongs to its end.
  private static func withoutReturn(_ line: ArraySlice<UInt32>) -> ArraySlice<UInt32> {
    line.last == 0x0D ? line.dropLast() : line
  }

  /// A line in the other order.
  static func turned(_ line: [UInt32]) -> [UInt32] {
    var out = Array(line.reversed())
    var index = 0
    while index < out.count {
      guard isLatin(out[index]) || isDigit(out[index]) else {
        index += 1
        continue
      }
      // A run that reads from left to right: to the last letter or digit that only neutral signs separate from the first.
      var end = index + 1
      var probe = end
      var hasLatin = isLatin(out[index])
      while probe < out.count {
        if isLatin(out[probe]) || isDigit(out[probe]) {
          if isLatin(out[probe]) { hasLatin = true }
          end = probe + 1
          probe += 1
        } else if probe == end, isNumberSeparator(out[probe]) {
          probe += 1
        } else if hasLatin, probe - end < 3, isNeutral(out[probe]), continuesLatin(out, from: probe) {
          probe += 1
        } else {
          break
        }
      }
      out[index..<end].reverse()
      index = end
    }
    return withMarksAfterLetters(out)
  }

  /// Turned lines, with brackets facing the right way: display order shows them mirrored, but some programs that turned text
  /// left them alone. The pairs in all lines tell; without pairs they are taken as mirrored.
  private static func facing(_ lines: [[UInt32]]) -> [[UInt32]] {
    var pairs = 0
    for line in lines {
      var last: UInt32?
      for point in line where mirrored(point) != point {
        // One pair: a bracket and its counterpart after it.
        if let opening = last, opening == mirrored(point) {
          pairs += opening < point ? 1 : -1
          last = nil
        } else {
          last = point
        }
      }
    }
    return pairs > 0 ? lines : lines.map { $0.map(mirrored) }
  }

  /// Marks follow their letter in text. Where the display order had them so too, a turned line has them before it.
  private static func withMarksAfterLetters(_ line: [UInt32]) -> [UInt32] {
    let startsWord = line.indices.contains { index in
      isMark(line[index]) && (index == 0 || !(isRightToLeft(line[index - 1]) || isMark(line[index - 1])))
    }
    guard startsWord else { return line }
    var out = line
    var index = 0
    while index < out.count {
      guard isMark(out[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < out.count && isMark(out[index]) { index += 1 }
      guard index < out.count, isRightToLeft(out[index]) else { continue }
      let letter = out[index]
      let marks = Array(out[start..<index].reversed())
      out.replaceSubrange(start...index, with: [letter] + marks)
      index += 1
    }
    return out
  }

  private static func continuesLatin(_ line: [UInt32], from start: Int) -> Bool {
    for index in start..<min(line.count, start + 4) where !isNeutral(line[index]) {
      return isLatin(line[index])
    }
    return false
  }

  /// A letter that is written from right to left: Arabic and its presentation forms.
  static func isRightToLeft(_ point: UInt32) -> Bool {
    switch point {
    case 0x620...0x64A, 0x66E...0x66F, 0x671...0x6D5, 0x6FA...0x6FF, 0x750...0x77F: true
    case 0xFB50...0xFD3D, 0xFD50...0xFDFB, 0xFE70...0xFEFC: true
    default: false
    }
  }

  private static func isMark(_ point: UInt32) -> Bool { (0x64B...0x652).contains(point) || point == 0x670 }

  private static func isDigit(_ point: UInt32) -> Bool {
    (0x30...0x39).contains(point) || (0x660...0x669).contains(point)
  }

  private static func isLatin(_ point: UInt32) -> Bool {
    switch point {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F: true
    default: false
    }
  }

  /// Separators that stay inside a number (bidirectional class CS).
  private static func isNumberSeparator(_ point: UInt32) -> Bool {
    point == 0x2C || point == 0x2E || point == 0x2F || point == 0x3A || point == 0xA0 || point == 0x60C
  }

  private static func isNeutral(_ point: UInt32) -> Bool {
    switch point {
    case 0x20...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0xA0, 0xAB, 0xBB, 0x2010...0x2026: true
    default: false
    }
  }

  private static func mirrored(_ point: UInt32) -> UInt32 {
    switch point {
    case 0x28: 0x29
    case 0x29: 0x28
    case 0x5B: 0x5D
    case 0x5D: 0x5B
    case 0x7B: 0x7D
    case 0x7D: 0x7B
    case 0x3C: 0x3E
    case 0x3E: 0x3C
    case 0xAB: 0xBB
    case 0xBB: 0xAB
    default: point
    }
  }
}
