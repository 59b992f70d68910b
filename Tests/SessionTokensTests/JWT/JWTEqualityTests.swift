import Testing

@testable import SessionTokens

/// Errors and expected types compare their texts by bytes.
@Suite struct JWTEqualityTests {
  private static let texts = [Distinct.composed, Distinct.decomposed]

  @Test func `token errors`() {
    Distinct.expect {
      Self.texts.flatMap { text -> [TokenError] in
        [
          .unsupportedHeader(text), .wrongType(expected: text),
          .invalidClaims([ClaimFailure(claim: text, problem: .missing)]),
        ]
      } + [
        .missing, .malformed(.parts), .malformed(.json), .unknownKey, .badSignature,
        .invalidClaims([]), .invalidClaims([ClaimFailure(claim: "exp", problem: .malformed)]),
      ]
    }
  }

  @Test func `expected types`() {
    Distinct.expect {
      Self.texts.map { JWT.ExpectedType.exactly($0) }
        + [.exactly("JWT"), .jwtOrAbsent, .notChecked]
    }
  }
}
