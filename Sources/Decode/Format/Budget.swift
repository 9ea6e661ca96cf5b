import Glibc
import Model

/// What one file has cost so far, against its limits. One per file; used by one thread.
final class Budget {
  let limits: DecodeLimits
  private(set) var bytesOut = 0
  private(set) var members = 0
  private var memoryBytes = 0
  private let deadline: Int64
  /// The first limit that was exceeded; kept, so that a reader that passes over a part it cannot read cannot pass over this.
  private(set) var exceeded: DecodeError?

  init(limits: DecodeLimits) {
    self.limits = limits
    deadline = Budget.monotonicNanoseconds() + Int64(limits.secondsMax) * 1_000_000_000
  }

  /// Counts `count` more bytes that a container or extraction has yielded.
  func spend(bytesOut count: Int) throws(DecodeError) {
    bytesOut += count
    if bytesOut > limits.bytesOutMax {
      throw exceed("bytesOutMax", limits.bytesOutMax, bytesOut, "the file unpacks to too many bytes")
    }
  }

  /// Judges a stream of `bytesIn` compressed bytes that has yielded `yielded` bytes so far.
  func checkRatio(bytesIn: Int, yielded: Int) throws(DecodeError) {
    guard yielded > limits.ratioFloorBytes, bytesIn > 0, yielded / bytesIn > limits.ratioMax else { return }
    throw exceed("ratioMax", limits.ratioMax, yielded / bytesIn, "the file unpacks to many times its size, as bombs do")
  }

  /// Counts one more member of any container.
  func spendMember() throws(DecodeError) {
    members += 1
    if members > limits.membersMax {
      throw exceed("membersMax", limits.membersMax, members, "the file holds too many members")
    }
    if members & 63 == 0 { try checkTime() }
  }

  /// Judges the level of containers.
  func check(depth: Int) throws(DecodeError) {
    if depth > limits.depthMax {
      throw exceed("depthMax", limits.depthMax, depth, "containers lie too deep within each other")
    }
  }

  /// Takes `count` bytes of memory for a parsed form.
  func take(memory count: Int) throws(DecodeError) {
    memoryBytes += count
    if memoryBytes > limits.memoryBytesMax {
      throw exceed("memoryBytesMax", limits.memoryBytesMax, memoryBytes, "the document takes too much memory to parse")
    }
  }

  /// Gives back what was taken for a parsed form that is gone.
  func give(memory count: Int) { memoryBytes -= count }

  /// Seconds are up?
  func checkTime() throws(DecodeError) {
    let left = nanosecondsLeft
    if left < 0 {
      throw exceed(
        "secondsMax", limits.secondsMax, limits.secondsMax + Int(-left / 1_000_000_000) + 1,
        "reading the file takes too long")
    }
  }

  /// Time to the deadline, negative after it.
  var nanosecondsLeft: Int64 { deadline - Budget.monotonicNanoseconds() }

  /// Every limit's error goes through here.
  func exceed(_ name: String, _ setting: Int, _ figure: Int, _ what: String) -> DecodeError {
    let error = DecodeError.overLimit(name, setting, figure, what)
    if exceeded == nil { exceeded = error }
    return error
  }

  private static func monotonicNanoseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }
}

extension DecodeError {
  /// The limit `name` is exceeded. The code is the name in its words: `limit-bytes-out` for `bytesOutMax`.
  static func overLimit(_ name: String, _ setting: Int, _ figure: Int, _ what: String) -> DecodeError {
    var code = "limit-"
    for scalar in name.dropLast(3).unicodeScalars {
      if scalar.value >= 0x41, scalar.value <= 0x5A { code += "-" }
      code += String(scalar).lowercased()
    }
    return DecodeError(
      code: code,
      message: "\(what): \(figure), over \(name) = \(setting); raise the limit if the file is trusted",
      limit: Limit(name: name, setting: setting, figure: figure))
  }

  /// The same error, said of the member `path`.
  func inMember(_ path: String) -> DecodeError {
    // The innermost member has spoken already, with its whole path.
    if message.hasPrefix("in member \"") { return self }
    var error = self
    error.message = "in member \"\(path)\": \(message)"
    return error
  }
}
