// SPDX-License-Identifier: Apache-2.0

// The derivation of jti, which the server can compute again and nobody else can predict.
//
//   with a record      HMAC-SHA256(session secret, "SessionTokens jti" 0x00 ‖ generation)
//   without a record   HMAC-SHA256(refresh key, "SessionTokens stateless jti" 0x00 ‖ sid ‖ generation ‖ iat)
//   jti of the refresh token   the first 16 bytes
//   jti of the access token    the last 16 bytes
//   generation and iat         8 bytes, big-endian
//
// In a session with a record, the jti proves that this server issued the token: a forger needs the session's
// secret as well as a signing key. The labels contain U+0000 and a space, which no JWS signing input does, so
// no HMAC by the refresh key is both a jti and a signature.

/// The `jti` of both tokens of one generation of a session.
struct TokenIdentifiers {
  let refresh: Identifier128
  let access: Identifier128

  /// Derives the identifiers for a session with a record; the key of `hmac` is the session's secret.
  init(_ hmac: HMACSHA256, generation: Int64) {
    self.init(hmac, label: "SessionTokens jti\0") { message in
      message.append(bigEndian: UInt64(bitPattern: generation), byteCount: 8)
    }
  }

  /// Derives the identifiers for a session without a record.
  init(refreshKey: SigningKey, sessionID: SessionID, generation: Int64, issuedAt: NumericDate) {
    self.init(refreshKey.hmac, label: "SessionTokens stateless jti\0") { message in
      sessionID.identifier.withBytes { message.append(contentsOf: $0) }
      message.append(bigEndian: UInt64(bitPattern: generation), byteCount: 8)
      message.append(bigEndian: UInt64(bitPattern: issuedAt.secondsSinceEpoch), byteCount: 8)
    }
  }

  /// The maximum number of bytes after the label: an identifier and two numbers.
  private static let maximumByteCount = Identifier128.byteCount + 8 + 8

  private init(
    _ hmac: HMACSHA256, label: StaticString, _ appendRest: (inout OutputSpan<UInt8>) -> Void
  ) {
    let code = withScratch(capacity: label.utf8CodeUnitCount + Self.maximumByteCount) { message in
      message.append(label)
      appendRest(&message)
      return hmac.code(for: message.span)
    }
    refresh = Identifier128(code.lowHalf)
    access = Identifier128(code.highHalf)
  }
}
