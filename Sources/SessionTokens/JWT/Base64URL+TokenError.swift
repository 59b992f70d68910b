extension Base64URL {
  /// Lends the bytes that `digits` encode.
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
