import Glibc
import Model
import Testing

@testable import Decode

/// Damaged files give reports or an error; they never trap, never take more than the limits, and what they give is valid UTF-8.
@Suite struct MutationTests {
  /// A fixed generator, so that a failure can be repeated (Steele and Vigna, SplitMix64).
  private struct Random {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  }

  /// Rounds per file; `RASID_MUTATIONS=20` for a long run.
  private static let effort = getenv("RASID_MUTATIONS").flatMap { Int(String(cString: $0)) } ?? 1

  private static let limits: DecodeLimits = {
    var limits = DecodeLimits()
    limits.bytesOutMax = 16 << 20
    limits.secondsMax = 10
    return limits
  }()

  private func check(_ bytes: [UInt8], _ what: String) {
    guard let reports = try? Decoder(limits: MutationTests.limits).decode(bytes, name: Array(what.utf8)) else { return }
    #expect(!reports.isEmpty, "\(what)")
    var total = 0
    for report in reports {
      total += report.text.count
      #expect(String(validating: report.text, as: UTF8.self) != nil, "invalid UTF-8 in \(what)")
    }
    #expect(total <= MutationTests.limits.bytesOutMax + bytes.count * 3)
  }

  // Each PDF starts a process; a few are enough here, the fuzzer does more.
  private static let files = Fixture.all.filter { !$0.path.hasPrefix("pdf/") }

  @Test(arguments: files) func survivesTruncation(_ fixture: Fixture) {
    var random = Random(state: 1)
    let count = fixture.bytes.count
    var cuts = [1, 3, 16, 64, count - 1, count / 2].filter { $0 > 0 && $0 < count }
    for _ in 0..<(4 * MutationTests.effort) where count > 1 { cuts.append(1 + random.below(count - 1)) }
    for cut in cuts { check(Array(fixture.bytes.prefix(cut)), "\(fixture.path) cut at \(cut)") }
  }

  @Test(arguments: files) func survivesFlippedBits(_ fixture: Fixture) {
    var random = Random(state: 2)
    for round in 0..<(8 * MutationTests.effort) {
      var bytes = fixture.bytes
      for _ in 0..<(1 + random.below(6)) { bytes[random.below(bytes.count)] ^= UInt8(1 << random.below(8)) }
      check(bytes, "\(fixture.path) round \(round)")
    }
  }

  @Test(arguments: files) func survivesMovedPieces(_ fixture: Fixture) {
    var random = Random(state: 3)
    for round in 0..<(3 * MutationTests.effort) {
      var bytes = fixture.bytes
      let start = random.below(bytes.count)
      let piece = Array(bytes[start..<min(bytes.count, start + 1 + random.below(200))])
      switch round % 3 {
      case 0: bytes.removeSubrange(start..<(start + piece.count))
      case 1: bytes.insert(contentsOf: piece, at: random.below(bytes.count))
      default: bytes.insert(contentsOf: piece + piece + piece, at: start)
      }
      if !bytes.isEmpty { check(bytes, "\(fixture.path) moved \(round)") }
    }
  }

  /// Reading is a function of the bytes: twice the same, on any thread.
  @Test(arguments: files) func isPure(_ fixture: Fixture) async {
    let first = GoldenTests.dump(fixture)
    let others = await withTaskGroup(of: String.self) { group in
      for _ in 0..<4 { group.addTask { GoldenTests.dump(fixture) } }
      var all: [String] = []
      for await text in group { all.append(text) }
      return all
    }
    for other in others { #expect(other == first) }
  }
}
