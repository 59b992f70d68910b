// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

/// Tokens of the earlier system: HS256, and no `kid`.
enum LegacyToken {
  static let issuer = "https://old.example.com"
  static let secret = Array("the-secret-of-the-system-before-this-one".utf8)

  /// A refresh token of user 1001: the common members, then the given ones.
  static func refresh(_ members: String, secret: [UInt8] = secret) -> String {
    sign(#"{"iss":"\#(issuer)","sub":1001,"token_type":"refresh",\#(members)}"#, secret: secret)
  }

  /// A token with that payload.
  static func sign(
    _ payload: String, header: String = #"{"alg":"HS256","typ":"JWT"}"#, secret: [UInt8] = secret
  ) -> String {
    let signed = "\(base64URL(Array(header.utf8))).\(base64URL(Array(payload.utf8)))"
    return "\(signed).\(base64URL(HMACSHA256(key: secret).authenticationCode(for: signed.utf8)))"
  }

  private static func base64URL(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}
