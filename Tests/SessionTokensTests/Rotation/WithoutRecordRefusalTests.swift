// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Each refusal of a refresh without a record at its boundary, and their order.
@Suite struct WithoutRecordRefusalTests {
  typealias Fixture = AuthorityFixture

  /// Presents a token that was issued at the fixture's start, some seconds later.
  private func refusal(
    of token: HandMadeToken = .refresh(type: "rt-stateless+jwt"), after seconds: Int64 = 0,
    signedInSince: Int64? = nil, policy: RotationPolicy? = nil, claims: CustomClaims = .empty
  ) throws -> Refusal? {
    let authority = try Fixture.authority(policy: policy, at: Fixture.start + .seconds(seconds))
    let result = authority.rotateWithoutRecord(
      token.signed(with: Fixture.refreshSecret),
      signedInSince: signedInSince.map { Fixture.start + .seconds($0) }, claims: claims)
    switch result {
    case .success: return nil
    case .failure(let refusal): return refusal
    }
  }

  static let token = HandMadeToken.refresh(type: "rt-stateless+jwt")

  @Test(arguments: [0, 1, 30, 600] as [Int64])
  func `a token that is dated ahead by more than the skew is refused`(_ skew: Int64) throws {
    let policy = try Fixture.policy(clockSkew: skew)
    #expect(try refusal(after: -skew, policy: policy) == nil)
    #expect(try refusal(after: -skew - 1, policy: policy) == .clockSkew)
    let old = Self.token.with("auth_time", "1799000000")
    #expect(try refusal(of: old, after: -skew, policy: policy) == nil)
    #expect(try refusal(of: old, after: -skew - 1, policy: policy) == .clockSkew)
  }

  @Test(arguments: [0, 30, 600] as [Int64])
  func `a sign-in that is dated ahead by more than the skew is refused`(_ skew: Int64) throws {
    let policy = try Fixture.policy(clockSkew: skew)
    let (near, far) = (1_800_000_000 + skew, 1_800_000_001 + skew)
    #expect(try refusal(of: Self.token.with("auth_time", "\(near)"), policy: policy) == nil)
    #expect(try refusal(of: Self.token.with("auth_time", "\(far)"), policy: policy) == .clockSkew)
  }

  @Test func `the window is closed at the idle end`() throws {
    let token = Self.token.with("exp", "1900000000")
    #expect(try refusal(of: token, after: 604_799) == nil)
    #expect(try refusal(of: token, after: 604_800) == .windowClosed(by: .idle))
    #expect(try refusal(of: token, after: 604_801) == .windowClosed(by: .idle))
  }

  @Test func `the window is closed at the absolute end, whatever the iat is`() throws {
    let token = Self.token.with("exp", "1900000000").with("auth_time", "1797500000")
    #expect(try refusal(of: token, after: 91_999) == nil)
    #expect(try refusal(of: token, after: 92_000) == .windowClosed(by: .absolute))
    #expect(try refusal(of: token, after: 1_000_000) == .windowClosed(by: .absolute))
  }

  @Test func `a policy that was shortened since then applies at once`() throws {
    let policy = try Fixture.policy(idleTTL: 1_000)
    #expect(try refusal(after: 999, policy: policy) == nil)
    #expect(try refusal(after: 1_000, policy: policy) == .windowClosed(by: .idle))
  }

  @Test func `a policy that was lengthened since then revives no token past its exp`() throws {
    let policy = try Fixture.policy(idleTTL: nil)
    #expect(try refusal(after: 604_799, policy: policy) == nil)
    #expect(try refusal(after: 604_800, policy: policy) == .expired)
    #expect(try refusal(after: 604_801, policy: policy) == .expired)
  }

  @Test func `a sign-in at or after signedInSince is accepted`() throws {
    #expect(try refusal(signedInSince: -1) == nil)
    #expect(try refusal(signedInSince: 0) == nil)
    #expect(try refusal(signedInSince: 1) == .signedInBefore)
    #expect(try refusal(after: 100, signedInSince: 50) == .signedInBefore)
    #expect(try refusal(signedInSince: -1_800_000_000) == nil)
    #expect(try refusal(signedInSince: 1_000_000_000_000) == .signedInBefore)
  }

  @Test func `the first of several reasons in the documented order is given`() throws {
    var token = Self.token.with("auth_time", "1700000000").with("exp", "1")
    // Closed, ahead of the clock, expired, signed in before.
    token["iat"] = "1800000031"
    #expect(
      try refusal(of: token, signedInSince: 0) == .windowClosed(by: .absolute))
    token["auth_time"] = "1799999999"
    #expect(try refusal(of: token, signedInSince: 0) == .clockSkew)
    token["iat"] = "1800000030"
    #expect(try refusal(of: token, signedInSince: 0) == .expired)
    token["exp"] = "1800000001"
    #expect(try refusal(of: token, signedInSince: 0) == .signedInBefore)
    #expect(try refusal(of: token, signedInSince: -1) == nil)
  }

  @Test func `the token itself is checked before the time`() throws {
    #expect(try refusal(of: Self.token.with("gen", nil), after: -100) == .malformed)
    #expect(
      try refusal(of: Self.token.with("iss", #""x""#), after: -100) == .wrongToken(field: "iss"))
  }
}
