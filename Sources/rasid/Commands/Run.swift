import ArgumentParser
import Feed
import Logging
import Model

/// `rasid run`: the daemon, in the foreground.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch the inbox and write the feed, until stopped.",
    discussion: """
      Runs in the foreground; without any configuration all folders are under ./rasid-data. SIGTERM or ctrl-C finishes \
      what is in flight and stops, a second one stops at once; SIGHUP reloads lexicons and limits.
      """)

  @OptionGroup var options: ConfigurationOptions

  func run() throws {
    let configuration = try options.load()
    LoggingSystem.bootstrap { _ in StandardErrorLogHandler(level: configuration.logLevel) }
    let log = Logger(label: "rasid")
    let daemon: Daemon
    do {
      daemon = try Daemon(configuration, loader: options.loader, log: log)
    } catch {
      let (message, status) = StartFailure.explain(error)
      log.critical("\(message)")
      throw ExitCode(status)
    }
    throw ExitCode(daemon.run())
  }
}

/// Turns what a start can throw into a sentence that says what to do, and an exit status.
enum StartFailure {
  static func explain(_ error: any Error) -> (message: String, status: Int32) {
    switch error {
    case FeedLock.Failure.held(let process):
      let who = process.map { " (process \($0))" } ?? ""
      return (
        "another rasid\(who) writes this feed; stop it first, or give this one other folders", ExitStatus.unavailable
      )
    case FeedLock.Failure.system(let error): return ("\(error)", ExitStatus.unavailable)
    case FeedRecovery.Failure.altered(let line):
      return (
        "the feed was altered: \(line). Nothing was changed. See \"The feed was altered\" in the README",
        ExitStatus.altered
      )
    case FeedRecovery.Failure.system(let error): return ("\(error)", ExitStatus.ioError)
    case let line as FeedReader.BadLine:
      return (
        "the feed was altered: \(line). Nothing was changed. See \"The feed was altered\" in the README",
        ExitStatus.altered
      )
    case let error as SystemError: return ("\(error)", ExitStatus.ioError)
    case let error as FeedEndMissing: return ("\(error)", ExitStatus.altered)
    default: return ("\(error)", ExitStatus.configuration)
    }
  }
}
