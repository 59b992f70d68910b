// SPDX-License-Identifier: Apache-2.0

#if Peers
  import Crypto
  import JWTKit
  import SessionTokens

  extension Operation {
    /// Returns the counterparts of `sign` and `verify` in jwt-kit, and in swift-crypto with
    /// Foundation; and swift-crypto's codes.
    static func peers() throws -> [Operation] {
      try jwtKit() + foundation() + crypto()
    }

    private static func jwtKit() throws -> [Operation] {
      let keys = JWTKitKeys()
      let payload = JWTKitPayload()
      let header: JWTHeader = ["typ": .string(Fixture.type)]
      let token = try TunedFoundationTokens().sign(PeerClaims())
      return [
        Operation("jwt-kit: sign", preparing: { await keys.collection() }) { keys in
          try await keys.sign(payload, kid: JWTKitKeys.id, header: header)
        },
        Operation("jwt-kit: verify", preparing: { await keys.collection() }) { keys in
          try await keys.verify(token, as: JWTKitPayload.self)
        },
      ]
    }

    private static func foundation() throws -> [Operation] {
      let usual = FoundationTokens()
      let tuned = try TunedFoundationTokens()
      let claims = PeerClaims()
      let usualToken = try usual.sign(claims)
      let tunedToken = try tuned.sign(claims)
      return [
        Operation("Foundation, usual: sign") { try usual.sign(claims) },
        Operation("Foundation, usual: verify") { try usual.verify(usualToken) },
        Operation("Foundation, tuned: sign") { try tuned.sign(claims) },
        Operation("Foundation, tuned: verify") { try tuned.verify(tunedToken) },
      ]
    }

    private static func crypto() throws -> [Operation] {
      let ours = HMACSHA256(key: Fixture.secret)
      let theirs = SymmetricKey(data: Fixture.secret)
      return try messages().map { label, message in
        let code = Array(HMAC<SHA256>.authenticationCode(for: message, using: theirs))
        guard code == ours.authenticationCode(for: message) else {
          throw WorkloadError.missing("one and the same code")
        }
        return Operation("swift-crypto: HMAC, \(label)") {
          HMAC<SHA256>.authenticationCode(for: message, using: theirs)
        }
      }
    }
  }
#endif
