// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import SessionTokens

/// A token put together by hand and signed, so that its header and payload may be anything.
///
/// Of the library it uses only HMAC, which is tested by vectors.
struct RawToken {
  static let secret = [UInt8](0..<32)
  static let header = #"{"alg":"HS256","kid":"k"}"#

  /// The ring of the signing key, whose ID is `k`.
  static func keys() throws -> KeyRing {
    try KeyRing(active: SigningKey(id: "k", secret: secret))
  }

  /// A validator at `now` seconds, with every check waived that can be waived.
  static func validator(at now: Int64 = 0) throws -> ClaimsValidator {
    try ClaimsValidator(
      issuer: .notChecked, audience: .notChecked, expiry: .whenPresent, issuedAtLeeway: nil,
      clock: .fixed(NumericDate(clamping: now)))
  }

  let compact: String

  init(header: String = header, payload: String) {
    self.init(header: header, payload: payload.utf8)
  }

  init(header: String = header, payload: some Collection<UInt8>) {
    self.init(parts: [Base64URLBytes.text(header.utf8), Base64URLBytes.text(payload)])
  }

  /// Signs two parts as they are, encoded or not.
  init(parts: [String]) {
    let signingInput = parts.joined(separator: ".")
    let code = HMACSHA256(key: Self.secret).authenticationCode(for: signingInput.utf8)
    compact = signingInput + "." + Base64URLBytes.text(code)
  }

  func decode(
    type: JWT.ExpectedType = .notChecked, validator: ClaimsValidator? = nil
  ) throws -> JWT {
    try JWT.decode(
      compact, keys: Self.keys(), type: type, validator: validator ?? Self.validator())
  }
}
