// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// Who may sign in, and what their access tokens say: kept small here, to be replaced by yours.
///
/// A real server keeps passwords under a slow hash such as Argon2id, and its users in its database.
actor Accounts {
  private var accounts: [String: (passwordCode: [UInt8], claims: CustomClaims)]
  private let hmac: HMACSHA256

  /// Creates accounts of `user:password:plan` texts.
  init(_ texts: [String]) throws {
    hmac = HMACSHA256(key: (0..<32).map { _ in UInt8.random(in: .min ... .max) })
    var accounts: [String: (passwordCode: [UInt8], claims: CustomClaims)] = [:]
    for text in texts {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 3 else { throw MalformedAccount() }
      accounts[String(parts[0])] = (
        hmac.authenticationCode(for: parts[1].utf8),
        try CustomClaims(["plan": .string(String(parts[2]))])
      )
    }
    self.accounts = accounts
  }

  func accept(_ credentials: Credentials) -> Bool {
    guard let account = accounts[credentials.user] else { return false }
    return hmac.isValidAuthenticationCode(account.passwordCode, for: credentials.password.utf8)
  }

  /// The claims of the user's next access token; `nil` only when there is no such user any more, which
  /// ends the session.
  ///
  /// With your database make it `async throws`, and throw when the database can't answer.
  func claims(of subject: String) -> CustomClaims? {
    accounts[subject]?.claims
  }

  func delete(_ user: String) {
    accounts[user] = nil
  }
}
