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
    #expect(backlog.next() == PathBytes("a"))
    backlog.add(fresh: PathBytes("a"))
    #expect(backlog.next() == nil)
    backlog.forget(PathBytes("a"))
    backlog.add(fresh: PathBytes("a"))
    #expect(backlog.next() == PathBytes("a"))
  }

  @Test func freshDropsGoFirstWhereTheyAreToldTo() {
    for (priority, expected) in [(WatchConfiguration.Priority.fresh, "fresh"), (.arrival, "old")] {
      var backlog = Backlog(priority: priority, namesMax: 10)
      backlog.add(scanned: [found("old", modified: 1)])
      backlog.add(fresh: PathBytes("fresh"))
      #expect(backlog.next() == PathBytes(expected))
    }
  }

  @Test func namesBeyondTheLimitAreFetchedByALaterScan() {
    var backlog = Backlog(priority: .arrival, namesMax: 4)
    backlog.add(scanned: (1...6).map { found("\($0)", modified: Int64($0)) })
    #expect(backlog.waiting == 4)
    #expect(!backlog.takeTruncation())
    _ = backlog.next()
    _ = backlog.next()
    #expect(backlog.takeTruncation())
    #expect(!backlog.takeTruncation())
  }
}
