import Foundation

/// What to say to somebody who called the program wrongly.
enum Usage {
  static let text = """
    usage: dedupe-bench clusters FEED.jsonl             cluster the events of a feed anew
           dedupe-bench load DIRECTORY                  time of a start with the index that `scale` left there
           dedupe-bench relate FOLDER FEED.jsonl        decide on the reports of a folder, in the order of their names
           dedupe-bench scale FOLDER SIZES [DIRECTORY]  speed and memory at each of SIZES (10000,1000000)
    """

  /// Ends the program with a message on standard error.
  static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data("dedupe-bench: \(message)\n".utf8))
    exit(2)
  }

  /// Ends the program if there is no folder at `path`.
  static func requireFolder(_ path: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      fail("there is no folder \(path); make it first")
    }
  }
}
