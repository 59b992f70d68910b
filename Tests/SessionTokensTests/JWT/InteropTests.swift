// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Tokens that PyJWT and joserfc signed: their claims decode as they were, value for value.
///
/// Strings compare by their UTF-8 throughout: Swift's `==` would equate canonically equivalent
/// ones.
@Suite struct InteropTests {
  private static let registered = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"]

  @Test(
    arguments: zip(
      try VectorTable<InteropRow>.rows(of: "interop"),
      try #require(VectorFile.json("interop")["rows"]?.array).map { $0["claims"] ?? .null }))
  func `a token of another library decodes to exactly the claims that were signed`(
    _ row: InteropRow, _ expected: VectorJSON
  ) throws {
    let jwt = try row.token.decode()
    #expect(jwt.payload == Array(row.payload.utf8))
    #expect(bytes(jwt.type) == bytes(row.header.typ))
    #expect(bytes(jwt.keyID) == bytes(row.header.kid))

    #expect(bytes(jwt.claims.issuer) == bytes(expected["iss"]?.string))
    #expect(bytes(jwt.claims.subject) == bytes(expected["sub"]?.string))
    #expect(bytes(jwt.claims.id) == bytes(expected["jti"]?.string))
    #expect(jwt.claims.audience.map { bytes($0) } == audience(in: expected).map { bytes($0) })
    #expect(seconds(jwt.claims.expiresAt) == expected["exp"]?.double?.rounded(.down))
    #expect(seconds(jwt.claims.notBefore) == expected["nbf"]?.double?.rounded(.up))
    #expect(seconds(jwt.claims.issuedAt) == expected["iat"]?.double?.rounded(.up))

    let custom = try #require(expected.members).filter { member in
      !Self.registered.contains { $0.utf8.elementsEqual(member.name.utf8) }
    }
    let decoded = JSONValue.object(jwt.claims.custom)
    let rewritten = try JSONValue(parsing: decoded.serialized())
    #expect(VectorJSON.object(custom).difference(from: decoded) == nil)
    #expect(VectorJSON.object(custom).difference(from: rewritten) == nil)
  }

  @Test func `there are ten tokens of each library`() throws {
    let names = try VectorTable<InteropRow>.rows(of: "interop").map(\.name)
    #expect(names.count { $0.hasPrefix("PyJWT-") } == 10)
    #expect(names.count { $0.hasPrefix("joserfc-") } == 10)
  }

  private func bytes(_ text: String?) -> [UInt8]? {
    text.map { Array($0.utf8) }
  }

  private func seconds(_ date: NumericDate?) -> Double? {
    date.map { Double($0.secondsSinceEpoch) }
  }

  /// A single audience may be a string instead of an array (RFC 7519 §4.1.3).
  private func audience(in claims: VectorJSON) -> [String] {
    let audience = claims["aud"]
    return audience?.array?.compactMap(\.string) ?? audience?.string.map { [$0] } ?? []
  }
}
