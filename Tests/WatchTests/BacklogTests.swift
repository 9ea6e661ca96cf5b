import Foundation
import Model
import Testing

@testable import Watch

@Suite struct BacklogTests {
  private func found(_ name: String, modified: Int64) -> FolderScan.Found {
    FolderScan.Found(
      path: PathBytes(name),
      identity: FileIdentity(device: 1, inode: 1, size: 1, modified: modified, changed: modified))
  }

  @Test func aNameIsTakenOnceUntilItIsForgotten() {
    var backlog = Backlog(priority: .arrival, namesMax: 10)
    backlog.add(fresh: PathBytes("a"))
    backlog.add(fresh: PathBytes("a"))
    backlog.add(scanned: [found("a", modified: 1)])
    let first = backlog.next()
    backlog.add(fresh: PathBytes("a"))
    let whileInFlight = backlog.next()
    backlog.forget(PathBytes("a"))
    backlog.add(fresh: PathBytes("a"))
    let again = backlog.next()
    #expect(first == PathBytes("a"))
    #expect(whileInFlight == nil)
    #expect(again == PathBytes("a"))
  }

  @Test func freshDropsGoFirstWhereTheyAreToldTo() {
    for (priority, expected) in [(WatchConfiguration.Priority.fresh, "fresh"), (.arrival, "old")] {
      var backlog = Backlog(priority: priority, namesMax: 10)
      backlog.add(scanned: [found("old", modified: 1)])
      backlog.add(fresh: PathBytes("fresh"))
      let next = backlog.next()
      #expect(next == PathBytes(expected))
    }
  }

  @Test func whatLiesInANewFolderIsFresh() {
    var backlog = Backlog(priority: .fresh, namesMax: 10)
    backlog.add(scanned: [found("old", modified: 1)])
    backlog.add(scanned: [found("new/1", modified: 2)], areFresh: true)
    let next = backlog.next()
    #expect(next == PathBytes("new/1"))
  }

  @Test func freshDropsOfAllFoldersTakeTurns() {
    var backlog = Backlog(priority: .fresh, namesMax: 10)
    for path in ["many/1", "many/2", "many/3", "few/1", "root"] { backlog.add(fresh: PathBytes(path)) }
    var order: [String] = []
    while let path = backlog.next() { order.append(path.display) }
    #expect(order == ["many/1", "few/1", "root", "many/2", "many/3"])
    #expect(backlog.waiting == 0)
  }

  @Test func aLargeFileWaitsAsideUntilThereIsRoom() {
    var backlog = Backlog(priority: .arrival, namesMax: 10)
    backlog.putAside(PathBytes("first"), bytes: 80)
    backlog.putAside(PathBytes("second"), bytes: 10)
    let tooEarly = backlog.takeAside(fitting: 79)
    let first = backlog.takeAside(fitting: 80)
    let second = backlog.takeAside(fitting: 80)
    #expect(tooEarly == nil)
    #expect(first == PathBytes("first"))
    #expect(second == PathBytes("second"))
    #expect(!backlog.hasAside)
  }

  @Test func namesBeyondTheLimitAreFetchedByALaterScan() {
    var backlog = Backlog(priority: .arrival, namesMax: 4)
    backlog.add(scanned: (1...6).map { found("\($0)", modified: Int64($0)) })
    #expect(backlog.waiting == 4)
    let whileFull = backlog.takeTruncation()
    _ = backlog.next()
    _ = backlog.next()
    let withRoom = backlog.takeTruncation()
    let onceMore = backlog.takeTruncation()
    #expect(!whileFull)
    #expect(withRoom)
    #expect(!onceMore)
  }
}
