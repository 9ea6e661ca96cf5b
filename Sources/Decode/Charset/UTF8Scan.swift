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
  /// Well-formedness: Unicode 16, table 3-7, as conditions on a byte and the three before it.
  init(_ bytes: [UInt8]) {
    let count = bytes.count
    var bad = false
    var suspicious = false
    var high = false
    // Every load is inside [0, count): vectors start at 3 and end at count at the latest.
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      func at(_ index: Int) -> UInt8 { index < 0 ? 0 : buffer[index] }
      func single(_ index: Int) {
        let (x, p1, p2, p3) = (at(index), at(index - 1), at(index - 2), at(index - 3))
        bad = bad || Self.isBad(x, p1, p2, p3)
        suspicious = suspicious || Self.isSuspicious(x, p1, p2)
        high = high || x >= 0x80
      }
      while offset < min(3, count) {
        single(offset)
        offset += 1
      }
      if let base = buffer.baseAddress, offset == 3 {
        typealias Vector = SIMD16<UInt8>
        var badLanes = SIMDMask<SIMD16<Int8>>(repeating: false)
        var suspiciousLanes = badLanes
        var highLanes = badLanes
        while offset + Self.width <= count {
          let x = base.loadUnaligned(fromByteOffset: offset, as: Vector.self)
          let p1 = base.loadUnaligned(fromByteOffset: offset - 1, as: Vector.self)
          let p2 = base.loadUnaligned(fromByteOffset: offset - 2, as: Vector.self)
          let p3 = base.loadUnaligned(fromByteOffset: offset - 3, as: Vector.self)
          let isContinuation = (x & 0xC0) .== 0x80
          let continues = (p1 .>= 0xC0) .| (p2 .>= 0xE0) .| (p3 .>= 0xF0)
          let overlong = ((x & 0xFE) .== 0xC0) .| ((p1 .== 0xE0) .& (x .< 0xA0)) .| ((p1 .== 0xF0) .& (x .< 0x90))
          let beyond = (x .>= 0xF5) .| ((p1 .== 0xED) .& (x .>= 0xA0)) .| ((p1 .== 0xF4) .& (x .>= 0x90))
          badLanes = badLanes .| (isContinuation .^ continues) .| overlong .| beyond
          highLanes = highLanes .| (x .>= 0x80)
          let control = ((x .< 0x20) .& (x .!= 0x0A) .& (x .!= 0x09)) .| (x .== 0x7F)
          let sign = (x .== 0xC3) .| (x .== 0xEF) .| (x .== 0x26) .| ((p1 .== 0xC2) .& (x .< 0xA0))
          let afterSpace = (p2 .== 0x20) .| (p2 .== 0x0A)
          let finalFirst = afterSpace .& (((p1 .== 0xD8) .& (x .== 0xA9)) .| ((p1 .== 0xD9) .& (x .== 0x89)))
          let tah = (p2 .== 0xD8) .& ((p1 & 0xFE) .== 0xB8 .| (p1 .== 0xB7))
          let misread = tah .& ((x .== 0xC2) .| (x .== 0xE2) .| (x .== 0xCB))
          suspiciousLanes = suspiciousLanes .| control .| sign .| finalFirst .| misread
          offset += Self.width
        }
        bad = bad || any(badLanes)
        suspicious = suspicious || any(suspiciousLanes)
        high = high || any(highLanes)
      }
      while offset < count {
        single(offset)
        offset += 1
      }
      // A sequence that the end cuts off.
      if at(count - 1) >= 0xC0 || at(count - 2) >= 0xE0 || at(count - 3) >= 0xF0 { bad = true }
    }
    isValid = !bad
    isSuspicious = suspicious
    hasHighBytes = high
  }

  /// The byte `x` cannot follow `p1`, which followed `p2`, which followed `p3`.
  private static func isBad(_ x: UInt8, _ p1: UInt8, _ p2: UInt8, _ p3: UInt8) -> Bool {
    let continues = p1 >= 0xC0 || p2 >= 0xE0 || p3 >= 0xF0
    return ((x & 0xC0) == 0x80) != continues || (x & 0xFE) == 0xC0 || x >= 0xF5 || (p1 == 0xE0 && x < 0xA0)
      || (p1 == 0xF0 && x < 0x90) || (p1 == 0xED && x >= 0xA0) || (p1 == 0xF4 && x >= 0x90)
  }

  /// The byte `x` after `p2 p1` may be a sign of damage: a control, `&`, Latin letters with accents (C3), presentation forms
  /// (EF), a word that begins with ة or ى, or ط ظ before a sign that never follows them.
  private static func isSuspicious(_ x: UInt8, _ p1: UInt8, _ p2: UInt8) -> Bool {
    if (x < 0x20 && x != 0x0A && x != 0x09) || x == 0x7F || x == 0xC3 || x == 0xEF || x == 0x26 { return true }
    if p1 == 0xC2 && x < 0xA0 { return true }
    let afterSpace = p2 == 0x20 || p2 == 0x0A
    if afterSpace && ((p1 == 0xD8 && x == 0xA9) || (p1 == 0xD9 && x == 0x89)) { return true }
    return p2 == 0xD8 && (p1 & 0xFE == 0xB8 || p1 == 0xB7) && (x == 0xC2 || x == 0xE2 || x == 0xCB)
  }
}
