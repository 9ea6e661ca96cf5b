import Feed
import Model

/// The lines behind the archive's watermark: whose originals may still be in the inbox after a crash.
struct FeedTail: Sendable {
  struct Key: Hashable, Sendable {
    var file: String
    var digest: Digest
  }

  /// The last run of lines of one file: one line, or the items of a container.
  struct Run: Sendable {
    var firstSequence: UInt64
    var day: CivilDay
    var count: Int
    var firstMember: String?
    var lastSequence: UInt64
  }

  private var runs: [Key: Run] = [:]

  /// Runs that are kept: as many as files can be in flight. Older ones cannot have been.
  private static let runsMax = 65_536

  var isEmpty: Bool { runs.isEmpty }

  /// Takes in the next line of the feed.
  mutating func add(_ record: StoredRecord) {
    let key = Key(file: record.file, digest: record.digest)
    if var run = runs[key], run.lastSequence + 1 == record.sequence, record.member != nil,
      record.member != run.firstMember
    {
      run.count += 1
      run.lastSequence = record.sequence
      runs[key] = run
    } else {
      runs[key] = Run(
        firstSequence: record.sequence, day: CivilDay(record.received) ?? CivilDay(number: 0), count: 1,
        firstMember: record.member, lastSequence: record.sequence)
    }
    if runs.count > 2 * FeedTail.runsMax { forgetOldest() }
  }

  private mutating func forgetOldest() {
    let newest = runs.values.map(\.lastSequence).sorted().suffix(FeedTail.runsMax)
    guard let oldestKept = newest.first else { return }
    runs = runs.filter { $0.value.lastSequence >= oldestKept }
  }

  /// The run of this file's lines, once: a second file of this name and content is a new one.
  mutating func take(_ path: PathBytes, _ digest: Digest) -> Run? {
    runs.removeValue(forKey: Key(file: path.display, digest: digest))
  }
}
