/// One pass over bytes at memory speed: are they UTF-8, and is there any byte pattern that could mean damage?
///
/// Nearly every file is good UTF-8 without such a pattern and is done here. The patterns are cheap over-approximations; what
/// they mean is decided afterwards by `TextRepairer`.
struct UTF8Scan {
  /// The bytes are well-formed UTF-8.
  var isValid: Bool
  /// A byte outside ASCII was met.
  var hasHighBytes: Bool
  /// Some pattern of `Signs` may be there.
  var isSuspicious: Bool

  /// Bytes per vector.
  private static let width = 16

  /// Scans `bytes`.
  ///
  /// - Parameter vectors: whether to use vectors; a build without optimization is faster without.
  ///
  /// Well-formedness: Unicode 16, table 3-7, as conditions on a byte and the three before it.
  init(_ bytes: [UInt8], vectors: Bool = !_isDebugAssertConfiguration()) {
    var flags = Flags()
    bytes.withUnsafeBytes { Self.scan($0, vectors: vectors, into: &flags) }
    isValid = !flags.bad
    isSuspicious = flags.suspicious
    hasHighBytes = flags.high
  }

  private struct Flags {
    var bad = false
    var suspicious = false
    var high = false
  }

  private typealias Vector = SIMD16<UInt8>

  private static func scan(_ buffer: UnsafeRawBufferPointer, vectors: Bool, into flags: inout Flags) {
    let count = buffer.count
    guard count > 0, let base = buffer.baseAddress else { return }
    var offset = min(3, count)
    scan(buffer, 0..<offset, into: &flags)

    // Every load is inside the buffer: vectors begin at 3, look back 3, and end at `count` at the latest.
    // Constants are vectors and masks are bytes 0x00 / 0xFF, as that is what compiles to plain vector instructions.
    var bad = Vector(repeating: 0)
    var suspicious = bad
    var high = bad
    while vectors && offset + width <= count {
      let x = base.loadUnaligned(fromByteOffset: offset, as: Vector.self)
      let p1 = base.loadUnaligned(fromByteOffset: offset - 1, as: Vector.self)
      let p2 = base.loadUnaligned(fromByteOffset: offset - 2, as: Vector.self)
      let p3 = base.loadUnaligned(fromByteOffset: offset - 3, as: Vector.self)
      high |= x
      bad |= badLanes(x, p1, p2, p3)
      suspicious |= suspiciousLanes(x, p1, p2)
      offset += width
    }
    flags.bad = flags.bad || bad != Vector(repeating: 0)
    flags.suspicious = flags.suspicious || suspicious != Vector(repeating: 0)
    flags.high = flags.high || (high & Vector(repeating: 0x80)) != Vector(repeating: 0)

    scan(buffer, offset..<count, into: &flags)
    // A sequence that the end cuts off.
    for (back, lead) in [(1, 0xC0), (2, 0xE0), (3, 0xF0)] where count >= back && buffer[count - back] >= lead {
      flags.bad = true
    }
  }

  private static func scan(_ buffer: UnsafeRawBufferPointer, _ range: Range<Int>, into flags: inout Flags) {
    for index in range {
      let x = buffer[index]
      let p1 = index > 0 ? buffer[index - 1] : 0
      let p2 = index > 1 ? buffer[index - 2] : 0
      let p3 = index > 2 ? buffer[index - 3] : 0
      flags.bad = flags.bad || isBad(x, p1, p2, p3)
      flags.suspicious = flags.suspicious || isSuspicious(x, p1, p2)
      flags.high = flags.high || x >= 0x80
    }
  }

  @inline(__always)
  private static func mask(_ lanes: SIMDMask<SIMD16<Int8>>) -> Vector {
    Vector(repeating: 0).replacing(with: Vector(repeating: 0xFF), where: lanes)
  }

  @inline(__always)
  private static func equal(_ x: Vector, _ value: UInt8) -> Vector { mask(x .== Vector(repeating: value)) }

  @inline(__always)
  private static func least(_ x: Vector, _ value: UInt8) -> Vector { mask(x .>= Vector(repeating: value)) }

  @inline(__always)
  private static func below(_ x: Vector, _ value: UInt8) -> Vector { mask(x .< Vector(repeating: value)) }

  @inline(__always)
  private static func badLanes(_ x: Vector, _ p1: Vector, _ p2: Vector, _ p3: Vector) -> Vector {
    let isContinuation = equal(x & Vector(repeating: 0xC0), 0x80)
    let continues = least(p1, 0xC0) | least(p2, 0xE0) | least(p3, 0xF0)
    let overlong =
      equal(x & Vector(repeating: 0xFE), 0xC0) | (equal(p1, 0xE0) & below(x, 0xA0)) | (equal(p1, 0xF0) & below(x, 0x90))
    let beyond = least(x, 0xF5) | (equal(p1, 0xED) & least(x, 0xA0)) | (equal(p1, 0xF4) & least(x, 0x90))
    return (isContinuation ^ continues) | overlong | beyond
  }

  @inline(__always)
  private static func suspiciousLanes(_ x: Vector, _ p1: Vector, _ p2: Vector) -> Vector {
    let lineOrTab = equal(x, 0x0A) | equal(x, 0x09)
    let control = (below(x, 0x20) ^ lineOrTab) | equal(x, 0x7F)
    let sign = equal(x, 0xC3) | equal(x, 0xEF) | equal(x, 0x26) | (equal(p1, 0xC2) & below(x, 0xA0))
    let afterSpace = equal(p2, 0x20) | equal(p2, 0x0A)
    let finalLetter = (equal(p1, 0xD8) & equal(x, 0xA9)) | (equal(p1, 0xD9) & equal(x, 0x89))
    let misreadLead = equal(p2, 0xD8) & (equal(p1, 0xB7) | equal(p1, 0xB8) | equal(p1, 0xA2) | equal(p1, 0xA3))
    let misread = misreadLead & (equal(x, 0xC2) | equal(x, 0xE2) | equal(x, 0xCB))
    return control | sign | (afterSpace & finalLetter) | misread
  }

  /// The byte `x` cannot follow `p1`, which followed `p2`, which followed `p3`.
  private static func isBad(_ x: UInt8, _ p1: UInt8, _ p2: UInt8, _ p3: UInt8) -> Bool {
    let continues = p1 >= 0xC0 || p2 >= 0xE0 || p3 >= 0xF0
    return ((x & 0xC0) == 0x80) != continues || (x & 0xFE) == 0xC0 || x >= 0xF5 || (p1 == 0xE0 && x < 0xA0)
      || (p1 == 0xF0 && x < 0x90) || (p1 == 0xED && x >= 0xA0) || (p1 == 0xF4 && x >= 0x90)
  }

  /// The byte `x` after `p2 p1` may be a sign of damage: a control, `&`, Latin letters with accents (C3), presentation forms
  /// (EF), a word that begins with ة or ى, or ط ظ آ أ before a sign that hardly follows them.
  private static func isSuspicious(_ x: UInt8, _ p1: UInt8, _ p2: UInt8) -> Bool {
    if (x < 0x20 && x != 0x0A && x != 0x09) || x == 0x7F || x == 0xC3 || x == 0xEF || x == 0x26 { return true }
    if p1 == 0xC2 && x < 0xA0 { return true }
    let afterSpace = p2 == 0x20 || p2 == 0x0A
    if afterSpace && ((p1 == 0xD8 && x == 0xA9) || (p1 == 0xD9 && x == 0x89)) { return true }
    return p2 == 0xD8 && (p1 == 0xB7 || p1 == 0xB8 || p1 == 0xA2 || p1 == 0xA3) && (x == 0xC2 || x == 0xE2 || x == 0xCB)
  }
}
