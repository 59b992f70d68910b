// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// Encoding: the exact bytes, and claims that are too large or can't be read back.
@Suite struct JWTEncodingTests {
  private func key(_ id: String = "k") throws -> SigningKey {
    try SigningKey(id: id, secret: RawToken.secret)
  }

  private func unnamed() throws -> SigningKey {
    try KeyRing.unnamed(secret: RawToken.secret).active
  }

  /// The tokens of the three tests below are those of Python's `hmac`, `hashlib` and `base64`.
  @Test func `claims of every kind give these bytes`() throws {
    let claims = Claims(
      issuer: "https://id.example", subject: "u\"1", audience: ["a", "b"],
      expiresAt: NumericDate(exactly: 1_800_000_900),
      notBefore: NumericDate(exactly: 1_800_000_000),
      issuedAt: NumericDate(exactly: 1_800_000_001), id: "j",
      custom: ["roles": ["\u{e9}", "\u{1}\n"], "n": -1.5, "o": ["z": nil, "a": true]])
    let token = [
      "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImsifQ",
      "eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUiLCJzdWIiOiJ1XCIxIiwiYXVkIjpbImEiLCJiIl0sImV4cCI6MTgwMDAw"
        + "MDkwMCwibmJmIjoxODAwMDAwMDAwLCJpYXQiOjE4MDAwMDAwMDEsImp0aSI6ImoiLCJyb2xlcyI6WyLDqSIsIlx1"
        + "MDAwMVxuIl0sIm4iOi0xLjUsIm8iOnsieiI6bnVsbCwiYSI6dHJ1ZX19",
      "-fAx8PJNPovBrVWhdVDAduA-UB9flxF29aS-rMXQT5I",
    ]
    #expect(try JWT.encode(claims, type: "at+jwt", key: key()) == token.joined(separator: "."))
  }

  @Test func `no claims and no type give these bytes`() throws {
    #expect(
      try JWT.encode(Claims(), key: key())
        == "eyJhbGciOiJIUzI1NiIsImtpZCI6ImsifQ.e30.ruAPFJgGrheTWW-oScQtcjoLvsbcuHakAOzmlf-hIGs")
  }

  @Test func `an unnamed key and one audience give these bytes`() throws {
    let claims = Claims(audience: ["a"], expiresAt: .minimum)
    #expect(
      try JWT.encode(claims, key: unnamed())
        == "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJhIiwiZXhwIjowfQ"
        + ".Q5DNK4JW1O2xNTvZ-mkOIeqBks0i2rJwT2MeVtgLkv0")
  }

  @Test(arguments: 0..<UInt64(16))
  func `random claims read back as they were`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let ring = try KeyRing(
      active: SigningKey.random(
        id: "k\(generator.string(upTo: 4).filter { $0 != "\0" })",
        using: &generator))
    for _ in 0..<8 {
      let claims = try generator.claims()
      let type = Bool.random(using: &generator) ? nil : "t+\(generator.below(9))"
      let token = try JWT.encode(claims, type: type, key: ring.active)
      #expect(try JWT.encode(claims, type: type, key: ring.active) == token)
      let jwt = try JWT.decode(
        token, keys: ring, type: type.map { .exactly($0) } ?? .jwtOrAbsent,
        validator: RawToken.validator(at: 1_000))
      #expect(jwt.claims == claims)
      #expect(jwt.type == type)
      #expect(hasSameBytes(jwt.keyID, ring.active.id))
      #expect(try JSONValue(parsing: jwt.payload).serialized() == jwt.payload)
      let peeked = try UnverifiedJWT(token)
      #expect(try peeked.claims() == claims && peeked.type == type && peeked.algorithm == "HS256")
      #expect(hasSameBytes(peeked.keyID, ring.active.id))
      // Claims that were read can be encoded again.
      #expect(try JWT.encode(jwt.claims, type: type, key: ring.active) == token)
    }
  }

  @Test func `a type with U+0000 is refused, since every reader would refuse it`() throws {
    #expect(throws: ClaimsError.invalidHeader("typ")) {
      try JWT.encode(Claims(), type: "a\0", key: key())
    }
  }

  @Test func `a header of 1024 encoded bytes is written, and a larger one is refused`() throws {
    // {"alg":"HS256","typ":"…","kid":"k"}: 768 bytes are 1024 digits.
    let fixed = #"{"alg":"HS256","typ":"","kid":"k"}"#.utf8.count
    let type = String(repeating: "t", count: 768 - fixed)
    let token = try JWT.encode(Claims(), type: type, key: key())
    #expect(token.prefix { $0 != "." }.utf8.count == 1_024)
    #expect(try UnverifiedJWT(token).type == type)
    #expect(throws: ClaimsError.tooLarge(bytes: 1_026)) {
      try JWT.encode(Claims(), type: type + "t", key: key())
    }
    // A key ID alone never fills a header, but counts together with a type.
    let longest = try SigningKey.random(id: String(repeating: "k", count: 510))
    #expect(try UnverifiedJWT(JWT.encode(Claims(), key: longest)).keyID == longest.id)
    #expect(throws: ClaimsError.tooLarge(bytes: 1_026)) {
      try JWT.encode(Claims(), type: String(type.dropLast(508)), key: longest)
    }
  }

  @Test func `a header of nothing but escapes is written in full`() throws {
    let type = String(repeating: "\u{1}", count: 64)
    let keyID = String(repeating: "\u{2}", count: 40)
    let header = try UnverifiedJWT(
      JWT.encode(Claims(), type: type, key: SigningKey.random(id: keyID)))
    #expect(header.type == type && header.keyID == keyID)
  }

  @Test func `a token of 16384 bytes is written, and a larger one is refused`() throws {
    // A header of 20 digits, a signature of 43 and two stops leave 16,319 digits: 12,239 bytes.
    let fixed = #"{"sub":""}"#.utf8.count
    let subject = String(repeating: "s", count: 12_239 - fixed)
    let token = try JWT.encode(Claims(subject: subject), key: unnamed())
    #expect(token.utf8.count == 16_384)
    #expect(try UnverifiedJWT(token).claims().subject == subject)
    #expect(throws: ClaimsError.tooLarge(bytes: 16_385)) {
      try JWT.encode(Claims(subject: subject + "s"), key: unnamed())
    }
  }

  /// Each value takes more bytes than its text, which the reserved capacity must include.
  @Test func `an audience of a thousand values is written in full`() throws {
    let claims = Claims(audience: (0..<1_000).map { String($0) })
    let token = try JWT.encode(claims, key: key())
    #expect(try UnverifiedJWT(token).claims() == claims)
  }

  @Test(arguments: ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"])
  func `a registered name among custom claims is refused, but only at the top level`(
    _ name: String
  ) throws {
    var custom: JSONObject = ["a": 1]
    custom[name] = 1
    #expect(throws: ClaimsError.reservedName(name)) {
      try JWT.encode(Claims(custom: custom), key: key())
    }
    let below: JSONObject = ["a": .object(custom), "b": [.object(custom)]]
    #expect(
      try UnverifiedJWT(JWT.encode(Claims(custom: below), key: key())).claims().custom == below)
  }

  /// Only session tokens reserve these names: any other token may have them, with any value.
  @Test func `session claims are custom claims in the general layer`() throws {
    let custom: JSONObject = [
      "sid": "s", "gen": 1, "auth_time": "now", "client_id": nil,
      "large": .string(String(repeating: "x", count: 9_000)),
    ]
    let token = try JWT.encode(Claims(subject: "u", custom: custom), key: key())
    #expect(try UnverifiedJWT(token).claims() == Claims(subject: "u", custom: custom))
    #expect(throws: ClaimsError.reservedName("sid")) { try CustomClaims(custom) }
  }

  @Test func `claims that no reader accepts are refused`() throws {
    func encode(_ custom: JSONObject) throws -> String {
      try JWT.encode(Claims(custom: custom), key: key())
    }
    func nested(_ depth: Int) -> JSONValue { (0..<depth).reduce(1) { value, _ in [value] } }
    #expect(throws: ClaimsError.duplicateName("a")) { try encode(["a": 1, "b": 2, "a": 1]) }
    #expect(throws: ClaimsError.duplicateName("a")) { try encode(["x": [["a": 1, "a": 1]]]) }
    #expect(throws: ClaimsError.notFinite("b")) { try encode(["a": 1, "b": [.double(.nan)]]) }
    #expect(throws: ClaimsError.tooDeep) { try encode(["a": nested(32)]) }
    #expect(throws: ClaimsError.tooDeep) { try encode(["a": ["b": nested(31)]]) }
    for custom in [["a": nested(31)], ["a": ["b": nested(30)]]] as [JSONObject] {
      #expect(try UnverifiedJWT(encode(custom)).claims().custom == custom)
    }
  }

  @Test func `the first of several faults in the documented order is reported`() throws {
    let text = JSONValue.string(String(repeating: "x", count: 20_000))
    func refused(
      _ error: ClaimsError, _ custom: JSONObject, type: String? = nil,
      _ sourceLocation: SourceLocation = #_sourceLocation
    ) {
      #expect(throws: error, sourceLocation: sourceLocation) {
        try JWT.encode(Claims(custom: custom), type: type, key: key())
      }
    }
    refused(.invalidHeader("typ"), ["iss": 1], type: "\0")
    refused(.reservedName("iss"), ["a": 1, "a": text, "iss": 1])
    refused(.duplicateName("a"), ["a": .double(.nan), "a": text])
    refused(.notFinite("a"), ["b": text, "a": .double(.infinity)])
  }

  @Test func `claims beyond all limits are refused`() throws {
    let text = String(repeating: "\u{1}", count: 100_000)
    let claims = Claims(issuer: text, subject: text, audience: [text], id: text)
    let error = try #require(throws: ClaimsError.self) { try JWT.encode(claims, key: key()) }
    guard case .tooLarge(let bytes) = error else {
      Issue.record("\(error)")
      return
    }
    // The claims are too large, and the error has their own size, not that of a token.
    #expect((2_400_000...2_400_256).contains(bytes))
  }
}
