// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// A token is one text: any change to it is refused.
@Suite struct JWTTamperingTests {
  private let token: String
  private let keys: KeyRing
  private let validator: ClaimsValidator

  init() throws {
    let claims = Claims(
      issuer: "https://id.example", subject: "user-1", audience: ["api"],
      expiresAt: NumericDate(exactly: 2_000), issuedAt: NumericDate(exactly: 1_000), id: "t-1",
      custom: ["tenant": "example-corporation", "roles": ["admin", "editor"]])
    keys = try RawToken.keys()
    token = try JWT.encode(claims, type: "at+jwt", key: keys.active)
    validator = try ClaimsValidator(
      issuer: .exactly("https://id.example"), audience: .exactly("api"),
      clock: .fixed(NumericDate(clamping: 1_000)))
  }

  private func isTaken(_ bytes: some Collection<UInt8>) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    let jwt = try? JWT.decode(text, keys: keys, type: .exactly("at+jwt"), validator: validator)
    return jwt != nil
  }

  @Test func `the unchanged token is accepted, and has about 300 bytes`() {
    #expect(isTaken(token.utf8))
    #expect((280...340).contains(token.utf8.count))
  }

  @Test func `a change of any one bit is refused`() {
    let bytes = Array(token.utf8)
    for index in bytes.indices {
      for bit in 0..<8 {
        var other = bytes
        other[index] ^= 1 << bit
        #expect(!isTaken(other), "bit \(bit) of byte \(index)")
      }
    }
  }

  @Test func `a token cut anywhere, at either end, is refused`() {
    let bytes = Array(token.utf8)
    for count in 0..<bytes.count {
      #expect(!isTaken(bytes.prefix(count)), "\(count)")
      #expect(!isTaken(bytes.suffix(count)), "\(count)")
    }
  }

  @Test(arguments: [".", "=", "A", "_", "+", "/", "%", " ", "\n", "\0", "\"", "{", "\u{7f}", "é"])
  func `a hostile byte in any place, inserted or replacing another, is refused`(_ text: String) {
    let (bytes, hostile) = (Array(token.utf8), Array(text.utf8))
    for index in bytes.indices {
      if [bytes[index]] != hostile {
        #expect(!isTaken(bytes[..<index] + hostile + bytes[(index + 1)...]), "at \(index)")
      }
      #expect(!isTaken(bytes[..<index] + hostile + bytes[index...]), "before \(index)")
    }
    #expect(!isTaken(bytes + hostile))
  }

  @Test func `a token without any one of its bytes is refused`() {
    for index in token.utf8.indices {
      var other = Array(token.utf8)
      other.remove(at: token.utf8.distance(from: token.utf8.startIndex, to: index))
      #expect(!isTaken(other))
    }
  }

  @Test func `whitespace, a BOM and padding around a token are refused`() {
    for text in [" \(token)", "\(token)\n", "\u{feff}\(token)", "\(token)=", "Bearer \(token)"] {
      #expect(!isTaken(text.utf8))
    }
  }

  @Test func `the parts of two tokens don't form a third`() throws {
    let other = try JWT.encode(
      Claims(issuer: "https://id.example", audience: ["api"], expiresAt: .maximum),
      type: "at+jwt", key: keys.active)
    let (mine, others) = (token.split(separator: "."), other.split(separator: "."))
    #expect(isTaken(other.utf8))
    for choice in 1..<7 {
      let parts = (0..<3).map { (part: Int) -> Substring in
        choice >> part & 1 == 0 ? mine[part] : others[part]
      }
      let mixed = parts.joined(separator: ".")
      #expect(isTaken(mixed.utf8) == (mixed == token || mixed == other), "\(choice)")
    }
  }

  @Test func `a key that differs in one bit refuses the token`() throws {
    for bit in 0..<256 {
      var secret = RawToken.secret
      secret[bit / 8] ^= 1 << (bit % 8)
      let keys = try KeyRing(active: SigningKey(id: "k", secret: secret))
      #expect(throws: TokenError.badSignature) {
        try JWT.decode(token, keys: keys, type: .notChecked, validator: validator)
      }
    }
  }
}
