import ArgumentParser

/// The options of every command that needs the configuration.
struct ConfigurationOptions: ParsableArguments {
  @Option(name: .long, help: "Configuration file (TOML). Keys: rasid config.", completion: .file(extensions: ["toml"]))
  var config: String?

  @Option(name: .long, help: "One folder for all: DIR/inbox, archive, rejected, feed, state.", completion: .directory)
  var root: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Set one key, over file and environment. May be given again.", valueName: "key=value"))
  var set: [String] = []

  var loader: ConfigurationLoader { ConfigurationLoader(file: config, root: root, settings: set) }

  /// The resolved configuration; a bad one ends the program with a message that says what and where.
  func load() throws -> Configuration {
    do { return try loader.load() } catch { throw failure(error, ExitStatus.configuration) }
  }
}
