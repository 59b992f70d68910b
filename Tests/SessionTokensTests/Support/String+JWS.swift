// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension String {
  /// Authenticates a compact JWS, with every check waived that is about claims.
  ///
  /// A payload that is no claims object then fails with `.malformed(.json)`, which is the last
  /// thing that can fail: it proves that the header was taken and the MAC was right.
  func decoded(with keys: KeyRing) throws -> JWT {
    try JWT.decode(
      self, keys: keys, type: .notChecked,
      validator: ClaimsValidator(
        issuer: .notChecked, audience: .notChecked, expiry: .whenPresent, issuedAtLeeway: nil,
        clock: .fixed(.minimum)))
  }
}
