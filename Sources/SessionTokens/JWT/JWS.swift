// SPDX-License-Identifier: Apache-2.0

// JWS Compact Serialization, RFC 7515 §7.1.
//
//   BASE64URL(header) "." BASE64URL(payload) "." BASE64URL(signature)
//
// Implementation: the initializer checks the sizes and, by bytes, that there are exactly two full stops. It
// decodes nothing.

/// The ranges of a token's three parts.
struct JWS {
  /// The maximum number of bytes of a token: 16 KiB.
  static let maximumByteCount = 16_384

  /// The maximum number of bytes of an encoded header: 1 KiB.
  static let maximumHeaderByteCount = 1_024

  /// The number of digits of a 32-byte signature.
  static let signatureDigitCount = 43

  let header: Range<Int>
  let payload: Range<Int>
  let signature: Range<Int>

  /// The JWS Signing Input, over which the signature is computed (RFC 7515 §5.1 step 5).
  var signingInput: Range<Int> { header.lowerBound..<payload.upperBound }

  /// Finds the parts of a token.
  init(_ text: Span<UInt8>) throws(TokenError) {
    guard text.count <= Self.maximumByteCount else { throw .malformed(.tooLarge) }
    let stop = UInt8(ascii: ".")
    let first = text.firstIndex(of: stop, from: 0)
    let second = text.firstIndex(of: stop, from: min(first &+ 1, text.count))
    guard second < text.count, text.firstIndex(of: stop, from: second &+ 1) == text.count else {
      throw .malformed(.parts)
    }
    guard first <= Self.maximumHeaderByteCount else { throw .malformed(.tooLarge) }
    header = 0..<first
    payload = (first &+ 1)..<second
    signature = (second &+ 1)..<text.count
  }

  /// Decodes the payload of `text`, and calls `body` with its claims.
  @inline(__always)
  func withClaims<Result>(
    of text: Span<UInt8>, recognizing names: ClaimSlices.RecognizedNames,
    _ body: (ClaimSlices, _ payload: Span<UInt8>) throws(TokenError) -> Result
  ) throws(TokenError) -> Result {
    try Base64URL.withDecoded(text.extracting(payload)) { payload throws(TokenError) in
      let claims = try TokenError.reading { () throws(JSONError) in
        try ClaimSlices(payload, recognizing: names)
      }
      return try body(claims, payload)
    }
  }

  /// Returns the number of bytes of a token with an encoded header and a raw payload of these sizes.
  static func byteCount(headerByteCount: Int, payloadByteCount: Int) -> Int {
    headerByteCount + 1 + Base64URL.encodedCount(payloadByteCount) + 1 + signatureDigitCount
  }
}

// MARK: - Signing and verifying, RFC 7515 §5.1 and §5.2

extension SigningKey {
  /// Returns a signed token with a payload and the encoded header that `appendHeader` appends, which must have
  /// `headerByteCount` bytes.
  @inline(__always)
  func sign(
    payload: Span<UInt8>, headerByteCount: Int, appendHeader: (inout OutputSpan<UInt8>) -> Void
  ) -> String {
    let capacity = JWS.byteCount(
      headerByteCount: headerByteCount, payloadByteCount: payload.count)
    return String(capacity: capacity) { token in
      appendHeader(&token)
      token.append(UInt8(ascii: "."))
      Base64URL.encode(payload, to: &token)
      let code = hmac.code(for: token.span)
      token.append(UInt8(ascii: "."))
      code.withBytes { Base64URL.encode($0, to: &token) }
    }
  }

  /// Throws unless the signature of `text` is this key's.
  func authenticate(_ text: Span<UInt8>, _ parts: JWS) throws(TokenError) {
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

extension Base64URL {
  /// Calls `body` with the bytes that `digits` encode.
  @inline(__always)
  static func withDecoded<Result>(
    _ digits: Span<UInt8>, _ body: (Span<UInt8>) throws(TokenError) -> Result
  ) throws(TokenError) -> Result {
    guard let count = decodedCount(digits.count) else { throw .malformed(.base64) }
    return try withScratch(capacity: count) { bytes throws(TokenError) in
      guard decode(digits, to: &bytes) else { throw .malformed(.base64) }
      return try body(bytes.span)
    }
  }
}
