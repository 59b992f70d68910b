extension JOSEHeader {
  /// Lends the encoded header of the tokens that a key signs: `alg`, `typ`, `kid`, in that order.
  @inline(__always)
  static func withEncoded<Result, Failure: Error>(
    type: String?, keyID: String, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bound = 32 + (type?.encodedJSONCount ?? 0) + keyID.encodedJSONCount
    return try withScratch(capacity: bound) { header throws(Failure) in
      header.append("{\"alg\":\"HS256\"")
      if let type {
        header.append(name: "typ")
        header.append(json: type)
      }
      if !keyID.isEmpty {
        header.append(name: "kid")
        header.append(json: keyID)
      }
      header.append(UInt8(ascii: "}"))
      return try withScratch(capacity: Base64URL.encodedCount(header.count)) {
        digits throws(Failure) in
        Base64URL.encode(header.span, to: &digits)
        return try body(digits.span)
      }
    }
  }
}
