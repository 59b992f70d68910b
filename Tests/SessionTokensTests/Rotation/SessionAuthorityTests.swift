// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The configuration of an authority.
@Suite struct SessionAuthorityTests {
  typealias Fixture = AuthorityFixture

  @Test(arguments: [("", "x", "issuer"), ("x", "", "audience"), ("", "", "issuer")])
  func `an empty issuer or audience is refused`(
    _ issuer: String, _ audience: String, _ name: String
  ) {
    #expect(throws: ConfigurationError.empty(name)) {
      try Fixture.authority(issuer: issuer, audience: audience)
    }
  }

  /// Texts of exactly 512 bytes as JSON: plain, two-byte escapes, six-byte escapes, UTF-8.
  static let longest = [
    String(repeating: "i", count: 510), String(repeating: "\"", count: 255),
    String(repeating: "\u{1}", count: 85), String(repeating: "é", count: 255),
  ]

  @Test(arguments: longest)
  func `issuer and audience have at most 512 bytes as JSON`(_ text: String) throws {
    #expect(text.encodedJSONCount == 512)
    _ = try Fixture.authority(issuer: text, audience: text)
    #expect(throws: ConfigurationError.outOfRange("issuer", "<= 512 bytes as JSON")) {
      try Fixture.authority(issuer: text + "x", audience: text)
    }
    #expect(throws: ConfigurationError.outOfRange("audience", "<= 512 bytes as JSON")) {
      try Fixture.authority(issuer: text, audience: text + "x")
    }
  }

  @Test func `an unnamed ring is refused`() throws {
    let unnamed = try KeyRing.unnamed(secret: [UInt8](repeating: 9, count: 32))
    #expect(throws: ConfigurationError.empty("kid")) {
      try Fixture.authority(accessKeys: unnamed)
    }
    #expect(throws: ConfigurationError.empty("kid")) {
      try Fixture.authority(refreshKeys: unnamed)
    }
  }

  @Test func `an authority has its policy and its clock`() throws {
    let policy = try Fixture.policy(accessTTL: 300)
    var authority = try Fixture.authority(policy: policy)
    #expect(authority.policy == policy)
    #expect(authority.clock.now == Fixture.start)
    authority.clock = .fixed(.maximum)
    #expect(authority.accessTokenVerifier.clock.now == .maximum)
  }

  @Test func `the window of a record follows from its dates and the policy`() throws {
    let authority = try Fixture.authority()
    let record = try #require(Fixture.record())
    let window = authority.refreshWindow(of: record)
    #expect(
      window
        == RefreshWindow(
          authenticatedAt: record.authenticatedAt, rotatedAt: record.rotatedAt,
          policy: authority.policy))
    #expect(window.closesAt == record.rotatedAt + .seconds(604_800))
  }
}
