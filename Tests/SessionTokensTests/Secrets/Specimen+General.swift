// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension Specimen {
  /// The types of `Encoding`, `Cryptography`, `Claims` and `JWT`.
  static func general(_ scene: SecretScene) throws -> [Specimen] {
    let keys = [
      try SigningKey(id: "access", secret: scene.accessKeyBytes),
      try SigningKey(id: "refresh", secret: scene.refreshKeyBytes),
    ]
    let ring = try KeyRing(active: keys[0], alsoAccepting: [keys[1]], retired: ["old"])
    let validator = try ClaimsValidator(
      issuer: .exactly("i"), audience: .notChecked, clock: .fixed(AuthorityFixture.start))
    let peeked = try UnverifiedJWT(scene.opened.tokens.accessToken)
    let decoded = try JWT.decode(
      scene.opened.tokens.accessToken, keys: ring, type: .exactly("at+jwt"),
      validator: ClaimsValidator(
        issuer: .notChecked, audience: .notChecked, clock: .fixed(AuthorityFixture.start)))
    return [
      Specimen(JSONValue.string("text"), .object(["a": 1])), Specimen(["a": "b"] as JSONObject),
      Specimen(HMACSHA256(key: scene.accessKeyBytes), HMACSHA256(key: scene.refreshKeyBytes)),
      Specimen(keys[0], keys[1]),
      Specimen(ring, try .unnamed(secret: scene.accessKeyBytes)),
      Specimen(
        KeyError.secretTooShort(keyID: "k", bytes: 1), .notBase64(keyID: "k"), .invalidKeyID,
        .duplicateKeyID("k"), .malformedKeyRing),
      Specimen(AuthorityFixture.start), Specimen(WallClock.system, .fixed(AuthorityFixture.start)),
      Specimen(try peeked.claims(), decoded.claims), Specimen(try CustomClaims(["a": 1]), .empty),
      Specimen(ClaimsError.reservedName("iss"), .tooDeep, .notAnObject, .tooLarge(bytes: 9)),
      Specimen(validator),
      Specimen(ClaimsValidator.Expectation.exactly("i"), .oneOf(["i"]), .notChecked),
      Specimen(ClaimsValidator.Expiry.required, .whenPresent),
      Specimen(ConfigurationError.empty("issuer"), .sharedSecret(keyID: "access")),
      Specimen(ClaimFailure(claim: "exp", problem: .missing)),
      Specimen(ClaimFailure.Problem.mismatch(expected: ["a"], actual: ["b"]), .malformed),
      Specimen(decoded), Specimen(peeked),
      Specimen(JWT.ExpectedType.exactly("at+jwt"), .jwtOrAbsent, .notChecked),
      Specimen(
        TokenError.missing, .malformed(.json), .unsupportedHeader("crit"), .unknownKey,
        .badSignature, .wrongType(expected: "at+jwt"),
        .invalidClaims([ClaimFailure(claim: "exp", problem: .malformed)])),
      Specimen(TokenError.Malformation.json, .parts),
    ]
  }
}
