// SPDX-License-Identifier: Apache-2.0

/// A key of a JWK set (RFC 7517), with the members that choosing HS256 keys needs.
struct JWK: Decodable, Sendable {
  let kty: String
  let alg: String?
  let kid: String?
  /// The secret of an `oct` key.
  let k: Base64URLBytes?
}
