// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One request to a refresh endpoint, as any client may send it.
struct RefreshCall: Sendable {
  struct Answer: Sendable, Hashable {
    let status: Int
    let body: String

    /// The tokens of a success.
    func tokens() throws -> TokenResponse {
      try #require(status == 200)
      return try TokenResponse(parsing: body.utf8)
    }

    /// The code of a refusal.
    var refusal: String? {
      (try? JSONDecoder().decode([String: String].self, from: Data(body.utf8)))?["refusal"]
    }
  }

  private static let client: URLSession = {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpMaximumConnectionsPerHost = 50
    return URLSession(configuration: configuration)
  }()

  let server: URL
  let refreshToken: String
  let idempotencyKey: String

  func answer() async throws -> Answer {
    try await Self.answer(
      of: server.appending(path: "token"),
      to: "grant_type=refresh_token&refresh_token=\(refreshToken)", idempotencyKey: idempotencyKey)
  }

  /// The answer to a form.
  static func answer(
    of url: URL, to form: String, idempotencyKey: String? = nil
  ) async throws -> Answer {
    var call = URLRequest(url: url)
    call.httpMethod = "POST"
    call.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    call.setValue(idempotencyKey, forHTTPHeaderField: "Idempotency-Key")
    call.httpBody = Data(form.utf8)
    let (body, response) = try await client.data(for: call)
    return Answer(
      status: (response as? HTTPURLResponse)?.statusCode ?? 0,
      body: String(decoding: body, as: UTF8.self))
  }
}
