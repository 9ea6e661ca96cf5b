import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Where the shipped lexicons are: beside the program in a build, under `share` once installed.
enum ShippedLexicon {
  static func folder() -> String {
    let program = programFolder()
    let places = ["\(program)/rasid_Lexicon.resources/Data", "\(program)/../share/rasid/lexicon"]
    return places.first { access($0, R_OK) == 0 } ?? places[1]
  }

  private static func programFolder() -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &buffer, buffer.count)
    guard length > 0 else { return "." }
    return PathBytes(Array(buffer[..<length])).parent.display
  }
}
