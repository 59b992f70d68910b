// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// The issuer of the earlier system: HS256, no `kid`, a number as `sub`.
struct LegacyIssuer: Sendable {
  /// A sign-in with the earlier system.
  struct SignIn: Sendable {
    let subject: String
    let authenticatedAt: NumericDate
    /// The token's `jti`, else its signature: it is used once by this name.
    let tokenName: String
  }

  private let keys: KeyRing
  private let validator: ClaimsValidator

  init(issuer: String, secret: [UInt8], clock: WallClock) throws {
    guard secret.count >= 16 else {
      throw KeyError.secretTooShort(keyID: "", bytes: secret.count)
    }
    // A ring requires 32 bytes. HMAC fills a key with zeros (RFC 2104 §2):
    // with zeros added here, a shorter secret is the same key, no stronger.
    let zeros = [UInt8](repeating: 0, count: max(0, 32 - secret.count))
    keys = try .unnamed(secret: secret + zeros)
    validator = try ClaimsValidator(
      issuer: .exactly(issuer), audience: .notChecked, expiry: .whenPresent,
      acceptsNumericSubject: true, issuedAtLeeway: nil, clock: clock)
  }

  /// Reads a refresh token; an access token is not exchanged for a session.
  func signIn(by token: String) throws(Refusal) -> SignIn {
    let claims: Claims
    do throws(TokenError) {
      claims = try JWT.decode(
        token, keys: keys, type: .jwtOrAbsent, validator: validator
      ).claims
    } catch {
      if error == .badSignature { throw .badSignature }
      throw error.isExpired ? .expired : .malformed
    }
    guard claims.custom["token_type"]?.string == "refresh" else {
      throw .wrongToken(field: "token_type")
    }
    var authenticatedAt = claims.issuedAt
    if let time = claims.custom["auth_time"] {
      // A malformed claim is not an absent one.
      authenticatedAt = time.integer.flatMap(NumericDate.init(exactly:))
    }
    guard let subject = claims.subject, let authenticatedAt,
      let signature = token.split(separator: ".").last
    else { throw .malformed }
    return SignIn(
      subject: subject, authenticatedAt: authenticatedAt,
      tokenName: claims.id ?? String(signature))
  }
}
