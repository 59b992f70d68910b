// SPDX-License-Identifier: Apache-2.0

import SessionTokens

extension Sessions {
  /// Exchanges a refresh token of the earlier system for a session, once.
  ///
  /// - Throws: `Refusal`; what the store throws.
  func exchange(_ legacyToken: String) async throws -> TokenPair {
    // Apps ask until they are refused, also when the exchange has ended.
    guard let legacy else { throw Refusal.expired }
    let signIn = try legacy.signIn(by: legacyToken)
    guard let claims = await accounts.claims(of: signIn.subject) else {
      throw Refusal.revoked(.administrator)
    }
    let (tokens, record) = try authority.openSession(
      subject: signIn.subject, claims: claims,
      authenticatedAt: signIn.authenticatedAt)
    let window = authority.refreshWindow(of: record)
    if case .closed(let bound) = window.state(at: record.rotatedAt) {
      throw Refusal.windowClosed(by: bound)
    }
    let isStored = try await store.insert(
      record, expiresAt: window.closesAt + .seconds(86_400),
      exchangedFor: signIn.tokenName)
    guard isStored else { throw Refusal.superseded }
    return tokens
  }
}
