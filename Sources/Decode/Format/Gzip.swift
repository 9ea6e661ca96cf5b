import CZlib
import Model

/// gzip, read with zlib: libarchive 3.6 does not compare the checksum, and a flipped bit in a report changes a number unseen.
enum Gzip {
  /// The bytes of all members of a gzip file.
  static func inflate(_ bytes: [UInt8], budget: Budget) throws(DecodeError) -> [UInt8] {
    var stream = z_stream()
    guard rasid_inflate_init_gzip(&stream) == Z_OK else {
      throw DecodeError(code: "broken-gzip", message: "zlib does not start")
    }
    defer { inflateEnd(&stream) }
    var out: [UInt8] = []
    let chunk = min(256 << 10, max(4 << 10, bytes.count * 4))
    var position = 0
    var atMemberEnd = false
    while position < bytes.count {
      if atMemberEnd {
        // Another member, or padding that gzip(1) ignores.
        guard position + 1 < bytes.count, bytes[position] == 0x1F, bytes[position + 1] == 0x8B else {
          guard bytes[position...].allSatisfy({ $0 == 0 }) else {
            throw DecodeError(
              code: "broken-gzip", message: "bytes that are no gzip follow the compressed data at byte \(position)",
              byteOffset: position)
          }
          return out
        }
        inflateReset(&stream)
        atMemberEnd = false
      }
      var status = Z_OK
      let before = out.count
      let inputCount = min(bytes.count - position, 64 << 20)
      bytes.withUnsafeBufferPointer { input in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress! + position)
        stream.avail_in = UInt32(inputCount)
        out.append(addingCapacity: chunk) { target in
          stream.next_out = target
          stream.avail_out = UInt32(chunk)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          return chunk - Int(stream.avail_out)
        }
      }
      position += inputCount - Int(stream.avail_in)
      let produced = out.count - before
      try budget.spend(bytesOut: produced)
      try budget.checkRatio(bytesIn: bytes.count, yielded: out.count)
      try budget.checkTime()
      switch status {
      case Z_STREAM_END: atMemberEnd = true
      case Z_OK where produced > 0 || stream.avail_in > 0: continue
      case Z_OK, Z_BUF_ERROR:
        if position >= bytes.count, produced == 0 { break }
      default:
        let detail = stream.msg.map { String(cString: $0) } ?? "error \(status)"
        throw DecodeError(
          code: "broken-gzip", message: "the gzip data is damaged near byte \(position): \(detail); get the file again",
          byteOffset: position)
      }
    }
    // zlib may hold output back when its input ends exactly with the buffer full.
    guard atMemberEnd else {
      throw DecodeError(
        code: "truncated", message: "the gzip data breaks off at byte \(bytes.count); get the file again",
        byteOffset: bytes.count)
    }
    return out
  }
}

extension Array where Element == UInt8 {
  /// Grows by at most `count` bytes, as many as `fill` has written and returns.
  mutating func append(addingCapacity count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Int) {
    let before = self.count
    append(contentsOf: repeatElement(0, count: count))
    var written = 0
    withUnsafeMutableBufferPointer { written = fill($0.baseAddress! + before) }
    removeLast(count - written)
  }
}
