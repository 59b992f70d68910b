// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// A token whose header and claims are written as JSON text and signed with any secret.
struct HandMadeToken {
  var type: String? = "at+jwt"
  var keyID: String? = AuthorityFixture.accessKeyID
  /// Names and JSON texts of values, in their order.
  var claims: [(name: String, json: String)]

  /// An access token of the fixture's authority, issued at its start.
  static var access: HandMadeToken {
    HandMadeToken(claims: [
      ("iss", #""https://auth.example""#), ("sub", #""user-1""#),
      ("aud", #""https://api.example""#), ("exp", "1800000900"), ("iat", "1800000000"),
      ("jti", #""BBBBBBBBBBBBBBBBBBBBBA""#), ("sid", #""AAAAAAAAAAAAAAAAAAAAAA""#),
      ("auth_time", "1800000000"), ("client_id", #""app""#), ("role", #""admin""#),
    ])
  }

  /// A refresh token of the fixture's authority, issued at its start; its `jti` isn't a derived
  /// one.
  static func refresh(type: String) -> HandMadeToken {
    var token = HandMadeToken(
      type: type, keyID: AuthorityFixture.refreshKeyID, claims: access.claims)
    token["aud"] = #""https://auth.example""#
    token["exp"] = "1800604800"
    token["gen"] = "3"
    token["role"] = nil
    return token
  }

  /// The JSON text of a claim; setting `nil` leaves the claim out.
  subscript(name: String) -> String? {
    get { claims.first { $0.name == name }?.json }
    set {
      guard let newValue else { return claims.removeAll { $0.name == name } }
      if let index = claims.firstIndex(where: { $0.name == name }) {
        claims[index].json = newValue
      } else {
        claims.append((name, newValue))
      }
    }
  }

  func with(_ name: String, _ json: String?) -> HandMadeToken {
    var token = self
    token[name] = json
    return token
  }

  var payload: String {
    "{" + claims.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",") + "}"
  }

  var header: String {
    let type = type.map { ",\"typ\":\"\($0)\"" } ?? ""
    return "{\"alg\":\"HS256\"" + type + (keyID.map { ",\"kid\":\"\($0)\"" } ?? "") + "}"
  }

  /// The token under the access key of the fixture.
  var signed: String { signed(with: AuthorityFixture.accessSecret) }

  func signed(with secret: [UInt8]) -> String {
    Self.sign(header: header, payload: payload, with: secret)
  }

  static func sign(header: String, payload: String, with secret: [UInt8]) -> String {
    let input = Base64URLBytes.text(header.utf8) + "." + Base64URLBytes.text(payload.utf8)
    return input + "."
      + Base64URLBytes.text(HMACSHA256(key: secret).authenticationCode(for: input.utf8))
  }
}
