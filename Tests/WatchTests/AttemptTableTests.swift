import Foundation
import Model
import Testing

@testable import Watch

@Suite struct AttemptTableTests {
  private let identity = FileIdentity(device: 1, inode: 2, size: 3, modified: 4, changed: 5)

  private func path() -> PathBytes {
    PathBytes(FileManager.default.temporaryDirectory.appendingPathComponent("rasid-\(UUID().uuidString)").path)
  }

  @Test func deathsWhileDecodingAreCounted() throws {
    let path = path()
    defer { unlink(path.display) }
    for deaths in 0..<3 {
      let table = try AttemptTable(path, slots: 4)
      #expect(table.left[identity]?.deaths ?? 0 == deaths)
      table.begin(2, identity, deaths: deaths)
    }
  }

  @Test func aDeathAfterDecodingIsNobodysFaultButLeavesATrace() throws {
    let path = path()
    defer { unlink(path.display) }
    do {
      let table = try AttemptTable(path, slots: 4)
      table.begin(0, identity, deaths: 0)
      table.decoded(0)
      table.archived = 17
    }
    let table = try AttemptTable(path, slots: 4)
    #expect(table.left[identity]?.deaths == 0)
    #expect(table.left[identity]?.phase == .decoded)
    #expect(table.archived == 17)
    #expect(!table.isRebooted)
  }

  @Test func whatHasLeftLeavesNoTrace() throws {
    let path = path()
    defer { unlink(path.display) }
    do {
      let table = try AttemptTable(path, slots: 4)
      table.begin(0, identity, deaths: 0)
      table.end(0)
    }
    #expect(try AttemptTable(path, slots: 2).left.isEmpty)
  }
}
