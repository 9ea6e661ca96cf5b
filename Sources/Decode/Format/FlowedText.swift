/// Plain text of mail that was wrapped for the way (`format=flowed`, RFC 3676): lines that end in a blank go on in the next.
enum FlowedText {
  /// `text` with its soft line breaks taken out.
  static func unwrapped(_ text: [UInt8], deletesSpace: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      // Space-stuffing.
      let content = line.first == 0x20 ? line.dropFirst() : line
      let isSignature = content.elementsEqual("-- ".utf8)
      if content.last == 0x20, !isSignature, content.first != UInt8(ascii: ">") {
        out.append(contentsOf: deletesSpace ? content.dropLast() : content)
      } else {
        out.append(contentsOf: content)
        out.append(0x0A)
      }
    }
    if text.last != 0x0A, out.last == 0x0A { out.removeLast() }
    return out
  }
}
