// Signing and checking a JWS in compact serialization, RFC 7515 §5.1 and §5.2.

extension SigningKey {
  /// Makes a token of an encoded header and a payload.
  func sign(header: Span<UInt8>, payload: Span<UInt8>) -> String {
    let capacity = CompactSerialization.byteCount(
      headerByteCount: header.count, payloadByteCount: payload.count)
    return String(capacity: capacity) { token in
      token.append(contentsOf: header)
      token.append(UInt8(ascii: "."))
      Base64URL.encode(payload, to: &token)
      let code = hmac.code(for: token.span)
      token.append(UInt8(ascii: "."))
      withScratch(capacity: HMACSHA256.byteCount) { bytes in
        bytes.append(digest: code)
        Base64URL.encode(bytes.span, to: &token)
      }
    }
  }

  /// Demands that the signature of `text` is this key's.
  func authenticate(_ text: Span<UInt8>, _ parts: CompactSerialization) throws(TokenError) {
    let signature = text.extracting(parts.signature)
    guard let byteCount = Base64URL.decodedCount(signature.count) else {
      throw .malformed(.base64)
    }
    guard byteCount == HMACSHA256.byteCount else { throw .malformed(.signatureLength) }
    let claimed = try Base64URL.withDecoded(signature) { SIMD8<UInt32>(digest: $0) }
    guard let claimed else { throw .malformed(.signatureLength) }
    let code = hmac.code(for: text.extracting(parts.signingInput))
    guard differingBits(claimed, code) == 0 else { throw .badSignature }
  }
}
