import Glibc
import Lexicon

// extract-bench LEXICONS TEXTS [ROUNDS]
//
// LEXICONS is the folder of the shipped tables, TEXTS a folder of plain UTF-8 texts, one report a file. Every figure is of
// one thread's processor time, so that a busy machine shifts them less, and the best of ROUNDS (3).

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 2 else {
  print("usage: extract-bench LEXICONS TEXTS [ROUNDS]")
  exit(64)
}
let rounds = max(1, arguments.dropFirst(2).first.flatMap(Int.init) ?? 3)

let before = Resident.megabytes()
let lexicon = try Lexicon.load(shipped: arguments[1])
let resident = Resident.megabytes() - before
let loads = try (0..<2 + rounds).map { _ in
  try (processor: Stopwatch.processor { _ = try Lexicon.load(shipped: arguments[1]) }, wall: Stopwatch.last)
}
let fastest = loads.min { $0.wall < $1.wall }!
print(
  "lexicons: \(fixed(fastest.wall * 1000, 0)) ms to load (\(fixed(fastest.processor * 1000, 0)) ms of processor time),",
  "\(fixed(resident, 1)) MB resident")

let texts = try TextFolder(arguments[2])
let bench = StageBench(lexicon: lexicon)
let best = (0..<rounds).map { _ in bench.run(texts) }.reduce(into: StageTimes.worst) { $0.keepBest($1) }
print("texts: \(texts.reports.count) reports, \(fixed(Double(texts.bytes) / 1e6, 1)) MB")
for (name, seconds) in [
  ("normalize", best.normalize), ("find", best.find), ("code", best.code), ("find and code", best.find + best.code),
  ("all", best.normalize + best.find + best.code),
] {
  print("\(name): \(fixed(Double(texts.bytes) / 1e6 / seconds, 1)) MB/s")
}
print("found: \(bench.found(texts))")

/// A number with `places` digits behind the point.
func fixed(_ value: Double, _ places: Int) -> String {
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let whole = (value * scale).rounded() / scale
  return places == 0 ? "\(Int(whole))" : "\(whole)"
}
