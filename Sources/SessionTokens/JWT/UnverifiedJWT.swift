/// A look into a token without its key: nothing here is proved, and anybody can have written it.
///
/// For clients that peek and for logs. The form is held to the same strict rules as in
/// ``JWT/decode(_:keys:type:validator:)``; the algorithm may be another than HS256, since the
/// signature is not checked. It must be there all the same: an unsecured token (RFC 7519 §6) is
/// refused.
public struct UnverifiedJWT: Sendable {
  /// The header's `alg`, as it stands.
  public let algorithm: String

  /// The header's `typ`, as it stands.
  public let type: String?

  /// The header's `kid`.
  public let keyID: String?

  /// The claims that are stated.
  public let claims: Claims

  /// Reads a token without authenticating it.
  ///
  /// - Parameter compact: The token, at most 16 KiB.
  /// - Throws: ``TokenError/malformed(_:)``, ``TokenError/unsupportedHeader(_:)``, or
  ///   ``TokenError/invalidClaims(_:)`` for registered claims of the wrong kind.
  public init(_ compact: String) throws(TokenError) {
    self = try compact.utf8.withSpan { text throws(TokenError) in
      let parts = try CompactSerialization(text)
      let header = try JOSEHeader(encoded: text.extracting(parts.header))
      let signatureByteCount = try Base64URL.withDecoded(text.extracting(parts.signature)) {
        $0.count
      }
      let isHS256 = header.algorithm.hasSameBytes(as: JOSEHeader.hs256)
      guard isHS256 ? signatureByteCount == HMACSHA256.byteCount : signatureByteCount > 0 else {
        throw .malformed(.signatureLength)
      }
      return try Base64URL.withDecoded(text.extracting(parts.payload)) {
        payload throws(TokenError) in
        let tokens = try ClaimTokens(payload: payload, names: .registered)
        var extraction = ClaimExtraction()
        let claims = Claims(tokens, in: payload, &extraction)
        guard extraction.failures.isEmpty else { throw .invalidClaims(extraction.failures) }
        return UnverifiedJWT(header: header, claims: claims)
      }
    }
  }

  private init(header: JOSEHeader, claims: Claims) {
    algorithm = header.algorithm
    type = header.type
    keyID = header.keyID
    self.claims = claims
  }
}
