import Foundation
import Model
import Synchronization
import Testing

@testable import Watch

/// Admitted names in order, and notices, from any thread.
private final class Admissions: Sendable {
  private let state = Mutex<(names: [String], notices: [String])>(([], []))

  func add(_ file: ArrivedFile) { state.withLock { $0.names.append(file.path.display) } }
  func add(_ notice: WatchFolder.Notice) { state.withLock { $0.notices.append("\(notice)") } }
  var names: [String] { state.withLock { $0.names } }
  var notices: [String] { state.withLock { $0.notices } }
}

// The inotify library keeps one state a process: these run one after the other.
@Suite(.serialized) struct WatchFolderTests {
  private func started(
    _ configure: (inout WatchConfiguration) -> Void = { _ in }, before: (URL) throws -> Void = { _ in },
    _ body: (URL, Admissions, WatchFolder) throws -> Void
  ) throws {
    let inbox = FileManager.default.temporaryDirectory.appendingPathComponent("rasid-watch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: inbox) }
    try before(inbox)
    var configuration = WatchConfiguration(inbox: PathBytes(inbox.path))
    configuration.settleSeconds = 0.05
    configure(&configuration)
    let admissions = Admissions()
    let inboxPath = configuration.inbox
    let watch = WatchFolder(configuration) { admissions.add($0) }
    watch.start { file in
      admissions.add(file)
      // As the pipeline does once the original is archived.
      unlink(inboxPath.appending(file.path).display)
      watch.release(file, .done)
    }
    defer { watch.stop() }
    try body(inbox, admissions, watch)
  }

  private func wait(_ seconds: Double = 5, until condition: () -> Bool) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if condition() { return true }
      usleep(5000)
    }
    return condition()
  }

  @Test func aBacklogIsAdmittedOldestFirst() throws {
    try started(before: { inbox in
      for (name, age) in [("new", 10.0), ("old", 1000.0), ("b-same", 100.0), ("a-same", 100.0)] {
        let file = inbox.appendingPathComponent(name)
        try Data("x".utf8).write(to: file)
        let date = Date(timeIntervalSince1970: 1_600_000_000 - age)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
      }
      usleep(60_000)
    }) { _, admissions, _ in
      #expect(wait { admissions.names.count == 4 })
      #expect(admissions.names == ["old", "a-same", "b-same", "new"])
    }
  }

  @Test func whatIsThereAtTheStartIsTakenAtOnceUnlessItIsBeingWritten() throws {
    let inbox = FileManager.default.temporaryDirectory.appendingPathComponent("rasid-watch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: inbox) }
    try Data("x".utf8).write(to: inbox.appendingPathComponent("finished"))
    let unfinished = open(inbox.appendingPathComponent("unfinished").path, O_WRONLY | O_CREAT, 0o644)
    var configuration = WatchConfiguration(inbox: PathBytes(inbox.path))
    configuration.settleSeconds = 3600
    let names = Mutex<[String]>([])
    let watch = WatchFolder(configuration) { _ in }
    watch.start { file in names.withLock { $0.append(file.path.display) } }
    defer { watch.stop() }
    #expect(names.withLock { $0 } == ["finished"])
    close(unfinished)
    #expect(wait { names.withLock { $0 } == ["finished", "unfinished"] })
  }

  @Test func aParkedFileIsLookedAtAgainHoweverManyOthersCome() throws {
    let inbox = FileManager.default.temporaryDirectory.appendingPathComponent("rasid-watch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: inbox) }
    var configuration = WatchConfiguration(inbox: PathBytes(inbox.path))
    configuration.settleSeconds = 0.1
    let looks = Mutex(0)
    let watch = WatchFolder(configuration) { _ in }
    watch.start { [watch] file in
      if file.path.display == "parked" {
        looks.withLock { $0 += 1 }
        watch.release(file, .later)
      } else {
        unlink(inbox.appendingPathComponent(file.path.display).path)
        watch.release(file, .done)
      }
    }
    defer { watch.stop() }
    try Data("x".utf8).write(to: inbox.appendingPathComponent("parked"))
    for number in 0..<100 {
      try Data("x".utf8).write(to: inbox.appendingPathComponent("\(number)"))
      usleep(20_000)
    }
    #expect(looks.withLock { $0 } >= 3)
  }

  @Test func filesWrittenMovedAndLinkedInAreNoticed() throws {
    try started { inbox, admissions, _ in
      try Data("x".utf8).write(to: inbox.appendingPathComponent("written"))
      let hidden = inbox.appendingPathComponent(".hidden.tmp")
      try Data("x".utf8).write(to: hidden)
      try FileManager.default.moveItem(at: hidden, to: inbox.appendingPathComponent("moved"))
      let outside = FileManager.default.temporaryDirectory.appendingPathComponent("rasid-\(UUID().uuidString)")
      try Data("x".utf8).write(to: outside)
      try FileManager.default.linkItem(at: outside, to: inbox.appendingPathComponent("linked"))
      #expect(wait { admissions.names.count == 3 })
      #expect(Set(admissions.names) == ["written", "moved", "linked"])
    }
  }

  @Test func foldersMadeAndFilledAtOnceAndFoldersMovedInAreRead() throws {
    try started { inbox, admissions, _ in
      let deep = inbox.appendingPathComponent("a/b/c")
      try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
      for number in 0..<20 { try Data("x".utf8).write(to: deep.appendingPathComponent("\(number)")) }
      let outside = FileManager.default.temporaryDirectory.appendingPathComponent("rasid-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
      try Data("x".utf8).write(to: outside.appendingPathComponent("in"))
      try FileManager.default.moveItem(at: outside, to: inbox.appendingPathComponent("moved"))
      #expect(wait { admissions.names.count == 21 })
      // And what comes later into either.
      try Data("x".utf8).write(to: inbox.appendingPathComponent("moved/later"))
      try Data("x".utf8).write(to: deep.appendingPathComponent("later"))
      #expect(wait { admissions.names.count == 23 })
      #expect(Set(admissions.names).count == 23)
    }
  }

  @Test func patternsLinksAndPipesAreLeftAlone() throws {
    try started { inbox, admissions, _ in
      for name in [".hidden", "x.tmp", "x.part", "x~"] {
        try Data("x".utf8).write(to: inbox.appendingPathComponent(name))
      }
      try FileManager.default.createSymbolicLink(
        at: inbox.appendingPathComponent("link"), withDestinationURL: URL(fileURLWithPath: "/etc/passwd"))
      mkfifo(inbox.appendingPathComponent("pipe").path, 0o600)
      try FileManager.default.createDirectory(
        at: inbox.appendingPathComponent("scan-me"), withIntermediateDirectories: true)
      try Data("x".utf8).write(to: inbox.appendingPathComponent("good"))
      #expect(wait { admissions.names.contains("good") })
      usleep(200_000)
      #expect(admissions.names == ["good"])
    }
  }

  @Test func anInboxThatIsRemovedAndMadeAnewIsWatchedAgain() throws {
    try started { inbox, admissions, _ in
      try FileManager.default.removeItem(at: inbox)
      #expect(wait { admissions.notices.contains { $0.contains("inboxMissing") } })
      try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
      #expect(wait { admissions.notices.contains { $0.contains("inboxBack") } })
      try Data("x".utf8).write(to: inbox.appendingPathComponent("after"))
      #expect(wait { admissions.names == ["after"] })
    }
  }

  @Test func pollingFindsTheSameFiles() throws {
    try started({ configuration in
      configuration.mode = .poll
      configuration.pollSeconds = 0.1
    }) { inbox, admissions, _ in
      try FileManager.default.createDirectory(
        at: inbox.appendingPathComponent("sub"), withIntermediateDirectories: true)
      try Data("x".utf8).write(to: inbox.appendingPathComponent("sub/one"))
      try Data("x".utf8).write(to: inbox.appendingPathComponent("two"))
      #expect(wait { Set(admissions.names) == ["sub/one", "two"] })
    }
  }

  /// Admits files of these sizes, in this order, with credits for 8 files and 3,200 bytes, and gives none back by itself.
  private func held(_ sizes: [Int], _ body: (URL, () -> [ArrivedFile], WatchFolder) throws -> Void) throws {
    let inbox = FileManager.default.temporaryDirectory.appendingPathComponent("rasid-watch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: inbox) }
    for (number, size) in sizes.enumerated() {
      try Data(count: size).write(to: inbox.appendingPathComponent("\(number)"))
    }
    usleep(60_000)
    var configuration = WatchConfiguration(inbox: PathBytes(inbox.path))
    configuration.settleSeconds = 0.05
    configuration.filesInFlightMax = 8
    configuration.bytesInFlightMax = 3200
    let held = Mutex<[ArrivedFile]>([])
    let watch = WatchFolder(configuration) { _ in }
    watch.start { file in held.withLock { $0.append(file) } }
    defer { watch.stop() }
    usleep(200_000)
    try body(inbox, { held.withLock { $0 } }, watch)
  }

  @Test func creditsBoundWhatIsInFlight() throws {
    try held(Array(repeating: 1, count: 10)) { inbox, admitted, watch in
      #expect(admitted().count == 8)
      let first = admitted()[0]
      unlink(inbox.appendingPathComponent(first.path.display).path)
      watch.release(first, .done)
      #expect(wait { admitted().count == 9 })
    }
    try held([1000, 1000, 200, 200, 200]) { _, admitted, _ in
      #expect(admitted().map(\.reservedBytes) == [1000, 200, 200, 200])
    }
  }

  @Test func largeFilesWaitForEachOtherAndNobodyForThem() throws {
    // 1,600 bytes for large files: 0 fits, and counts as half; 1 and 3 wait for it, 2 and 4 do not.
    try held([9000, 1000, 100, 300, 100]) { inbox, admitted, watch in
      #expect(admitted().map(\.path.display) == ["0", "2", "4"])
      #expect(admitted()[0].reservedBytes == 1600)
      let first = admitted()[0]
      unlink(inbox.appendingPathComponent("0").path)
      watch.release(first, .done)
      #expect(wait { admitted().count == 5 })
      #expect(admitted().map(\.path.display) == ["0", "2", "4", "1", "3"])
    }
  }
}
