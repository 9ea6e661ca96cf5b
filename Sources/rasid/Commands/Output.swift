import ArgumentParser

#if canImport(Glibc)
  import Glibc
#endif

/// Prints what went wrong on standard error and returns what to throw to end the program with `status`.
func failure(_ error: any Error, _ status: Int32) -> ExitCode {
  complain("rasid: \(error)")
  return ExitCode(status)
}

/// Writes a line to standard error.
func complain(_ text: String) {
  let bytes = Array("\(text)\n".utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// Writes bytes to standard output; false when the reader has gone.
func emit(_ bytes: [UInt8]) -> Bool {
  var written = 0
  while written < bytes.count {
    let result = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress! + written, $0.count - written) }
    if result > 0 { written += result } else if errno != EINTR { return false }
  }
  return true
}

/// Writes a line to standard output.
func say(_ text: String) { _ = emit(Array("\(text)\n".utf8)) }
