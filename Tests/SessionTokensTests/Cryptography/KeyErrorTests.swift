// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

/// Errors about keys compare by the bytes of the key's ID.
@Suite struct KeyErrorTests {
  @Test func `no two different errors are equal`() {
    let confusions = Distinct.confusions {
      [Distinct.composed, Distinct.decomposed].flatMap { keyID -> [KeyError] in
        [
          .secretTooShort(keyID: keyID, bytes: 1), .secretTooShort(keyID: keyID, bytes: 2),
          .notBase64(keyID: keyID), .duplicateKeyID(keyID),
        ]
      } + [.invalidKeyID, .malformedKeyRing]
    }
    #expect(confusions.isEmpty)
  }
}
