// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// The input of all operations: one 32-byte key, claims of about 250 bytes, a header with `kid`.
package enum Fixture {
  static let keyID = "2026-11"
  static let secret = [UInt8](0..<32)
  static let otherSecret = [UInt8](32..<64)

  static let issuer = "https://auth.eu-central-1.example.com"
  static let audience = "https://api.eu-central-1.example.com"
  static let subject = "3f0b7c1e-9a64-4d55-8c1f-2f6f0d1f7a90"
  static let tokenID = "q83vEjRWeJCrze8SNFZ4kA"
  static let sessionID = "ASNFZ4mrze_-3LqYdlQyEA"
  static let generation: Int64 = 7
  static let issuedAt: Int64 = 1_764_000_000
  static let lifetime: Int64 = 900
  static let type = "at+jwt"
  static let idempotencyKey = "kX3vTq0ZbN8mYw2rLs5JdA"

  /// The moment of every measurement: a minute after the tokens were issued.
  static let now = NumericDate(clamping: secondsNow)
  static let secondsNow = issuedAt + 60

  /// The key that signs.
  static func key() throws -> SigningKey {
    try SigningKey(id: keyID, secret: secret)
  }

  /// The claims of the token that is signed and verified.
  static func claims() -> Claims {
    Claims(
      issuer: issuer, subject: subject, audience: [audience],
      expiresAt: NumericDate(clamping: issuedAt + lifetime),
      issuedAt: NumericDate(clamping: issuedAt), id: tokenID,
      custom: ["session": .string(sessionID), "generation": .integer(generation)])
  }

  /// The validator for the token.
  static func validator(at now: NumericDate = now) throws -> ClaimsValidator {
    try ClaimsValidator(
      issuer: .exactly(issuer), audience: .exactly(audience), clock: .fixed(now))
  }

  /// The token that is signed and verified, by the peers as well.
  static func token() throws -> String {
    try JWT.encode(claims(), type: type, key: key())
  }

  /// The bytes of a token that its signature covers.
  static func signingInput(of token: String) -> [UInt8] {
    let end = token.utf8.lastIndex(of: UInt8(ascii: ".")) ?? token.utf8.endIndex
    return Array(token.utf8[..<end])
  }
}
