// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

/// The stages alone, on one core: what each costs a report, and what the lexicons cost to load and to keep.
let package = Package(
  name: "stage-bench",
  dependencies: [.package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")],
  targets: [
    .target(name: "Model", swiftSettings: strict),
    .target(name: "Arabic", dependencies: ["Model"], swiftSettings: strict),
    .target(
      name: "Decode", dependencies: ["Model", "CArchive", "CXML2", "CGMime", "CJSON", "CZlib", "CProcess"],
      exclude: ["Scripts"], swiftSettings: strict),
    .target(name: "Normalize", dependencies: ["Model", "Arabic"], swiftSettings: strict),
    .target(name: "Lexicon", dependencies: ["Model", "Arabic"], exclude: ["Scripts", "Data"], swiftSettings: strict),
    .target(name: "ExtractEntities", dependencies: ["Model", "Arabic", "Lexicon"], swiftSettings: strict),
    .target(name: "ExtractEvents", dependencies: ["Model", "Arabic", "Lexicon"], swiftSettings: strict),
    .target(name: "Dedupe", dependencies: ["Model"], swiftSettings: strict),
    .target(
      name: "Feed", dependencies: ["Model", .product(name: "Crypto", package: "swift-crypto")], swiftSettings: strict),
    .target(name: "CCount", path: "count"),
    .executableTarget(
      name: "stage-bench",
      dependencies: [
        "Model", "Decode", "Normalize", "Lexicon", "ExtractEntities", "ExtractEvents", "Dedupe", "Feed", "CCount",
      ], path: "bench", swiftSettings: strict),

    .systemLibrary(name: "CArchive", pkgConfig: "libarchive"),
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0"),
    .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0"),
    .systemLibrary(name: "CJSON", pkgConfig: "json-c"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CProcess"),
  ]
)
