// SPDX-License-Identifier: Apache-2.0

// The `jti` of tokens: identifiers that the server can compute again, and nobody else can guess.
//
//   recorded     HMAC-SHA256(session secret, "SessionTokens jti" 0x00 ‖ generation)
//   stateless    HMAC-SHA256(refresh key, "SessionTokens stateless jti" 0x00 ‖ sid ‖ generation ‖ iat)
//   jti of the refresh token   the code's first 16 bytes
//   jti of the access token    its last 16 bytes
//   generation and iat         8 bytes, big-endian
//
// With a record, the identifier proves that this server issued the token: a leaked signing key isn't enough to
// forge it without the session's own secret. The labels contain U+0000 and a space, which no JWS signing input
// does, so the refresh key never computes one code for both purposes.

/// The two identifiers of a generation's tokens.
struct TokenIdentifiers {
  let refresh: Identifier128
  let access: Identifier128

  /// Derives the identifiers of a generation of a recorded session; the key of `hmac` is the session's secret.
  init(_ hmac: HMACSHA256, generation: Int64) {
    self.init(hmac, label: "SessionTokens jti\0") { message in
      message.append(bigEndian: UInt64(bitPattern: generation), byteCount: 8)
    }
  }

  /// Derives the identifiers of a generation of a session without a record.
  init(refreshKey: SigningKey, sessionID: SessionID, generation: Int64, issuedAt: NumericDate) {
    self.init(refreshKey.hmac, label: "SessionTokens stateless jti\0") { message in
      message.append(rawBytesOf: sessionID.identifier)
      message.append(bigEndian: UInt64(bitPattern: generation), byteCount: 8)
      message.append(bigEndian: UInt64(bitPattern: issuedAt.secondsSinceEpoch), byteCount: 8)
    }
  }

  /// The maximum number of bytes after the label: an identifier and two numbers.
  private static let maximumByteCount = Identifier128.byteCount + 8 + 8

  private init(
    _ hmac: HMACSHA256, label: String, _ appendRest: (inout OutputSpan<UInt8>) -> Void
  ) {
    let code = withScratch(capacity: label.utf8.count + Self.maximumByteCount) { message in
      message.append(label)
      appendRest(&message)
      return hmac.code(for: message.span)
    }
    refresh = Identifier128(code.lowHalf)
    access = Identifier128(code.highHalf)
  }
}
