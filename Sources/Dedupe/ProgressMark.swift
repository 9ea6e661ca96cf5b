import Model

/// How far the feed had been read at the last checkpoint. The index alone does not tell: exact copies leave nothing in it.
final class ProgressMark: @unchecked Sendable {
  // Sendable: after the start only checkpoints use it, which are finished one after the other.
  private let file: StateFile

  init(directory: PathBytes) throws(SystemError) {
    file = try StateFile(path: directory.appending("dedupe.mark"), header: StateFile.Header(kind: .mark))
  }

  /// The feed sequence number of the last checkpoint, when the index still has the `reports` reports it had then, or more.
  func sequence(reports: Int) -> UInt64? {
    var fields: [UInt64] = [0, 0, 0]
    let isRead = fields.withUnsafeMutableBytes { file.read(into: $0, at: 0) }
    guard isRead, fields[2] == ProgressMark.checksum(fields[0], fields[1]), fields[1] <= UInt64(reports) else {
      return nil
    }
    return fields[0]
  }

  /// Says that the index has `reports` reports and holds all of the feed up to `sequence`.
  func set(_ sequence: UInt64, reports: Int) throws(SystemError) {
    let fields = [sequence, UInt64(reports), ProgressMark.checksum(sequence, UInt64(reports))]
    try file.overwrite(fields.span.bytes)
    try file.synchronize()
  }

  /// Says nothing: what is held is only what the index itself shows.
  func clear() throws(SystemError) {
    try file.truncate(to: 0)
    try file.synchronize()
  }

  private static func checksum(_ sequence: UInt64, _ reports: UInt64) -> UInt64 {
    StableHash.mix(sequence ^ 0x9e37_79b9_7f4a_7c15, reports ^ 0xd6e8_feb8_6659_fd93)
  }
}
