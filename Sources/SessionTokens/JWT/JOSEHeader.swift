// The JOSE header, RFC 7515 §4, with the restrictions of RFC 8725.
//
//   read      alg, typ, kid: strings; typ and kid without U+0000
//   refused   crit (§4.1.11: an extension we do not know), b64 (RFC 7797), zip, cty "JWT" (nested)
//   ignored   all else (§4). Keys inside a token, jwk, jku and x5*, are never read (RFC 8725 §3.5)

/// What a token's header says.
struct JOSEHeader {
  /// The only algorithm there is (RFC 7518 §3.2).
  static let hs256 = "HS256"

  let algorithm: String
  let type: String?
  let keyID: String?

  /// Decodes and reads the first part of a token.
  init(encoded: Span<UInt8>) throws(TokenError) {
    self = try withDecoded(encoded) { text throws(TokenError) in
      do throws(JSONError) {
        return try Self.read(text)
      } catch .duplicateName {
        throw .malformed(.duplicateName)
      } catch {
        throw .malformed(.header)
      }
    }.get()
  }

  /// Demands the one algorithm that keys of this package have.
  func requireHS256() throws(TokenError) {
    guard algorithm.hasSameBytes(as: Self.hs256) else { throw .unsupportedHeader("alg") }
  }

  private static func read(_ text: Span<UInt8>) throws(JSONError) -> Result<Self, TokenError> {
    var (algorithm, type, keyID): (JSONToken?, JSONToken?, JSONToken?)
    var refused: String?
    var reader = JSONReader()
    try reader.beginObject(text)
    while let name = try reader.nextName(text) {
      let token = try reader.nextToken(text)
      switch name {
      case _ where name.isEqual(to: "alg", in: text): algorithm = token
      case _ where name.isEqual(to: "typ", in: text): type = token
      case _ where name.isEqual(to: "kid", in: text): keyID = token
      case _ where name.isEqual(to: "cty", in: text):
        if token.isNestedJWT(in: text) { refused = refused ?? "cty" }
      default:
        let name = name.value(in: text)
        if ["crit", "b64", "zip"].contains(where: name.hasSameBytes) { refused = refused ?? name }
      }
    }
    try reader.end(text)
    if let refused { return .failure(.unsupportedHeader(refused)) }
    guard case .string(let algorithm)? = algorithm else { return .failure(.malformed(.header)) }
    return .success(
      JOSEHeader(
        algorithm: algorithm.value(in: text),
        type: try type?.headerString(in: text),
        keyID: try keyID?.headerString(in: text)))
  }

  private init(algorithm: String, type: String?, keyID: String?) {
    self.algorithm = algorithm
    self.type = type
    self.keyID = keyID
  }

  /// Lends the encoded header of the tokens that a key signs.
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

extension JSONToken {
  /// A string of a header, which must not hold U+0000.
  fileprivate func headerString(in text: Span<UInt8>) throws(JSONError) -> String {
    guard case .string(let string) = self else { throw .syntax }
    let value = string.value(in: text)
    guard !value.contains(byte: 0) else { throw .syntax }
    return value
  }

  fileprivate func isNestedJWT(in text: Span<UInt8>) -> Bool {
    guard case .string(let string) = self else { return true }
    return MediaType.isSame(string.value(in: text), "JWT")
  }
}
