// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SessionTokens

/// A text that leaves the process holds the secrets that belong there, and no other.
@Suite struct EncodedSecretsTests {
  /// A text that leaves the process, and the secrets that it must carry.
  private struct Form {
    let name: String
    let text: String
    let carried: [Secret]
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// A token with its parts decoded, so that nothing hides in them.
  private static func opened(_ token: String) throws -> String {
    let parts = try token.split(separator: ".").prefix(2).map { part in
      String(decoding: try Base64URLBytes(part).bytes, as: UTF8.self)
    }
    return token + parts.joined(separator: " ")
  }

  private static func forms(_ scene: SecretScene) throws -> [Form] {
    let (tokens, record) = (scene.rotated.tokens, scene.rotated.update.record)
    let (ofAccess, ofRefresh) = (scene.accessTokens[1], scene.refreshTokens[1])
    let stored = String(decoding: scene.stored.bytes, as: UTF8.self)
    let refusal = Refusal.reuseDetected(behind: 1, age: .zero)
    return [
      Form(name: "access token", text: try opened(tokens.accessToken), carried: [ofAccess]),
      Form(name: "refresh token", text: try opened(tokens.refreshToken), carried: [ofRefresh]),
      Form(name: "response", text: tokens.response.json, carried: [ofAccess, ofRefresh]),
      Form(
        name: "encoded response", text: try json(tokens.response), carried: [ofAccess, ofRefresh]),
      Form(
        name: "record", text: try json(record), carried: [scene.sessionSecret, scene.requestKey]),
      Form(name: "secret", text: try json([record.secret]), carried: [scene.sessionSecret]),
      Form(name: "keys", text: try json([record.idempotencyKeys]), carried: [scene.requestKey]),
      Form(name: "session ID", text: try json([record.id]), carried: []),
      Form(
        name: "stored session", text: stored, carried: [ofAccess, ofRefresh, scene.storedKey]),
      Form(
        name: "encoded stored session", text: try json([scene.stored]),
        carried: [ofAccess, ofRefresh, scene.storedKey]),
      Form(name: "refusal", text: refusal.json, carried: []),
      Form(name: "challenge", text: TokenError.badSignature.challenge, carried: []),
      Form(name: "payload", text: try payload(scene), carried: []),
    ]
  }

  private static func payload(_ scene: SecretScene) throws -> String {
    let key = try SigningKey(id: "access", secret: scene.accessKeyBytes)
    let jwt = try JWT.decode(
      scene.rotated.tokens.accessToken, keys: KeyRing(active: key), type: .notChecked,
      validator: ClaimsValidator(
        issuer: .notChecked, audience: .notChecked, clock: .fixed(AuthorityFixture.start)))
    return String(decoding: jwt.payload, as: UTF8.self)
  }

  @Test func `each form carries its own secrets and no other`() throws {
    let scene = try SecretScene()
    let search = SecretSearch(scene.secrets)
    for form in try Self.forms(scene) {
      #expect(
        search.secrets(in: [form.text]).sorted() == form.carried.map(\.description).sorted(),
        "\(form.name)")
    }
  }
}
