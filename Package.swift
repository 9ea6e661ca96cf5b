// swift-tools-version: 6.2
import PackageDescription

/// One set of compiler settings for every target of ours: Swift 6 mode, and no warning is left standing.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

/// The stages in the order in which a report passes them. A stage knows the model, never another stage.
let package = Package(
  name: "rasid",
  products: [.executable(name: "rasid", targets: ["rasid"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // What the stages hand to each other, and what they know of the script.
    .target(name: "Model", swiftSettings: strict),
    .target(name: "Arabic", dependencies: ["Model"], swiftSettings: strict),

    // The stages.
    .target(name: "Watch", dependencies: ["Model", "CInotifyTools", "CLinux"], swiftSettings: strict),
    .target(
      name: "Decode", dependencies: ["Model", "CArchive", "CXML2", "CGMime", "CJSON", "CZlib", "CProcess"],
      exclude: ["Scripts"],
      swiftSettings: strict),
    .target(name: "Normalize", dependencies: ["Model", "Arabic"], swiftSettings: strict),
    .target(
      name: "Lexicon", dependencies: ["Model", "Arabic"], exclude: ["Scripts"], resources: [.copy("Data")],
      swiftSettings: strict),
    .target(name: "ExtractEntities", dependencies: ["Model", "Arabic", "Lexicon"], swiftSettings: strict),
    .target(name: "ExtractEvents", dependencies: ["Model", "Arabic", "Lexicon"], swiftSettings: strict),
    .target(name: "Dedupe", dependencies: ["Model"], swiftSettings: strict),
    .target(
      name: "Feed", dependencies: ["Model", .product(name: "Crypto", package: "swift-crypto")], swiftSettings: strict),
    .target(name: "Archive", dependencies: ["Model", "CLinux"], swiftSettings: strict),

    // The program: composes the stages.
    .executableTarget(
      name: "rasid",
      dependencies: [
        "Model", "Watch", "Decode", "Normalize", "Lexicon", "ExtractEntities", "ExtractEvents", "Dedupe", "Feed",
        "Archive",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: strict),

    .testTarget(name: "NormalizeTests", dependencies: ["Normalize", "Arabic", "Model"], swiftSettings: strict),
    .testTarget(name: "WatchTests", dependencies: ["Watch", "Model"], swiftSettings: strict),
    .testTarget(
      name: "DecodeTests", dependencies: ["Decode", "Model"], exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(name: "ArabicTests", dependencies: ["Arabic"], swiftSettings: strict),
    .testTarget(name: "LexiconTests", dependencies: ["Lexicon", "Arabic", "Model"], swiftSettings: strict),
    .testTarget(
      name: "ExtractEntitiesTests", dependencies: ["ExtractEntities", "Lexicon", "Normalize", "Arabic", "Model"],
      swiftSettings: strict),
    .testTarget(
      name: "ExtractEventsTests",
      dependencies: ["ExtractEvents", "ExtractEntities", "Lexicon", "Normalize", "Model"], exclude: ["own"],
      swiftSettings: strict),
    .testTarget(name: "DedupeTests", dependencies: ["Dedupe", "Normalize", "Model"], swiftSettings: strict),
    .testTarget(name: "FeedTests", dependencies: ["Feed", "Model"], swiftSettings: strict),
    .testTarget(name: "ArchiveTests", dependencies: ["Archive", "Model"], swiftSettings: strict),
    .testTarget(name: "PipelineTests", dependencies: ["rasid", "Watch", "Model"], swiftSettings: strict),

    // C libraries of Debian.
    .target(name: "CLinux"),
    .systemLibrary(name: "CInotifyTools", providers: [.apt(["libinotifytools0-dev"])]),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
    .systemLibrary(name: "CJSON", pkgConfig: "json-c", providers: [.apt(["libjson-c-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CProcess"),
  ]
)
