// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The refusal for each error of a token at the refresh endpoint.
@Suite struct RefusalMappingTests {
  static let iss = ClaimFailure(
    claim: "iss", problem: .mismatch(expected: ["secret-a"], actual: ["secret-b"]))
  static let aud = ClaimFailure(
    claim: "aud", problem: .mismatch(expected: ["secret-a"], actual: ["secret-b"]))
  static let missing = ClaimFailure(claim: "sub", problem: .missing)
  static let malformed = ClaimFailure(claim: "gen", problem: .malformed)

  @Test(
    arguments: [
      (.missing, .malformed),
      (.malformed(.tooLarge), .malformed), (.malformed(.parts), .malformed),
      (.malformed(.base64), .malformed), (.malformed(.header), .malformed),
      (.malformed(.json), .malformed), (.malformed(.duplicateName), .malformed),
      (.malformed(.signatureLength), .malformed),
      (.unsupportedHeader("alg"), .malformed), (.unsupportedHeader("crit"), .malformed),
      (.wrongType(expected: "rt+jwt"), .wrongToken(field: "typ")),
      (.unknownKey, .unknownKey),
      (.badSignature, .badSignature),
      (.invalidClaims([]), .malformed),
      (.invalidClaims([missing]), .malformed),
      (.invalidClaims([malformed]), .malformed),
      (.invalidClaims([missing, malformed]), .malformed),
      (.invalidClaims([iss]), .wrongToken(field: "iss")),
      (.invalidClaims([aud]), .wrongToken(field: "aud")),
      (.invalidClaims([iss, aud]), .wrongToken(field: "iss")),
      (.invalidClaims([missing, aud]), .wrongToken(field: "aud")),
      (.invalidClaims([aud, missing, malformed]), .wrongToken(field: "aud")),
    ] as [(TokenError, Refusal)])
  func `each error has its refusal`(_ error: TokenError, _ refusal: Refusal) {
    #expect(Refusal(error) == refusal)
  }

  @Test func `a refusal doesn't show the values that didn't match`() {
    for text in Disclosure.texts(of: Refusal(.invalidClaims([Self.iss, Self.aud]))) {
      #expect(!text.contains("secret-"))
    }
  }
}
