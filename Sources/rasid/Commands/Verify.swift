import Archive
import ArgumentParser
import Feed
import Model

/// `rasid verify`: nothing was altered, dropped or reordered, and every original is there.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the feed's chain and schema, and that every original is in the archive with its digest.",
    discussion: "Names the first bad line and exits 1. May be run while the daemon writes.")

  @OptionGroup var options: ConfigurationOptions

  @Flag(name: .long, inversion: .prefixedNo, help: "Also read every original and compare its SHA-256.")
  var originals = true

  func run() throws {
    let folders = try options.load().folders
    let files: [PathBytes]
    do { files = try FeedFolder(folders.feed).files() } catch { throw failure(error, ExitStatus.ioError) }
    guard !files.isEmpty else {
      complain("rasid: there is no feed in \(folders.feed.display)")
      throw ExitCode(ExitStatus.problems)
    }
    var position = FeedReader.Position.beginning
    var check = OriginalsCheck(archive: folders.archive)
    do {
      try FeedReader.read(files, from: &position, depth: .records) { record, _ in
        if originals { check.add(record) }
      }
    } catch let line as FeedReader.BadLine where line.isTorn && line.file == files.last {
      complain("rasid: \(line). A daemon that was killed leaves this; its next start completes the line")
      throw ExitCode(ExitStatus.problems)
    } catch {
      complain("rasid: bad line: \(error)")
      throw ExitCode(ExitStatus.problems)
    }
    for problem in check.problems.prefix(20) { complain("rasid: \(problem)") }
    guard check.problems.isEmpty else {
      complain("rasid: \(check.problems.count) originals are missing or altered")
      throw ExitCode(ExitStatus.problems)
    }
    say(
      "good: \(position.sequence) lines in \(files.count) files, last hash \(position.hash.hex())"
        + (originals ? ", \(check.checked) originals" : ""))
  }
}

/// Looks for the original of each line in the archive.
struct OriginalsCheck {
  let archive: PathBytes
  private(set) var problems: [String] = []
  private(set) var checked = 0
  private var last: (digest: Digest, file: String)?

  init(archive: PathBytes) { self.archive = archive }

  mutating func add(_ record: StoredRecord) {
    // The items of one container share one original.
    if let last, last == (record.digest, record.file), record.member != nil { return }
    last = (record.digest, record.file)
    checked += 1
    guard let day = CivilDay(record.received) else {
      return problems.append("seq \(record.sequence): bad \"received\"")
    }
    let folder = OriginalArchive.folder(archive, day)
    // A name with `\xNN` may have had that byte, or these four letters.
    let names = [PathBytes(record.file), PathBytes(display: record.file)].flatMap { path in
      [nil, record.sequence].map { OriginalArchive.name(of: path, digest: record.digest, sequence: $0) }
    }
    var found: PathBytes?
    for name in names where found == nil {
      guard let mapped = try? MappedFile(folder.appending(name)) else { continue }
      found = name
      if Digest.sha256(mapped.bytes) != record.digest {
        problems.append("seq \(record.sequence): the original \(folder.appending(name).display) was altered")
      }
    }
    if found == nil {
      problems.append("seq \(record.sequence): the original of \(record.file) is not in \(folder.display)")
    }
  }
}
