import CProcess
import Glibc
import Model

/// The text layer of a PDF, by poppler's `pdftotext` in a process of its own.
///
/// Readers of PDF have more memory faults than all others here together, so it runs apart: started through `prlimit`, which bounds its
/// address space, processor time, files and descriptors before it begins; without environment; reading from memory, writing to a
/// pipe; and killed at the file's deadline.
enum PDFText {
  private static let prlimit = "/usr/bin/prlimit"
  private static let pdftotext = "/usr/bin/pdftotext"

  /// The running text; errors for PDFs that are encrypted, cut, broken or without text.
  static func read(_ bytes: [UInt8], budget: Budget) throws(DecodeError) -> [UInt8] {
    // Poppler rebuilds what it can of a cut file and does not say what is missing.
    guard contains(bytes.suffix(2048), "%%EOF") else {
      throw DecodeError(
        code: "truncated", message: "the PDF has no end mark: it is cut at byte \(bytes.count); get the file again",
        byteOffset: bytes.count)
    }
    var outcome = try run(try PDFLigatures.updated(bytes, budget: budget) ?? bytes, budget: budget)
    if case .exited(0) = outcome.status {} else { outcome = try run(bytes, budget: budget) }
    switch outcome.status {
    case .exited(0): break
    case .exited(3):
      throw DecodeError(code: "encrypted", message: "the PDF forbids copying of its text; save it without protection")
    case .exited(127), .exited(126):
      throw DecodeError(
        code: "no-pdftotext", message: "\(pdftotext) does not start; install poppler-utils and drop the file again")
    case .exited(let code):
      if contains(bytes[...], "/Encrypt") {
        throw DecodeError(code: "encrypted", message: "the PDF is encrypted; save it without a password")
      }
      throw DecodeError(code: "broken-pdf", message: "pdftotext cannot read the PDF (exit \(code)); get the file again")
    case .signalled(let signal):
      try budget.checkTime()
      // SIGXCPU, and what allocation failures end in.
      throw DecodeError(
        code: "broken-pdf",
        message:
          "pdftotext was stopped by signal \(signal), at its limits of memory (memoryBytesMax) or time (secondsMax)")
    }
    let text = unwrapped(outcome.output)
    guard text.contains(where: { $0 > 0x20 }) else {
      throw DecodeError(
        code: "no-text-layer", message: "the PDF has no text layer (a scan?); run text recognition over it first")
    }
    return text
  }

  private static func contains(_ bytes: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard bytes.count >= count else { return false }
    return bytes.withUnsafeBufferPointer { buffer in
      (0...(buffer.count - count)).contains {
        buffer[$0] == word.utf8Start[0] && memcmp(buffer.baseAddress! + $0, word.utf8Start, count) == 0
      }
    }
  }

  // MARK: The process

  private enum Status { case exited(Int32), signalled(Int32) }

  private static func run(_ bytes: [UInt8], budget: Budget) throws(DecodeError) -> (output: [UInt8], status: Status) {
    let input = try memoryFile(bytes)
    defer { close(input) }
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw system("pipe2") }
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    let pid: pid_t
    do throws(DecodeError) {
      pid = try spawn(input: input, output: writing, budget: budget)
    } catch {
      close(writing)
      throw error
    }
    close(writing)
    var output: [UInt8] = []
    var failure: DecodeError?
    do throws(DecodeError) {
      output = try drain(reading, budget: budget)
    } catch {
      failure = error
      kill(pid, SIGKILL)
    }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1, errno == EINTR {}
    if let failure { throw failure }
    let signal = status & 0x7F
    return (output, signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal))
  }

  private static func system(_ call: String) -> DecodeError {
    DecodeError(
      code: "no-pdftotext", message: "\(call) failed (errno \(errno)) before pdftotext could start; drop the file again"
    )
  }

  /// The bytes as a file without a name, at its beginning.
  private static func memoryFile(_ bytes: [UInt8]) throws(DecodeError) -> Int32 {
    let file = memfd_create("rasid-pdf", 1)
    guard file >= 0 else { throw system("memfd_create") }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { write(file, $0.baseAddress! + written, $0.count - written) }
      if count < 0 {
        if errno == EINTR { continue }
        close(file)
        throw system("write")
      }
      written += count
    }
    lseek(file, 0, SEEK_SET)
    return file
  }

  private static func spawn(input: Int32, output: Int32, budget: Budget) throws(DecodeError) -> pid_t {
    let seconds = max(1, budget.nanosecondsLeft / 1_000_000_000 + 1)
    let arguments = [
      prlimit, "--as=\(budget.limits.memoryBytesMax)", "--cpu=\(seconds)", "--fsize=0", "--nofile=32", "--core=0", "--",
      pdftotext, "-q", "-enc", "UTF-8", "-eol", "unix", "-nopgbrk", "-", "-",
    ]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The daemon's threads may block signals; its child must not inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    // Nor ctrl-C: the daemon finishes its file before it stops.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

    let argv = arguments.map { strdup($0) } + [nil]
    let environment = [strdup("PATH=/usr/bin:/bin"), strdup("LC_ALL=C.UTF-8"), nil]
    defer { for pointer in argv + environment { free(pointer) } }
    var pid: pid_t = 0
    let status = posix_spawn(&pid, prlimit, &actions, &attributes, argv, environment)
    guard status == 0 else {
      throw DecodeError(
        code: "no-pdftotext",
        message: "\(prlimit) does not start (error \(status)); install util-linux and poppler-utils")
    }
    return pid
  }

  /// All that comes out of the pipe, until its end, the deadline or a limit.
  private static func drain(_ pipe: Int32, budget: Budget) throws(DecodeError) -> [UInt8] {
    var output: [UInt8] = []
    while true {
      var waiting = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
      let milliseconds = max(0, min(budget.nanosecondsLeft / 1_000_000 + 1, 1 << 30))
      let ready = poll(&waiting, 1, Int32(milliseconds))
      try budget.checkTime()
      if ready <= 0 { continue }
      var count = 0
      output.append(addingCapacity: 64 << 10) {
        count = Glibc.read(pipe, $0, 64 << 10)
        return max(0, count)
      }
      if count == 0 { return output }
      if count < 0, errno != EINTR { throw system("read") }
      if count > 0 { try budget.spend(bytesOut: count) }
    }
  }

  // MARK: Lines

  /// Lines of print as paragraphs: a line that reaches the margin and ends no sentence goes on in the next. Poppler's marks of direction
  /// are dropped: its text is in logical order.
  private static func unwrapped(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var block: [ArraySlice<UInt8>] = []
    func flush() {
      guard !block.isEmpty else { return }
      let widths = block.map { $0.count { $0 & 0xC0 != 0x80 } }
      let margin = (widths.max() ?? 0) * 4 / 5
      for (index, line) in block.enumerated() {
        out.append(contentsOf: line)
        let goesOn = index + 1 < block.count && widths[index] >= margin && !endsSentence(line)
        out.append(goesOn ? 0x20 : 0x0A)
      }
      block = []
    }
    let lines = PrintedLines.logical(text).split(separator: 0x0A, omittingEmptySubsequences: false)
    for line in lines {
      let trimmed = ReportParts.trimmed(line[...])
      if trimmed.isEmpty {
        flush()
        if let last = out.last, last == 0x0A, !out.suffix(2).elementsEqual([0x0A, 0x0A]) { out.append(0x0A) }
      } else {
        block.append(trimmed)
      }
    }
    flush()
    return Array(ReportParts.trimmed(out[...]))
  }

  private static func endsSentence(_ line: ArraySlice<UInt8>) -> Bool {
    guard let last = line.last else { return true }
    if last == 0x2E || last == 0x21 || last == 0x3F || last == 0x3A { return true }
    return line.suffix(2).elementsEqual([0xD8, 0x9F])  // The Arabic question mark.
  }
}
