import ArgumentParser

/// The program: one command a file in `Commands`, the way of a report in `Pipeline`.
@main
struct Rasid: ParsableCommand {
  /// Version of the program, as on the feed.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "rasid",
    abstract: "Watches a folder for Arabic reports and writes what they say to an append-only feed.",
    discussion: """
      Drop report files into the inbox; read the feed with: tail -F FEED/reports.jsonl
      Each report becomes one JSON line: its text, the entities and events found in it with their places in the text, \
      and what it is to earlier reports. A file that cannot be read goes to the rejected folder with the reason.
      """,
    version: version,
    subcommands: [
      Run.self, Ingest.self, Check.self, Verify.self, Explain.self, Similar.self, Config.self, Features.self,
    ])
}
