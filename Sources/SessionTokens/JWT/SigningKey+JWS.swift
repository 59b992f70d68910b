// From a token's text to a payload that its key has signed, RFC 7515 §5.2.
//
// Order: size, parts, header, type, key, signature. The payload is not decoded before the signature
// has been found right, so that only the holder of a key can make the JSON reader work.

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
    let claimed = try withDecoded(signature) { SIMD8<UInt32>(digest: $0) }
    guard let claimed else { throw .malformed(.signatureLength) }
    let code = hmac.code(for: text.extracting(parts.signingInput))
    guard differingBits(claimed, code) == 0 else { throw .badSignature }
  }
}

/// Lends the bytes that `digits` encode.
@inline(__always)
func withDecoded<Result>(
  _ digits: Span<UInt8>, _ body: (Span<UInt8>) throws(TokenError) -> Result
) throws(TokenError) -> Result {
  guard let count = Base64URL.decodedCount(digits.count) else { throw .malformed(.base64) }
  return try withScratch(capacity: count) { bytes throws(TokenError) in
    guard Base64URL.decode(digits, to: &bytes) else { throw .malformed(.base64) }
    return try body(bytes.span)
  }
}

extension ClaimTokens {
  /// Reads the payload of an authenticated token.
  init(payload: Span<UInt8>, names: Names) throws(TokenError) {
    do throws(JSONError) {
      try self.init(payload, names: names)
    } catch {
      throw TokenError(error)
    }
  }
}

extension TokenError {
  /// What a JSON error of a payload or body is called.
  init(_ error: JSONError) {
    self = .malformed(error == .duplicateName ? .duplicateName : .json)
  }
}
