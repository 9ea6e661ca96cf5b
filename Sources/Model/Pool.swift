import Synchronization

/// Objects that are costly to make and serve one user at a time: a user takes one and gives it back.
public final class Pool<Object: AnyObject & Sendable>: Sendable {
  private let free = Mutex<[Object]>([])
  private let make: @Sendable () -> Object

  /// A pool that calls `make` when all its objects are in use.
  public init(_ make: @escaping @Sendable () -> Object) { self.make = make }

  /// Calls `body` with an object that nobody else has.
  public func with<Result>(_ body: (Object) -> Result) -> Result {
    let object = free.withLock { $0.popLast() } ?? make()
    defer { free.withLock { $0.append(object) } }
    return body(object)
  }
}
