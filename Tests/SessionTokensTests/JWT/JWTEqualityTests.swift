// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Errors and expected types compare their texts by bytes.
@Suite struct JWTEqualityTests {
  private static let texts = [Distinct.composed, Distinct.decomposed]

  @Test func `no two different token errors are equal`() {
    let confusions = Distinct.confusions {
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
    #expect(confusions.isEmpty)
  }

  @Test func `no two different expected types are equal`() {
    let confusions = Distinct.confusions {
      Self.texts.map { JWT.ExpectedType.exactly($0) }
        + [.exactly("JWT"), .jwtOrAbsent, .notChecked]
    }
    #expect(confusions.isEmpty)
  }
}
