/// An upper bound of the attributes of any element, before libxml2 sees it: its check for duplicates is quadratic in them,
/// and calls nobody while it runs.
///
/// Where a tag begins hangs on what is script, comment or quoted text before it, and two readers of broken markup never agree on that. So every
/// `<` before a letter is taken for the beginning of a tag, all at once: what matters of each is only whether it is now inside a quoted value, and
/// how many attributes it has, of which the largest is kept per state.
enum AttributeScan {
  /// The most attributes that any tag of `source` can have, counted as runs of non-blanks outside quoted values.
  static func most(in source: [UInt8]) -> Int {
    source.withUnsafeBufferPointer { bytes in
      var most = 0
      // −1: no tag is in this state.
      var outside = -1
      var single = -1
      var double = -1
      var wasBlank = false
      var afterEquals = false
      // A quotation mark ends the values that it began, and begins one behind `=`.
      func turn(_ quoted: inout Int) {
        let closed = quoted
        quoted = -1
        if afterEquals, outside >= 0 {
          quoted = outside
          outside = -1
        }
        outside = max(outside, closed)
        afterEquals = false
      }
      for index in bytes.indices {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: ">"):
          outside = -1
          afterEquals = false
        case UInt8(ascii: "<"):
          if index + 1 < bytes.count, (bytes[index + 1] | 0x20) >= 0x61, (bytes[index + 1] | 0x20) <= 0x7A {
            outside = max(outside, 0)
          }
          afterEquals = false
        case UInt8(ascii: "'"): turn(&single)
        case UInt8(ascii: "\""): turn(&double)
        case UInt8(ascii: "="): afterEquals = true
        case 0...0x20, UInt8(ascii: "/"): break
        default:
          if wasBlank || index > 0 && (bytes[index - 1] == 0x22 || bytes[index - 1] == 0x27), outside >= 0 {
            outside += 1
            most = max(most, outside)
          }
          afterEquals = false
        }
        wasBlank = byte <= 0x20 || byte == UInt8(ascii: "/")
      }
      return most
    }
  }
}
