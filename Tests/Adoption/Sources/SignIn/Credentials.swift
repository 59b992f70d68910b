// SPDX-License-Identifier: Apache-2.0

/// The body of a sign-in.
struct Credentials: Decodable {
  let user: String
  let password: String
}
