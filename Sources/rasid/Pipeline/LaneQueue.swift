import Model
import Watch

/// Which admitted files wait for a lane, and what the lanes are at: who gets the next file.
///
/// Files go to the lanes in the order of admission. Where a lane has been at one file for longer than `slowNanoseconds`, a
/// spare lane works in its place, and the folder of that file stands back behind the others; when more of its files are
/// slow than there are lanes, no spare lane takes any more of them. So slow files hold up nothing but their own folder.
/// A pure state machine: the pipeline gives it files and the time, and starts lanes when told to.
struct LaneQueue {
  private let lanesMax: Int
  private let slowNanoseconds: UInt64
  private var waiting: ArraySlice<ArrivedFile> = []
  /// What is in a lane, and since when (monotonic nanoseconds).
  private var working: [UInt64: (file: ArrivedFile, since: UInt64)] = [:]
  /// Lanes that have been started and not ended.
  private var lanes = 0

  /// Spare lanes at most, for each lane.
  private static let sparesPerLane = 3

  /// - Parameter lanesMax: lanes at most, as long as no file is slow.
  init(lanesMax: Int, slowNanoseconds: UInt64) {
    self.lanesMax = lanesMax
    self.slowNanoseconds = slowNanoseconds
  }

  /// Whether files wait for a lane.
  var hasWaiting: Bool { !waiting.isEmpty }

  /// Takes in an admitted file. Returns whether a lane has to be started for it.
  mutating func add(_ file: ArrivedFile) -> Bool {
    waiting.append(file)
    guard lanes < lanesMax else { return false }
    lanes += 1
    return true
  }

  /// The next file for a lane; nil ends the lane.
  mutating func next(now: UInt64) -> ArrivedFile? {
    let slow = slowFolders(now: now)
    // More lanes than that: the slow file that this one stood in for is done.
    guard lanes <= allowance(slow), let at = indexOfNext(slow) else {
      lanes -= 1
      return nil
    }
    // The first of all in nearly every case, which moves none of the others.
    let file = at == waiting.startIndex ? waiting.removeFirst() : waiting.remove(at: at)
    working[file.number] = (file, now)
    return file
  }

  /// Notes that a lane is done with a file.
  mutating func finish(_ file: ArrivedFile) { working[file.number] = nil }

  /// Whether a spare lane has to be started: a lane is at a slow file, and another file waits that a spare lane may take.
  mutating func needsSpareLane(now: UInt64) -> Bool {
    let slow = slowFolders(now: now)
    guard lanes < allowance(slow), indexOfNext(slow) != nil else { return false }
    lanes += 1
    return true
  }

  /// How long the slowest file has been in a lane, in nanoseconds.
  func longestWork(now: UInt64) -> UInt64 { working.values.map { now &- $0.since }.max() ?? 0 }

  /// The folders of the slow files that are in a lane, and how many each has.
  private func slowFolders(now: UInt64) -> [PathBytes: Int] {
    var folders: [PathBytes: Int] = [:]
    for (file, since) in working.values where now &- since >= slowNanoseconds {
      folders[file.path.parent, default: 0] += 1
    }
    return folders
  }

  /// Lanes that may be at work.
  private func allowance(_ slow: [PathBytes: Int]) -> Int {
    lanesMax + min(slow.values.reduce(0, +), lanesMax * LaneQueue.sparesPerLane)
  }

  private func indexOfNext(_ slow: [PathBytes: Int]) -> Int? {
    guard !slow.isEmpty else { return waiting.isEmpty ? nil : waiting.startIndex }
    if let other = waiting.firstIndex(where: { slow[$0.path.parent] == nil }) { return other }
    return waiting.firstIndex { working.count < lanesMax || slow[$0.path.parent, default: 0] <= lanesMax }
  }
}
