import Foundation
import Model

/// Reads reports: `.txt` whole (UTF-8, or UTF-16 with its mark), `.json` by its `title` and `text`.
enum ReportTexts {
  /// Names and texts, in the order of the names; ends the program with a word on it when there are none.
  static func read(_ folder: String, titles: Bool) throws -> [(name: String, text: [UInt8])] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder), !names.isEmpty else {
      Usage.fail("there is no folder \(folder) with reports in it")
    }
    return try names.sorted().compactMap { name in
      guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { return nil }
      var text: String
      if name.hasSuffix(".json") {
        let fields = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        text = fields?["text"] as? String ?? ""
        if titles, let title = fields?["title"] as? String { text = title + "\n" + text }
      } else if data.starts(with: [0xff, 0xfe]) || data.starts(with: [0xfe, 0xff]) {
        text = String(data: data, encoding: .utf16) ?? ""
      } else {
        text = String(decoding: data, as: UTF8.self)
      }
      if text.hasPrefix("\u{feff}") { text.removeFirst() }
      return (name, Array(text.utf8))
    }
  }
}
