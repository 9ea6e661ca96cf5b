import Decode
import Model

/// One input of libFuzzer: any bytes must give reports of valid UTF-8, or an error, within the limits.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  // PDF is read by a process of its own, which coverage does not reach.
  if bytes.prefix(1100).contains(UInt8(ascii: "%")),
    String(decoding: bytes.prefix(1100), as: UTF8.self).contains("%PDF-")
  {
    return -1
  }
  guard let reports = try? decoder.decode(bytes, name: []) else { return 0 }
  precondition(!reports.isEmpty, "a file without reports is an error")
  var total = 0
  for report in reports {
    precondition(String(validating: report.text, as: UTF8.self) != nil, "text is not UTF-8")
    precondition(!report.text.isEmpty, "a report without text")
    precondition((0...1).contains(report.source.confidence), "confidence out of range")
    total += report.text.count
  }
  precondition(total <= limits.bytesOutMax + 3 * count, "more text than the limit")
  return 0
}

/// Small, so that an input that runs into a limit does so quickly.
private let limits: DecodeLimits = {
  var limits = DecodeLimits()
  limits.bytesOutMax = 8 << 20
  limits.memoryBytesMax = 256 << 20
  limits.membersMax = 1000
  limits.secondsMax = 5
  return limits
}()

private let decoder = Decoder(limits: limits)
