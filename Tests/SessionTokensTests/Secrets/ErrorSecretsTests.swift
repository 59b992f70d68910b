// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// An error about a text that holds secrets reveals none of them.
@Suite struct ErrorSecretsTests {
  /// Everything that a server may print of an error.
  private static func texts(of error: any Error) -> [String] {
    let bridged = error as NSError
    return Disclosure.texts(of: error) + Disclosure.texts(of: Result<Int, any Error>.failure(error))
      + [error.localizedDescription, bridged.description, bridged.debugDescription]
      + ["\(bridged.userInfo)"]
  }

  /// Attempts that must fail, each on a text with a secret in it.
  private static func attempts(_ scene: SecretScene) throws -> [(String, () throws -> Void)] {
    let tokens = scene.rotated.tokens
    let key = Base64URLBytes.text(scene.accessKeyBytes)
    let keys = try KeyRing(active: SigningKey(id: "other", secret: scene.accessKeyBytes))
    let validator = try ClaimsValidator(issuer: .exactly("i"), audience: .notChecked)
    let body = Array(tokens.response.json.utf8)
    let blob = String(decoding: scene.stored.bytes, as: UTF8.self)
    let row = String(decoding: try JSONEncoder().encode(scene.rotated.update.record), as: UTF8.self)
    func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws {
      _ = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
    return [
      ("short key", { _ = try SigningKey(id: "k", secret: scene.accessKeyBytes.dropLast()) }),
      ("key with a newline", { _ = try SigningKey(id: "k", base64: key + "\n") }),
      ("key in place of an ID", { _ = try KeyRing(parsing: key + ":" + key.dropLast()) }),
      ("key in place of an ID, base64", { _ = try SigningKey(id: key, base64: "2026-11") }),
      ("key in place of an ID, bytes", { _ = try SigningKey(id: key, secret: [1]) }),
      ("key alone", { _ = try KeyRing(parsing: key) }),
      (
        "key in place of a retired ID, twice",
        { _ = try KeyRing(parsing: "a:\(key),\(key):retired,\(key):retired") }
      ),
      ("key twice", { _ = try KeyRing(parsing: "a:\(key),a:\(key)") }),
      (
        "key of both rings",
        {
          let ring = try KeyRing(active: SigningKey(id: "k", secret: scene.refreshKeyBytes))
          _ = try AuthorityFixture.authority(accessKeys: ring, refreshKeys: ring)
        }
      ),
      (
        "token of another key",
        {
          _ = try JWT.decode(
            tokens.accessToken, keys: keys, type: .notChecked, validator: validator)
        }
      ),
      ("token with a space", { _ = try UnverifiedJWT(tokens.accessToken + " ") }),
      ("access token to refresh", { _ = try scene.authority.verifyRefresh(tokens.accessToken) }),
      (
        "refresh token for access",
        { _ = try scene.authority.accessTokenVerifier.verify(tokens.refreshToken) }
      ),
      (
        "two tokens in a field",
        {
          let verifier = scene.authority.accessTokenVerifier
          _ = try verifier.verify(authorization: "Bearer \(tokens.accessToken) x")
        }
      ),
      ("cut response", { _ = try TokenResponse(parsing: body.dropLast()) }),
      (
        "response with a key for a number",
        { _ = try TokenResponse(parsing: #"{"access_token":"a","token_type":"\#(key)"}"#.utf8) }
      ),
      ("cut blob", { _ = try StoredSession(parsing: Array(blob.utf8.dropLast())) }),
      (
        "blob of version 3",
        {
          let text = blob.replacingOccurrences(of: "\"version\":2", with: "\"version\":3")
          _ = try StoredSession(parsing: text.utf8)
        }
      ),
      ("cut row", { try decode(SessionRecord.self, String(row.dropLast())) }),
      (
        "row with a wrong number",
        {
          let text = row.replacingOccurrences(of: "\"version\":1", with: "\"version\":\"1\"")
          try decode(SessionRecord.self, text)
        }
      ),
      ("long secret", { try decode([SessionSecret].self, "[\"\(key)AA\"]") }),
      ("keys", { try decode([IdempotencyKeys].self, "[\"\(SecretScene.idempotencyKey) \"]") }),
      ("reason", { try decode([RevocationReason].self, "[\"\(key) \"]") }),
      ("session ID", { try decode([SessionID].self, "[\"\(key)\"]") }),
      ("blob as text", { try decode([StoredSession].self, "[\"\(key)\"]") }),
      ("claims", { _ = try CustomClaims(["sid": .string(key)]) }),
    ]
  }

  @Test func `no error reveals a secret of the text it is about`() throws {
    let scene = try SecretScene()
    let search = SecretSearch(scene.secrets)
    for (name, attempt) in try Self.attempts(scene) {
      let error = try #require(throws: (any Error).self, "\(name)") { try attempt() }
      #expect(search.secrets(in: Self.texts(of: error)).sorted() == [], "\(name)")
    }
  }

  @Test func `an error that reveals a secret is found`() throws {
    struct Telling: Error { let token: String }
    let scene = try SecretScene()
    let texts = Self.texts(of: Telling(token: scene.opened.tokens.accessToken))
    let search = SecretSearch(scene.secrets)
    #expect(search.secrets(in: texts) == [scene.accessTokens[0].description])
  }
}
