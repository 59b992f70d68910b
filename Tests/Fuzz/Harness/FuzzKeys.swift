// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The keys of the harness, which `seeds` uses as well, so that its tokens are valid here.
enum FuzzKeys {
  /// A secret of 32 bytes that count up from `first`.
  static func secret(_ first: UInt8) -> [UInt8] { (0..<32).map { first &+ $0 } }

  /// The two keys of the ring.
  static let known = [
    fixture { try SigningKey(id: "k1", secret: secret(0x10)) },
    fixture { try SigningKey(id: "k2", secret: secret(0x40)) },
  ]

  /// A key with an ID of the ring that isn't in it.
  static let stranger = fixture { try SigningKey(id: "k1", secret: secret(0x70)) }

  static let ring = fixture { try KeyRing(active: known[0], alsoAccepting: [known[1]]) }
  static let unnamed = fixture { try KeyRing.unnamed(secret: secret(0x10)) }

  static let access = fixture { try KeyRing(active: SigningKey(id: "a1", secret: secret(0xa0))) }
  static let refresh = fixture { try KeyRing(active: SigningKey(id: "r1", secret: secret(0xd0))) }

  static let issuer = "https://id.example"
  static let audience = "https://api.example"
  static let now = NumericDate(clamping: 1_800_000_000)

  static let policy = fixture {
    try RotationPolicy(
      accessTTL: .seconds(900), refreshTTL: .seconds(2_592_000), idleTTL: .seconds(604_800))
  }

  static let authority = authority(policy)

  static func authority(_ policy: RotationPolicy) -> SessionAuthority {
    fixture {
      try SessionAuthority(
        issuer: issuer, audience: audience, accessKeys: access, refreshKeys: refresh,
        policy: policy, clock: .fixed(now))
    }
  }
}

extension SigningKey {
  /// Signs any bytes as header and payload.
  func sign(header: [UInt8], payload: [UInt8]) -> String {
    let header = Base64URL.encode(header)
    return payload.withSpan { payload in
      sign(payload: payload, headerByteCount: header.utf8.count) { $0.append(utf8Of: header) }
    }
  }
}
