import Glibc

/// What the 256 bytes of an 8-bit character set mean.
struct SingleByteTable: Sendable {
  /// Stands for a byte without meaning; never a code point.
  static let undefined: UInt32 = 0xFFFF

  /// Code points by byte; `undefined` where the set has none.
  let points: [UInt32]
  /// Letter class of the sign that the byte begins with, and of the one it ends with: they differ for the lam-alef
  /// ligatures of CP864 only.
  let firstClass: [UInt8]
  let lastClass: [UInt8]
  /// Whether the shape of the sign joins the next letter. Only CP864 stores shapes.
  let joining: [Joining]

  /// What the shape of a sign says about the sign after it.
  enum Joining: UInt8, Sendable {
    /// Nothing.
    case free
    /// Initial or medial: a letter follows.
    case joins
    /// Isolated or final, of a letter that could have joined: no letter follows.
    case ends
  }

  /// A table from its code points.
  init(points: [UInt32]) {
    precondition(points.count == 256, "an 8-bit set has 256 places")
    self.points = points
    var first: [UInt8] = []
    var last: [UInt8] = []
    for point in points {
      let letters = point == Self.undefined ? [point] : PresentationForms.letters(of: point) ?? [point]
      first.append(LetterModel.classOf(letters[0]))
      last.append(LetterModel.classOf(letters[letters.count - 1]))
    }
    firstClass = first
    lastClass = last
    joining = Self.joining(of: points)
  }

  private static func joining(of points: [UInt32]) -> [Joining] {
    func base(_ point: UInt32) -> UInt32? { PresentationForms.letters(of: point)?.last }
    var dual: Set<UInt32> = []
    for point in points where PresentationForms.shape(of: point)?.joinsAfter == true {
      dual.formUnion([base(point) ?? 0])
    }
    return points.map { point in
      guard let shape = PresentationForms.shape(of: point), let letter = base(point), dual.contains(letter) else {
        return .free
      }
      return shape.joinsAfter ? .joins : .ends
    }
  }

  static let windows1256 = SingleByteTable(points: Self.ask(iconv: "WINDOWS-1256"))
  static let windows1252 = SingleByteTable(points: Self.ask(iconv: "WINDOWS-1252"))
  static let iso88596 = SingleByteTable(points: Self.ask(iconv: "ISO-8859-6"))
  static let cp864 = SingleByteTable(points: Self.ask(iconv: "CP864"))
  static let cp720 = SingleByteTable(points: (0..<128).map { UInt32($0) } + cp720High)
  static let macArabic = SingleByteTable(points: (0..<128).map { UInt32($0) } + macArabicHigh)

  /// Asks glibc's iconv for the meaning of each byte; a set that iconv does not know reads as ASCII only.
  private static func ask(iconv name: String) -> [UInt32] {
    var points = (0..<256).map { $0 < 128 ? UInt32($0) : undefined }
    let handle = iconv_open("UTF-32LE", name)
    guard Int(bitPattern: handle) != -1 else { return points }
    defer { iconv_close(handle) }
    for byte in 0..<256 {
      var source = CChar(truncatingIfNeeded: byte)
      var target: UInt32 = 0
      let converted = withUnsafeMutablePointer(to: &source) { input in
        // The four bytes of `target` are all that iconv may write; it is told so.
        withUnsafeMutableBytes(of: &target) { output in
          var inputStart: UnsafeMutablePointer<CChar>? = input
          var outputStart: UnsafeMutablePointer<CChar>? = output.baseAddress?.assumingMemoryBound(to: CChar.self)
          var inputBytes = 1
          var outputBytes = 4
          let result = Glibc.iconv(handle, &inputStart, &inputBytes, &outputStart, &outputBytes)
          return result == 0 && outputBytes == 0
        }
      }
      if converted { points[byte] = UInt32(littleEndian: target) }
      _ = Glibc.iconv(handle, nil, nil, nil, nil)
    }
    return points
  }
}

extension SingleByteTable {
  /// The table of an 8-bit set, nil for the Unicode forms.
  static func of(_ charset: Charset) -> SingleByteTable? {
    switch charset {
    case .windows1256: windows1256
    case .windows1252: windows1252
    case .iso88596: iso88596
    case .cp720: cp720
    case .cp864: cp864
    case .macArabic: macArabic
    default: nil
    }
  }

  /// The code points of `bytes`; U+FFFD where a byte has no meaning. The number and first place of those come with it.
  func decode(_ bytes: some Collection<UInt8>) -> MendedPoints {
    var result = MendedPoints()
    result.points.reserveCapacity(bytes.count)
    for byte in bytes {
      let point = points[Int(byte)]
      if point == Self.undefined { result.replace() } else { result.points.append(point) }
    }
    return result
  }
}
