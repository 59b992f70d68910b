// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// The app's HTTP client: both servers, over `URLSession`.
struct HTTPTransport: Transport {
  private let signInServer: URL
  private let apiServer: URL
  private let client: URLSession

  init(signInServer: URL, apiServer: URL) {
    self.signInServer = signInServer
    self.apiServer = apiServer
    let configuration = URLSessionConfiguration.ephemeral
    // The `requestTimeout` of `SessionRestoration.Configuration`, for the whole of a request.
    configuration.timeoutIntervalForRequest = 60
    configuration.timeoutIntervalForResource = 60
    client = URLSession(
      configuration: configuration, delegate: RedirectRefusal(), delegateQueue: nil)
  }

  func signIn(user: String, password: String) async throws -> TokenResponse {
    var request = URLRequest(url: signInServer.appending(path: "sign-in"))
    request.httpMethod = "POST"
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.httpBody = try JSONEncoder().encode(["user": user, "password": password])
    let (status, body) = try await send(request)
    guard status == 200 else { throw SignInRefused(status: status) }
    return try TokenResponse(parsing: body)
  }

  @concurrent func refresh(_ request: SessionRestoration.RefreshRequest) async -> RefreshAnswer {
    var call = form("token", "grant_type=refresh_token&refresh_token=\(request.refreshToken)")
    call.setValue(request.idempotencyKey, forHTTPHeaderField: "Idempotency-Key")
    return await answer(to: call)
  }

  /// Asks for a session in exchange for a token of the app's earlier version.
  @concurrent func exchange(_ oldToken: String) async -> RefreshAnswer {
    await answer(to: form("exchange", "token=\(oldToken)"))
  }

  private func answer(to call: URLRequest) async -> RefreshAnswer {
    guard let (body, response) = try? await client.data(for: call),
      let response = response as? HTTPURLResponse
    else { return .unreachable }
    return RefreshAnswer(
      status: response.statusCode, retryAfter: response.value(forHTTPHeaderField: "Retry-After"),
      date: response.value(forHTTPHeaderField: "Date"), body: body)
  }

  /// Tries three times: the session lives on at the server until the request gets there.
  @concurrent func revoke(refreshToken: String) async {
    var status: Int?
    for pause in [0, 2, 10] {
      try? await Task.sleep(for: .seconds(pause))
      status = try? await send(form("revoke", "token=\(refreshToken)")).status
      if status == 200 { return }
    }
    print("A sign-out did not reach the server: \(status ?? 0)")
  }

  func signOutEverywhere(accessToken: String) async throws -> Int {
    var request = form("sign-out-everywhere", "")
    request.setValue("Bearer \(accessToken)", forHTTPHeaderField: "Authorization")
    return try await send(request).status
  }

  /// A request to the API, to be sent by `AppSession.authorized`.
  func get(_ path: String, accessToken: String) async throws -> (status: Int, body: Data) {
    var request = URLRequest(url: apiServer.appending(path: path))
    request.setValue("Bearer \(accessToken)", forHTTPHeaderField: "Authorization")
    return try await send(request)
  }

  /// A form; the characters of a JWT stand in it as they are.
  private func form(_ path: String, _ body: String) -> URLRequest {
    var request = URLRequest(url: signInServer.appending(path: path))
    request.httpMethod = "POST"
    request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    request.httpBody = Data(body.utf8)
    return request
  }

  private func send(_ request: URLRequest) async throws -> (status: Int, body: Data) {
    let (body, response) = try await client.data(for: request)
    guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
    return (response.statusCode, body)
  }
}
