// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension Transcript {
  /// The general layer: codes, and a JWT with a claim of every kind.
  static func printTokens() {
    let secret = [UInt8](0..<64)
    let hmac = HMACSHA256(key: secret)
    for length in [0, 1, 55, 56, 63, 64, 65, 1_000] {
      let message = [UInt8](repeating: 0x61, count: length)
      show("code of \(length)", hmac.authenticationCode(for: message).hexadecimal)
    }

    let key = unfailing { () throws(KeyError) in try SigningKey(id: "2026-11", secret: secret) }
    let keys = unfailing { () throws(KeyError) in try KeyRing(active: key) }
    let custom: JSONObject = [
      "none": nil, "yes": true, "least": .integer(.min), "most": .integer(.max),
      "fraction": 0.1, "tiny": .double(.leastNonzeroMagnitude), "large": 1e300, "minus": -2.5e-7,
      "text": "é e\u{301} 🦊 \u{0} \" \\ \n", "list": [1, ["deep": []]], "object": [:],
    ]
    let claims = Claims(
      issuer: "https://id.example.com", subject: "user-42", audience: ["a", "b"],
      expiresAt: start + .seconds(900), issuedAt: start, id: "1", custom: custom)
    let token = unfailing { () throws(ClaimsError) in
      try JWT.encode(claims, type: "at+jwt", key: key)
    }
    show("token", token)
    show("signed at expiry", outcome(of: token, keys, at: start + .seconds(900)))
    show("signed before", outcome(of: token, keys, at: start))
    show("cut", outcome(of: beginning(of: token, without: 1), keys, at: start))
    show("forged", outcome(of: beginning(of: token, without: 2) + "AA", keys, at: start))
  }

  /// The text without its last bytes; `String.dropLast` would need Unicode's tables.
  private static func beginning(of text: String, without count: Int) -> String {
    String(decoding: text.utf8.dropLast(count), as: UTF8.self)
  }

  private static func outcome(of token: String, _ keys: KeyRing, at now: NumericDate) -> String {
    let validator = unfailing { () throws(ConfigurationError) in
      try ClaimsValidator(
        issuer: .exactly("https://id.example.com"), audience: .oneOf(["b", "c"]), clock: .fixed(now)
      )
    }
    do throws(TokenError) {
      let jwt = try JWT.decode(token, keys: keys, type: .exactly("at+jwt"), validator: validator)
      return String(decoding: jwt.payload, as: UTF8.self)
    } catch {
      return error.code + "; " + error.description + "; " + error.challenge
    }
  }
}
