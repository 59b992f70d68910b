// SPDX-License-Identifier: Apache-2.0

/// The form of a sign-out (RFC 7009 §2.1).
struct TokenForm: Decodable {
  let token: String
}
