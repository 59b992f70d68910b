// SPDX-License-Identifier: Apache-2.0

/// The contents of a token that isn't authenticated: anybody can have written them.
///
/// Use it in logs and in clients that look into a token. The form of the token must satisfy the same strict
/// rules as in ``JWT/decode(_:keys:type:validator:)``, except that `alg` may be any string, since the signature
/// isn't verified. A signature must be present, of 32 bytes for HS256, so an unsecured token (RFC 7519 §6) is
/// refused.
public struct UnverifiedJWT: Sendable {
  /// The header's `alg`, as written.
  public let algorithm: String

  /// The header's `typ`, as written.
  public let type: String?

  /// The header's `kid`.
  public let keyID: String?

  /// All claims of the payload as written, whatever their kinds.
  public let payload: JSONObject

  private let payloadBytes: [UInt8]
}

extension UnverifiedJWT {
  /// Reads a token without authenticating it.
  ///
  /// - Parameter compact: The token, at most 16 KiB.
  /// - Throws: ``TokenError/malformed(_:)`` or ``TokenError/unsupportedHeader(_:)``. Claims of the wrong kind
  ///   aren't an error here.
  public init(_ compact: String) throws(TokenError) {
    self = try compact.utf8.withSpan { text throws(TokenError) in
      let parts = try JWS(text)
      let header = try JOSEHeader(encoded: text.extracting(parts.header))
      let signatureByteCount = try Base64URL.withDecoded(text.extracting(parts.signature)) {
        $0.count
      }
      let isHS256 = header.algorithm.hasSameBytes(as: JOSEHeader.hs256)
      guard isHS256 ? signatureByteCount == HMACSHA256.byteCount : signatureByteCount > 0 else {
        throw .malformed(.signatureLength)
      }
      let payload = try Base64URL.withDecoded(text.extracting(parts.payload)) { $0.array }
      let value = try TokenError.reading { () throws(JSONError) in try JSONValue(parsing: payload) }
      guard case .object(let members) = value else { throw .malformed(.json) }
      return UnverifiedJWT(
        algorithm: header.algorithm, type: header.type, keyID: header.keyID, payload: members,
        payloadBytes: payload)
    }
  }

  /// Returns the unverified claims, with registered claims as typed properties.
  ///
  /// - Throws: ``TokenError/invalidClaims(_:)`` with every registered claim of the wrong kind, in the order
  ///   of RFC 7519 §4.1. `null` is of the wrong kind for `exp`, `nbf` and `iat`, and counts as absent for
  ///   the others.
  public func claims() throws(TokenError) -> Claims {
    try payloadBytes.withSpan { payload throws(TokenError) in
      let slices = try TokenError.reading { () throws(JSONError) in
        try ClaimSlices(payload, recognizing: .registered)
      }
      var reader = MemberReader()
      let claims = Claims(slices, in: payload, &reader)
      guard reader.failures.isEmpty else { throw .invalidClaims(reader.failures) }
      return claims
    }
  }
}
