// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// The sign-in server, as an adopter would write it: any number of them on one store.
struct SignInServer: Sendable {
  let authority: SessionAuthority
  let store: SessionStore
  let ledger: Ledger
  let clock: SoakClock

  /// A client's answer: tokens, a refusal, or only a 503.
  typealias Answer = Result<TokenPair, Refusal>?

  static let attempts = 5

  func open(_ subject: String) async throws -> (id: SessionID, tokens: TokenPair) {
    let (tokens, record) = try authority.openSession(subject: subject, clientID: "soak")
    await store.insert(record)
    await ledger.count(.opened)
    await ledger.note(tokens, of: record.id, generation: 0)
    return (record.id, tokens)
  }

  func refresh(_ refreshToken: String, key: String?) async -> Answer {
    clock.countRequest()
    let presented: PresentedRefreshToken
    do throws(Refusal) {
      presented = try authority.verifyRefresh(refreshToken)
    } catch {
      return .failure(error)
    }
    for _ in 0..<Self.attempts {
      do throws(StoreFailure) {
        let record = try await store.read(presented.sessionID)
        let decision = authority.rotate(
          presented, record: record, idempotencyKey: key, claims: .empty)
        // Another server has its turn between the read and the swap.
        await Task.yield()
        if let update = decision.update, try await !store.swap(update) { continue }
        await note(decision, of: presented, record)
        return decision.answer
      } catch {
        await ledger.count(.unavailable)
        return nil
      }
    }
    await ledger.count(.unavailable)
    return nil
  }

  /// Refreshes as for a client: through the bytes of a body.
  func answer(_ request: SessionRestoration.RefreshRequest) async -> RefreshAnswer {
    switch await refresh(request.refreshToken, key: request.idempotencyKey) {
    case .success(let pair)?:
      RefreshAnswer(status: 200, body: pair.response.json.utf8)
    case .failure(let refusal)?:
      RefreshAnswer(status: refusal.statusCode, body: refusal.json.utf8)
    case nil:
      RefreshAnswer(status: 503, body: "".utf8)
    }
  }

  /// Ends the session of a refresh token, as the revocation endpoint does.
  func revoke(_ refreshToken: String) async {
    guard let presented = try? authority.verifyRefresh(refreshToken) else { return }
    await signOut(presented.sessionID)
  }

  /// Ends a session; tries until the store has done it.
  private func signOut(_ id: SessionID) async {
    clock.countRequest()
    while true {
      do throws(StoreFailure) {
        guard let record = try await store.read(id) else { return }
        guard let update = authority.revoke(record, reason: .signedOut) else { return }
        await Task.yield()
        if try await store.swap(update) { return }
      } catch {
        await Task.yield()
      }
    }
  }

  private func note(
    _ decision: RotationDecision, of presented: PresentedRefreshToken, _ record: SessionRecord?
  ) async {
    let id = presented.sessionID
    if case .success = decision.answer, record?.revocationReason != nil {
      await ledger.report(.tokensAfterSignOut)
    }
    switch decision {
    case .rotate(let pair, let update):
      await ledger.count(.rotated)
      await ledger.note(pair, of: id, generation: update.record.generation)
      if (try? authority.accessTokenVerifier.verify(pair.accessToken)) == nil {
        await ledger.report(.accessRefused)
      }
    case .replay(let pair):
      await ledger.count(.replayed)
      await ledger.note(pair, of: id, generation: presented.generation + 1)
    case .revoke: await ledger.count(.endedByReuse)
    case .refuse(.superseded): await ledger.count(.superseded)
    case .refuse: break
    }
  }
}
