// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The checks of a token row, as arguments of the library.
struct TokenCheck: Decodable, Sendable {
  let issuer: String?
  let audience: String?
  let type: String?
  let keyID: String?
  let leeway: Int64
  let required: [String]
  let refusesFutureIssuedAt: Bool

  func keys(secret: [UInt8]) throws -> KeyRing {
    guard let keyID else { return try KeyRing.unnamed(secret: secret) }
    return try KeyRing(active: SigningKey(id: keyID, secret: secret))
  }

  var expectedType: JWT.ExpectedType {
    type.map { .exactly($0) } ?? .notChecked
  }

  func validator(at now: Int64) throws -> ClaimsValidator {
    try ClaimsValidator(
      issuer: issuer.map { .exactly($0) } ?? .notChecked,
      audience: audience.map { .exactly($0) } ?? .notChecked,
      expiry: required.contains("exp") ? .required : .whenPresent,
      required: required.filter { $0 != "exp" },
      leeway: .seconds(leeway),
      issuedAtLeeway: refusesFutureIssuedAt ? .seconds(leeway) : nil,
      clock: .fixed(#require(NumericDate(exactly: now)))
    )
  }

  private enum CodingKeys: String, CodingKey {
    case issuer = "iss"
    case audience = "aud"
    case type = "typ"
    case keyID = "kid"
    case leeway
    case required = "require"
    case refusesFutureIssuedAt = "iat_not_future"
  }
}
