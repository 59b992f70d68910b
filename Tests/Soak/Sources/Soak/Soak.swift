// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

/// Many devices, several servers' worth of requests at once, one store that fails at random:
/// the promises must hold under real concurrency, and memory must stay constant.
@main
enum Soak {
  private static let deviceCount = 64
  private static let refreshesPerSession = 40
  /// Allocators keep the memory of a peak: growth beyond this isn't theirs.
  private static let allowedGrowth = 8 << 20

  static func main() async throws {
    guard let options = SoakOptions(CommandLine.arguments.dropFirst()) else {
      fail("usage: Soak [--seconds=N] [--rounds=N] [--seed=N] [--defect=ignores-version]")
    }
    let clock = SoakClock()
    let server = SignInServer(
      authority: try authority(clock),
      store: SessionStore(seed: options.seed, defect: options.defect), ledger: Ledger(),
      clock: clock)
    let start = ContinuousClock.now
    // A third of the time is for caches to fill.
    let warm = start + .seconds(options.seconds) / 3
    let end = start + .seconds(options.seconds)
    var warmMemory: Int?
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<deviceCount {
        group.addTask { try await live(UInt64(index), server, options, until: end) }
      }
      try await Task.sleep(until: warm)
      warmMemory = ResidentMemory.byteCount
      try await group.waitForAll()
    }
    await report(server, warmMemory, ResidentMemory.byteCount, ContinuousClock.now - start)
  }

  private static func authority(_ clock: SoakClock) throws -> SessionAuthority {
    try SessionAuthority(
      issuer: "https://id.example", audience: "https://api.example",
      accessKeys: KeyRing(active: .random(id: "a1")),
      refreshKeys: KeyRing(active: .random(id: "r1")),
      policy: RotationPolicy(
        accessTTL: .seconds(900), refreshTTL: .seconds(365 * 86_400), idleTTL: .seconds(30 * 86_400)
      ),
      clock: WallClock { clock.now })
  }

  /// One user after another on one device.
  private static func live(
    _ index: UInt64, _ server: SignInServer, _ options: SoakOptions,
    until end: ContinuousClock.Instant
  ) async throws {
    var random = SoakRandom(seed: options.seed &* 1_000_003 &+ index)
    for _ in 0..<options.rounds where ContinuousClock.now < end {
      var app = try await App(server, seed: random.next())
      for _ in 0..<refreshesPerSession where ContinuousClock.now < end {
        await app.refresh()
      }
      if random.once(in: 3) { await app.beRobbed() } else { await app.signOut() }
    }
  }

  private static func report(
    _ server: SignInServer, _ warmMemory: Int?, _ memory: Int?, _ duration: Duration
  ) async {
    let counts = await server.ledger.counts
    for occurrence in Ledger.Occurrence.allCases {
      print("… \(counts[occurrence] ?? 0) \(occurrence.rawValue)")
    }
    let lostSwapCount = await server.store.lostSwapCount
    print("… \(lostSwapCount) swaps lost, \(await server.store.failureCount) failures of the store")
    print(
      "… \(duration.components.seconds) s, \((memory ?? 0) >> 10) KiB resident,",
      "\((warmMemory ?? 0) >> 10) KiB after a third of it")

    let violations = await server.ledger.violations.union(server.store.violations)
    if !violations.isEmpty {
      fail("broken: " + violations.map { "\($0)" }.sorted().joined(separator: ", "))
    }
    let missing = Ledger.Occurrence.allCases.filter { counts[$0, default: 0] == 0 }
    if lostSwapCount == 0 || !missing.isEmpty {
      fail("nothing was shown: never \(missing.map(\.rawValue)), \(lostSwapCount) lost swaps")
    }
    if await server.store.rowCount > 0 { fail("rows were left behind") }
    guard let warmMemory, let memory else { return print("… memory is not told on this system") }
    if memory > warmMemory + allowedGrowth { fail("memory has grown") }
  }

  private static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(1)
  }
}
