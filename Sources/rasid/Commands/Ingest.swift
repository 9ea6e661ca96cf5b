import ArgumentParser
import Dedupe
import Dispatch
import Feed
import Model
import Synchronization
import Watch

#if canImport(Glibc)
  import Glibc
#endif

/// `rasid ingest`: the same way of a report, once, to standard output.
struct Ingest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read files once and print their feed lines; nothing on disk is touched.",
    discussion: """
      Arguments are taken in their order, folders in the order of their names' bytes; - is standard input. Files that \
      cannot be read are named on standard error with the reason, and the exit status is 1.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "Files, folders, or - for standard input.", completion: .file())
  var paths: [String]

  func run() throws {
    let configuration = try options.load()
    let stages: Stages
    do { stages = try Stages(configuration) } catch { throw failure(error, ExitStatus.configuration) }
    var inputs = IngestInputs(ignore: configuration.ignore)
    for path in paths { inputs.add(path) }
    var run = IngestRun(
      stages: stages, bytesMax: configuration.decodeLimits.bytesInMax,
      decider: Decider(
        index: try DedupeIndex(directory: nil, configuration: configuration.dedupe),
        clusters: try EventClusters(directory: nil), chain: HashChain(sequence: 0, hash: .zero), known: KnownTexts()))
    let problems = run.process(inputs.files) + inputs.problems
    if problems > 0 { throw ExitCode(ExitStatus.problems) }
  }
}

/// What `ingest` was asked to read, in order.
struct IngestInputs {
  /// A file to read, and the name that its lines give it.
  struct Input: Sendable {
    /// nil for standard input.
    var path: PathBytes?
    var name: PathBytes
  }

  let ignore: [String]
  private(set) var files: [Input] = []
  /// Arguments that could not be read at all.
  private(set) var problems = 0

  init(ignore: [String]) { self.ignore = ignore }

  mutating func add(_ argument: String) {
    if argument == "-" { return files.append(Input(path: nil, name: PathBytes("-"))) }
    let path = PathBytes(argument)
    var status = stat()
    guard path.withCString({ stat($0, &status) }) == 0 else {
      complain("rasid: \(SystemError("read", path))")
      problems += 1
      return
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in FolderListing.files(below: path, ignore: ignore) {
        files.append(Input(path: path.appending(name), name: name))
      }
    } else {
      files.append(Input(path: path, name: path.lastComponent))
    }
  }
}

/// Works through files in chunks: the lanes in parallel, then the serial end in order.
struct IngestRun {
  let stages: Stages
  let bytesMax: Int
  var decider: Decider

  private enum Outcome: Sendable {
    case reports([Stages.Prepared])
    case problem(String)
  }

  /// Files that are worked on before their lines are printed.
  private static let chunk = 64

  /// Prints the lines of all files; returns how many files were rejected.
  mutating func process(_ files: [IngestInputs.Input]) -> Int {
    var problems = 0
    let showsProgress = isatty(STDERR_FILENO) == 1 && files.count > 200
    var done = 0
    while done < files.count {
      let part = Array(files[done..<min(done + IngestRun.chunk, files.count)])
      var batch: [UInt8] = []
      for (input, outcome) in zip(part, prepare(part)) {
        switch outcome {
        case .reports(let reports): for report in reports { decider.append(report, to: &batch) }
        case .problem(let text):
          problems += 1
          complain("rejected \(input.name.display): \(text)")
        }
      }
      // The reader has gone (head, less): there is nobody to write for.
      guard emit(batch) else { return problems }
      done += part.count
      if showsProgress { complain("\u{1B}[A\u{1B}[2K\(done) of \(files.count) files, \(decider.sequence) lines") }
    }
    return problems
  }

  private func prepare(_ part: [IngestInputs.Input]) -> [Outcome] {
    let results = Mutex([Outcome?](repeating: nil, count: part.count))
    let stages = stages
    let bytesMax = bytesMax
    let known = decider.known
    DispatchQueue.concurrentPerform(iterations: part.count) { index in
      let outcome = IngestRun.prepare(part[index], stages, bytesMax, known)
      results.withLock { $0[index] = outcome }
    }
    return results.withLock { $0.map { $0 ?? .problem("not read") } }
  }

  private static func prepare(
    _ input: IngestInputs.Input, _ stages: Stages, _ bytesMax: Int, _ known: KnownTexts
  ) -> Outcome {
    let bytes: [UInt8]
    if let path = input.path {
      switch FileReading.read(path, bytesMax: bytesMax) {
      case .content(let content, _): bytes = content
      case .tooLarge(let identity):
        return .problem("limit-bytes-in: \(identity.size) bytes, more than decode.bytes_in_max (\(bytesMax))")
      case .notReady: return .problem("not-ready: it is being written")
      case .gone: return .problem("gone: it was removed")
      case .special(let kind): return .problem("special: it is \(kind)")
      case .failed(let error): return .problem("\(error)")
      }
    } else {
      guard let input = StandardInput.read(bytesMax: bytesMax) else {
        return .problem("limit-bytes-in: more than decode.bytes_in_max (\(bytesMax))")
      }
      bytes = input
    }
    do throws(DecodeError) {
      return .reports(
        try stages.prepare(bytes, path: input.name, digest: .sha256(bytes), received: .now(), known: known))
    } catch {
      return .problem("\(error.code): \(error.message)")
    }
  }
}
