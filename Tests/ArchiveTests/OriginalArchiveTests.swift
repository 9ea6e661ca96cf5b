import Foundation
import Model
import Testing

@testable import Archive

@Suite struct OriginalArchiveTests {
  private let root: URL
  private let archive: OriginalArchive
  private let day = CivilDay(year: 2026, month: 11, day: 21)
  private let digest = Digest(repeatElement(0xAB, count: 32))

  init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("rasid-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root.appendingPathComponent("inbox"), withIntermediateDirectories: true)
    archive = OriginalArchive(
      root: PathBytes(root.appendingPathComponent("archive").path),
      inbox: PathBytes(root.appendingPathComponent("inbox").path))
  }

  private func drop(_ name: String, _ text: String) throws -> FileIdentity {
    let path = root.appendingPathComponent("inbox/\(name)").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    var status = stat()
    lstat(path, &status)
    return FileIdentity(status)
  }

  private func archived() throws -> [String: String] {
    let folder = root.appendingPathComponent("archive/2026/11/21")
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      texts[name] = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }
    return texts
  }

  @Test func anOriginalIsMovedUnderItsDigest() throws {
    let identity = try drop("a.txt", "one")
    let outcome = try archive.store(
      PathBytes("a.txt"), identity: identity, bytes: Array("one".utf8), digest: digest, day: day, sequence: 1)
    #expect(outcome == .moved)
    #expect(try archived() == ["abababababababab-a.txt": "one"])
    #expect(archive.contains(PathBytes("a.txt"), digest: digest, day: day, sequence: 1))
  }

  @Test func anEqualFileOfTheSameDayIsKeptBesideTheFirst() throws {
    for sequence in [UInt64(1), 2] {
      let identity = try drop("a.txt", "one")
      _ = try archive.store(
        PathBytes("a.txt"), identity: identity, bytes: Array("one".utf8), digest: digest, day: day, sequence: sequence)
    }
    #expect(try archived().keys.sorted() == ["abababababababab-a.txt", "abababababababab.2-a.txt"])
  }

  @Test func aFileThatTookItsPlaceStaysInTheInbox() throws {
    let identity = try drop("a.txt", "one")
    try FileManager.default.removeItem(at: root.appendingPathComponent("inbox/a.txt"))
    _ = try drop("a.txt", "the next one")
    let outcome = try archive.store(
      PathBytes("a.txt"), identity: identity, bytes: Array("one".utf8), digest: digest, day: day, sequence: 5)
    #expect(outcome == .replaced)
    #expect(try String(contentsOf: root.appendingPathComponent("inbox/a.txt"), encoding: .utf8) == "the next one")
    #expect(try archived() == ["abababababababab.5-a.txt": "one"])
  }

  @Test func aFileThatIsGoneIsArchivedFromWhatWasRead() throws {
    let identity = try drop("a.txt", "one")
    try FileManager.default.removeItem(at: root.appendingPathComponent("inbox/a.txt"))
    let outcome = try archive.store(
      PathBytes("a.txt"), identity: identity, bytes: Array("one".utf8), digest: digest, day: day, sequence: 5)
    #expect(outcome == .gone)
    #expect(try archived() == ["abababababababab.5-a.txt": "one"])
  }

  @Test func longNamesAreShortenedAtTheirBeginning() {
    let name = OriginalArchive.name(of: PathBytes(String(repeating: "x", count: 250) + ".txt"), digest: digest)
    #expect(name.bytes.count == 255)
    #expect(name.display.hasSuffix(".txt"))
  }
}
