import ArgumentParser

/// `rasid similar`: what a report is related to, and why.
struct Similar: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a report is related to and which passages they share.")

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "A file, or the sequence number of a line of the feed.")
  var report: String

  func run() throws { complain("\(report)") }
}
