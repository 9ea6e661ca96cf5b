import Model
import Synchronization

/// A name of the lexicons or the rules (`قصف/I`, `heavy-weapons`, `on`), as a number that is the same in every process.
///
/// Features of the disambiguator are built from symbols, so its weights can be a readable table and still be looked up
/// by one 64-bit key. Names are kept aside, for explanations and for training.
public struct Symbol: Sendable, Hashable {
  /// `StableHash` of the name's UTF-8 bytes.
  public let hash: UInt64

  /// The symbol called `name`; registers the name.
  public init(_ name: String) {
    hash = Symbol.hash(of: name)
    Symbol.names.withLock { [hash] in $0[hash] = name }
  }

  /// The hash that a symbol called `name` has, without registering it.
  public static func hash(of name: some StringProtocol) -> UInt64 { StableHash.hash(Array(name.utf8)) }

  /// Its name, `?` when it was never registered.
  public var name: String { Symbol.names.withLock { $0[hash] } ?? "?" }

  private static let names = Mutex<[UInt64: String]>([:])

  /// No symbol: the empty name.
  public static let none = Symbol("")
}
