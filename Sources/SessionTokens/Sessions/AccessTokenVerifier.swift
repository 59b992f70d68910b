// SPDX-License-Identifier: Apache-2.0

/// The whole decision of the authentication endpoint: it accepts a non-expired access JWT, and nothing else.
///
/// An access token is accepted when its header has the type `at+jwt` and names a key of the ring, that key
/// signed it, `iss` and `aud` have the expected values, `exp` lies ahead, and `sub`, `iat`, `jti`, `sid` and
/// `auth_time` are present and well formed (RFC 9068 §4); `null` is malformed. A refresh token has another
/// type, and a key that isn't in this ring.
public struct AccessTokenVerifier: Sendable {
  /// The clock, read once per call.
  public var clock: WallClock

  private let issuer: String
  private let audience: String
  private let keys: TypedKeyRing
  private let timeRules: TimeRules

  /// Creates a verifier.
  ///
  /// - Parameters:
  ///   - issuer: The expected `iss`, compared by bytes: not empty.
  ///   - audience: The expected `aud`, or one of its values, compared by bytes: not empty.
  ///   - keys: The ring of access keys; a resource server needs no other.
  ///   - leeway: The time after `exp`, exclusive, in which a token is still accepted: whole seconds, 0 … 600.
  ///   - issuedAtLeeway: The maximum time, inclusive, by which `iat` may be ahead: whole seconds, 0 … 600.
  ///   - clock: The clock to read.
  /// - Throws: ``ConfigurationError/empty(_:)`` for an empty `issuer` or `audience`;
  ///   ``ConfigurationError/notWholeSeconds(_:)`` for a leeway with a fraction of a second;
  ///   ``ConfigurationError/outOfRange(_:_:)`` for one outside 0 … 600 s.
  public init(
    issuer: String, audience: String, keys: KeyRing, leeway: Duration = .zero,
    issuedAtLeeway: Duration = .seconds(30), clock: WallClock = .system
  ) throws(ConfigurationError) {
    guard !issuer.isEmpty else { throw .empty("issuer") }
    guard !audience.isEmpty else { throw .empty("audience") }
    self.issuer = issuer
    self.audience = audience
    self.keys = TypedKeyRing(keys, type: SessionTokenType.access)
    self.timeRules = try TimeRules(leeway: leeway, issuedAtLeeway: issuedAtLeeway)
    self.clock = clock
  }

  /// Verifies an access token.
  ///
  /// - Parameter accessToken: The token, at most 16 KiB, without whitespace around it.
  /// - Returns: The token's claims.
  /// - Throws: ``TokenError/malformed(_:)`` for bytes that aren't a well-formed token;
  ///   ``TokenError/unsupportedHeader(_:)`` for an `alg` other than HS256, and for `crit`, `b64`, `zip` and
  ///   nested tokens; ``TokenError/wrongType(expected:)``, as for a refresh token;
  ///   ``TokenError/unknownKey``; ``TokenError/badSignature``; ``TokenError/invalidClaims(_:)`` with every
  ///   claim that is missing, malformed, expired (`now >= exp + leeway`), ahead of its time or not the
  ///   expected one. The payload is read only after the signature is verified.
  public func verify(_ accessToken: String) throws(TokenError) -> AccessToken {
    let now = clock.now
    return try accessToken.utf8.withSpan { text throws(TokenError) in
      try verify(text, at: now)
    }
  }

  /// Verifies the bearer token of a request (RFC 6750 §2.1).
  ///
  /// - Parameter field: The value of the `Authorization` field: the scheme `Bearer` in any case, one
  ///   or more spaces, exactly one token.
  /// - Returns: The token's claims.
  /// - Throws: ``TokenError/missing`` without a field or with another scheme;
  ///   ``TokenError/malformed(_:)`` with `parts` for anything but one token; and the same errors as
  ///   ``verify(_:)``.
  public func verify(authorization field: String?) throws(TokenError) -> AccessToken {
    let now = clock.now
    guard let field else { throw .missing }
    return try field.utf8.withSpan { field throws(TokenError) in
      let token = try Self.bearerToken(in: field)
      return try verify(field.extracting(token), at: now)
    }
  }

  private static func bearerToken(in field: Span<UInt8>) throws(TokenError) -> Range<Int> {
    let space = UInt8(ascii: " ")
    var index = 0
    for byte in "bearer".utf8 {
      guard index < field.count, field[index] | 0x20 == byte else { throw .missing }
      index &+= 1
    }
    guard index == field.count || field[index] == space else { throw .missing }
    while index < field.count, field[index] == space { index &+= 1 }
    guard index < field.count else { throw .malformed(.parts) }
    for next in index..<field.count where field[next] == space || field[next] == UInt8(ascii: ",") {
      throw .malformed(.parts)
    }
    return index..<field.count
  }

  private func verify(_ text: Span<UInt8>, at now: NumericDate) throws(TokenError) -> AccessToken {
    let parts = try keys.authenticate(text)
    return try parts.withClaims(of: text, names: .session) { slices, payload throws(TokenError) in
      var reader = MemberReader()
      let claims = SessionClaims(
        slices, in: payload, of: .access, issuer: issuer, audience: audience,
        time: (timeRules, now), &reader)
      guard let claims else { throw .invalidClaims(reader.failures.inClaimOrder()) }
      return AccessToken(claims: claims)
    }
  }
}
