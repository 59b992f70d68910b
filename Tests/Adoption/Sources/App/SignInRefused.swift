// SPDX-License-Identifier: Apache-2.0

/// The sign-in server did not take the user's credentials.
struct SignInRefused: Error {
  let status: Int
}
