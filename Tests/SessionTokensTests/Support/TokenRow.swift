// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// A row of the token files, described in `Vectors/README.md`.
struct TokenRow: VectorRow {
  let name: String
  /// Nothing in the interop file.
  let category: String?
  let token: String
  let key: Base64URLBytes
  let now: Int64
  let check: TokenCheck
  let expect: VectorExpectation
  /// A peer suite's own key, if it was too short and the row's token was signed again.
  let originalKey: Base64URLBytes?

  func decode() throws -> JWT {
    try JWT.decode(
      token, keys: check.keys(secret: key.bytes), type: check.expectedType,
      validator: check.validator(at: now))
  }

  private enum CodingKeys: String, CodingKey {
    case name, category, token, now, check, expect
    case key = "key_b64url"
    case originalKey = "orig_key_b64url"
  }

  static func rows(_ expect: VectorExpectation) throws -> [TokenRow] {
    try ["hostile_sample", "peer_suites"]
      .flatMap { try VectorTable<TokenRow>.rows(of: $0) }
      .filter { $0.expect == expect }
  }
}
