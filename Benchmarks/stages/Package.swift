// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

/// The Normalize and Extract stages alone, on one core: their speed, and what the lexicons cost to load and to keep.
let package = Package(
  name: "extract-bench",
  targets: [
    .target(name: "Model", swiftSettings: strict),
    .target(name: "Arabic", dependencies: ["Model"], swiftSettings: strict),
    .target(name: "Normalize", dependencies: ["Model", "Arabic"], swiftSettings: strict),
    .target(name: "Lexicon", dependencies: ["Model", "Arabic"], exclude: ["Scripts", "Data"], swiftSettings: strict),
    .target(name: "ExtractEntities", dependencies: ["Model", "Arabic", "Lexicon"], swiftSettings: strict),
    .target(name: "ExtractEvents", dependencies: ["Model", "Arabic", "Lexicon"], swiftSettings: strict),
    .executableTarget(
      name: "extract-bench",
      dependencies: ["Model", "Normalize", "Lexicon", "ExtractEntities", "ExtractEvents"], path: "bench",
      swiftSettings: strict),
  ]
)
