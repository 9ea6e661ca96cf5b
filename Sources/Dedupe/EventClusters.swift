import Glibc
import Model

/// Links each event to the earlier ones that tell the same: by type, place, time, and actors and tolls that agree.
///
/// Serial, in feed order, and a function of the events in that order. Each event is compared with what opened a cluster,
/// never with all of its members, so clusters do not drift. Nothing is suppressed: every event keeps its own tolls.
public final class EventClusters {
  /// Highest feed sequence number that has been taken in.
  public private(set) var lastSequence: UInt64 = 0

  /// Clusters that are kept; older ones take no more events.
  private static let clusterCountMax = 1 << 20

  private var clusters = LineStore()
  private var count = 0
  /// Number of the newest cluster of each chain, plus one. Zeroed memory straight from the kernel: what is not used is
  /// not there.
  private var heads = LineStore()
  /// While lines are read back, the cluster that each of their ids stands for: its lower half, and its number.
  private var numbers: [UInt64: Int] = [:]
  private let file: StateFile?
  private var pending: [UInt8] = []
  private let disk = DiskState()

  /// The clusters whose log is in the folder `directory` (path bytes, exists), as far as it is whole; or in memory only.
  public init(directory: [UInt8]?) throws(SystemError) {
    heads.extend(to: EventGrid.chainCount / 16)
    guard let directory else {
      file = nil
      return
    }
    var header = StateFile.Header(kind: .clusters)
    header.level = EventFacts.version
    let file = try StateFile(path: PathBytes(directory).appending("events.clusters"), header: header)
    self.file = file
    try load(file, to: .max)
  }

  /// Clusters so far.
  public var clusterCount: Int { count }

  /// Says for each event of a report which cluster it belongs to as it stands then; nil for events that lack a place or a
  /// date. A copy (`isCopy`) does not count as another report. Takes the report in as `sequence`, which ascends.
  public func decide(
    _ extraction: Extraction, digest: Digest, published: Timestamp?, sequence: UInt64, isCopy: Bool
  ) -> [EventCluster?] {
    lastSequence = sequence
    numbers = [:]
    return extraction.events.map { event in
      let facts = EventFacts.facts(of: event, extraction.mentions, published: published, sequence: sequence)
      guard let first = facts.first else { return nil }
      if let number = find(facts) {
        var cluster = self[number]
        complete(&cluster, first)
        if !isCopy && cluster.last != sequence {
          cluster.reports += 1
          cluster.last = sequence
        }
        self[number] = cluster
        log(cluster, sequence)
        return EventClusters.result(cluster)
      }
      let id = EventID(report: digest, trigger: event.trigger, type: event.type)
      return EventClusters.result(open(first, id, sequence))
    }
  }

  /// Takes note of a report whose line has no events: an exact copy.
  public func skip(sequence: UInt64) -> [EventCluster?] {
    lastSequence = max(lastSequence, sequence)
    return []
  }

  /// Takes in a report whose clusters are on the feed already; `eventIDs` and `clusters` go with its events.
  public func restore(
    _ extraction: Extraction, eventIDs: [EventID], clusters: [EventCluster?], published: Timestamp? = nil,
    sequence: UInt64
  ) {
    guard sequence > lastSequence else { return }
    lastSequence = sequence
    for (index, event) in extraction.events.enumerated() {
      guard index < clusters.count, index < eventIDs.count, let decided = clusters[index],
        let facts = EventFacts.facts(of: event, extraction.mentions, published: published, sequence: sequence).first
      else { continue }
      if decided.id == eventIDs[index] {
        _ = open(facts, decided.id, sequence)
        if !numbers.isEmpty { numbers[decided.id.low] = count - 1 }
      } else if let number = find(id: decided.id) {
        var cluster = self[number]
        complete(&cluster, facts)
        if cluster.reports < UInt32(clamping: decided.reports) { cluster.last = sequence }
        cluster.reports = UInt32(clamping: decided.reports)
        self[number] = cluster
        log(cluster, sequence)
      }
    }
  }

  private static func result(_ cluster: EventFacts) -> EventCluster {
    EventCluster(
      id: EventID(high: cluster.idHigh, low: cluster.idLow), first: cluster.first, reports: Int(cluster.reports))
  }

  // MARK: Clusters

  private subscript(number: Int) -> EventFacts {
    get {
      UnsafeRawPointer(clusters[2 * (number % EventClusters.clusterCountMax)]).load(as: EventFacts.self)
    }
    set {
      let line = 2 * (number % EventClusters.clusterCountMax)
      UnsafeMutableRawPointer(clusters[line]).storeBytes(of: newValue, as: EventFacts.self)
    }
  }

  private func open(_ facts: EventFacts, _ id: EventID, _ sequence: UInt64) -> EventFacts {
    var cluster = facts
    cluster.idHigh = id.high
    cluster.idLow = id.low
    cluster.reports = 1
    cluster.number = UInt32(truncatingIfNeeded: count)
    insert(&cluster)
    log(cluster, sequence)
    return cluster
  }

  /// Puts the cluster at the head of its chain.
  private func insert(_ cluster: inout EventFacts) {
    let number = count
    count += 1
    clusters.extend(to: 2 * min(count, EventClusters.clusterCountMax))
    let chain = EventGrid.chain(cluster, cell: EventGrid.cell(of: cluster), day: nil)
    cluster.next = heads[chain >> 4][chain & 15]
    heads[chain >> 4][chain & 15] = UInt32(truncatingIfNeeded: number + 1)
    self[number] = cluster
  }

  /// What the opening event did not tell and this one does.
  private func complete(_ cluster: inout EventFacts, _ event: EventFacts) {
    if cluster.deadMin < 0 { (cluster.deadMin, cluster.deadMax) = (event.deadMin, event.deadMax) }
    cluster.actors.complete(event.actors)
    cluster.recipients.complete(event.recipients)
    if cluster.mode == 0 { cluster.mode = event.mode }
    cluster.context.complete(event.context)
  }

  /// The best cluster for an event, the earliest of equals.
  private func find(_ places: [EventFacts]) -> Int? {
    var best: (number: Int, strength: Int)?
    for facts in places {
      var activeDays: Int?
      forEachNear(facts) { number, cluster in
        let strength = EventLink.strength(facts, cluster) {
          let known = activeDays ?? self.activeDays(before: facts)
          activeDays = known
          return known
        }
        guard let strength else { return }
        if let held = best, (held.strength, number) >= (strength, held.number) { return }
        best = (number, strength)
      }
    }
    return best?.number
  }

  /// The open cluster with this id. The first call collects the ids of all.
  private func find(id: EventID) -> Int? {
    let oldest = max(0, count - EventClusters.clusterCountMax)
    if numbers.isEmpty { for number in oldest..<count { numbers[self[number].idLow] = number } }
    guard let number = numbers[id.low], number >= oldest, self[number].idHigh == id.high else { return nil }
    return number
  }

  /// Days before an event that are looked at for others of its type.
  private static let activeDaysMax: Int32 = 12

  /// On how many days of the two weeks before the place saw events of the type; the last days don't count, in which it
  /// may be this event that is spoken of.
  private func activeDays(before facts: EventFacts) -> Int {
    let cells = EventGrid.cells(around: facts)
    let last = (facts.dateKind == .news ? facts.to : facts.from) - EventLink.newsDaysMax
    var days = 0
    for day in last - EventClusters.activeDaysMax + 1...last {
      visit(cells.map { EventGrid.chain(facts, cell: $0, day: day) }) { _, cluster in
        let isSuch =
          cluster.type == facts.type && cluster.to == day && cluster.dateKind != .span
          && EventLink.isSamePlace(facts, cluster)
        if isSuch { days += 1 }
        return !isSuch
      }
    }
    return days
  }

  /// Visits the clusters of the type in the cells and on the days around `facts`; some others too.
  private func forEachNear(_ facts: EventFacts, _ body: (Int, EventFacts) -> Void) {
    var chains: [Int] = []
    // A cluster without a date stands under the day of its report, which for a rare attack may be later.
    let last = max(facts.from, min(facts.to, facts.from + 7)) + (facts.isRare ? EventFacts.rareDays : 0)
    for cell in EventGrid.cells(around: facts) + EventGrid.cells(within: facts) {
      for day in facts.from - EventLink.newsDaysMax...last + EventLink.newsDaysMax {
        chains.append(EventGrid.chain(facts, cell: cell, day: day))
      }
      for day in [facts.from, facts.to] { chains.append(EventGrid.chain(facts, cell: cell, day: day, month: true)) }
    }
    visit(chains) { number, cluster in
      body(number, cluster)
      return true
    }
  }

  /// Visits the clusters of the chains, until `body` returns false.
  private func visit(_ chains: [Int], _ body: (Int, EventFacts) -> Bool) {
    let oldest = max(0, count - EventClusters.clusterCountMax)
    var visited: Set<Int> = []
    for chain in chains {
      var number = Int(heads[chain >> 4][chain & 15]) - 1
      guard number >= oldest, visited.insert(chain).inserted else { continue }
      while number >= oldest {
        let cluster = self[number]
        guard body(number, cluster) else { return }
        number = Int(cluster.next) - 1
      }
    }
  }

  // MARK: On disk

  /// Bytes that are gathered before they are written.
  private static let pendingBytesMax = 1 << 18
  /// A record is a cluster as it stands, and the sequence number that changed it.
  private static let recordBytes = EventFacts.byteCount + 16

  private func log(_ cluster: EventFacts, _ sequence: UInt64) {
    guard file != nil, disk.failure == nil else { return }
    withUnsafeBytes(of: cluster) { pending.append(contentsOf: $0) }
    let checksum = pending.withUnsafeBytes {
      StableHash.hash(UnsafeRawBufferPointer(rebasing: $0.suffix(EventFacts.byteCount)), seed: sequence)
    }
    for number in [sequence, checksum] {
      withUnsafeBytes(of: number.littleEndian) { pending.append(contentsOf: $0) }
    }
    if pending.count >= EventClusters.pendingBytesMax { flush() }
  }

  private func flush() {
    guard let file, disk.failure == nil, !pending.isEmpty else { return }
    do {
      try file.append(pending.span.bytes)
    } catch {
      disk.fail(error)
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Puts all clusters on the disk. Throws the error that has stopped the writing, if there was one.
  public func checkpoint() throws(SystemError) { try beginCheckpoint().finish() }

  /// Does of a checkpoint what needs the clusters, and returns what only waits for the disk.
  public func beginCheckpoint() throws(SystemError) -> PendingCheckpoint {
    // A record without reports tells how far the feed has been read.
    log(EventFacts(), lastSequence)
    flush()
    if let failure = disk.failure { throw failure }
    var pending = PendingCheckpoint()
    if let step = try file?.synchronization() {
      pending.add { [disk] () throws(SystemError) in try disk.noting(step) }
    }
    return pending
  }

  /// Forgets what came after the report at `sequence`. In memory only, everything is forgotten.
  public func rewind(to sequence: UInt64) throws(SystemError) {
    guard lastSequence > sequence else { return }
    flush()
    clusters = LineStore()
    heads = LineStore()
    heads.extend(to: EventGrid.chainCount / 16)
    count = 0
    lastSequence = 0
    guard let file else { return }
    try load(file, to: sequence)
    lastSequence = sequence
  }

  /// Takes in the records of the log up to the report at `end`, as far as they are whole, and cuts off the rest.
  private func load(_ file: StateFile, to end: UInt64) throws(SystemError) {
    let size = EventClusters.recordBytes
    let records = file.byteCount / size
    var bytes = [UInt8](repeating: 0, count: min(records, EventClusters.recordsAtOnce) * size)
    var good = 0
    while good < records {
      let batch = min(EventClusters.recordsAtOnce, records - good)
      let taken = bytes.withUnsafeMutableBytes { buffer in
        let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(batch * size)])
        return file.read(into: part, at: good * size) ? take(UnsafeRawBufferPointer(part), to: end) : 0
      }
      good += taken
      if taken < batch { break }
    }
    try file.truncate(to: good * size)
  }

  /// Records of the log that are read at once.
  private static let recordsAtOnce = 4096

  /// Takes in records of the log up to the report at `end`, as far as they are whole; returns how many.
  private func take(_ records: UnsafeRawBufferPointer, to end: UInt64) -> Int {
    let size = EventClusters.recordBytes
    for number in 0..<records.count / size {
      let record = UnsafeRawBufferPointer(rebasing: records[number * size..<(number + 1) * size])
      let sequence = record.loadUnaligned(fromByteOffset: EventFacts.byteCount, as: UInt64.self)
      let checksum = record.loadUnaligned(fromByteOffset: EventFacts.byteCount + 8, as: UInt64.self)
      let facts = UnsafeRawBufferPointer(rebasing: record[..<EventFacts.byteCount])
      guard StableHash.hash(facts, seed: sequence) == checksum, sequence >= lastSequence, sequence <= end else {
        return number
      }
      take(facts.loadUnaligned(as: EventFacts.self))
      lastSequence = sequence
    }
    return records.count / size
  }

  private func take(_ cluster: EventFacts) {
    guard cluster.reports > 0 else { return }
    if cluster.number == UInt32(truncatingIfNeeded: count) {
      var opened = cluster
      insert(&opened)
    } else {
      // How many wraps of the 32-bit number lie behind does not matter: only the last clusters are kept.
      let behind = Int(UInt32(truncatingIfNeeded: count) &- cluster.number)
      if behind <= min(count, EventClusters.clusterCountMax) { self[count - behind] = cluster }
    }
  }
}
