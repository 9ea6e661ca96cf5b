import Decode
import Dedupe
import Logging
import Model
import Watch

/// Everything that can be set, resolved: what the program runs with. `ConfigurationKeys` documents each setting.
struct Configuration: Sendable {
  /// The folders.
  struct Folders: Sendable, Equatable {
    var inbox: PathBytes
    var archive: PathBytes
    var rejected: PathBytes
    var feed: PathBytes
    var state: PathBytes

    /// All folders under one.
    init(root: PathBytes) {
      inbox = root.appending("inbox")
      archive = root.appending("archive")
      rejected = root.appending("rejected")
      feed = root.appending("feed")
      state = root.appending("state")
    }
  }

  var folders = Folders(root: PathBytes("rasid-data"))
  /// The shipped lexicons; nil to find them beside the program.
  var lexicon: String?
  /// Folders with the user's additions to the lexicons.
  var lexiconAdditions: [String] = []

  var watchMode = WatchConfiguration.Mode.auto
  var watchPriority = WatchConfiguration.Priority.arrival
  var ignore = WatchConfiguration.defaultIgnore
  var rescanSeconds = 30.0
  var pollSeconds = 2.0
  var settleSeconds = 1.0

  var lanes = 0
  var filesInFlightMax = 512
  var bytesInFlightMax = 64 << 20
  var deadlineSeconds = 30.0
  var hangSeconds = 120.0
  var drainSeconds = 20.0
  var deathsMax = 3

  var rotateBytes = 1 << 30

  var decodeLimits = DecodeLimits()
  var fieldMap = JSONFieldMap()
  var dedupe = DedupeConfiguration()
  var logLevel = Logger.Level.info

  /// The settings of the Watch stage.
  var watch: WatchConfiguration {
    var watch = WatchConfiguration(inbox: folders.inbox)
    watch.mode = watchMode
    watch.priority = watchPriority
    watch.ignore = ignore
    watch.rescanSeconds = rescanSeconds
    watch.pollSeconds = pollSeconds
    watch.settleSeconds = settleSeconds
    watch.filesInFlightMax = filesInFlightMax
    watch.bytesInFlightMax = bytesInFlightMax
    return watch
  }
}
