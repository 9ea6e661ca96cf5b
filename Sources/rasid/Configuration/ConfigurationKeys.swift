import Decode
import Logging
import Model
import Watch

/// A setting: its name, what it means, its default, and how it is put into a `Configuration`.
struct ConfigurationKey: Sendable {
  typealias Put = @Sendable (ConfigurationValue, inout Configuration) throws(ConfigurationValue.Mismatch) -> Void

  /// `section.key`, as in the file; the environment's name is `RASID_SECTION_KEY`.
  var name: String
  /// The default as the file would write it.
  var standard: String
  /// One or two sentences with the unit.
  var help: String
  /// Whether a reload takes it over; others need a restart.
  var isReloadable = false
  var put: Put

  /// The environment variable that sets it.
  var environmentName: String {
    "RASID_" + name.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
  }
}

/// All settings, in the order of the example file.
enum ConfigurationKeys {
  static let all: [ConfigurationKey] = folders + watch + pipeline + feed + decode + dedupe + log

  private static let folders: [ConfigurationKey] = [
    .init(
      name: "folders.root", standard: "\"rasid-data\"",
      help: "One folder for all: DIR/inbox, archive, rejected, feed and state. The keys below override it one by one."
    ) { value, configuration throws(ConfigurationValue.Mismatch) in
      configuration.folders = .init(root: PathBytes(try value.string()))
    },
    folder("inbox", "Reports are dropped here. On one file system with archive and rejected.", \.inbox),
    folder("archive", "Originals, once their line is on the feed.", \.archive),
    folder("rejected", "Files that could not be read, each with its reason.", \.rejected),
    folder("feed", "The feed: reports.jsonl and its sealed segments.", \.feed),
    folder("state", "Derived data (dedupe index, checkpoints); may be deleted while stopped.", \.state),
    .init(
      name: "folders.lexicon", standard: "\"\"",
      help: "The shipped lexicons; empty: found beside the program."
    ) { value, configuration throws(ConfigurationValue.Mismatch) in
      let path = try value.string()
      configuration.lexicon = path.isEmpty ? nil : path
    },
    .init(
      name: "folders.lexicon_additions", standard: "[]",
      help: "Folders with additions to the lexicons (lexicon.d), later ones win.", isReloadable: true
    ) { value, configuration throws(ConfigurationValue.Mismatch) in configuration.lexiconAdditions = try value.list() },
  ]

  private static let watch: [ConfigurationKey] = [
    .init(
      name: "watch.mode", standard: "\"auto\"",
      help:
        "\"auto\": inotify, or polling on network file systems and where inotify has no watches left; \"inotify\"; \"poll\"."
    ) { value, configuration throws(ConfigurationValue.Mismatch) in
      configuration.watchMode = try value.choice(WatchConfiguration.Mode.self)
    },
    .init(
      name: "watch.priority", standard: "\"arrival\"",
      help: """
        What goes first when a backlog and fresh drops wait: \"arrival\" (the backlog, oldest first) or \"fresh\" (the drops, \
        their folders by turns).
        """
    ) { value, configuration throws(ConfigurationValue.Mismatch) in
      configuration.watchPriority = try value.choice(WatchConfiguration.Priority.self)
    },
    .init(
      name: "watch.ignore", standard: list(WatchConfiguration.defaultIgnore),
      help: "Shell patterns of names that are left alone (unfinished and hidden files)."
    ) { value, configuration throws(ConfigurationValue.Mismatch) in configuration.ignore = try value.list() },
    seconds("watch.rescan_seconds", "30", "Seconds between full scans of the inbox.", 1...86_400, \.rescanSeconds),
    seconds("watch.poll_seconds", "2", "Seconds between two looks when polling.", 0.1...3600, \.pollSeconds),
    seconds(
      "watch.settle_seconds", "1",
      "Seconds for which a file that a scan found must be unchanged, where nothing tells whether it is being written.",
      0...3600, \.settleSeconds),
  ]

  private static let pipeline: [ConfigurationKey] = [
    integer("pipeline.lanes", "0", "Files worked on at once; 0: one for each processor.", 0...1024, \.lanes),
    integer("pipeline.files_in_flight_max", "512", "Files in flight at most.", 1...65_536, \.filesInFlightMax),
    integer(
      "pipeline.bytes_in_flight_max", "67108864",
      "Bytes of files in flight at most; a file that is larger than half of it counts as half.",
      1 << 20...1 << 40, \.bytesInFlightMax),
    seconds(
      "pipeline.deadline_seconds", "30", "Seconds for which a slow file holds up the order of the others.",
      0.1...86_400, \.deadlineSeconds),
    seconds(
      "pipeline.hang_seconds", "120",
      "Seconds in one file after which the watchdog is fed no more, so that systemd restarts the daemon.",
      1...86_400, \.hangSeconds),
    seconds(
      "pipeline.drain_seconds", "20", "Seconds for files in flight to finish when stopping.", 0...3600, \.drainSeconds),
    integer(
      "pipeline.deaths_max", "3", "A file that was being decoded this many times when the process died is rejected.",
      1...100, \.deathsMax),
  ]

  private static let feed: [ConfigurationKey] = [
    integer(
      "feed.rotate_bytes", "1073741824", "Bytes after which the feed file is sealed and a new one begun; 0: never.",
      0...1 << 50, \.rotateBytes)
  ]

  private static let decode: [ConfigurationKey] = [
    limit("bytes_in_max", "134217728", "Bytes of one file.", \.bytesInMax),
    limit(
      "bytes_out_max", "268435456", "Bytes that unpacking and text extraction may yield for one file.", \.bytesOutMax),
    limit("ratio_max", "200", "Bytes out for each byte in of a compressed stream.", \.ratioMax),
    limit("members_max", "100000", "Members of all containers in one file.", \.membersMax),
    limit("depth_max", "6", "Levels of containers and compression.", \.depthMax),
    limit("nesting_max", "200", "Levels of elements in XML, of objects and arrays in JSON.", \.nestingMax),
    limit("seconds_max", "30", "Seconds for one file.", \.secondsMax),
    limit("memory_bytes_max", "536870912", "Bytes of memory for the parsed form of one document.", \.memoryBytesMax),
    limit("attributes_max", "2000", "Attributes of one element of a page or of XML.", \.attributesMax),
    limit("line_bytes_max", "16777216", "Bytes of the longest line of a plain text.", \.lineBytesMax),
    .init(
      name: "decode.json_fields", standard: "{}",
      help: """
        Further places of a report's fields in JSON records, tried before the usual ones: \
        { title = ["kop"], text = ["artikel.inhoud"] }. \
        Fields: title, text, published, outlet, author, url, items, record.
        """, isReloadable: true
    ) { value, configuration throws(ConfigurationValue.Mismatch) in
      for (field, paths) in try value.table() {
        switch field {
        case "title": configuration.fieldMap.title.insert(contentsOf: paths, at: 0)
        case "text": configuration.fieldMap.text.insert(contentsOf: paths, at: 0)
        case "published": configuration.fieldMap.published.insert(contentsOf: paths, at: 0)
        case "outlet": configuration.fieldMap.outlet.insert(contentsOf: paths, at: 0)
        case "author": configuration.fieldMap.author.insert(contentsOf: paths, at: 0)
        case "url": configuration.fieldMap.url.insert(contentsOf: paths, at: 0)
        case "items": configuration.fieldMap.items.insert(contentsOf: paths, at: 0)
        case "record": configuration.fieldMap.record.insert(contentsOf: paths, at: 0)
        default: throw .init(expected: "title, text, published, outlet, author, url, items or record, not \"\(field)\"")
        }
      }
    },
  ]

  private static let dedupe: [ConfigurationKey] = [
    integer(
      "dedupe.hot_reports", "6000000", "Reports in the hot window of the dedupe index.", 1000...1 << 40,
      \.dedupe.hotReports),
    integer(
      "dedupe.hot_days", "30", "Days that the hot window goes back, if dedupe.hot_reports does not end it before.",
      1...36_500, \.dedupe.hotDays),
  ]

  private static let log: [ConfigurationKey] = [
    .init(
      name: "log.level", standard: "\"info\"",
      help: "\"trace\", \"debug\", \"info\", \"notice\", \"warning\", \"error\" or \"critical\".", isReloadable: true
    ) { value, configuration throws(ConfigurationValue.Mismatch) in
      configuration.logLevel = try value.choice(Logger.Level.self)
    }
  ]

  // MARK: Makers

  private static func folder(
    _ name: String, _ help: String, _ path: any WritableKeyPath<Configuration.Folders, PathBytes> & Sendable
  ) -> ConfigurationKey {
    ConfigurationKey(name: "folders.\(name)", standard: "\"rasid-data/\(name)\"", help: help) {
      value, configuration throws(ConfigurationValue.Mismatch) in
      configuration.folders[keyPath: path] = PathBytes(try value.string())
    }
  }

  private static func seconds(
    _ name: String, _ standard: String, _ help: String, _ range: ClosedRange<Double>,
    _ path: any WritableKeyPath<Configuration, Double> & Sendable
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, standard: standard, help: help) {
      value, configuration throws(ConfigurationValue.Mismatch) in
      configuration[keyPath: path] = try value.number(range)
    }
  }

  private static func integer(
    _ name: String, _ standard: String, _ help: String, _ range: ClosedRange<Int>,
    _ path: any WritableKeyPath<Configuration, Int> & Sendable
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, standard: standard, help: help) {
      value, configuration throws(ConfigurationValue.Mismatch) in
      configuration[keyPath: path] = try value.integer(range)
    }
  }

  private static func limit(
    _ name: String, _ standard: String, _ help: String, _ path: any WritableKeyPath<DecodeLimits, Int> & Sendable
  ) -> ConfigurationKey {
    ConfigurationKey(name: "decode.\(name)", standard: standard, help: help, isReloadable: true) {
      value, configuration throws(ConfigurationValue.Mismatch) in
      configuration.decodeLimits[keyPath: path] = try value.integer(1...1 << 50)
    }
  }

  private static func list(_ values: [String]) -> String {
    "[" + values.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
  }
}
