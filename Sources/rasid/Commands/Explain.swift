import ArgumentParser
import Model

#if canImport(Glibc)
  import Glibc
#endif

/// `rasid explain`: what is found in a file, where, and why.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a report with every find marked, and the lexicon entry and rule behind each.")

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "A file, or - for standard input.", completion: .file())
  var file: String

  func run() throws {
    let configuration = try options.load()
    let stages: Stages
    do { stages = try Stages(configuration, explain: true) } catch { throw failure(error, ExitStatus.configuration) }
    let reports: [Report]
    do { reports = try CommandInput.reports(of: file, stages.decoder, configuration) } catch {
      throw failure(error, ExitStatus.problems)
    }
    let folders = [configuration.lexicon ?? ShippedLexicon.folder()] + configuration.lexiconAdditions
    let locator = LexiconLocator(files: LexiconText.files(in: folders))
    let renderer = ExplainRenderer(usesColour: isatty(STDOUT_FILENO) == 1, locate: locator.locate)
    for report in reports {
      let (text, extraction) = stages.extract(report)
      guard emit(renderer.render(text: report.text, normalized: text, extraction: extraction)) else { return }
    }
  }
}
