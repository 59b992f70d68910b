// SPDX-License-Identifier: Apache-2.0

/// Verifies access tokens for a resource server (RFC 9068 §4).
///
/// A token is valid when its header has the `typ` `at+jwt` and the `kid` of a key in the ring, that key
/// signed it, `iss` and `aud` are the expected ones, it hasn't expired, neither `iat` nor any `nbf` is
/// ahead of the clock, `sub`, `iat`, `jti`, `sid` and `auth_time` are present, and these and any `client_id` are
/// well formed. A refresh token fails twice: it has another type, and its key isn't in this ring. A ring without
/// key IDs (``KeyRing/unnamed(secret:)``) ignores `kid`.
///
/// A token that was issued without a client lacks `client_id`, which RFC 9068 §2.2 requires.
public struct AccessTokenVerifier: Sendable {
  /// The clock, which is read once per call.
  public var clock: WallClock

  private let issuer: String
  private let audience: String
  let keys: TypedKeyRing
  private let timeRules: TimeRules

  /// Creates a verifier.
  ///
  /// - Parameters:
  ///   - issuer: The required value of `iss`, compared by bytes; not empty.
  ///   - audience: The value that `aud` must be or contain, compared by bytes; not empty.
  ///   - keys: The ring of access keys, the only keys that a resource server needs.
  ///   - leeway: How long after `exp` a token stays valid, exclusive, and how long before `nbf` it already
  ///     is, inclusive: whole seconds, 0 … 600.
  ///   - issuedAtLeeway: How far `iat` may be ahead of the clock, inclusive: whole seconds, 0 … 600.
  ///   - clock: The clock to read.
  /// - Throws: ``ConfigurationError/empty(_:)`` for an empty `issuer` or `audience`;
  ///   ``ConfigurationError/notWholeSeconds(_:)`` for a leeway with a fraction of a second;
  ///   ``ConfigurationError/outOfRange(_:_:)`` for a leeway outside 0 … 600 s.
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
  /// The signature is verified before the payload is read.
  ///
  /// - Parameter accessToken: The token, at most 16 KiB, without surrounding whitespace.
  /// - Returns: The token's claims.
  /// - Throws: ``TokenError/malformed(_:)`` for bytes that aren't a well-formed token;
  ///   ``TokenError/unsupportedHeader(_:)`` for an `alg` other than HS256, for `crit`, `b64` or `zip`, and
  ///   for a nested token; ``TokenError/wrongType(expected:)`` for another `typ`, such as a refresh token's;
  ///   ``TokenError/unknownKey`` when the `kid` is absent or not in the ring;
  ///   ``TokenError/badSignature`` when that key didn't sign the token;
  ///   ``TokenError/invalidClaims(_:)`` with every claim that is missing, malformed, expired
  ///   (`now >= exp + leeway`), not valid yet, issued in the future (`iat > now + issuedAtLeeway`), or not
  ///   the expected one.
  public func verify(_ accessToken: String) throws(TokenError) -> AccessToken {
    let now = clock.now
    return try accessToken.utf8.withSpan { text throws(TokenError) in
      try verify(text, at: now)
    }
  }

  /// Verifies the bearer token of a request (RFC 6750 §2.1).
  ///
  /// - Parameter field: The value of the `Authorization` field: the scheme `Bearer` in any case, one
  ///   or more spaces, and exactly one token.
  /// - Returns: The token's claims.
  /// - Throws: ``TokenError/missing`` when there is no field or it has another scheme;
  ///   ``TokenError/malformed(_:)`` with `parts` unless exactly one token follows the scheme; the errors of
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
    return try parts.withClaims(of: text, recognizing: .session) {
      slices, payload throws(TokenError) in
      var reader = MemberReader()
      let claims = SessionClaims(
        slices, in: payload, of: .access, issuer: issuer, audience: audience,
        time: (timeRules, now), &reader)
      guard let claims else { throw .invalidClaims(reader.failures.inClaimOrder()) }
      return AccessToken(claims: claims)
    }
  }
}
