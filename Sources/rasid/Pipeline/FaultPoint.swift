#if canImport(Glibc)
  import Glibc
#endif

/// Places in the commit at which tests make the process die or hang: `RASID_FAULT=appended` or `RASID_FAULT=decoding:hang`.
///
/// `RASID_FAULT_AFTER=N` lets the point pass N times first. Without the variable a point is one comparison.
enum FaultPoint: String, CaseIterable, Sendable {
  /// In a lane, before the file is decoded.
  case decoding
  /// Lines are made, nothing is written.
  case decided
  /// Half of the batch is written.
  case halfAppended = "half-appended"
  /// The batch is written, not durable.
  case appended
  /// The batch is durable, no original is moved.
  case durable
  /// The first original of the batch is moved.
  case moved
  /// All originals are moved, the folders are not synced.
  case archived
  /// The feed is about to be sealed.
  case rotating
  /// The sealed segment is renamed and the new file begun.
  case rotated

  /// The point that the environment names, with what happens there.
  static let chosen: (point: FaultPoint, hangs: Bool)? = {
    guard let text = getenv("RASID_FAULT").map({ String(cString: $0) }) else { return nil }
    let parts = text.split(separator: ":").map(String.init)
    guard let name = parts.first, let point = FaultPoint(rawValue: name) else { return nil }
    return (point, parts.dropFirst().first == "hang")
  }()

  private static let remaining = Countdown(getenv("RASID_FAULT_AFTER").flatMap { Int(String(cString: $0)) } ?? 0)

  /// Dies or hangs here if the environment says so.
  func pass() {
    guard let chosen = FaultPoint.chosen, chosen.point == self, FaultPoint.remaining.isOver() else { return }
    if chosen.hangs { while true { sleep(3600) } }
    kill(getpid(), SIGKILL)
  }

  /// Whether this point is the chosen one and due, for points that do something before they die.
  var isDue: Bool { FaultPoint.chosen?.point == self && FaultPoint.remaining.isOver() }
}
