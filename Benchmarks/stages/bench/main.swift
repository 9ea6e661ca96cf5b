import Glibc
import Lexicon

// stage-bench LEXICONS TEXTS [ROUNDS]
//
// LEXICONS is the folder of the shipped tables, TEXTS a folder of texts, one report a file. Every figure is of one thread's
// processor time, so that a busy machine shifts it less, and the best of ROUNDS (3). With ROUNDS 0 the texts are taken
// through once and nothing else is done: for a profiler.

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 2 else {
  print("usage: stage-bench LEXICONS TEXTS [ROUNDS]")
  exit(64)
}
let rounds = arguments.dropFirst(2).first.flatMap(Int.init) ?? 3
let texts = try TextFolder(arguments[2])

let before = Resident.megabytes()
let lexicon = try Lexicon.load(shipped: arguments[1])
let resident = Resident.megabytes() - before
let bench = StageBench(lexicon: lexicon)
guard rounds > 0 else {
  _ = try bench.run(texts)
  exit(0)
}

let loads = try (0..<2 + rounds).map { _ in
  try (processor: Stopwatch.processor { _ = try Lexicon.load(shipped: arguments[1]) }, wall: Stopwatch.last)
}
let fastest = loads.min { $0.wall < $1.wall }!
print(
  "lexicons: \(fixed(fastest.wall * 1000, 0)) ms to load (\(fixed(fastest.processor * 1000, 0)) ms of processor time),",
  "\(fixed(resident, 1)) MB resident")

let first = try bench.run(texts)
let best = try (1..<rounds).reduce(first) { best, _ in
  try zip(best, bench.run(texts)).map { StageCost(seconds: min($0.seconds, $1.seconds), allocations: $1.allocations) }
}
let count = Double(texts.files.count)
let megabytes = Double(texts.bytes) / 1e6
print("texts: \(texts.files.count) reports, \(fixed(megabytes, 1)) MB")
for (name, stages) in Stage.allCases.map({ ("\($0)", [$0]) }) + [
  ("entities and events", [.entities, .events]), ("all", Stage.allCases),
] {
  let seconds = stages.map { best[$0.rawValue].seconds }.reduce(0, +)
  let allocations = stages.map { best[$0.rawValue].allocations }.reduce(0, +)
  print(
    "\(name): \(fixed(megabytes / seconds, 1)) MB/s, \(fixed(seconds / count * 1e6, 1)) us a report,",
    "\(fixed(Double(allocations) / count, 1)) allocations a report")
}
print("found: \(try bench.found(texts))")

/// A number with `places` digits behind the point.
func fixed(_ value: Double, _ places: Int) -> String {
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let whole = (value * scale).rounded() / scale
  return places == 0 ? "\(Int(whole))" : "\(whole)"
}
