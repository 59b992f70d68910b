// swift-tools-version: 6.1

// The benchmarks of SessionTokens. A package of its own, so that the library has no dependencies.
// Tools version 6.1 and `traits: []` are what ordo-one's package needs here: its default traits
// pull in interposers, and allocations are counted by `CAllocationCounter` instead.

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "session-tokens-benchmarks",
  platforms: [.macOS(.v13)],
  dependencies: [
    .package(name: "swift-session-tokens", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
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
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Crypto", package: "swift-crypto"),
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
    .executableTarget(
      name: "TimingLeak",
      dependencies: [.product(name: "SessionTokens", package: "swift-session-tokens")],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "SessionTokensBenchmarks",
      dependencies: [
        "Workload",
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/SessionTokensBenchmarks",
      swiftSettings: settings,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
    ),
  ],
  swiftLanguageModes: [.v6]
)
