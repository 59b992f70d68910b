// swift-tools-version: 6.2

// A complete server and app that adopt SessionTokens, and their tests over HTTP. A package of its
// own, so that the library has no dependencies.

import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let sessionTokens: Target.Dependency = .product(
  name: "SessionTokens", package: "swift-session-tokens")
let server: [Target.Dependency] = [
  sessionTokens,
  .product(name: "Hummingbird", package: "hummingbird"),
  .product(name: "HTTPTypes", package: "swift-http-types"),
  .product(name: "Logging", package: "swift-log"),
  .product(name: "NIOCore", package: "swift-nio"),
]

let package = Package(
  name: "session-tokens-adoption",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-session-tokens", path: "../.."),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
  ],
  targets: [
    .executableTarget(
      name: "SignIn",
      dependencies: server + [.product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: settings
    ),
    .executableTarget(name: "API", dependencies: server, swiftSettings: settings),
    // The files of the folder that need none of Apple's frameworks.
    .target(
      name: "App", dependencies: [sessionTokens], path: "AppFiles",
      exclude: [
        "AppModel.swift", "KeychainItem.swift", "SwiftUIApp.swift", "SystemEvents.swift",
        "UIKitApp.swift",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "AdoptionTests",
      dependencies: server + [
        "SignIn", "API", "App", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
    ),
  ],
  swiftLanguageModes: [.v6]
)
