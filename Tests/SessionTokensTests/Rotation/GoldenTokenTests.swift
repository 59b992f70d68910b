// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Whole tokens for fixed keys and a seeded generator, computed by a Python program with `hmac` and
/// `json` from the same inputs: they must never change, since clients hold such tokens for months.
@Suite struct GoldenTokenTests {
  typealias Fixture = AuthorityFixture

  static let access = """
    eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImEtMjAyNiJ9.eyJpc3MiOiJodHRwczovL2F1dGg\
    uZXhhbXBsZSIsInN1YiI6InVzZXItMSIsImF1ZCI6Imh0dHBzOi8vYXBpLmV4YW1wbGUiLCJleHAiOjE4MDAwMDA\
    5MDAsImlhdCI6MTgwMDAwMDAwMCwianRpIjoiTVd5dWNjY2xOSWIyeXVSLTBGbm93ZyIsInNpZCI6IjI1eFZtSkd\
    ValNONHZKSjk3VFZGWFEiLCJhdXRoX3RpbWUiOjE4MDAwMDAwMDAsImNsaWVudF9pZCI6ImFwcCIsInJvbGUiOiJ\
    hZG1pbiJ9.Oo5UvkLni-fS4WQmR6vw6kodgaxYGSIr2q2C9jkRWhc
    """
  static let refresh = """
    eyJhbGciOiJIUzI1NiIsInR5cCI6InJ0K2p3dCIsImtpZCI6InItMjAyNiJ9.eyJpc3MiOiJodHRwczovL2F1dGg\
    uZXhhbXBsZSIsInN1YiI6InVzZXItMSIsImF1ZCI6Imh0dHBzOi8vYXV0aC5leGFtcGxlIiwiZXhwIjoxODAwNjA\
    0ODAwLCJpYXQiOjE4MDAwMDAwMDAsImp0aSI6Ik9qdmRqN2xUdGRlNkd5aGNvdFgzcGciLCJzaWQiOiIyNXhWbUp\
    HVWpTTjR2Sko5N1RWRlhRIiwiYXV0aF90aW1lIjoxODAwMDAwMDAwLCJjbGllbnRfaWQiOiJhcHAiLCJnZW4iOjB\
    9.ux69NdGGKjNbwCe75RvwWMHgcYMgWTZpt6sXeBCYZaA
    """
  static let accessWithoutRecord = """
    eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImEtMjAyNiJ9.eyJpc3MiOiJodHRwczovL2F1dGg\
    uZXhhbXBsZSIsInN1YiI6InVzZXItMSIsImF1ZCI6Imh0dHBzOi8vYXBpLmV4YW1wbGUiLCJleHAiOjE4MDAwMDA\
    5MDAsImlhdCI6MTgwMDAwMDAwMCwianRpIjoiOU81RUJ1UHdQeTJOQVdmeGRWY1pJUSIsInNpZCI6IjI1eFZtSkd\
    ValNONHZKSjk3VFZGWFEiLCJhdXRoX3RpbWUiOjE4MDAwMDAwMDAsImNsaWVudF9pZCI6ImFwcCIsInJvbGUiOiJ\
    hZG1pbiJ9.Ikcff4dUWudlnHa1FwEeMjjoYTKUXnu11vuw9bFI-sc
    """
  static let refreshWithoutRecord = """
    eyJhbGciOiJIUzI1NiIsInR5cCI6InJ0LXN0YXRlbGVzcytqd3QiLCJraWQiOiJyLTIwMjYifQ.eyJpc3MiOiJod\
    HRwczovL2F1dGguZXhhbXBsZSIsInN1YiI6InVzZXItMSIsImF1ZCI6Imh0dHBzOi8vYXV0aC5leGFtcGxlIiwiZ\
    XhwIjoxODAwNjA0ODAwLCJpYXQiOjE4MDAwMDAwMDAsImp0aSI6Ilh5UUs0RS12cVVGSDQ3QTBpVnBCM0EiLCJza\
    WQiOiIyNXhWbUpHVWpTTjR2Sko5N1RWRlhRIiwiYXV0aF90aW1lIjoxODAwMDAwMDAwLCJjbGllbnRfaWQiOiJhc\
    HAiLCJnZW4iOjB9._uU0qlAX4EDFnVL_oN_aRcuacrFAjJflV9Z4g3z4Sdg
    """

  @Test func `the generator is SplitMix64`() {
    var source = SeededGenerator(seed: 0)
    #expect(source.next() == 0xe220_a839_7b1d_cdaf)
  }

  @Test func `a recorded session has these tokens`() throws {
    var source = SeededGenerator(seed: 2026)
    let (tokens, record) = try Fixture.authority().openSession(
      subject: "user-1", clientID: "app", claims: CustomClaims(["role": "admin"]), using: &source)
    #expect(record.id.description == "25xVmJGUjSN4vJJ97TVFXQ")
    #expect(
      Base64URLBytes.text(record.secret.bytes)
        == "qtcedc3iuI5igJOK1aEE8sqmnB4HmP9JufWgcXZkWgM")
    #expect(tokens.accessToken == Self.access)
    #expect(tokens.refreshToken == Self.refresh)
  }

  @Test func `a session without a record has these tokens`() throws {
    var source = SeededGenerator(seed: 2026)
    let tokens = try Fixture.authority().openSessionWithoutRecord(
      subject: "user-1", clientID: "app", claims: CustomClaims(["role": "admin"]), using: &source)
    #expect(tokens.accessToken == Self.accessWithoutRecord)
    #expect(tokens.refreshToken == Self.refreshWithoutRecord)
  }

  @Test func `tokens that were computed elsewhere are accepted`() throws {
    let authority = try Fixture.authority()
    for token in [Self.access, Self.accessWithoutRecord] {
      #expect(try authority.accessTokenVerifier.verify(token)["role"] == "admin")
    }
    #expect(try authority.verifyRefresh(Self.refresh).generation == 0)
    let rotated = authority.rotateWithoutRecord(
      Self.refreshWithoutRecord, signedInSince: nil, claims: .empty)
    #expect(try OpenedToken(rotated.get().refreshToken).claims.gen == 1)
  }
}
