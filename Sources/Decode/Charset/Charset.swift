/// The character sets in which Arabic reports come, told apart by `CharsetDecoder`.
enum Charset: String, CaseIterable, Sendable {
  case ascii = "us-ascii"
  case utf8 = "utf-8"
  case utf16LE = "utf-16le"
  case utf16BE = "utf-16be"
  case utf32LE = "utf-32le"
  case utf32BE = "utf-32be"
  case windows1256 = "windows-1256"
  case iso88596 = "iso-8859-6"
  case cp720 = "cp720"
  case cp864 = "cp864"
  case macArabic = "x-mac-arabic"
  case windows1252 = "windows-1252"

  /// The character set that a label of HTML, XML or MIME means, nil for one that is not in the list.
  ///
  /// Labels: the WHATWG Encoding Standard's for the sets it knows, IANA's and glibc's for the DOS and Mac code pages.
  /// As in that standard, `iso-8859-1` and `us-ascii` mean windows-1252.
  static func labelled(_ label: String) -> Charset? {
    switch canonical(label) {
    case "utf8", "unicode11utf8", "xunicode20utf8": .utf8
    case "utf16", "utf16le", "ucs2", "iso10646ucs2", "unicode", "csunicode": .utf16LE
    case "utf16be", "unicodefffe": .utf16BE
    case "utf32", "utf32le", "ucs4le": .utf32LE
    case "utf32be", "ucs4", "ucs4be": .utf32BE
    case "windows1256", "cp1256", "xcp1256", "msarab": .windows1256
    case "iso88596", "iso885961987", "iso88596e", "iso88596i", "arabic", "asmo708", "ecma114", "isoir127",
      "csisolatinarabic",
      "csiso88596e", "csiso88596i":
      .iso88596
    case "cp720", "ibm720", "dos720": .cp720
    case "cp864", "ibm864", "csibm864", "dos864": .cp864
    case "xmacarabic", "macarabic", "macintosharabic": .macArabic
    case "windows1252", "cp1252", "xcp1252", "iso88591", "iso885911987", "latin1", "l1", "ascii", "usascii",
      "ansix341968":
      .windows1252
    default: nil
    }
  }

  /// A label without case, spaces and punctuation.
  static func canonical(_ label: String) -> String {
    var bytes: [UInt8] = []
    for byte in label.utf8.prefix(64) {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
      default: break
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
