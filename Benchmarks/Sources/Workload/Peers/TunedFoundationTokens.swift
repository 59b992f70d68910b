// SPDX-License-Identifier: Apache-2.0

#if Peers
  import Crypto
  import Foundation

  /// Tokens with swift-crypto and Foundation, tuned by hand: coders are kept, the header is encoded
  /// once and compared as bytes, base64url goes without strings, and no needless copy is made.
  struct TunedFoundationTokens: Sendable {
    private let key = SymmetricKey(data: Fixture.secret)
    private let encoder = JSONEncoder()
    private let decoder = JSONDecoder()
    private let prefix: [UInt8]

    init() throws {
      prefix = try Array(encoder.encode(PeerHeader())).withUnsafeBufferPointer { header in
        var digits: [UInt8] = []
        TunedBase64URL.append(header, to: &digits)
        return digits + [TunedBase64URL.stop]
      }
    }

    /// Signs claims.
    func sign(_ claims: PeerClaims) throws -> String {
      let payload = try encoder.encode(claims)
      var token: [UInt8] = []
      token.reserveCapacity(prefix.count + payload.count * 4 / 3 + 48)
      token += prefix
      payload.withUnsafeBytes { TunedBase64URL.append($0, to: &token) }
      let code = HMAC<SHA256>.authenticationCode(for: token, using: key)
      token.append(TunedBase64URL.stop)
      code.withUnsafeBytes { TunedBase64URL.append($0, to: &token) }
      return String(decoding: token, as: UTF8.self)
    }

    /// Verifies a token and returns its claims.
    func verify(_ token: String) throws -> PeerClaims {
      var token = token
      let claims = try token.withUTF8 { text in
        guard text.starts(with: prefix), let last = text.lastIndex(of: TunedBase64URL.stop),
          last >= prefix.count
        else { throw PeerError.header }
        let input = text[..<last]
        guard let code = TunedBase64URL.decode(text[(last + 1)...]) else { throw PeerError.form }
        let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[..<last])
        let isValid = HMAC<SHA256>.isValidAuthenticationCode(
          code, authenticating: bytes, using: key)
        guard isValid else { throw PeerError.signature }
        guard let payload = TunedBase64URL.decode(input[prefix.count...]) else {
          throw PeerError.form
        }
        return try decoder.decode(PeerClaims.self, from: payload)
      }
      try claims.check()
      return claims
    }
  }
#endif
