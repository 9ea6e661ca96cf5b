import Glibc

/// Measures what a piece of work costs.
enum Stopwatch {
  /// Seconds by the clock on the wall that the last measured work took.
  // Used by the main thread alone.
  nonisolated(unsafe) private(set) static var last = 0.0

  /// Seconds of processor time that `work` takes in all threads of the process.
  static func processor(_ work: () throws -> Void) rethrows -> Double {
    let (processor, wall) = (seconds(CLOCK_PROCESS_CPUTIME_ID), seconds(CLOCK_MONOTONIC))
    try work()
    last = seconds(CLOCK_MONOTONIC) - wall
    return seconds(CLOCK_PROCESS_CPUTIME_ID) - processor
  }

  /// What `clock` shows.
  static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// The memory that the process has.
enum Resident {
  /// Resident anonymous memory: what was allocated and touched, without the pages of the program itself.
  static func megabytes() -> Double {
    var pages = [0, 0, 0]
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let fields = line.prefix { $0 != 0 }.split(separator: 0x20).map { field in
      field.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    for index in pages.indices where index < fields.count { pages[index] = fields[index] }
    return Double((pages[1] - pages[2]) * sysconf(Int32(_SC_PAGESIZE))) / 1e6
  }
}
