import Model

/// A feed line that lacks only what the serial stages decide: sequence number, relation, clusters and hash chain.
///
/// A lane encodes the body (`LineEncoder`), which is nearly all of the work; `HashChain.append` puts in the rest.
public struct FeedLine: Sendable {
  /// When the file was admitted.
  public let received: Timestamp
  /// From `,"id":` up to and including `"relation":`.
  var head: [UInt8]
  /// Where in `head` the value of `report.text` stands: an exact copy has `null` there.
  var textValue: Range<Int>
  /// From `,"entities":` up to and including the closing bracket of `events`, without the clusters.
  var body: [UInt8]
  /// Offsets into `body`, ascending: the value of each event's `cluster` belongs there.
  var clusterOffsets: [Int]
  /// From `,"coder":` up to and including `"prev":`.
  var tail: [UInt8]

  /// Bytes that the line takes, near enough for accounting.
  public var byteCount: Int { head.count + body.count + tail.count + 300 }
}

/// What the serial stages decided about a report.
public struct FeedDecision: Sendable {
  /// What the report is to earlier ones.
  public var relation: Relation?
  /// One for each event, in order; nil where an event has none.
  public var clusters: [EventCluster?]

  /// A decision.
  public init(relation: Relation?, clusters: [EventCluster?]) {
    self.relation = relation
    self.clusters = clusters
  }
}

extension FeedLine {
  /// The line's bytes up to `,"hash":`, which the hash covers.
  func hashedPart(sequence: UInt64, decision: FeedDecision, previous: Digest, into out: inout [UInt8]) {
    out.json(#"{"v":1,"seq":"#)
    out.json(sequence)
    let isExact = decision.relation?.kind == .exact
    if isExact {
      out.append(contentsOf: head[..<textValue.lowerBound])
      out.json("null")
      out.append(contentsOf: head[textValue.upperBound...])
    } else {
      out.append(contentsOf: head)
    }
    appendRelation(decision.relation, to: &out)
    if isExact {
      out.json(#","entities":[],"events":[]"#)
    } else {
      precondition(decision.clusters.count == clusterOffsets.count, "one cluster, or nil, for each event")
      var from = 0
      for (offset, cluster) in zip(clusterOffsets, decision.clusters) {
        out.append(contentsOf: body[from..<offset])
        appendCluster(cluster, to: &out)
        from = offset
      }
      out.append(contentsOf: body[from...])
    }
    out.append(contentsOf: tail)
    out.append(UInt8(ascii: "\""))
    previous.appendHex(to: &out)
    out.append(UInt8(ascii: "\""))
  }

  private func appendRelation(_ relation: Relation?, to out: inout [UInt8]) {
    guard let relation else { return out.json("null") }
    out.json(#"{"kind":"#)
    out.json(string: relation.kind.rawValue)
    out.json(#","of":"#)
    out.json(relation.of)
    out.json(#","containment":"#)
    out.json(relation.containment, decimals: 3)
    out.json(#","resemblance":"#)
    out.json(relation.resemblance, decimals: 3)
    out.json("}")
  }

  private func appendCluster(_ cluster: EventCluster?, to out: inout [UInt8]) {
    guard let cluster else { return out.json("null") }
    out.json(#"{"id":""#)
    cluster.id.appendHex(to: &out)
    out.json(#"","first":"#)
    out.json(cluster.first)
    out.json(#","reports":"#)
    out.json(cluster.reports)
    out.json("}")
  }
}
