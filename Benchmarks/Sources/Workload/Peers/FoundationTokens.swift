// SPDX-License-Identifier: Apache-2.0

#if Peers
  import Crypto
  import Foundation

  /// Tokens with swift-crypto and Foundation, as they are usually written.
  struct FoundationTokens: Sendable {
    private let key = SymmetricKey(data: Fixture.secret)

    /// Signs claims.
    func sign(_ claims: PeerClaims) throws -> String {
      let encoder = JSONEncoder()
      let header = Self.base64URL(try encoder.encode(PeerHeader()))
      let payload = Self.base64URL(try encoder.encode(claims))
      let input = "\(header).\(payload)"
      let code = HMAC<SHA256>.authenticationCode(for: Data(input.utf8), using: key)
      return "\(input).\(Self.base64URL(Data(code)))"
    }

    /// Verifies a token and returns its claims.
    func verify(_ token: String) throws -> PeerClaims {
      let parts = token.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 3, let headerData = Self.data(base64URL: parts[0]),
        let payload = Self.data(base64URL: parts[1]), let code = Self.data(base64URL: parts[2])
      else { throw PeerError.form }
      let decoder = JSONDecoder()
      let header = try decoder.decode(PeerHeader.self, from: headerData)
      guard header.alg == "HS256", header.typ == Fixture.type, header.kid == Fixture.keyID else {
        throw PeerError.header
      }
      let input = Data("\(parts[0]).\(parts[1])".utf8)
      guard HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: input, using: key) else {
        throw PeerError.signature
      }
      let claims = try decoder.decode(PeerClaims.self, from: payload)
      try claims.check()
      return claims
    }

    private static func base64URL(_ data: Data) -> String {
      data.base64EncodedString()
        .replacingOccurrences(of: "+", with: "-")
        .replacingOccurrences(of: "/", with: "_")
        .replacingOccurrences(of: "=", with: "")
    }

    private static func data(base64URL text: Substring) -> Data? {
      var base64 = text.replacingOccurrences(of: "-", with: "+")
        .replacingOccurrences(of: "_", with: "/")
      base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
      return Data(base64Encoded: base64)
    }
  }
#endif
