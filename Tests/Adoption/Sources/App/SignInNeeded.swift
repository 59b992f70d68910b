// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// The user has to sign in.
struct SignInNeeded: Error {
  let reason: SessionRestoration.SignInReason
}
