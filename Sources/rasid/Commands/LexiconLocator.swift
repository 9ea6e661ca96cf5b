import Arabic
import Lexicon
import Model
import Watch

/// Finds the line of a lexicon file that an entry stands in, for people who want to mend it. Reads the files once, when it is
/// made; only `rasid explain` needs it, so that the lexicons themselves carry no line numbers.
struct LexiconLocator {
  /// One line of a file that has an entry of some key.
  private struct Line {
    var file: String
    var number: Int
    var cells: [Substring]
  }

  private var linesOfKey: [String: [Line]] = [:]

  /// - Parameter files: name and text of the lexicon files, the shipped ones first; later ones override.
  init(files: [(name: String, text: String)]) {
    for file in files where file.name.hasSuffix(".tsv") {
      var number = 0
      for line in file.text.split(separator: "\n", omittingEmptySubsequences: false) {
        number += 1
        guard !line.isEmpty, !line.hasPrefix("#") else { continue }
        let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard cells.count > 1, !cells[0].isEmpty else { continue }
        linesOfKey[String(cells[0]), default: []].append(Line(file: file.name, number: number, cells: cells))
      }
    }
  }

  /// `places-own.tsv:12` for the entry `key`; of several, the one that has a form of `text`, else the last.
  /// - Parameters:
  ///   - key: the first cell: id, lemma or unit.
  ///   - kind: `quantity` looks in the units only.
  ///   - text: the words of the mention.
  func locate(_ key: String, _ kind: String, _ text: String) -> String? {
    var lines = linesOfKey[key] ?? []
    if kind == "quantity" { lines.removeAll { !$0.file.hasPrefix("units") } }
    let words = Set(text.split(separator: " ").map { Folding.fold(word: $0) })
    let line = lines.last { line in
      line.cells.dropFirst().contains { cell in
        cell.split(separator: "|").contains { words.contains(Folding.fold(word: $0)) }
      }
    }
    return (line ?? lines.last).map { "\($0.file):\($0.number)" }
  }
}

/// The lexicon files as text, for looking entries up.
enum LexiconText {
  /// Name and text of each file in `folders`, in the order in which they override each other.
  static func files(in folders: [String]) -> [(name: String, text: String)] {
    folders.flatMap { folder in
      FolderListing.files(below: PathBytes(folder), ignore: []).compactMap { name in
        let path = PathBytes(folder).appending(name)
        guard let bytes = try? WholeFile.read(path, bytesMax: LexiconFiles.fileBytesMax) else { return nil }
        return (name.display, String(decoding: bytes, as: UTF8.self))
      }
    }
  }
}
