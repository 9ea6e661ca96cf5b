import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Builds a `Configuration`: defaults, then the file, then the environment, then flags; later ones win.
struct ConfigurationLoader {
  /// A TOML file; nil for none.
  var file: String?
  /// `--root`.
  var root: String?
  /// `--set key=value`.
  var settings: [String] = []

  /// What is wrong with the settings: one sentence each, naming the file, line or variable.
  struct Invalid: Error, CustomStringConvertible {
    var problems: [String]
    var description: String { problems.joined(separator: "\n") }
  }

  func load() throws -> Configuration {
    var configuration = Configuration()
    var problems: [String] = []
    func put(_ key: ConfigurationKey, _ value: ConfigurationValue, from origin: String) {
      do throws(ConfigurationValue.Mismatch) { try key.put(value, &configuration) } catch {
        problems.append("\(origin): \(key.name) must be \(error.expected)")
      }
    }
    let entries = try file.map { try ConfigurationFile.read($0, &problems) } ?? []
    // The root first: single folders override it wherever they are set.
    let keys = ConfigurationKeys.all
    for key in keys {
      for entry in entries where entry.name == key.name { put(key, entry.value, from: entry.origin) }
      if let text = getenv(key.environmentName).map({ String(cString: $0) }) {
        put(key, .string(text), from: "environment variable \(key.environmentName)")
      }
      if key.name == "folders.root", let root { put(key, .string(root), from: "--root") }
    }
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let key = keys.first(where: { $0.name == parts[0] }) else {
        problems.append("--set \(setting): expected KEY=VALUE with a key that `rasid config` lists")
        continue
      }
      put(key, .string(parts[1]), from: "--set")
    }
    guard problems.isEmpty else { throw Invalid(problems: problems) }
    return configuration
  }
}
