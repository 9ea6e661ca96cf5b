import Glibc
import Model

/// Knows every report that has been on the feed and says what a new one is to them.
///
/// Serial, in feed order. The decisions are a function of the sketches in that order: replaying the feed gives the same.
/// Two layers: the content hash finds exact copies; shared fingerprints find candidates, which are verified word by word.
/// Only canonical reports (new ones, and those that add something) are candidates, so clusters are stars.
public final class DedupeIndex {
  /// Highest feed sequence number that the index has taken in.
  public private(set) var lastSequence: UInt64 = 0
  /// Counts since the start, for metrics.
  public var statistics: DedupeStatistics { relater.statistics }

  private let configuration: DedupeConfiguration
  private let directory: PathBytes?
  private var segments: [Segment]
  private var relater: Relater
  private var failure: SystemError?
  private var mark: ProgressMark?
  /// Day of the last report that was taken in, in days since 1970.
  private var lastDay: UInt16 = 0

  /// An index in the folder `directory` (path bytes, exists), or in memory only.
  ///
  /// Takes up what the folder holds, as far as it is whole, of this version and made with this configuration; the rest is
  /// dropped, and `lastSequence` says where the feed must be replayed from. Throws when the folder cannot be used.
  public init(
    directory: [UInt8]?, configuration: DedupeConfiguration = DedupeConfiguration()
  ) throws(SystemError) {
    self.configuration = configuration
    self.directory = directory.map { PathBytes($0) }
    segments = [
      try Segment(directory: self.directory, number: 0, base: 0, configuration: configuration)
    ]
    relater = Relater(configuration)
    lastSequence = segments[0].lastSequence ?? 0
    while self.directory != nil, let last = segments.last, last.isFull {
      let sequence = lastSequence
      try beginSegment()
      guard let first = segments[segments.count - 1].firstSequence else { break }
      if first <= sequence { try segments[segments.count - 1].rewind(to: 0) }
      lastSequence = segments[segments.count - 1].lastSequence ?? sequence
    }
    try removeSegments(from: segments.count)
    mark = try self.directory.map { (directory) throws(SystemError) in try ProgressMark(directory: directory) }
    lastSequence = max(lastSequence, mark?.sequence(reports: reportCount) ?? 0)
    lastDay = newestDay
  }

  /// Reports that the index tells apart: all but exact copies.
  public var reportCount: Int { segments.reduce(0) { $0 + $1.count } }

  /// Bytes that decisions touch at random: what the index costs in memory.
  public var hotByteCount: Int { segments.reduce(0) { $0 + $1.hotByteCount } }

  /// What the report with this sketch is to the earlier ones; takes it in as `sequence`, which ascends.
  /// - Parameter received: the day on which the report came, which moves the hot window on; nil for that of the last one.
  public func decide(_ sketch: Sketch, sequence: UInt64, received: CivilDay? = nil) -> Relation? {
    let day = begin(received)
    let relation = relater.relate(sketch, to: segments, day: day)
    admit(sketch, sequence: sequence, day: day, relation: relation)
    return relation
  }

  /// Takes in a report whose relation is on the feed already. A report that the index has is passed over.
  public func restore(_ sketch: Sketch, sequence: UInt64, received: CivilDay? = nil, relation: Relation?) {
    guard sequence > lastSequence else { return }
    admit(sketch, sequence: sequence, day: begin(received), relation: relation)
  }

  /// Takes note of an exact copy on the feed, whose text the feed doesn't repeat.
  public func restoreExactCopy(sequence: UInt64) { lastSequence = max(lastSequence, sequence) }

  /// Whether later reports are compared with one of this relation: it has something that no earlier one has.
  static func isCanonical(_ kind: Relation.Kind?) -> Bool {
    switch kind {
    case nil, .revision, .overlap, .template: true
    case .exact, .duplicate, .excerpt: false
    }
  }

  /// The day of a report that comes now; closes a segment that has become too old for it. A clock that is set back does
  /// not move the window back.
  private func begin(_ received: CivilDay?) -> UInt16 {
    if let received { lastDay = max(lastDay, UInt16(clamping: received.number)) }
    if segments[segments.count - 1].isAged(on: lastDay) { completeSegment() }
    return lastDay
  }

  private func admit(_ sketch: Sketch, sequence: UInt64, day: UInt16, relation: Relation?) {
    lastSequence = sequence
    // An exact copy is found by the first one; a text without words is nothing to compare.
    guard relation?.kind != .exact, sketch.wordCount > 0 else { return }
    let last = segments[segments.count - 1]
    last.append(sketch, sequence: sequence, day: day, canonical: DedupeIndex.isCanonical(relation?.kind))
    if last.isFull { completeSegment() }
  }

  // MARK: On disk

  /// Puts what the index holds on the disk, so that the next start need not replay the feed from further back. Throws
  /// the error that has stopped the index from writing, if there was one; it goes on in memory.
  public func checkpoint() throws(SystemError) { try beginCheckpoint().finish() }

  /// Does of a checkpoint what needs the index, and returns what only waits for the disk.
  /// - Parameter isBusy: whether reports wait: what takes long and need not be now is then put off for a while.
  public func beginCheckpoint(isBusy: Bool = false) throws(SystemError) -> PendingCheckpoint {
    if let failure { throw failure }
    if let damaged = segments.firstIndex(where: \.isDamaged) {
      // From there on nothing is to be trusted: the next start rebuilds it from the feed.
      try removeSegments(from: damaged)
      failure = SystemError("read back", directory ?? PathBytes([]), code: EIO)
    }
    var pending = try segments[segments.count - 1].beginCheckpoint(isBusy: isBusy)
    if let failure { throw failure }
    if let mark {
      pending.add { [lastSequence, reportCount] () throws(SystemError) in
        try mark.set(lastSequence, reports: reportCount)
      }
    }
    return pending
  }

  /// Forgets the reports after `sequence`: what the feed does not have, never was.
  public func rewind(to sequence: UInt64) throws(SystemError) {
    guard lastSequence > sequence else { return }
    try mark?.clear()
    while segments.count > 1, segments[segments.count - 1].firstSequence ?? .max > sequence {
      segments.removeLast()
    }
    try segments[segments.count - 1].rewind(to: sequence)
    try removeSegments(from: segments.count)
    lastSequence = sequence
    if segments[segments.count - 1].isFull { try beginSegment() }
    lastDay = newestDay
  }

  private var newestDay: UInt16 { segments.map(\.days.upperBound).max() ?? 0 }

  private func completeSegment() {
    do {
      try segments[segments.count - 1].seal()
      try beginSegment()
    } catch {
      // The disk refuses: what follows is kept in memory, and the next start replays it.
      failure = failure ?? error
      let base = segments[segments.count - 1].base + UInt32(segments[segments.count - 1].count)
      if let segment = try? Segment(
        directory: nil, number: UInt32(segments.count), base: base, configuration: configuration)
      {
        segments.append(segment)
      }
    }
  }

  private func beginSegment() throws(SystemError) {
    let last = segments[segments.count - 1]
    segments.append(
      try Segment(
        directory: failure == nil ? directory : nil, number: UInt32(segments.count),
        base: last.base + UInt32(last.count), configuration: configuration))
  }

  /// Removes the files of segments that the index does not have.
  private func removeSegments(from first: Int) throws(SystemError) {
    guard let directory else { return }
    var number = UInt32(first)
    while try Segment.remove(directory: directory, number: number) { number += 1 }
  }
}
