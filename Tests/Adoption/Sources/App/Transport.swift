// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// What the actor needs of an HTTP client.
protocol Transport: Sendable {
  /// Posts to the refresh endpoint once, with the `Idempotency-Key` field;
  /// `unreachable` without a response.
  @concurrent func refresh(_ request: SessionRestoration.RefreshRequest) async
    -> RefreshAnswer
  /// Tells the sign-in server that a session has ended.
  @concurrent func revoke(refreshToken: String) async
}
