// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The capacity that is reserved for a payload covers the escapes of every text.
@Suite struct ClaimsCapacityTests {
  private let key: SigningKey

  init() throws { key = try .random(id: "k") }

  private func check(_ claims: Claims) throws {
    let payload = [UInt8](capacity: claims.maximumEncodedCount) { $0.append(claims) }
    #expect(payload.count <= claims.maximumEncodedCount)
    let token = try JWT.encode(claims, key: key)
    #expect(try UnverifiedJWT(token).claims() == claims)
  }

  @Test(arguments: [0, 1, 31, 32, 33, 42, 43, 127, 128, 129, 200])
  func `texts of nothing but escapes fit the capacity`(_ count: Int) throws {
    let text = String(repeating: "\u{1}", count: count)
    let latest = NumericDate.maximum
    try check(
      Claims(
        issuer: text, subject: text, audience: [text], expiresAt: latest, notBefore: latest,
        issuedAt: latest, id: text))
    try check(Claims(issuer: text, expiresAt: latest, notBefore: latest, issuedAt: latest))
    try check(Claims(audience: [text, "", text], expiresAt: latest, id: ""))
  }

  @Test(arguments: [1, 2, 20, 42, 43, 64, 65, 127, 128, 129])
  func `many audience values that are empty or escaped fit the capacity`(_ count: Int) throws {
    try check(Claims(audience: Array(repeating: "", count: count)))
    try check(Claims(audience: Array(repeating: "\u{1}", count: count)))
  }
}
