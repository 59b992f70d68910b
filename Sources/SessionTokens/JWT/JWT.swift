// SPDX-License-Identifier: Apache-2.0

/// An authenticated and valid JWT (RFC 7519).
///
/// Only ``decode(_:keys:type:validator:)`` creates a value, which keeps its token. The token never appears in
/// `description`, `dump` or a mirror. For this package's own session tokens, use ``AccessTokenVerifier`` and
/// ``SessionAuthority``, which know the claims to expect.
public struct JWT: Sendable {
  /// The header's `typ`, as written (RFC 7515 §4.1.9).
  public let type: String?

  /// The header's `kid` (RFC 7515 §4.1.4).
  public let keyID: String?

  /// The claims.
  public let claims: Claims

  private let compact: SecretString
  private let payloadDigits: Range<Int>

  /// The verified payload's raw bytes: UTF-8 of one JSON object.
  ///
  /// They are decoded from the token at each access, in time linear in its size.
  public var payload: [UInt8] {
    let digits = compact.text.utf8.dropFirst(payloadDigits.lowerBound).prefix(payloadDigits.count)
    return Base64URL.decode(digits) ?? []
  }

  /// The expected `typ` of a header (RFC 8725 §3.11).
  public enum ExpectedType: Sendable {
    /// This media type in any ASCII case, with or without `application/` (RFC 7515 §4.1.9).
    case exactly(String)
    /// `JWT`, or no `typ`.
    case jwtOrAbsent
    /// Any string or none: the caller waives the check.
    case notChecked
  }

  /// Signs claims with HS256 (RFC 7518 §3.2).
  ///
  /// The same claims, type and key always give the same bytes: registered claims in the order of RFC 7519
  /// §4.1, then the custom claims in their own order.
  ///
  /// - Parameters:
  ///   - claims: The claims to sign.
  ///   - type: The header's `typ`; `nil` leaves it out.
  ///   - key: The key to sign with; its ID becomes the header's `kid`.
  /// - Returns: The token in compact serialization.
  /// - Throws: The first that applies, in this order: ``ClaimsError/invalidHeader(_:)`` for a type with
  ///   U+0000, which no reader accepts; for ``Claims/custom``, ``ClaimsError/reservedName(_:)`` for a
  ///   registered name (RFC 7519 §4.1), ``ClaimsError/duplicateName(_:)`` or ``ClaimsError/tooDeep`` for more
  ///   than 31 levels, and ``ClaimsError/notFinite(_:)``; ``ClaimsError/tooLarge(bytes:)`` when the token
  ///   would exceed 16 KiB or its header 1 KiB, where `bytes` is the size of the part that is too large, or
  ///   an upper bound on it.
  public static func encode(
    _ claims: Claims, type: String? = nil, key: SigningKey
  ) throws(ClaimsError) -> String {
    if type?.contains(byte: 0) == true { throw .invalidHeader("typ") }
    try claims.custom.checkAsClaims { $0.isRegistered }
    let bound = claims.maximumEncodedCount
    guard bound <= JWS.maximumByteCount else { throw .tooLarge(bytes: bound) }
    return try JOSEHeader.withText(type: type, keyID: key.id) { header throws(ClaimsError) in
      let headerByteCount = Base64URL.encodedCount(header.count)
      guard headerByteCount <= JWS.maximumHeaderByteCount else {
        throw .tooLarge(bytes: headerByteCount)
      }
      return try withScratch(capacity: bound) { payload throws(ClaimsError) in
        payload.append(claims)
        let byteCount = JWS.byteCount(
          headerByteCount: headerByteCount, payloadByteCount: payload.count)
        guard byteCount <= JWS.maximumByteCount else {
          throw .tooLarge(bytes: byteCount)
        }
        return key.sign(payload: payload.span, headerByteCount: headerByteCount) { token in
          Base64URL.encode(header, to: &token)
        }
      }
    }
  }

  /// Authenticates a token, then validates its claims.
  ///
  /// - Parameters:
  ///   - compact: The token, at most 16 KiB, without whitespace around it.
  ///   - keys: The keys that may have signed it.
  ///   - type: The expected `typ`.
  ///   - validator: The rules for its claims. The validator's clock is read once.
  /// - Returns: The authenticated and valid token.
  /// - Throws: ``TokenError/malformed(_:)`` for bytes that aren't a well-formed token;
  ///   ``TokenError/unsupportedHeader(_:)`` for an `alg` other than HS256, for `crit`, `b64`, `zip` and
  ///   nested tokens; ``TokenError/wrongType(expected:)``; ``TokenError/unknownKey``;
  ///   ``TokenError/badSignature``; ``TokenError/invalidClaims(_:)`` with every claim that the validator
  ///   refuses. The payload is read only after the signature is verified.
  public static func decode(
    _ compact: String, keys: KeyRing, type: ExpectedType, validator: ClaimsValidator
  ) throws(TokenError) -> JWT {
    let now = validator.clock.now
    return try compact.utf8.withSpan { text throws(TokenError) in
      let parts = try JWS(text)
      let header = try JOSEHeader(encoded: text.extracting(parts.header))
      // Verify the signature before decoding the payload, so that only payloads of key holders are parsed.
      try header.key(in: keys, type: type).authenticate(text, parts)
      return try parts.withClaims(of: text, recognizing: .registered) {
        slices, payload throws(TokenError) in
        let (claims, failures) = validator.check(slices, in: payload, at: now)
        guard failures.isEmpty else { throw .invalidClaims(failures) }
        return JWT(
          type: header.type, keyID: header.keyID, claims: claims,
          compact: SecretString(compact), payloadDigits: parts.payload)
      }
    }
  }
}

extension JWT.ExpectedType {
  /// Throws unless a header's `typ` is the expected one.
  func check(_ type: String?) throws(TokenError) {
    switch self {
    case .exactly(let expected):
      guard let type, MediaType.isSame(type, expected) else {
        throw .wrongType(expected: expected)
      }
    case .jwtOrAbsent:
      guard MediaType.isSame(type ?? "JWT", "JWT") else { throw .wrongType(expected: "JWT") }
    case .notChecked:
      return
    }
  }
}

/// Equality compares spellings: two spellings of one media type are different values.
extension JWT.ExpectedType: EquatableByContent {
  var content: EqualityContent {
    switch self {
    case .exactly(let type): ["exactly", .text(type)]
    case .jwtOrAbsent: "jwtOrAbsent"
    case .notChecked: "notChecked"
    }
  }
}
