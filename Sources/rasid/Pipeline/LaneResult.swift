import Model
import Watch

/// What a lane made of an admitted file.
struct LaneResult: Sendable {
  /// The file as it was read.
  struct Original: Sendable {
    var identity: FileIdentity
    /// Kept until the original is archived: should the file be replaced meanwhile, this is what its line was made from.
    var bytes: [UInt8]
    var digest: Digest
    var received: Timestamp
  }

  enum Outcome: Sendable {
    /// Reports for the feed.
    case reports([Stages.Prepared], Original)
    /// To be moved to the rejected files.
    case rejected(Rejection, Original)
    /// Still in the inbox, to be looked at again.
    case notNow(WatchFolder.Release)
    /// Nothing to do: it is gone, or none that is read.
    case nothing
  }

  var file: ArrivedFile
  var outcome: Outcome
}

/// Why a file goes to the rejected folder.
struct Rejection: Sendable {
  /// `decode` or `admission`.
  var stage: String
  var error: DecodeError
  /// How often the file was tried, this time included.
  var attempts: Int
}
