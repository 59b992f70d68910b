// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import SessionTokens

/// A server that answers requests: it holds the access keys only, so that it can make no refresh token.
struct APIServer: Sendable {
  let verifier: AccessTokenVerifier

  var router: Router<APIContext> {
    let router = Router(context: APIContext.self)
    router.add(middleware: Authentication(verifier: verifier))
    router.get("subscription") { _, context in
      let user = try context.requireAccess()
      return Subscription(subject: user.subject, plan: user["plan"]?.string ?? "none")
    }
    return router
  }
}
