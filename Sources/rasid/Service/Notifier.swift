import Model

#if canImport(Glibc)
  import Glibc
#endif

/// Tells systemd how the service is doing: the sd_notify(3) protocol, datagrams to `$NOTIFY_SOCKET`.
///
/// Written out here because it is one `sendto`, and libsystemd would be a dependency of the daemon for that alone.
struct Notifier: Sendable {
  private let address: [UInt8]?
  /// Seconds between two signs of life that systemd asks for; nil without a watchdog.
  let watchdogSeconds: Double?

  /// Reads the environment; without systemd nothing is ever sent.
  init() {
    address = getenv("NOTIFY_SOCKET").map { Array(String(cString: $0).utf8) }
    let isForUs = getenv("WATCHDOG_PID").map { String(cString: $0) == "\(getpid())" } ?? true
    let microseconds = getenv("WATCHDOG_USEC").flatMap { Double(String(cString: $0)) }
    watchdogSeconds = isForUs ? microseconds.map { $0 / 1e6 } : nil
  }

  func ready(status: String) { send("READY=1\nSTATUS=\(status)") }
  func stopping(status: String) { send("STOPPING=1\nSTATUS=\(status)") }
  func status(_ status: String) { send("STATUS=\(status)") }
  func alive(status: String) { send("WATCHDOG=1\nSTATUS=\(status)") }

  /// A reload has begun; `ready` ends it.
  func reloading() {
    var clock = timespec()
    clock_gettime(CLOCK_MONOTONIC, &clock)
    send("RELOADING=1\nMONOTONIC_USEC=\(clock.tv_sec * 1_000_000 + clock.tv_nsec / 1000)")
  }

  private func send(_ message: String) {
    guard let address else { return }
    var target = sockaddr_un()
    target.sun_family = sa_family_t(AF_UNIX)
    guard !address.isEmpty, address.count < MemoryLayout.size(ofValue: target.sun_path) else { return }
    withUnsafeMutableBytes(of: &target.sun_path) { path in
      path.copyBytes(from: address)
      // An abstract socket is written with an @ for the NUL that its name begins with.
      if address[0] == UInt8(ascii: "@") { path[0] = 0 }
    }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + address.count)
    let bytes = Array(message.utf8)
    withUnsafePointer(to: &target) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
      }
    }
  }
}
