// SPDX-License-Identifier: Apache-2.0

// The JOSE header, RFC 7515 §4, with the restrictions of RFC 8725.
//
//   read      alg, typ, kid: strings; typ and kid without U+0000
//   refused   crit (§4.1.11: an extension that isn't supported), b64 (RFC 7797), zip, cty "JWT" (nested)
//   ignored   all others (§4), if they are well formed; the keys in jwk, jku and x5* are never used
//             (RFC 8725 §3.10)

/// The parameters of a token's header that this package reads.
struct JOSEHeader {
  /// The only supported algorithm (RFC 7518 §3.2).
  static let hs256 = "HS256"

  let algorithm: String
  let type: String?
  let keyID: String?
}

extension JOSEHeader {
  /// Decodes and reads the encoded header of a token.
  init(encoded: Span<UInt8>) throws(TokenError) {
    self = try Base64URL.withDecoded(encoded) { text throws(TokenError) in
      let members = try TokenError.reading(orThrow: .header) { () throws(JSONError) in
        try HeaderMembers(text)
      }
      if let refused = members.refused { throw .unsupportedHeader(refused) }
      guard case .string(let algorithm)? = members.algorithm else { throw .malformed(.header) }
      return JOSEHeader(
        algorithm: algorithm.value(in: text), type: try members.type?.headerString(in: text),
        keyID: try members.keyID?.headerString(in: text))
    }
  }

  /// Returns the key that must have signed a token with this header, after checking the algorithm and type.
  ///
  /// The algorithm is the key's; the header can't choose it (RFC 8725 §3.1).
  func key(in ring: KeyRing, type expected: JWT.ExpectedType) throws(TokenError) -> SigningKey {
    guard algorithm.hasSameBytes(as: Self.hs256) else { throw .unsupportedHeader("alg") }
    try expected.check(type)
    guard let key = ring.key(for: keyID) else { throw .unknownKey }
    return key
  }
}

/// The members of a header that this package reads, found but not yet checked.
private struct HeaderMembers {
  var algorithm: JSONSlice?
  var type: JSONSlice?
  var keyID: JSONSlice?
  /// The name of the first member that is always refused.
  var refused: String?

  init(_ text: Span<UInt8>) throws(JSONError) {
    var reader = JSONReader()
    try reader.beginObject(text)
    while let name = try reader.nextName(text) {
      let slice = try reader.nextSlice(text)
      switch name {
      case _ where name.isEqual(to: "alg", in: text): algorithm = slice
      case _ where name.isEqual(to: "typ", in: text): type = slice
      case _ where name.isEqual(to: "kid", in: text): keyID = slice
      case _ where name.isEqual(to: "cty", in: text):
        if slice.mayBeNestedJWT(in: text) { refused = refused ?? "cty" }
      default:
        let name = name.value(in: text)
        if ["crit", "b64", "zip"].contains(where: name.hasSameBytes) { refused = refused ?? name }
        // Even an ignored number must fit a double.
        if case .number(let number) = slice { _ = try number.value(in: text) }
      }
    }
    try reader.expectEnd(text)
  }
}

extension JSONSlice {
  /// Returns the value of a string, which must not contain U+0000.
  fileprivate func headerString(in text: Span<UInt8>) throws(TokenError) -> String {
    guard case .string(let string) = self else { throw .malformed(.header) }
    let value = string.value(in: text)
    guard !value.contains(byte: 0) else { throw .malformed(.header) }
    return value
  }

  /// Returns true for the `cty` of a nested JWT, and for a `cty` that isn't a string.
  fileprivate func mayBeNestedJWT(in text: Span<UInt8>) -> Bool {
    guard case .string(let string) = self else { return true }
    return MediaType.isSame(string.value(in: text), "JWT")
  }
}

// MARK: - Writing

extension JOSEHeader {
  /// Calls `body` with the text of the header of a key's tokens: `alg`, `typ`, `kid`, in that order.
  @inline(__always)
  static func withText<Result, Failure: Error>(
    type: String?, keyID: String, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let maximumCount =
      #"{"alg":"HS256","typ":,"kid":}"#.utf8.count + (type?.maximumEncodedJSONCount ?? 0)
      + keyID.maximumEncodedJSONCount
    return try withScratch(capacity: maximumCount) { header throws(Failure) in
      header.append(#"{"alg":"HS256""#)
      if let type {
        header.append(name: "typ")
        header.append(json: type)
      }
      if !keyID.isEmpty {
        header.append(name: "kid")
        header.append(json: keyID)
      }
      header.append(UInt8(ascii: "}"))
      return try body(header.span)
    }
  }
}
