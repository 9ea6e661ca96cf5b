import ArgumentParser

/// `rasid config`: every setting with its default, as a file to start from.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print every configuration key with its default, as a TOML file to start from.",
    discussion: """
      Each key can be set in the file (--config), by an environment variable (RASID_SECTION_KEY), or by --set \
      section.key=value; later ones win.
      """)

  func run() throws {
    var section = ""
    var lines = [
      "# Configuration of rasid. Every key stands here with its default, commented out.",
      "# Also by environment (RASID_SECTION_KEY) and by --set section.key=value; later ones win.",
    ]
    for key in ConfigurationKeys.all {
      let parts = key.name.split(separator: ".", maxSplits: 1).map(String.init)
      if parts[0] != section {
        section = parts[0]
        lines += ["", "[\(section)]"]
      }
      lines += Config.wrapped(key.help + (key.isReloadable ? " Taken over by a reload." : "")).map { "# \($0)" }
      lines.append("#\(parts[1]) = \(key.standard)")
    }
    say(lines.joined(separator: "\n"))
  }

  /// Breaks a sentence into lines of at most 100 characters.
  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count > 100 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines
  }
}
