import Feed
import Model

/// A place in the feed up to which everything is verified, archived and in the index: the next start reads from there.
///
/// A text file of one line, `rasid-checkpoint 1 FILE OFFSET SEQ HASH CHECK`; anything else counts as none.
enum Checkpoint {
  private static let name = "feed.checkpoint"
  /// A whole one has less than 200.
  private static let bytesMax = 1024

  static func write(_ position: FeedReader.Position, in state: PathBytes) throws(SystemError) {
    let text = "rasid-checkpoint 1 \(position.file) \(position.offset) \(position.sequence) \(position.hash.hex())"
    let check = String(StableHash.hash(Array(text.utf8)), radix: 16)
    try WholeFile.write(Array("\(text) \(check)\n".utf8), to: state.appending(name))
  }

  static func read(in state: PathBytes) -> FeedReader.Position? {
    guard let bytes = try? WholeFile.read(state.appending(name), bytesMax: bytesMax) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
    guard parts.count == 7, parts[0] == "rasid-checkpoint", parts[1] == "1", let file = Int(parts[2]),
      let offset = Int(parts[3]), let sequence = UInt64(parts[4]), let hash = Digest(hex: parts[5].utf8),
      let check = UInt64(parts[6], radix: 16),
      check == StableHash.hash(Array(parts.dropLast().joined(separator: " ").utf8))
    else { return nil }
    return FeedReader.Position(file: file, offset: offset, sequence: sequence, hash: hash)
  }
}
