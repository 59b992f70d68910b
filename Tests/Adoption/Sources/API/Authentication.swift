// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
import SessionTokens

/// Lets requests pass that carry a good access token, and tells all others why not (RFC 6750 §3).
struct Authentication: RouterMiddleware {
  let verifier: AccessTokenVerifier

  func handle(
    _ request: Request, context: APIContext,
    next: (Request, APIContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    do throws(TokenError) {
      context.access = try verifier.verify(authorization: request.headers[.authorization])
    } catch {
      context.logger.info("unauthorized: \(error.code)")
      return Response(status: .unauthorized, headers: [.wwwAuthenticate: error.challenge])
    }
    return try await next(request, context)
  }
}
