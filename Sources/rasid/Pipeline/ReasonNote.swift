import Model

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The text of a `.reason.json`: why a file was rejected, for people and for programs.
struct ReasonNote: Encodable {
  struct Limit: Encodable {
    var name: String
    var setting: Int
    var figure: Int
  }

  var file: String
  var sha256: String
  var bytes: Int64
  var received: String
  var stage: String
  var code: String
  var message: String
  var byteOffset: Int?
  var limit: Limit?
  var attempts: Int
  var version: String

  init(_ rejection: Rejection, path: PathBytes, original: LaneResult.Original) {
    file = path.display
    sha256 = original.digest.hex()
    bytes = original.identity.size
    received = original.received.rfc3339(microseconds: true)
    stage = rejection.stage
    code = rejection.error.code
    message = rejection.error.message
    byteOffset = rejection.error.byteOffset
    limit = rejection.error.limit.map { Limit(name: ReasonNote.key($0.name), setting: $0.setting, figure: $0.figure) }
    attempts = rejection.attempts
    version = Rasid.version
  }

  /// The configuration key of a limit: `bytesInMax` is `decode.bytes_in_max`.
  private static func key(_ name: String) -> String {
    if name.contains(".") { return name }
    return "decode." + name.map { $0.isUppercase ? "_\($0.lowercased())" : String($0) }.joined()
  }

  private enum CodingKeys: String, CodingKey {
    case file, sha256, bytes, received, stage, code, message, attempts, version
    case byteOffset = "byte_offset"
    case limit
  }

  /// All keys, null where there is no value.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(file, forKey: .file)
    try container.encode(sha256, forKey: .sha256)
    try container.encode(bytes, forKey: .bytes)
    try container.encode(received, forKey: .received)
    try container.encode(stage, forKey: .stage)
    try container.encode(code, forKey: .code)
    try container.encode(message, forKey: .message)
    try container.encode(byteOffset, forKey: .byteOffset)
    try container.encode(limit, forKey: .limit)
    try container.encode(attempts, forKey: .attempts)
    try container.encode(version, forKey: .version)
  }

  /// The note as a JSON file.
  func json() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Encoding strings and integers cannot fail.
    guard let data = try? encoder.encode(self) else { return [] }
    return Array(data) + [0x0A]
  }
}
