// swift-tools-version: 6.2

// The benchmarks of SessionTokens: a separate package, so that the library has no dependencies.

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "session-tokens-benchmarks",
  platforms: [.macOS(.v13)],
  traits: [
    .trait(
      name: "Peers",
      description: "Measures other libraries too, whose builds take several minutes.")
  ],
  dependencies: [
    .package(name: "swift-session-tokens", path: ".."),
    .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  ],
  targets: [
    .target(name: "CReferenceHMAC", cSettings: [.unsafeFlags(["-O3"])]),
    .target(name: "CAllocationCounter"),
    .target(
      name: "Workload",
      dependencies: [
        "CReferenceHMAC",
        .product(name: "SessionTokens", package: "swift-session-tokens"),
        .product(name: "JWTKit", package: "jwt-kit", condition: .when(traits: ["Peers"])),
        .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["Peers"])),
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "Ratios",
      dependencies: [
        "CAllocationCounter",
        "Workload",
        .product(name: "SessionTokens", package: "swift-session-tokens"),
      ],
      swiftSettings: settings
    ),
    .executableTarget(name: "Instructions", dependencies: ["Workload"], swiftSettings: settings),
    .executableTarget(
      name: "TimingLeak",
      dependencies: [.product(name: "SessionTokens", package: "swift-session-tokens")],
      swiftSettings: settings
    ),
  ],
  swiftLanguageModes: [.v6]
)
