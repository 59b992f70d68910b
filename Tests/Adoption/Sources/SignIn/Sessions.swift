// SPDX-License-Identifier: Apache-2.0

import Logging
import SessionTokens

/// Opens, refreshes and ends sessions: decide, compare-and-swap, answer.
struct Sessions: Sendable {
  let authority: SessionAuthority
  let store: SessionStore
  let accounts: Accounts
  /// Reads and verifies a refresh token.
  var verifyRefresh: @Sendable (String) throws(Refusal) -> PresentedRefreshToken

  init(authority: SessionAuthority, store: SessionStore, accounts: Accounts) {
    (self.authority, self.store, self.accounts) = (authority, store, accounts)
    verifyRefresh = authority.verifyRefresh
  }

  /// Opens a session; `nil` when there is no such user, or when what the sign-in was based on, such as a
  /// password, has changed in the meantime.
  func open(
    for user: String, isStillTrue: () async throws -> Bool
  ) async throws -> TokenPair? {
    guard let claims = await accounts.claims(of: user) else { return nil }
    let (tokens, record) = try authority.openSession(subject: user, claims: claims)
    try await store.insert(record, expiresAt: expiry(of: record), now: authority.clock.now)
    guard try await isStillTrue() else {
      try await end(record.id) { authority.revoke($0, reason: .credentialsChanged) }
      return nil
    }
    return tokens
  }

  /// Rotates a refresh token into new tokens; the session of a user who is gone ends.
  ///
  /// - Throws: `Refusal`; `SwapsLost`; what the store throws.
  func refresh(
    _ refreshToken: String, idempotencyKey: String?, logger: Logger
  ) async throws -> TokenPair {
    let presented: PresentedRefreshToken
    do throws(Refusal) {
      presented = try verifyRefresh(refreshToken)
    } catch {
      logger.info("refuse before a decision: \(error.code.rawValue)")
      throw error
    }
    guard let claims = await accounts.claims(of: presented.subject) else {
      logger.info("\(presented.sessionID): revoke, for its user is gone")
      try await end(presented, reason: .administrator)
      throw Refusal.revoked(.administrator)
    }
    let answer: Result<TokenPair, Refusal> = try await untilSwapped {
      let decision = authority.rotate(
        presented, record: try await store.session(presented.sessionID),
        idempotencyKey: idempotencyKey, claims: claims)
      guard try await swap(decision.update) else { return nil }
      logger.info("\(presented.sessionID): \(decision)")
      return decision.answer
    }
    return try answer.get()
  }

  /// Ends the session of a refresh token.
  ///
  /// - Throws: `Refusal` for what is no refresh token; `SwapsLost`; what the store throws.
  func end(_ refreshToken: String) async throws {
    try await end(verifyRefresh(refreshToken), reason: .signedOut)
  }

  /// Ends all sessions that the user has now, also those after one that could not be ended.
  ///
  /// - Throws: The last error.
  func endAll(of subject: String, reason: RevocationReason) async throws {
    var failure: (any Error)?
    for id in try await store.sessionIDs(of: subject) {
      do {
        try await end(id) { record in authority.revoke(record, reason: reason) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private func end(
    _ presented: PresentedRefreshToken, reason: RevocationReason
  ) async throws {
    try await end(presented.sessionID) { record in
      authority.revoke(presented, record: record, reason: reason)
    }
  }

  /// Writes what ends a session; one whose row is gone has ended.
  private func end(
    _ id: SessionID, ending: (SessionRecord) -> SessionUpdate?
  ) async throws {
    try await untilSwapped {
      try await swap(store.session(id).flatMap(ending)) ? () : nil
    }
  }

  /// Writes what a decision says, if anything; false when another writer came first.
  private func swap(_ update: SessionUpdate?) async throws -> Bool {
    guard let update else { return true }
    return try await store.swap(update, expiresAt: expiry(of: update.record))
  }

  /// Reads and decides again while the swap is lost, five times at most.
  private func untilSwapped<Value>(
    _ attempt: () async throws -> Value?
  ) async throws -> Value {
    for _ in 1...5 {
      if let value = try await attempt() { return value }
    }
    throw SwapsLost()
  }

  /// A row outlives its window by a day, so that a late request still hears why it is refused.
  private func expiry(of record: SessionRecord) -> NumericDate {
    authority.refreshWindow(of: record).closesAt + .seconds(86_400)
  }
}
