// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension String {
  /// Authenticates a compact JWS, with every check of claims waived.
  ///
  /// A payload that isn't a claims object then fails with `.malformed(.json)`, the last possible
  /// failure: it proves that the header was accepted and the MAC was correct.
  func decoded(with keys: KeyRing) throws -> JWT {
    try JWT.decode(
      self, keys: keys, type: .notChecked,
      validator: ClaimsValidator(
        issuer: .notChecked, audience: .notChecked, expiry: .whenPresent, issuedAtLeeway: nil,
        clock: .fixed(.minimum)))
  }
}
