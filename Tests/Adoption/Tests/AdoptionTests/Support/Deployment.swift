// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

@testable import API
@testable import App
@testable import SignIn

/// Both servers with their database, and the network between the phone and the sign-in server.
struct Deployment: Sendable {
  static let (issuer, audience) = ("https://id.example.com", "https://api.example.com")

  /// The API's answer to a signed-in user.
  static let subscription = Subscription(subject: "amelie", plan: "yearly")

  let keys: TestKeys
  let clock: TestClock
  let gateway: Gateway
  let store: SessionStore
  let authority: SessionAuthority
  /// The accounts of a server inside the test process.
  let accounts: Accounts?
  let directory: URL
  let signInURL: URL
  let apiURL: URL
  let gatewayURL: URL

  /// Runs a test against servers inside the test process, which share its clock.
  static func run(
    legacySecret: [UInt8] = LegacyToken.secret, _ test: (Deployment) async throws -> Void
  ) async throws {
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    let clock = TestClock()
    let keys = TestKeys()
    let authority = try authority(keys, clock: clock.wallClock)
    let store = try SessionStore(path: directory.database)
    let accounts = try Accounts([
      "amelie:correct-horse:yearly", "bruno:battery-staple:none", "1001:old-password:yearly",
    ])
    let sessions = Sessions(authority: authority, store: store, accounts: accounts)
    let router = SignInServer(sessions: sessions, accounts: accounts).router
    try Exchange(
      sessions: sessions,
      legacy: LegacyIssuer(
        issuer: LegacyToken.issuer, secret: legacySecret, clock: clock.wallClock)
    ).addRoute(to: router)
    let signIn = try await LocalServer(router)
    defer { signIn.stop() }
    try await run(
      signInURL: signIn.url, keys: keys, clock: clock, apiClock: clock.wallClock, store: store,
      authority: authority, accounts: accounts, directory: directory, test)
  }

  /// Runs a test against instances of the sign-in server in separate processes, by the system's
  /// clock, which share one database file.
  static func runProcesses(
    count: Int, _ test: (Deployment, [SignInProcess]) async throws -> Void
  ) async throws {
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    let keys = TestKeys()
    var started: [SignInProcess] = []
    defer { for process in started { process.kill() } }
    for _ in 0..<count {
      started.append(try SignInProcess(keys, database: directory.database))
    }
    let instances = started
    try await run(
      signInURL: instances[0].url, keys: keys, clock: TestClock(WallClock.system.now),
      apiClock: .system, store: SessionStore(path: directory.database),
      authority: authority(keys, clock: .system), accounts: nil, directory: directory
    ) { deployment in
      try await test(deployment, instances)
    }
  }

  private static func run(
    signInURL: URL, keys: TestKeys, clock: TestClock, apiClock: WallClock, store: SessionStore,
    authority: SessionAuthority, accounts: Accounts?, directory: TemporaryDirectory,
    _ test: (Deployment) async throws -> Void
  ) async throws {
    let verifier = try AccessTokenVerifier(
      issuer: issuer, audience: audience, keys: KeyRing(parsing: keys.access), clock: apiClock)
    let api = try await LocalServer(APIServer(verifier: verifier).router)
    defer { api.stop() }
    let gateway = Gateway(to: signInURL)
    let network = try await LocalServer(gateway.router)
    defer { network.stop() }
    try await test(
      Deployment(
        keys: keys, clock: clock, gateway: gateway, store: store, authority: authority,
        accounts: accounts, directory: directory.url, signInURL: signInURL, apiURL: api.url,
        gatewayURL: network.url))
  }

  static func authority(
    _ keys: TestKeys, issuer: String = issuer, clock: WallClock
  ) throws -> SessionAuthority {
    try SessionAuthority(
      issuer: issuer, audience: audience, accessKeys: KeyRing(parsing: keys.access),
      refreshKeys: KeyRing(parsing: keys.refresh),
      policy: RotationPolicy(
        accessTTL: .minutes(15), refreshTTL: .days(365), idleTTL: .days(90)),
      clock: clock)
  }
}
