// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

@testable import App

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// The sign-in server gave no tokens.
struct SignInRefused: Error {
  let answer: SignInAnswer
}

extension HTTPTransport {
  /// The tokens of a sign-in.
  func tokens(user: String, password: String) async throws -> TokenResponse {
    let answer = await signIn(user: user, password: password)
    guard case .tokens(let tokens) = answer else { throw SignInRefused(answer: answer) }
    return tokens
  }

  /// The status of the endpoint that ends all sessions of a user.
  func signOutEverywhere(accessToken: String) async throws -> Int? {
    var request = form("sign-out-everywhere", [:])
    request.setValue("Bearer \(accessToken)", forHTTPHeaderField: "Authorization")
    return try await (session.data(for: request).1 as? HTTPURLResponse)?.statusCode
  }
}
