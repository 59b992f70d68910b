// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// No secret shows when a value is printed, dumped, mirrored or put inside other values.
@Suite struct SecretsTests {
  private static func specimens(_ scene: SecretScene) throws -> [Specimen] {
    try Specimen.general(scene) + Specimen.sessions(scene) + Specimen.rotation(scene)
      + Specimen.restoration(scene)
  }

  @Test func `every public type is examined`() throws {
    let types = try Self.specimens(SecretScene()).map(\.type)
    #expect(Set(types).count == types.count)
    let declared = try PublicTypes.names()
    #expect(declared.subtracting(types).sorted() == [])
    #expect(Set(types).subtracting(declared).sorted() == [])
  }

  @Test func `public types are found in a source`() {
    let source = """
      public struct A: Sendable {
        public enum B: Hashable {
          case c
        }
        struct Hidden {
          public enum D {}
        }
        @nonexhaustive
        public indirect enum E: Error {}
      }
      enum Internal {}
      extension F.G {
        public final class H {}
      #if os(Linux)
        public actor I {}
      #endif
      }
      public protocol J {}
      """
    #expect(
      PublicTypes.names(in: source) == ["A", "A.B", "A.Hidden.D", "A.E", "F.G.H", "F.G.I", "J"])
  }

  @Test func `no text of a public type shows a secret`() throws {
    let scene = try SecretScene()
    let search = SecretSearch(scene.secrets)
    for specimen in try Self.specimens(scene) {
      #expect(specimen.texts.count >= 40, "\(specimen.type)")
      #expect(search.secrets(in: specimen.texts).sorted() == [], "\(specimen.type)")
      #expect(!specimen.texts.contains { $0.contains("SIMD8") }, "\(specimen.type) shows words")
    }
  }

  /// A value that redacts nothing, in every form in which the library could hold a secret.
  private struct Open {
    let value: Any
  }

  @Test func `the search finds each secret in a value that doesn't redact it`() throws {
    let scene = try SecretScene()
    let held: [(Secret, [Any])] = [
      (scene.accessKey, [scene.accessKeyBytes, Base64URLBytes.text(scene.accessKeyBytes)]),
      (scene.refreshKey, [scene.refreshKeyBytes, SIMD32<UInt8>(scene.refreshKeyBytes)]),
      (scene.sessionSecret, [scene.opened.record.secret.bytes]),
      (scene.requestKey, [SecretScene.idempotencyKey, Array(SecretScene.idempotencyKey.utf8)]),
      (scene.storedKey, [scene.stored.blob.idempotencyKey.text]),
      (scene.accessTokens[0], [scene.opened.tokens.accessToken]),
      (scene.refreshTokens[1], [scene.rotated.tokens.refreshToken]),
    ]
    let search = SecretSearch(scene.secrets)
    for (secret, values) in held {
      for value in values {
        let texts = Specimen(Open(value: value)).texts
        #expect(search.secrets(in: texts) == [secret.description])
      }
    }
  }
}
