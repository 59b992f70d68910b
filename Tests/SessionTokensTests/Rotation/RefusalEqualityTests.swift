// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Refusals compare all their values, and texts by bytes.
@Suite struct RefusalEqualityTests {
  @Test func `no two different refusals are equal`() {
    let confusions = Distinct.confusions { () -> [Refusal] in
      [Distinct.composed, Distinct.decomposed].map { Refusal.wrongToken(field: $0) }
        + [.revoked(.signedOut), .revoked(.administrator)]
        + [.windowClosed(by: .idle), .windowClosed(by: .absolute)]
        + [.reuseDetected(behind: 1, age: .zero), .reuseDetected(behind: 2, age: .zero)]
        + [.reuseDetected(behind: 1, age: .seconds(1))]
        + [
          .malformed, .badSignature, .unknownKey, .retiredKey, .unknownSession, .bindingMismatch,
          .clockSkew,
          .superseded, .expired, .signedInBefore,
        ]
    }
    #expect(confusions.isEmpty)
  }
}
