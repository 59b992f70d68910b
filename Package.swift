// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "swift-session-tokens",
  platforms: [.macOS(.v13), .iOS(.v16), .tvOS(.v16), .watchOS(.v9), .visionOS(.v1)],
  products: [
    .library(name: "SessionTokens", targets: ["SessionTokens"])
  ],
  traits: [
    .trait(
      name: "Foundation",
      description: "Dates to and from Foundation, and claims of your own Codable types."
    ),
    .default(enabledTraits: ["Foundation"]),
  ],
  targets: [
    .target(name: "SessionTokens", swiftSettings: settings),
    .testTarget(
      name: "SessionTokensTests",
      dependencies: ["SessionTokens"],
      resources: [.copy("Vectors")],
      swiftSettings: settings
    ),
  ],
  swiftLanguageModes: [.v6]
)
