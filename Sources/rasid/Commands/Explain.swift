import ArgumentParser
import Model
import Watch

/// `rasid explain`: what is found in a file, where, and why.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a report with every find marked, and the lexicon entry and rule behind each.")

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "A file, or - for standard input.", completion: .file())
  var file: String

  func run() throws { complain(file) }
}
