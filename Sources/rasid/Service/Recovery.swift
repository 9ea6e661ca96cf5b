import Dedupe
import Feed
import Logging
import Model
import Watch

/// What a start finds: the end of the feed, the index brought up to it, and the lines whose originals may not have moved.
struct Recovery {
  let end: FeedReader.Position
  /// Lines that had to be read because no checkpoint covered them.
  let linesRead: UInt64
  let tail: FeedTail
  let index: DedupeIndex
  let clusters: EventClusters

  /// Verifies the feed from the last checkpoint, mends its tail, and brings the index up to date.
  init(_ configuration: Configuration, attempts: AttemptTable, log: Logger) throws {
    let folder = FeedFolder(configuration.folders.feed)
    let state = configuration.folders.state.appending("index")
    try Directory.create(state, mode: 0o750)
    let index = try DedupeIndex(directory: state.bytes, configuration: configuration.dedupe)
    let clusters = try EventClusters(directory: state.bytes)
    let start = Recovery.start(folder, configuration, index, clusters, attempts, log)

    // A first pass over the chain alone finds the end; the index must not hold what the feed does not.
    let outcome = try FeedRecovery.recover(folder, from: start, rebooted: attempts.isRebooted, depth: .chain)
    guard outcome.end.sequence >= attempts.archived else {
      throw FeedEndMissing(feed: configuration.folders.feed, end: outcome.end.sequence, archived: attempts.archived)
    }
    if outcome.tornBytes > 0 {
      log.warning("completed a half-written line of \(outcome.tornBytes) bytes at the end of the feed")
    }
    if outcome.cutBytes > 0 {
      log.warning("cut \(outcome.cutBytes) bytes that a power loss left at the end of the feed; kept beside it")
    }
    try index.rewind(to: outcome.end.sequence)
    try clusters.rewind(to: outcome.end.sequence)

    var tail = FeedTail()
    var replayed = 0
    let replay = IndexReplay()
    let archived = attempts.archived
    if start.sequence < outcome.end.sequence {
      let known = index.lastSequence
      try FeedReplay.read(try folder.files(), from: start, lanes: configuration.lanes) { record in
        record.sequence > known ? replay.line(record) : IndexReplay.Line(record: record)
      } take: { line in
        let record = line.record
        if record.sequence > archived { tail.add(record) }
        if record.sequence > known {
          replay.restore(line, to: index)
          replayed += 1
        }
        if record.sequence > clusters.lastSequence { clusters.restore(record) }
      }
    }
    if replayed > 0 { log.info("read \(replayed) lines back into the dedupe index") }
    end = outcome.end
    linesRead = outcome.end.sequence - start.sequence
    self.tail = tail
    self.index = index
    self.clusters = clusters
  }

  /// The checkpoint, if everything that is needed from before it is at hand; else the beginning of the feed.
  private static func start(
    _ folder: FeedFolder, _ configuration: Configuration, _ index: DedupeIndex, _ clusters: EventClusters,
    _ attempts: AttemptTable, _ log: Logger
  ) -> FeedReader.Position {
    guard let checkpoint = Checkpoint.read(in: configuration.folders.state),
      checkpoint.sequence <= index.lastSequence, checkpoint.sequence <= clusters.lastSequence,
      checkpoint.sequence <= attempts.archived, let files = try? folder.files(), checkpoint.file < files.count,
      let mapped = try? MappedFile(files[checkpoint.file]), checkpoint.offset <= mapped.bytes.count
    else { return .beginning }
    return checkpoint
  }
}

extension EventClusters {
  /// Takes in the events of a line of the feed as they were decided then.
  fileprivate func restore(_ record: StoredRecord) {
    restore(
      Extraction(mentions: record.mentions, events: record.events), eventIDs: record.eventIDs,
      clusters: record.clusters, published: record.publishedMoment, sequence: record.sequence)
  }
}

/// Lines that were durable are not there: somebody cut the feed, or another one is in its place.
struct FeedEndMissing: Error, CustomStringConvertible {
  var feed: PathBytes
  var end: UInt64
  var archived: UInt64

  var description: String {
    "the feed in \(feed.display) ends at line \(end), but originals up to line \(archived) are in the archive: lines were "
      + "taken away. Nothing was changed. Put the feed back; or, if this is meant, delete the state folder"
  }
}
