// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import SessionTokens

/// The endpoints of the server that signs people in.
struct SignInServer: Sendable {
  let sessions: Sessions
  let accounts: Accounts

  var router: Router<BasicRequestContext> {
    let router = Router()
    router.post("sign-in", use: signIn)
    router.post("token", use: refresh)
    router.post("revoke", use: revoke)
    router.post("sign-out-everywhere", use: signOutEverywhere)
    return router
  }

  @Sendable private func signIn(
    _ request: Request, context: BasicRequestContext
  ) async throws -> Response {
    let credentials = try await request.decode(as: Credentials.self, context: context)
    // Here a user's name is also their ID. Use an ID that is never given to another user.
    guard await accounts.accept(credentials),
      let tokens = try await sessions.open(
        for: credentials.user, isStillTrue: { await accounts.accept(credentials) })
    else { throw HTTPError(.forbidden) }
    return Response(status: .ok, json: tokens.response.json)
  }

  /// The refresh endpoint (RFC 6749 §6).
  @Sendable private func refresh(
    _ request: Request, context: BasicRequestContext
  ) async throws -> Response {
    let form = try await URLEncodedFormDecoder().decode(
      RefreshForm.self, from: request, context: context)
    guard let grantType = form.grantType, let refreshToken = form.refreshToken else {
      return Response(status: .badRequest, json: #"{"error":"invalid_request"}"#)
    }
    guard grantType == "refresh_token" else {
      return Response(status: .badRequest, json: #"{"error":"unsupported_grant_type"}"#)
    }
    do {
      let tokens = try await sessions.refresh(
        refreshToken, idempotencyKey: request.headers.idempotencyKey,
        logger: context.logger)
      return Response(status: .ok, json: tokens.response.json)
    } catch let refusal as Refusal {
      return Response(refusal)
    }
  }

  /// The sign-out endpoint (RFC 7009): also a token that is good for nothing is answered 200 (§2.2).
  ///
  /// Where the trouble is the server's, as with a key that it does not know yet, the session goes on
  /// and the answer is 503 (§2.2.1).
  @Sendable private func revoke(
    _ request: Request, context: BasicRequestContext
  ) async throws -> Response {
    let form = try await URLEncodedFormDecoder().decode(
      TokenForm.self, from: request, context: context)
    do {
      try await sessions.end(form.token)
    } catch let refusal as Refusal {
      guard refusal.isDefinitive else { return Response(refusal) }
    }
    return Response(status: .ok)
  }

  @Sendable private func signOutEverywhere(
    _ request: Request, context: BasicRequestContext
  ) async throws -> Response {
    let access: AccessToken
    do throws(TokenError) {
      access = try sessions.authority.accessTokenVerifier.verify(
        authorization: request.headers[.authorization])
    } catch {
      return Response(status: .unauthorized, headers: [.wwwAuthenticate: error.challenge])
    }
    try await sessions.endAll(of: access.subject, reason: .signedOut)
    return Response(status: .noContent)
  }
}
