import Model

/// Encodes one item of `events`.
enum EventEncoder {
  /// - Parameter clusterOffsets: the offset in `out` at which the value of `cluster` belongs is added.
  static func append(
    _ event: Event, digest: Digest, offsets: CodePointOffsets, clusterOffsets: inout [Int], to out: inout [UInt8]
  ) {
    out.json(#"{"id":""#)
    EventID(report: digest, trigger: event.trigger, type: event.type).appendHex(to: &out)
    out.json(#"","type":"#)
    out.json(string: event.type.rawValue)
    out.json(#","mode":"#)
    out.json(string: event.mode)
    out.json(#","trigger":"#)
    append(event.trigger, offsets, to: &out)
    out.json(#","sentence":"#)
    append(event.sentence, offsets, to: &out)
    out.json(#","actor":"#)
    append(references: event.actors, to: &out)
    out.json(#","recipient":"#)
    append(references: event.recipients, to: &out)
    out.json(#","place":"#)
    append(references: event.places, to: &out)
    out.json(#","instrument":"#)
    append(references: event.instruments, to: &out)
    out.json(#","date":"#)
    if let date = event.date {
      out.json("{")
      MentionEncoder.appendFields(of: date, to: &out)
      out.json("}")
    } else {
      out.json("null")
    }
    out.json(#","dead":"#)
    append(event.dead, to: &out)
    out.json(#","injured":"#)
    append(event.injured, to: &out)
    out.json(#","detained":"#)
    append(event.detained, to: &out)
    out.json(#","displaced":"#)
    append(event.displaced, to: &out)
    out.json(#","status":"#)
    out.json(string: event.status.rawValue)
    out.json(#","certainty":"#)
    out.json(string: event.certainty.rawValue)
    out.json(#","source":"#)
    append(reference: event.source, to: &out)
    out.json(#","acled":"#)
    append(event.acled, to: &out)
    out.json(#","cluster":"#)
    clusterOffsets.append(out.count)
    out.json("}")
  }

  private static func append(_ span: ByteSpan, _ offsets: CodePointOffsets, to out: inout [UInt8]) {
    out.json("[")
    out.json(offsets.codePoint(span.start))
    out.json(",")
    out.json(offsets.codePoint(span.end))
    out.json("]")
  }

  private static func append(reference: Int32?, to out: inout [UInt8]) {
    guard let reference else { return out.json("null") }
    out.json(#""n"#)
    out.json(reference + 1)
    out.json(#"""#)
  }

  private static func append(references: [Int32], to out: inout [UInt8]) {
    out.json("[")
    for (index, reference) in references.enumerated() {
      if index > 0 { out.json(",") }
      append(reference: reference, to: &out)
    }
    out.json("]")
  }

  private static func append(_ toll: Event.Toll?, to out: inout [UInt8]) {
    guard let toll else { return out.json("null") }
    out.json(#"{"min":"#)
    out.json(toll.min)
    out.json(#","max":"#)
    out.json(toll.max)
    out.json(#","who":"#)
    append(reference: toll.who, to: &out)
    out.json("}")
  }

  private static func append(_ acled: Event.ACLED?, to out: inout [UInt8]) {
    guard let acled else { return out.json("null") }
    out.json(#"{"event_type":"#)
    out.json(string: acled.type)
    out.json(#","sub_event_type":"#)
    out.json(string: acled.subtype)
    out.json(#","geo_precision":"#)
    out.json(acled.geoPrecision)
    out.json(#","time_precision":"#)
    out.json(acled.timePrecision)
    out.json("}")
  }
}
