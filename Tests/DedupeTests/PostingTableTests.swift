import Glibc
import Model
import Testing

@testable import Dedupe

@Suite struct PostingTableTests {
  /// Every look-up yields what a dictionary of sets would, at every size and with popular fingerprints.
  @Test func agreesWithADictionary() {
    var random = SplitMix(7)
    let table = PostingTable()
    var model: [UInt32: [UInt32]] = [:]
    let cap = 20
    for report in UInt32(0)..<4000 {
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        // Few different low bits: buckets run over. A few values: lists reach the cap.
        let fingerprint =
          Bool.random(using: &random)
          ? UInt32.random(in: 0...50, using: &random) : UInt32.random(in: .min ... .max, using: &random) & 0xffff_0fff
        table.insert(fingerprint, report: report, cap: cap)
        model[fingerprint, default: []].append(report)
      }
    }
    check(table, model, cap)
    // A worn fingerprint keeps its mark and its first report.
    #expect(table.postings == model.values.reduce(0) { $0 + ($1.count < cap ? $1.count : 2) })
    for _ in 0..<10_000 {
      let absent = UInt32.random(in: .min ... .max, using: &random) | 0x1000
      if model[absent] == nil { #expect(find(table, absent, cap) == []) }
    }
  }

  /// Reports with very few fingerprints each: the numbers outgrow the postings.
  @Test func numbersOutgrowThePostings() {
    let table = PostingTable()
    for report in UInt32(0)..<5000 { table.insert(report &* 0x9e37_79b1, report: report, cap: 4) }
    for report in UInt32(0)..<5000 { #expect(find(table, report &* 0x9e37_79b1, 4) == [report]) }
  }

  @Test func sealedTableReadsTheSame() throws {
    var random = SplitMix(8)
    let table = PostingTable()
    var model: [UInt32: [UInt32]] = [:]
    for report in UInt32(0)..<500 {
      for _ in 0..<30 {
        let fingerprint = UInt32.random(in: 0...20_000, using: &random)
        table.insert(fingerprint, report: report, cap: 8)
        model[fingerprint, default: []].append(report)
      }
    }
    let folder = try TemporaryFolder()
    let path = folder.path.appending("table")
    let header = StateFile.Header(kind: .table)
    try table.write(to: path, header: header)()
    let sealed = try #require(PostingTable(path: path, header: header, sealed: true))
    check(sealed, model, 8)
    // A copy goes on as the table itself would.
    let copy = try #require(PostingTable(path: path, header: header, sealed: false))
    for report in UInt32(500)..<900 {
      for _ in 0..<30 {
        let fingerprint = UInt32.random(in: 0...20_000, using: &random)
        copy.insert(fingerprint, report: report, cap: 8)
        table.insert(fingerprint, report: report, cap: 8)
        model[fingerprint, default: []].append(report)
      }
    }
    check(copy, model, 8)
    check(table, model, 8)
    #expect(copy.byteCount == table.byteCount)
    var other = header
    other.base = 5
    #expect(PostingTable(path: path, header: other, sealed: true) == nil)
    // One bit anywhere is noticed.
    var bytes = folder.read("table")
    for _ in 0..<200 {
      let at = Int.random(in: bytes.indices, using: &random)
      bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      folder.write("table", bytes)
      #expect(PostingTable(path: path, header: header, sealed: true) == nil, "byte \(at)")
      bytes = bytes.enumerated().map { $0.offset == at ? folder.original[at] : $0.element }
    }
  }

  private func check(_ table: PostingTable, _ model: [UInt32: [UInt32]], _ cap: Int) {
    for (fingerprint, reports) in model {
      let found = find(table, fingerprint, cap)
      if reports.count < cap {
        // The same report may be put in twice for one fingerprint here; order is free.
        #expect(found?.sorted() == reports.sorted(), "fingerprint \(fingerprint)")
      } else {
        #expect(found == nil, "fingerprint \(fingerprint)")
      }
    }
  }

  /// The reports of a fingerprint, nil for boilerplate, of which the first report must still be known.
  private func find(_ table: PostingTable, _ fingerprint: UInt32, _ cap: Int) -> [UInt32]? {
    let buffer = UnsafeMutablePointer<UInt32>.allocate(capacity: cap)
    defer { buffer.deallocate() }
    let found = table.find(fingerprint, into: buffer, room: cap)
    if found.isCapped {
      #expect(found.count == 1)
      return nil
    }
    return (0..<found.count).map { buffer[$0] }
  }
}
