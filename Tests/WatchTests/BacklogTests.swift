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
