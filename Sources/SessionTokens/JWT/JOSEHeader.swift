// The JOSE header, RFC 7515 §4, with the restrictions of RFC 8725.
//
//   read      alg, typ, kid: strings; typ and kid without U+0000
//   refused   crit (§4.1.11: an extension we do not know), b64 (RFC 7797), zip, cty "JWT" (nested)
//   ignored   all else (§4), if it is well formed; keys inside a token, jwk, jku and x5*, are never
//             read (RFC 8725 §3.5)

/// What a token's header says.
struct JOSEHeader {
  /// The only algorithm there is (RFC 7518 §3.2).
  static let hs256 = "HS256"

  let algorithm: String
  let type: String?
  let keyID: String?

  /// Decodes and reads the first part of a token.
  init(encoded: Span<UInt8>) throws(TokenError) {
    self = try Base64URL.withDecoded(encoded) { text throws(TokenError) in
      let members: HeaderMembers
      do throws(JSONError) {
        members = try HeaderMembers(text)
      } catch .duplicateName {
        throw .malformed(.duplicateName)
      } catch {
        throw .malformed(.header)
      }
      return try JOSEHeader(members, in: text)
    }
  }

  private init(_ members: HeaderMembers, in text: Span<UInt8>) throws(TokenError) {
    if let refused = members.refused { throw .unsupportedHeader(refused) }
    guard case .string(let algorithm)? = members.algorithm else { throw .malformed(.header) }
    self.algorithm = algorithm.value(in: text)
    type = try members.type?.headerString(in: text)
    keyID = try members.keyID?.headerString(in: text)
  }

  /// The key that a token with this header must be signed with, once its algorithm and type are as
  /// they must be: keys are of one algorithm, and the header has no say in it (RFC 8725 §3.1).
  func key(in ring: KeyRing, type expected: JWT.ExpectedType) throws(TokenError) -> SigningKey {
    guard algorithm.hasSameBytes(as: Self.hs256) else { throw .unsupportedHeader("alg") }
    try expected.check(type)
    guard let key = ring.key(for: keyID) else { throw .unknownKey }
    return key
  }
}

/// The members of a header that count, found but not yet judged.
private struct HeaderMembers {
  var algorithm: JSONSlice?
  var type: JSONSlice?
  var keyID: JSONSlice?
  /// The first member that is refused whatever else there is.
  var refused: String?

  init(_ text: Span<UInt8>) throws(JSONError) {
    var reader = JSONReader()
    try reader.beginObject(text)
    while let name = try reader.nextName(text) {
      let token = try reader.nextSlice(text)
      switch name {
      case _ where name.isEqual(to: "alg", in: text): algorithm = token
      case _ where name.isEqual(to: "typ", in: text): type = token
      case _ where name.isEqual(to: "kid", in: text): keyID = token
      case _ where name.isEqual(to: "cty", in: text):
        if token.mayBeNestedJWT(in: text) { refused = refused ?? "cty" }
      default:
        let name = name.value(in: text)
        if ["crit", "b64", "zip"].contains(where: name.hasSameBytes) { refused = refused ?? name }
        if case .number(let number) = token { _ = try number.value(in: text) }
      }
    }
    try reader.end(text)
  }
}

extension JSONSlice {
  /// A string of a header, which must not hold U+0000.
  fileprivate func headerString(in text: Span<UInt8>) throws(TokenError) -> String {
    guard case .string(let string) = self else { throw .malformed(.header) }
    let value = string.value(in: text)
    guard !value.contains(byte: 0) else { throw .malformed(.header) }
    return value
  }

  /// True for the `cty` of a nested JWT, and for one that is no string, which tells nothing.
  fileprivate func mayBeNestedJWT(in text: Span<UInt8>) -> Bool {
    guard case .string(let string) = self else { return true }
    return MediaType.isSame(string.value(in: text), "JWT")
  }
}

// MARK: - Writing

extension JOSEHeader {
  /// Lends the encoded header of the tokens that a key signs: `alg`, `typ`, `kid`, in that order.
  @inline(__always)
  static func withEncoded<Result, Failure: Error>(
    type: String?, keyID: String, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let form = #"{"alg":"HS256","typ":,"kid":}"#
    let maximumCount = form.utf8.count + (type?.encodedJSONCount ?? 0) + keyID.encodedJSONCount
    return try withScratch(capacity: maximumCount) { header throws(Failure) in
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
