// SPDX-License-Identifier: Apache-2.0

import SessionTokens

@testable import App

/// The sign-in server of one session, in memory and without HTTP.
actor MemoryServer: Transport {
  private let authority: SessionAuthority
  private var record: SessionRecord
  private(set) var refreshCount = 0

  /// The tokens of the sign-in.
  let tokens: TokenResponse

  init(clock: WallClock) throws {
    authority = try SessionAuthority(
      issuer: "https://id.example.com", audience: "https://api.example.com",
      accessKeys: KeyRing(active: .random(id: "access")),
      refreshKeys: KeyRing(active: .random(id: "refresh")),
      policy: RotationPolicy(
        accessTTL: .seconds(900), refreshTTL: .seconds(90 * 86_400)), clock: clock)
    let session = try authority.openSession(subject: "user-42")
    record = session.record
    tokens = session.tokens.response
  }

  func refresh(
    _ request: SessionRestoration.RefreshRequest
  ) -> RefreshAnswer {
    refreshCount += 1
    do throws(Refusal) {
      let decision = authority.rotate(
        try authority.verifyRefresh(request.refreshToken), record: record,
        idempotencyKey: request.idempotencyKey, claims: .empty)
      if let update = decision.update { record = update.record }
      return .tokens(try decision.answer.get().response)
    } catch {
      return .refused(error.code)
    }
  }

  func revoke(refreshToken: String) {
    guard let presented = try? authority.verifyRefresh(refreshToken),
      let update = authority.revoke(presented, record: record, reason: .signedOut)
    else { return }
    record = update.record
  }
}
