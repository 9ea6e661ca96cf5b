import Model

#if canImport(Glibc)
  import Glibc
#endif

/// The folder of the feed: the live file `reports.jsonl` and the sealed segments `reports-000001.jsonl` … before it.
public struct FeedFolder: Sendable {
  /// Its path.
  public var path: PathBytes

  /// The feed in the folder `path`.
  public init(_ path: PathBytes) { self.path = path }

  /// The file that is appended to and that people follow.
  public var live: PathBytes { path.appending("reports.jsonl") }

  /// The name of sealed segment `number`, counted from 1.
  public func sealed(_ number: Int) -> PathBytes {
    let digits = String(number)
    return path.appending("reports-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".jsonl")
  }

  /// The numbers of the sealed segments that are there, ascending.
  public func sealedNumbers() throws(SystemError) -> [Int] {
    let names: [PathBytes]
    do throws(SystemError) { names = try Directory.names(in: path) } catch {
      if error.code == ENOENT { return [] }
      throw error
    }
    var numbers: [Int] = []
    for name in names.map(\.display) {
      guard name.hasPrefix("reports-"), name.hasSuffix(".jsonl"),
        let number = Int(name.dropFirst(8).dropLast(6)), number > 0
      else { continue }
      numbers.append(number)
    }
    return numbers.sorted()
  }

  /// All files of the feed in the order of their lines: sealed segments, then the live file if it exists.
  public func files() throws(SystemError) -> [PathBytes] {
    var files = try sealedNumbers().map(sealed)
    if live.exists { files.append(live) }
    return files
  }
}
