// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The checks of a refresh token before any record is looked up.
@Suite struct VerifyRefreshTests {
  static let sid = "AAECAwQFBgcICQoLDA0ODw"

  /// An accepted payload, member by member.
  static let members: [(name: String, value: String)] = [
    ("iss", "\"https://id.example\""), ("sub", "\"user-1\""), ("aud", "\"https://id.example\""),
    ("exp", "1800604800"), ("iat", "1800000000"), ("jti", "\"\(sid)\""), ("sid", "\"\(sid)\""),
    ("auth_time", "1800000000"), ("gen", "7"),
  ]

  @Test func `a token with all claims in order names its session, whoever else is in aud`() throws {
    let scene = try RotationScene()
    let token = try scene.authority.verifyRefresh(signed(payload(), by: scene))
    #expect(token.sessionID.description == Self.sid)
    #expect(token.subject == "user-1")
    #expect(token.generation == 7)
    _ = try scene.authority.verifyRefresh(
      signed(payload(changing: "aud", to: "[\"x\",\"https://id.example\"]"), by: scene))
    _ = try scene.authority.verifyRefresh(
      signed(payload(changing: "client_id", to: "\"app\""), by: scene))
  }

  @Test(arguments: members.map(\.name))
  func `a token without a required claim is malformed`(_ name: String) throws {
    let scene = try RotationScene()
    #expect(throws: Refusal.malformed) {
      try scene.authority.verifyRefresh(signed(payload(changing: name, to: nil), by: scene))
    }
  }

  @Test(
    arguments: [
      ("iss", "7"), ("aud", "7"), ("aud", "[7]"), ("aud", "[]"), ("sub", "\"\""), ("sub", "null"),
      ("exp", "\"1800604800\""), ("exp", "1800604800000"), ("exp", "-1"), ("iat", "true"),
      ("iat", "1e300"), ("auth_time", "-1"), ("jti", "\"short\""), ("jti", "7"),
      ("jti", "\"AAECAwQFBgcICQoLDA0OD_\""), ("sid", "\"AAECAwQFBgcICQoLDA0ODw=\""),
      ("sid", "\"\""), ("client_id", "7"), ("gen", "-1"), ("gen", "1.5"), ("gen", "\"7\""),
      ("gen", "9223372036854775808"), ("gen", "true"), ("gen", "null"), ("gen", "[7]"),
      ("nbf", "\"1\""), ("nbf", "null"), ("nbf", "-1"),
    ])
  func `a token with a claim of another form is malformed`(
    _ name: String, _ value: String
  ) throws {
    let scene = try RotationScene()
    #expect(throws: Refusal.malformed) {
      try scene.authority.verifyRefresh(signed(payload(changing: name, to: value), by: scene))
    }
  }

  @Test(arguments: ["0", "9223372036854775807"])
  func `a generation may be any whole number from 0`(_ value: String) throws {
    let scene = try RotationScene()
    let token = try scene.authority.verifyRefresh(
      signed(payload(changing: "gen", to: value), by: scene))
    #expect(String(token.generation) == value)
  }

  @Test(arguments: [
    ("iss", "\"https://id.example/\""), ("iss", "\"\""), ("aud", "\"https://api.example\""),
    ("aud", "[\"https://api.example\"]"), ("aud", "[\"\"]"),
  ])
  func `a token of another issuer or audience is the wrong token`(
    _ name: String, _ value: String
  ) throws {
    let scene = try RotationScene()
    #expect(throws: Refusal.wrongToken(field: name)) {
      try scene.authority.verifyRefresh(signed(payload(changing: name, to: value), by: scene))
    }
  }

  @Test(arguments: ["at+jwt", "rt-stateless+jwt", "JWT", "rt+jwtx", "application/at+jwt", nil])
  func `a token of another type is the wrong token, even under the right key`(
    _ type: String?
  ) throws {
    let scene = try RotationScene()
    let token = try JWT.encode(Claims(), type: type, key: scene.authority.refreshRing.active)
    #expect(throws: Refusal.wrongToken(field: "typ")) {
      try scene.authority.verifyRefresh(token)
    }
  }

  @Test(arguments: ["rt+jwt", "RT+JWT", "application/rt+jwt", "APPLICATION/Rt+Jwt"])
  func `any spelling of the media type is accepted`(_ type: String) throws {
    let scene = try RotationScene()
    let token = try signed(payload(), by: scene, type: type)
    #expect(try scene.authority.verifyRefresh(token).generation == 7)
  }

  @Test func `the authority's other tokens aren't accepted as refresh tokens`() throws {
    let authority = try RotationScene().authority
    let pair = try authority.openSession(subject: "user-1").tokens
    let withoutRecord = try authority.openSessionWithoutRecord(subject: "user-1")
    for token in [pair.accessToken, withoutRecord.accessToken, withoutRecord.refreshToken] {
      #expect(throws: Refusal.wrongToken(field: "typ")) { try authority.verifyRefresh(token) }
    }
  }

  @Test func `a key ID that isn't in the ring, or an absent one, is an unknown key`() throws {
    let scene = try RotationScene()
    for key in try [SigningKey.random(id: "r2"), SigningKey.random(id: "R1")] {
      let ring = TypedKeyRing(try KeyRing(active: key), type: "rt+jwt")
      #expect(throws: Refusal.unknownKey) {
        try scene.authority.verifyRefresh(ring.sign(scene.claims(7)))
      }
    }
    let unnamed = TypedKeyRing(
      try KeyRing.unnamed(secret: RotationScene.bytes(0x71)), type: "rt+jwt")
    #expect(throws: Refusal.unknownKey) {
      try scene.authority.verifyRefresh(unnamed.sign(scene.claims(7)))
    }
  }

  @Test func `a retired key is refused definitively, and an unknown one for now`()
    throws
  {
    let scene = try RotationScene()
    let now = try scene.retiring(["older", "e\u{301}"])
    let forms = [("rt+jwt", "older"), ("RT+JWT", "older"), ("application/rt+jwt", "e\u{301}")]
    for (type, id) in forms {
      let token = try TypedKeyRing(KeyRing(active: .random(id: id)), type: type)
        .sign(scene.claims(7))
      #expect(throws: Refusal.retiredKey) { try now.verifyRefresh(token) }
      #expect(throws: Refusal.unknownKey) { try scene.authority.verifyRefresh(token) }
    }
    for id in ["Older", "older ", "old", "\u{e9}"] {
      let token = try TypedKeyRing(KeyRing(active: .random(id: id)), type: "rt+jwt")
        .sign(scene.claims(7))
      #expect(throws: Refusal.unknownKey) { try now.verifyRefresh(token) }
    }
    let nameless = try TypedKeyRing(
      KeyRing.unnamed(secret: RotationScene.bytes(0x71)), type: "rt+jwt")
    #expect(throws: Refusal.unknownKey) { try now.verifyRefresh(nameless.sign(scene.claims(7))) }
    let live = scene.authority.refreshKeys.sign(scene.claims(7))
    #expect(try now.verifyRefresh(live).generation == 7)
  }

  @Test
  func `a token's form and type are checked before its key, and its key before its signature`()
    throws
  {
    let scene = try RotationScene()
    let now = try scene.retiring(["older"])
    let rows: [(header: String, refusal: Refusal)] = [
      (#"{"alg":"none","typ":"rt+jwt","kid":"older"}"#, .malformed),
      (#"{"alg":"HS256","typ":"rt+jwt","kid":"older","crit":[]}"#, .malformed),
      (#"{"alg":"HS256","typ":"rt+jwt","kid":"older","kid":"older"}"#, .malformed),
      (#"{"alg":"HS256","typ":"at+jwt","kid":"older"}"#, .wrongToken(field: "typ")),
      (#"{"alg":"HS256","kid":"older"}"#, .wrongToken(field: "typ")),
      (#"{"alg":"HS256","typ":"rt+jwt","kid":"older"}"#, .retiredKey),
      (#"{"kid":"\u006flder","typ":"RT+JWT","alg":"HS256"}"#, .retiredKey),
      (#"{"alg":"HS256","typ":"rt+jwt","kid":"r1"}"#, .badSignature),
    ]
    for (header, refusal) in rows {
      let token = RawToken(header: header, payload: "{}").compact
      #expect(throws: refusal) { try now.verifyRefresh(token) }
    }
    #expect(throws: Refusal.malformed) {
      try now.verifyRefresh(RawToken(header: rows[5].header, payload: "{}").compact + ".")
    }
  }

  @Test func `another secret under the same key ID is a bad signature`() throws {
    let scene = try RotationScene()
    let ring = TypedKeyRing(try KeyRing(active: .random(id: "r1")), type: "rt+jwt")
    #expect(throws: Refusal.badSignature) {
      try scene.authority.verifyRefresh(ring.sign(scene.claims(7)))
    }
  }

  @Test(
    arguments: [
      "", ".", "..", "a.b.c", "a.b.c.d", "eyJ", "\u{0}", "null",
      String(repeating: "a", count: 100_000), String(repeating: ".", count: 20_000),
    ])
  func `a text that isn't a token is malformed`(_ text: String) throws {
    let authority = try RotationScene().authority
    #expect(throws: Refusal.malformed) { try authority.verifyRefresh(text) }
  }

  @Test func `a token with one character more, less or changed is refused`() throws {
    let scene = try RotationScene()
    let token = scene.authority.refreshKeys.sign(scene.claims(7))
    for text in [token + " ", " " + token, token + "=", token + "\n", String(token.dropLast())] {
      #expect(throws: Refusal.malformed) { try scene.authority.verifyRefresh(text) }
    }
    for index in token.indices {
      var changed = token
      changed.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
      #expect(throws: Refusal.self) { try scene.authority.verifyRefresh(changed) }
    }
  }

  private func payload(changing name: String? = nil, to value: String? = nil) -> String {
    var members = Self.members.filter { $0.name != name }
    if let name, let value { members.append((name, value)) }
    return "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
  }

  private func signed(
    _ payload: String, by scene: RotationScene, type: String = "rt+jwt"
  ) throws -> String {
    TypedKeyRing(scene.authority.refreshRing, type: type).sign(payload: payload)
  }
}

extension TypedKeyRing {
  fileprivate func sign(payload: String) -> String {
    payload.utf8.withSpan { sign(payload: $0) }
  }
}
