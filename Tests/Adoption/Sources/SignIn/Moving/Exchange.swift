// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Logging
import SessionTokens

/// The endpoint that takes refresh tokens of the earlier system.
struct Exchange: Sendable {
  let sessions: Sessions
  /// The issuer of the earlier system; `nil` when the exchange has ended.
  let legacy: LegacyIssuer?

  func addRoute(to router: Router<BasicRequestContext>) throws {
    try sessions.store.createExchanged()
    router.post("exchange") { request, context in
      let form = try await URLEncodedFormDecoder().decode(
        TokenForm.self, from: request, context: context)
      do {
        let tokens = try await tokens(for: form.token)
        return Response(status: .ok, json: tokens.response.json)
      } catch let refusal as Refusal {
        context.logger.info("refuse an exchange: \(refusal.code.rawValue)")
        return Response(refusal)
      }
    }
  }

  /// Exchanges a refresh token of the earlier system for a session, once.
  ///
  /// - Throws: `Refusal`; what the store throws.
  private func tokens(for legacyToken: String) async throws -> TokenPair {
    // Apps ask until they are refused, also when the exchange has ended.
    guard let legacy else { throw Refusal.expired }
    let signIn = try legacy.signIn(by: legacyToken)
    guard let claims = await sessions.accounts.claims(of: signIn.subject)
    else { throw Refusal.revoked(.administrator) }
    let (tokens, record) = try sessions.authority.openSession(
      subject: signIn.subject, claims: claims,
      authenticatedAt: signIn.authenticatedAt)
    let window = sessions.authority.refreshWindow(of: record)
    if case .closed(let bound) = window.state(at: record.rotatedAt) {
      throw Refusal.windowClosed(by: bound)
    }
    let isStored = try await sessions.store.insert(
      record, expiresAt: window.closesAt + .seconds(86_400),
      exchangedFor: signIn.tokenName)
    guard isStored else { throw Refusal.superseded }
    return tokens
  }
}
