import Model

/// The serial end of encoding: gives each line its sequence number and links it to the line before.
///
/// `hash` is SHA-256 over the line's bytes before `,"hash":`; `prev` is the hash of the line before, zero for the first.
public struct HashChain: Sendable {
  /// Sequence number of the last line; 0 before the first.
  public private(set) var sequence: UInt64
  /// Hash of the last line.
  public private(set) var hash: Digest
  private var scratch: [UInt8] = []

  /// A chain that goes on after the line `sequence` with hash `hash`.
  public init(sequence: UInt64, hash: Digest) {
    self.sequence = sequence
    self.hash = hash
  }

  /// Appends the finished line, newline included, to `batch`, and moves on to it.
  public mutating func append(_ line: FeedLine, _ decision: FeedDecision, to batch: inout [UInt8]) {
    sequence += 1
    scratch.removeAll(keepingCapacity: true)
    line.hashedPart(sequence: sequence, decision: decision, previous: hash, into: &scratch)
    hash = Digest.sha256(scratch)
    batch.append(contentsOf: scratch)
    batch.json(#","hash":""#)
    hash.appendHex(to: &batch)
    batch.json("\"}\n")
  }
}
