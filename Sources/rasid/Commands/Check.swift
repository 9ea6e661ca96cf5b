import ArgumentParser
import Feed
import Lexicon
import Model
import Watch

#if canImport(Glibc)
  import Glibc
#endif

/// `rasid check`: whether this configuration will work here.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say whether this configuration will work here, and what to do about each problem.")

  @OptionGroup var options: ConfigurationOptions

  func run() throws {
    let configuration = try options.load()
    let findings = SystemCheck(configuration).findings()
    for finding in findings {
      let mark =
        switch finding.severity {
        case .good: "ok      "
        case .warning: "warning "
        case .problem: "PROBLEM "
        }
      say(mark + finding.text)
    }
    if findings.contains(where: { $0.severity == .problem }) { throw ExitCode(ExitStatus.problems) }
  }
}

/// Looks at folders, rights, space, inotify limits, lexicons and other instances.
struct SystemCheck {
  /// One thing that was looked at.
  struct Finding {
    enum Severity { case good, warning, problem }
    var severity: Severity
    /// What, where, and what to do.
    var text: String
  }

  private let configuration: Configuration
  /// Free bytes below which a warning is due, and below which nothing will work for long.
  private static let spaceLow: UInt64 = 1 << 30
  private static let spaceNone: UInt64 = 16 << 20

  init(_ configuration: Configuration) { self.configuration = configuration }

  func findings() -> [Finding] {
    folders() + [fileSystem(), space(), inotify(), instance(), lexicons()]
  }

  private func folders() -> [Finding] {
    let folders = configuration.folders
    let named = [
      ("inbox", folders.inbox), ("archive", folders.archive), ("rejected", folders.rejected), ("feed", folders.feed),
      ("state", folders.state),
    ]
    return named.map { name, path in
      var status = stat()
      guard path.withCString({ stat($0, &status) }) == 0 else {
        let (above, canCreate) = nearestExisting(path)
        return canCreate
          ? Finding(severity: .good, text: "\(name): \(path.display) will be created")
          : Finding(
            severity: .problem,
            text:
              "\(name): \(path.display) is not there and \(above.display) is not writable; create it or set folders.\(name)"
          )
      }
      guard status.st_mode & S_IFMT == S_IFDIR else {
        return Finding(severity: .problem, text: "\(name): \(path.display) is no folder; set folders.\(name)")
      }
      guard path.withCString({ access($0, R_OK | W_OK | X_OK) }) == 0 else {
        return Finding(
          severity: .problem,
          text: "\(name): no right to read and write \(path.display); give user \(getuid()) the right (chown, chmod)")
      }
      return Finding(severity: .good, text: "\(name): \(path.display)")
    }
  }

  private func nearestExisting(_ path: PathBytes) -> (PathBytes, Bool) {
    var above = path.parent.bytes.isEmpty ? PathBytes(".") : path.parent
    while !above.exists, !above.parent.bytes.isEmpty { above = above.parent }
    if !above.exists { above = PathBytes(".") }
    return (above, above.withCString { access($0, W_OK | X_OK) } == 0)
  }

  private func device(_ path: PathBytes) -> UInt64? {
    var status = stat()
    var at = path
    while at.withCString({ stat($0, &status) }) != 0 {
      if at.bytes.isEmpty || at == PathBytes(".") { return nil }
      at = at.parent.bytes.isEmpty ? PathBytes(".") : at.parent
    }
    return UInt64(status.st_dev)
  }

  private func fileSystem() -> Finding {
    let folders = configuration.folders
    let devices = Set([folders.inbox, folders.archive, folders.rejected].compactMap(device))
    guard devices.count <= 1 else {
      return Finding(
        severity: .problem,
        text:
          "inbox, archive and rejected are on different file systems: files are moved by rename; put them under one root"
      )
    }
    if let network = FileSystemKind.network(of: folders.inbox) {
      return Finding(
        severity: .warning, text: "the inbox is on \(network): it will be polled, as inotify does not see other hosts")
    }
    return Finding(severity: .good, text: "inbox, archive and rejected are on one local file system")
  }

  private func space() -> Finding {
    var status = statvfs()
    let (path, _) = nearestExisting(configuration.folders.feed.appending("x"))
    guard path.withCString({ statvfs($0, &status) }) == 0 else {
      return Finding(severity: .warning, text: "free space of \(path.display) cannot be told")
    }
    let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    let text = "\(free >> 20) MiB free for the feed"
    if free < SystemCheck.spaceNone { return Finding(severity: .problem, text: text + "; make room") }
    if free < SystemCheck.spaceLow { return Finding(severity: .warning, text: text + "; make room soon") }
    if status.f_files > 0 && status.f_favail < 1000 {
      return Finding(severity: .problem, text: "only \(status.f_favail) inodes free for the feed; remove files")
    }
    return Finding(severity: .good, text: text)
  }

  private func inotify() -> Finding {
    guard let watches = number("/proc/sys/fs/inotify/max_user_watches"),
      let events = number("/proc/sys/fs/inotify/max_queued_events")
    else { return Finding(severity: .warning, text: "inotify limits cannot be read; the inbox may have to be polled") }
    let needed = countFolders(configuration.folders.inbox)
    guard needed <= watches else {
      return Finding(
        severity: .problem,
        text:
          "the inbox has \(needed) folders, inotify allows \(watches) watches: sysctl fs.inotify.max_user_watches=\(needed * 2)"
      )
    }
    return Finding(
      severity: .good,
      text: "inotify: \(needed) watches needed of \(watches); bursts of more than \(events) events cause a scan")
  }

  private func number(_ path: String) -> Int? {
    guard let text = try? WholeFile.read(PathBytes(path), bytesMax: 32) else { return nil }
    return Int(String(decoding: text.prefix { (0x30...0x39).contains($0) }, as: UTF8.self))
  }

  private func countFolders(_ path: PathBytes) -> Int {
    FolderListing.folderCount(below: path, ignore: configuration.ignore)
  }

  private func instance() -> Finding {
    let folder = FeedFolder(configuration.folders.feed)
    guard folder.path.withCString({ access($0, W_OK) }) == 0 else {
      return Finding(severity: .good, text: "no other instance: there is no feed folder yet")
    }
    do throws(FeedLock.Failure) {
      _ = try FeedLock(folder)
      return Finding(severity: .good, text: "no other instance writes this feed")
    } catch {
      if case .held(let process) = error {
        return Finding(
          severity: .warning,
          text: "an instance is running\(process.map { " (process \($0))" } ?? ""); a second one would not start")
      }
      return Finding(severity: .problem, text: "the feed's lock cannot be opened: \(error)")
    }
  }

  private func lexicons() -> Finding {
    do {
      let lexicon = try Lexicon.load(
        shipped: configuration.lexicon ?? ShippedLexicon.folder(), additions: configuration.lexiconAdditions)
      return Finding(severity: .good, text: "lexicons: version \(lexicon.version)")
    } catch {
      return Finding(severity: .problem, text: "lexicons: \(error)")
    }
  }
}
