import ArgumentParser
import Decode
import Feed
import Lexicon
import Model
import Watch

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

/// The one report file that a command is asked about.
enum CommandInput {
  /// Why it could not be read.
  struct Unreadable: Error, CustomStringConvertible {
    var description: String
  }

  /// The reports in the file at `path`; `-` is standard input.
  static func reports(of path: String, _ decoder: Decoder, _ configuration: Configuration) throws -> [Report] {
    let bytesMax = configuration.decodeLimits.bytesInMax
    let bytes: [UInt8]
    if path == "-" {
      guard let input = StandardInput.read(bytesMax: bytesMax) else {
        throw Unreadable(description: "standard input has more than \(bytesMax) bytes (decode.bytes_in_max)")
      }
      bytes = input
    } else {
      switch FileReading.read(PathBytes(path), bytesMax: bytesMax) {
      case .content(let content, _): bytes = content
      case .tooLarge(let identity):
        throw Unreadable(description: "\(path) has \(identity.size) bytes, more than decode.bytes_in_max (\(bytesMax))")
      case .notReady: throw Unreadable(description: "\(path) is being written; try again")
      case .gone: throw Unreadable(description: "\(path) is not there")
      case .special(let kind): throw Unreadable(description: "\(path) is \(kind); only regular files are read")
      case .failed(let error): throw error
      }
    }
    do throws(DecodeError) {
      return try decoder.decode(bytes, name: PathBytes(path).lastComponent.bytes)
    } catch {
      throw Unreadable(description: "\(path) cannot be read: \(error.code): \(error.message)")
    }
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
