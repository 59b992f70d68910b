// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "soak",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-session-tokens", path: "../..")],
  targets: [
    .executableTarget(
      name: "Soak",
      dependencies: [.product(name: "SessionTokens", package: "swift-session-tokens")],
      swiftSettings: [
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
