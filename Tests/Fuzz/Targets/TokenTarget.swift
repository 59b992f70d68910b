// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The input as a token, or as header and payload of a token that is signed here.
func fuzzToken(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  switch input.choice(3) {
  case 0: decodeRaw(String(decoding: input.rest(), as: UTF8.self))
  case 1: decodeSigned(&input, header: Array(#"{"alg":"HS256","typ":"JWT","kid":"k1"}"#.utf8))
  default:
    let flips = input.short()
    let signer = input.choice(3)
    let isUnnamed = input.flag()
    let header = input.counted()
    decodeSigned(
      &input, header: header, signer: signer, isUnnamed: isUnnamed, flippedBit: flips)
  }
}

private let validator = fixture {
  try ClaimsValidator(
    issuer: .notChecked, audience: .notChecked, expiry: .whenPresent, issuedAtLeeway: nil,
    clock: .fixed(FuzzKeys.now))
}

private func decode(_ text: String, _ keys: KeyRing) -> Result<JWT, TokenError> {
  Result { () throws(TokenError) in
    try JWT.decode(text, keys: keys, type: .notChecked, validator: validator)
  }
}

/// An accepted token has the code of our key over exactly these bytes.
private func decodeRaw(_ text: String) {
  let peek = try? UnverifiedJWT(text)
  guard case .success(let token) = decode(text, FuzzKeys.ring) else { return }
  require(peek != nil, "what is accepted can be peeked at")
  let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  require(parts.count == 3, "a token has three parts")
  require(text.utf8.count <= 16_384 && parts[0].count <= 1_024, "a token is within its limits")
  let header = ReferenceBase64.decode(parts[0]).map { HeaderOpinion($0) }
  require(header?.isAcceptable == true, "a token's header is well formed")
  require(ReferenceBase64.decode(parts[1]) == token.payload, "the payload is the middle part")
  let key = FuzzKeys.known.first { header?.keyID?.elementsEqual($0.id.utf8) == true }
  let code = key?.hmac.authenticationCode(
    for: Array(parts[0]) + [UInt8(ascii: ".")] + Array(parts[1]))
  require(code != nil && code == ReferenceBase64.decode(parts[2]), "the code is our key's")
}

/// A token that our key signed is judged by its content, and no other token is accepted.
private func decodeSigned(
  _ input: inout FuzzInput, header: [UInt8], signer: Int = 0, isUnnamed: Bool = false,
  flippedBit: Int? = nil
) {
  let flippedBit = flippedBit ?? input.short()
  let payload = input.rest()
  let key = signer < 2 ? FuzzKeys.known[signer] : FuzzKeys.stranger
  let ring = isUnnamed ? FuzzKeys.unnamed : FuzzKeys.ring
  let text = key.sign(header: header, payload: payload)

  let opinion = HeaderOpinion(header)
  let isKnown =
    isUnnamed
    ? signer == 0 : signer < 2 && opinion.keyID?.elementsEqual(key.id.utf8) == true
  let isSmall =
    text.utf8.count <= 16_384 && Base64URL.encodedCount(header.count) <= 1_024
  let mayBeAccepted = opinion.isAcceptable && isKnown && isSmall
  let claims = JSONText(payload)
  let isObject =
    claims.members != nil && claims.depth <= 32 && !claims.hasDuplicateName
    && !claims.hasNestedNumberOutOfRange

  switch decode(text, ring) {
  case .success(let token):
    require(mayBeAccepted, "no token is taken without a good header and a key of the ring")
    require(isObject, "no token is taken whose payload is not a JSON object")
    require(token.payload == payload, "the payload is what was signed")
    require(token.keyID.map { Array($0.utf8) } == opinion.keyID, "the key ID is the header's")
    require(token.type.map { Array($0.utf8) } == opinion.type, "the type is the header's")
    check(token.claims, claims)
  case .failure(.invalidClaims):
    require(mayBeAccepted && isObject, "claims are judged last")
  case .failure(.malformed(.json)) where mayBeAccepted:
    require(
      !isObject || claims.hasNumberOutOfRange, "a good payload is not called malformed")
  case .failure(.malformed(.duplicateName)) where mayBeAccepted:
    require(!claims.isWellFormed || claims.hasDuplicateName, "a duplicate is one")
  case .failure:
    require(!mayBeAccepted, "a good header under a known key is not refused")
  }
  decodeFlipped(text, flippedBit, ring)
}

/// Changes one bit of a token, after which nobody has signed it.
private func decodeFlipped(_ text: String, _ bit: Int, _ ring: KeyRing) {
  var bytes = Array(text.utf8)
  // Most flips must hit the signature, whose 43 digits are few in a long token.
  let index = bit & 1 == 0 ? bytes.count - 1 - (bit >> 4) % 43 : (bit >> 4) % bytes.count
  bytes[index] ^= 1 << UInt8(bit >> 1 & 7)
  let flipped = String(decoding: bytes, as: UTF8.self)
  if case .success = decode(flipped, ring) { require(false, "a changed token is refused") }
  _ = try? UnverifiedJWT(flipped)
}

private func check(_ claims: Claims, _ opinion: JSONText) {
  let registered = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"]
  for (name, value) in [("iss", claims.issuer), ("sub", claims.subject), ("jti", claims.id)] {
    require(value.map { Array($0.utf8) } == opinion.string(name), "a string claim is as it stands")
  }
  for (name, value) in [("exp", claims.expiresAt), ("nbf", claims.notBefore)] {
    let stated = opinion.number(name)
    require((value == nil) == (stated == nil), "a date that stands there is read")
    guard let value, let stated else { continue }
    require(
      abs(Double(value.secondsSinceEpoch) - stated) <= 1, "a date is within a second of its claim")
  }
  if let expiresAt = claims.expiresAt {
    require(FuzzKeys.now < expiresAt, "no expired token is taken")
  }
  if let notBefore = claims.notBefore {
    require(notBefore <= FuzzKeys.now, "no early token is taken")
  }
  let custom = (opinion.members ?? []).filter { member in
    !registered.contains { $0.utf8.elementsEqual(member.name) }
  }
  require(
    claims.custom.events == custom.flatMap { [.name($0.name)] + $0.value },
    "custom claims are as they stand")
}
