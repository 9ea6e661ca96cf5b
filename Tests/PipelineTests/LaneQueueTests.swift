import Model
import Testing

@testable import Watch
@testable import rasid

@Suite struct LaneQueueTests {
  /// A queue of two lanes, with these files admitted at time 0; a file is slow after 100.
  private func queue(lanes: Int = 2, _ paths: String...) -> LaneQueue {
    var queue = LaneQueue(lanesMax: lanes, slowNanoseconds: 100)
    for (at, path) in paths.enumerated() { _ = queue.add(file(at + 1, path)) }
    return queue
  }

  private func file(_ number: Int, _ path: String) -> ArrivedFile {
    ArrivedFile(number: UInt64(number), path: PathBytes(path), reservedBytes: 0, slot: 0)
  }

  @Test func filesGoInTheOrderOfAdmissionToAsManyLanesAsThereMayBe() {
    var queue = LaneQueue(lanesMax: 2, slowNanoseconds: 100)
    let started = (1...3).map { queue.add(file($0, "a/\($0)")) }
    let first = queue.next(now: 0)
    let second = queue.next(now: 0)
    queue.finish(file(1, "a/1"))
    let third = queue.next(now: 0)
    queue.finish(file(2, "a/2"))
    let none = queue.next(now: 0)
    #expect(started == [true, true, false])
    #expect([first, second, third].map { $0?.number } == [1, 2, 3])
    #expect(none == nil)
  }

  @Test func aSpareLaneStandsInForASlowFile() {
    var queue = queue(lanes: 1, "big", "small")
    _ = queue.next(now: 0)
    let early = queue.needsSpareLane(now: 99)
    let inTime = queue.needsSpareLane(now: 100)
    let again = queue.needsSpareLane(now: 100)
    let small = queue.next(now: 100)
    #expect(!early)
    #expect(inTime)
    #expect(!again)
    #expect(small?.number == 2)
    // The slow file is done first: one lane is too many.
    queue.finish(file(1, "big"))
    _ = queue.add(file(3, "third"))
    let surplus = queue.next(now: 110)
    queue.finish(file(2, "small"))
    let third = queue.next(now: 110)
    #expect(surplus == nil)
    #expect(third?.number == 3)
  }

  @Test func aFolderWithASlowFileStandsBack() {
    var queue = queue("slow/1", "slow/2", "slow/3", "other/1")
    _ = queue.next(now: 0)
    _ = queue.next(now: 50)
    queue.finish(file(2, "slow/2"))
    let next = queue.next(now: 100)
    queue.finish(file(4, "other/1"))
    let then = queue.next(now: 100)
    #expect(next?.number == 4)
    #expect(then?.number == 3)
  }

  @Test func aFolderGetsNoMoreThanOneSpareLaneBeyondItsSlowFiles() {
    var queue = queue("slow/1", "slow/2", "slow/3", "slow/4", "slow/5")
    _ = queue.next(now: 0)
    _ = queue.next(now: 0)
    let third = queue.needsSpareLane(now: 100)
    _ = queue.next(now: 100)
    let fourth = queue.needsSpareLane(now: 200)
    _ = queue.add(file(6, "other/1"))
    let forOther = queue.needsSpareLane(now: 200)
    let other = queue.next(now: 200)
    #expect(third)
    #expect(!fourth)
    #expect(forOther)
    #expect(other?.number == 6)
  }
}
