// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

/// The Dedupe stage alone: relations of a folder of reports, and the speed and memory of the index.
let package = Package(
  name: "dedupe-bench",
  targets: [
    .target(name: "Model", swiftSettings: strict),
    .target(name: "Arabic", dependencies: ["Model"], swiftSettings: strict),
    .target(name: "Normalize", dependencies: ["Model", "Arabic"], swiftSettings: strict),
    .target(name: "Dedupe", dependencies: ["Model"], swiftSettings: strict),
    .executableTarget(
      name: "dedupe-bench", dependencies: ["Model", "Normalize", "Dedupe"], path: "bench", swiftSettings: strict),
  ]
)
