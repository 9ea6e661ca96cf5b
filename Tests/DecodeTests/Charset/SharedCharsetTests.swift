import Foundation
import Testing

@testable import Decode

/// Tests on data that is not part of the project: a folder `shared` beside it, or where RASID_SHARED says.
enum SharedData {
  /// The folder, nil when it is not there.
  static let root: String? = {
    let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = ProcessInfo.processInfo.environment["RASID_SHARED"] ?? project.path + "/../shared"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  /// A file or folder in it; says that the test is skipped when it is absent.
  static func path(_ relative: String) -> String? {
    guard let root, FileManager.default.fileExists(atPath: root + "/" + relative) else {
      print("skipped: no shared data at \(root ?? "../shared")/\(relative)")
      return nil
    }
    return root + "/" + relative
  }
}

@Suite("Character sets: shared data")
struct SharedCharsetTests {
  let decoder = CharsetDecoder()

  /// The folder names the set (`iso-8859-6-arabic`); a file whose own name says another set (a page of a browser's test
  /// suite, filed in the wrong folder) is in that one.
  @Test("every file of the collection is read right")
  func collection() throws {
    guard let root = SharedData.path("charset") else { return }
    var right = 0
    var wrong: [String] = []
    for folder in try FileManager.default.contentsOfDirectory(atPath: root).sorted() {
      for file in try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted() {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(folder)/\(file)")))
        let named = folder.replacingOccurrences(of: "-arabic", with: "")
        let truth = file.contains("windows-1256") ? "windows-1256" : named
        let expected =
          truth == "cp720"
          ? SingleByteTable.cp720.decode(bytes).points : try #require(IconvDecoder.decode(bytes, label: truth)).points
        let text = SampleTexts.string(expected.filter { $0 != 0xFEFF }).replacingOccurrences(of: "\r\n", with: "\n")
        if let decoded = try? decoder.decode(bytes), SampleTexts.string(decoded) == text,
          decoded.charset.hasPrefix(truth)
        {
          right += 1
        } else {
          wrong.append("\(folder)/\(file)")
        }
      }
    }
    #expect(wrong.isEmpty)
    #expect(right == 34)
  }

  @Test("no report of the development corpus is changed")
  func corpusUnchanged() throws {
    guard let archive = SharedData.path("corpus/ant-dev.tar.zst") else { return }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rasid-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "-xf", archive, "-C", folder.path]
    try tar.run()
    tar.waitUntilExit()
    try #require(tar.terminationStatus == 0)

    var reports = 0
    var changed: [String] = []
    for case let url as URL in try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    where url.pathExtension == "json" {
      // The file as it is: a JSON object around title and text, without escapes for anything but quotes and line ends.
      let bytes = [UInt8](try Data(contentsOf: url))
      let decoded = try decoder.decode(bytes)
      reports += 1
      if decoded.utf8 != bytes || !decoded.repairs.isEmpty { changed.append(url.lastPathComponent) }
    }
    #expect(reports == 11_040)
    #expect(changed.isEmpty)
  }
}
