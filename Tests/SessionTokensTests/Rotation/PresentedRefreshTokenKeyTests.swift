// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The key, the signature and the bytes of a presented refresh token, and the checks that are left
/// out.
@Suite struct PresentedRefreshTokenKeyTests {
  typealias Fixture = AuthorityFixture
  typealias Presented = PresentedRefreshTokenTests

  static let types = ["rt+jwt", "rt-stateless+jwt"]

  private func refusal(of token: String, _ type: String) throws -> Refusal? {
    type == "rt+jwt" ? try Presented.recorded(token) : try Presented.unrecorded(token)
  }

  @Test(arguments: types)
  func `a refresh token signed with a resource server's key is refused`(_ type: String) throws {
    var token = HandMadeToken.refresh(type: type)
    #expect(try refusal(of: token.signed(with: Fixture.accessSecret), type) == .badSignature)
    token.keyID = Fixture.accessKeyID
    #expect(try refusal(of: token.signed(with: Fixture.accessSecret), type) == .unknownKey)
    #expect(try refusal(of: token.signed(with: Fixture.refreshSecret), type) == .unknownKey)
  }

  @Test(arguments: types, ["nobody", "", nil])
  func `a key ID that isn't in the ring is unknown`(_ type: String, _ id: String?) throws {
    var token = HandMadeToken.refresh(type: type)
    token.keyID = id
    #expect(try refusal(of: token.signed(with: Fixture.refreshSecret), type) == .unknownKey)
  }

  @Test(arguments: types)
  func `the signature is checked before the claims`(_ type: String) throws {
    let token = HandMadeToken.refresh(type: type).with("sub", nil).with("iss", #""x""#)
    #expect(try refusal(of: token.signed(with: Fixture.accessSecret), type) == .badSignature)
  }

  @Test(arguments: types)
  func `another spelling of the type is the same type`(_ type: String) throws {
    for spelling in [type.uppercased(), "application/" + type] {
      let token = HandMadeToken.refresh(type: spelling)
      #expect(try refusal(of: token.signed(with: Fixture.refreshSecret), type) == nil)
    }
  }

  @Test(
    arguments: types,
    [
      "", ".", "..", "a.b", "a.b.c", "a.b.c.d", "x", String(repeating: "a", count: 16_385),
    ])
  func `a text that isn't a token is malformed`(_ type: String, _ text: String) throws {
    #expect(try refusal(of: text, type) == .malformed)
  }

  @Test(arguments: types, [" ", "\n", "=", "A"])
  func `a token with something around it is malformed`(_ type: String, _ extra: String) throws {
    let token = HandMadeToken.refresh(type: type).signed(with: Fixture.refreshSecret)
    #expect(try refusal(of: token, type) == nil)
    #expect(try refusal(of: token + extra, type) == .malformed)
    #expect(try refusal(of: extra + token, type) == .malformed)
  }

  @Test(arguments: types, ["", "[]", "null", #"{"a":1,"a":2}"#])
  func `a payload that isn't a claims object is malformed`(_ type: String, _ payload: String) throws
  {
    let token = HandMadeToken.sign(
      header: HandMadeToken.refresh(type: type).header, payload: payload,
      with: Fixture.refreshSecret)
    #expect(try refusal(of: token, type) == .malformed)
  }

  @Test(arguments: types)
  func `another algorithm is malformed`(_ type: String) throws {
    let token = HandMadeToken.refresh(type: type)
    let header = token.header.replacing("HS256", with: "none")
    #expect(
      try refusal(
        of: HandMadeToken.sign(
          header: header, payload: token.payload, with: Fixture.refreshSecret), type) == .malformed)
  }

  @Test func `time isn't checked for a recorded session`() throws {
    for name in ["exp", "iat", "auth_time"] {
      for json in ["0", "253402300799"] {
        let token = HandMadeToken.refresh(type: "rt+jwt").with(name, json)
        #expect(try Presented.recorded(token.signed(with: Fixture.refreshSecret)) == nil)
      }
    }
  }

  @Test func `the clock isn't read for a recorded session`() async throws {
    var authority = try Fixture.authority()
    let token = try authority.openSession(subject: "user-1").tokens.refreshToken
    try await confirmation(expectedCount: 0) { reading in
      authority.clock = .counting(reading, at: Fixture.start)
      _ = try authority.verifyRefresh(token)
      #expect(throws: Refusal.malformed) { try authority.verifyRefresh("") }
    }
  }

  @Test func `fractions of a second are rounded to the shorter validity`() throws {
    let token = HandMadeToken.refresh(type: "rt+jwt").with("exp", "1800000001.9")
      .with("iat", "1799999999.1").with("auth_time", "1799999998.1")
    let presented = try Fixture.authority().verifyRefresh(
      token.signed(with: Fixture.refreshSecret))
    #expect(presented.claims.expiresAt.secondsSinceEpoch == 1_800_000_001)
    #expect(presented.claims.issuedAt.secondsSinceEpoch == 1_800_000_000)
    #expect(presented.claims.authenticatedAt.secondsSinceEpoch == 1_799_999_999)
  }
}
