import Model

/// A file that has been admitted: it holds a place in the order and credits until it is released.
public struct ArrivedFile: Sendable {
  /// The order of admission, from 1 in each run.
  public var number: UInt64
  /// Relative to the inbox.
  public var path: PathBytes
  /// Bytes that were reserved for it.
  public var reservedBytes: Int
  /// Its slot in the table of attempts.
  public var slot: Int
}
