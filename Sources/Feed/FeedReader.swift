import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Reads feed files forwards and checks the chain: the one reader behind recovery, replay, `verify` and `similar`.
public struct FeedReader {
  /// A place between two lines, with what the line before it was.
  public struct Position: Sendable, Equatable {
    /// Index into the feed's files, oldest first.
    public var file: Int
    /// Byte offset in that file.
    public var offset: Int
    /// Sequence number of the line before; 0 at the beginning.
    public var sequence: UInt64
    /// Hash of the line before; zero at the beginning.
    public var hash: Digest

    /// The beginning of a feed.
    public static let beginning = Position(file: 0, offset: 0, sequence: 0, hash: .zero)

    /// A position of its parts.
    public init(file: Int, offset: Int, sequence: UInt64, hash: Digest) {
      self.file = file
      self.offset = offset
      self.sequence = sequence
      self.hash = hash
    }
  }

  /// The first line that is not what it should be.
  public struct BadLine: Error, Sendable, CustomStringConvertible {
    /// The file it is in.
    public var file: PathBytes
    /// Its number in that file, from 1; lines before the starting position are not counted.
    public var line: Int
    /// Byte offset of its beginning in the file.
    public var offset: Int
    /// The sequence number that the line should have.
    public var sequence: UInt64
    /// What is wrong.
    public var reason: String
    /// Whether the line lacks its newline: the end of a feed whose writer was killed.
    public var isTorn: Bool

    /// For people.
    public var description: String {
      "\(file.display), byte \(offset) (line \(line) read, seq \(sequence) expected): \(reason)"
    }
  }

  /// How much of each line is looked at.
  public enum Depth: Sendable {
    /// Sequence, `prev` and `hash` only.
    case chain
    /// The whole record as well, which must be of the feed's schema.
    case records
  }

  /// Reads all lines from `position` to the end of `files`.
  /// - Parameters:
  ///   - position: where to begin; moved behind each good line, so that after an error it stands before the bad one.
  ///   - depth: whether records are parsed.
  ///   - visit: called with each record and its line's position (the one before the line) when `depth` is `.records`.
  /// - Throws: `BadLine`, or `SystemError` when a file cannot be read.
  public static func read(
    _ files: [PathBytes], from position: inout Position, depth: Depth,
    visit: (StoredRecord, Position) throws -> Void = { _, _ in }
  ) throws {
    while position.file < files.count {
      let path = files[position.file]
      let mapped = try MappedFile(path)
      try read(mapped.bytes, of: path, &position, depth, visit)
      if position.file + 1 == files.count { return }
      position.file += 1
      position.offset = 0
    }
  }

  private static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, of path: PathBytes, _ position: inout Position, _ depth: Depth,
    _ visit: (StoredRecord, Position) throws -> Void
  ) throws {
    var lineNumber = 0
    while position.offset < bytes.count {
      lineNumber += 1
      let rest = UnsafeBufferPointer(rebasing: bytes[position.offset...])
      let newline = memchr(rest.baseAddress!, 0x0A, rest.count)
      let length = newline.map { UnsafeRawPointer($0) - UnsafeRawPointer(rest.baseAddress!) } ?? rest.count
      let line = UnsafeBufferPointer(rebasing: rest[..<length])
      func bad(_ reason: String) -> BadLine {
        BadLine(
          file: path, line: lineNumber, offset: position.offset, sequence: position.sequence + 1, reason: reason,
          isTorn: newline == nil)
      }
      guard newline != nil else { throw bad("the last line has no end") }
      if isTorn(line, sequence: position.sequence + 1) {
        position.offset += length + 1
        continue
      }
      guard let tail = ChainTail(line) else { throw bad("the line does not end in \"prev\" and \"hash\"") }
      guard tail.previous == position.hash else {
        throw bad("\"prev\" is not the hash of the line before: a line was altered, dropped or reordered")
      }
      guard Digest.sha256(line[..<tail.hashedCount]) == tail.hash else {
        throw bad("\"hash\" does not fit the line: it was altered")
      }
      var cursor = JSONCursor(line)
      do {
        if depth == .records {
          let record = try StoredRecord(&cursor)
          guard record.sequence == position.sequence + 1 else { throw bad("seq is \(record.sequence)") }
          try visit(record, position)
        } else {
          let sequence = try cursor.leadingSequence()
          guard sequence == position.sequence + 1 else { throw bad("seq is \(sequence)") }
        }
      } catch let error as JSONCursor.Malformed {
        throw bad("not a feed record: expected \(error.expected) at byte \(error.offset) of the line")
      }
      position.sequence += 1
      position.hash = tail.hash
      position.offset += length + 1
    }
  }

  /// Whether this is a line that `TornLine` completed: it begins as the line `sequence` would, or as what was written of that.
  static func isTorn(_ line: UnsafeBufferPointer<UInt8>, sequence: UInt64) -> Bool {
    let mark: StaticString = "\"torn\":true}"
    let length = mark.utf8CodeUnitCount
    guard line.count > length, memcmp(line.baseAddress! + line.count - length, mark.utf8Start, length) == 0 else {
      return false
    }
    let head = Array("{\"v\":1,\"seq\":\(sequence),".utf8)
    let shared = zip(line, head).prefix { $0 == $1 }.count
    if shared == head.count { return true }
    // It was cut within this beginning: what follows then is what completes it, and nothing else.
    return head.indices.prefix(shared).contains { last in
      TornLine.completion(of: head[...last]).map { line[(last + 1)...].elementsEqual($0.dropLast()) } ?? false
    }
  }
}

extension FeedReader {
  /// The end of a line: `"prev":"…","hash":"…"}`.
  struct ChainTail {
    var previous: Digest
    var hash: Digest
    /// How many bytes of the line the hash covers.
    var hashedCount: Int

    init?(_ line: UnsafeBufferPointer<UInt8>) {
      // "prev":"<64>" , "hash":"<64>" }
      let hashPart = 9 + 64 + 2
      let previousPart = 8 + 64 + 1
      guard line.count > hashPart + previousPart else { return nil }
      hashedCount = line.count - hashPart
      let (text, key): (StaticString, StaticString) = (",\"hash\":\"", "\"prev\":\"")
      let start = line.baseAddress! + hashedCount
      guard memcmp(start, text.utf8Start, 9) == 0, memcmp(start - previousPart, key.utf8Start, 8) == 0,
        let hash = Digest(line, at: hashedCount + 9), let previous = Digest(line, at: hashedCount - 65)
      else { return nil }
      self.hash = hash
      self.previous = previous
    }
  }
}
