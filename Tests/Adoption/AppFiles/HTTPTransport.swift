// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Writes down what is wrong in the app or its servers: loudly, and for you.
typealias Report = @Sendable (String) -> Void

/// Follows no redirect: tokens go to the two servers that the app knows, and
/// nowhere else.
nonisolated final class RedirectRefusal: NSObject, URLSessionTaskDelegate {
  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}

/// The result of a sign-in request.
nonisolated enum SignInAnswer {
  case tokens(TokenResponse)
  /// 403: no such user, or another password.
  case wrongCredentials
  /// Anything else: the server, or the way to it, has a problem.
  case tryAgainLater
}

/// The sign-in server and the API, over HTTPS.
nonisolated struct HTTPTransport: Transport {
  let signInServer: URL
  let api: URL
  let session: URLSession
  let report: Report

  /// Creates a client whose requests wait `patience` seconds for the next byte.
  ///
  /// CHANGE: the 15 s, if your servers are slower. Three times that stays below
  /// the `requestTimeout` of `SessionRestoration.Configuration` (60 s): after
  /// that the machine takes no answer.
  init(
    signInServer: URL, api: URL, report: @escaping Report,
    patience: TimeInterval = 15
  ) {
    self.signInServer = signInServer
    self.api = api
    self.report = report
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = patience
    // CHANGE: if an answer of your API may take longer to arrive.
    configuration.timeoutIntervalForResource = 3 * patience
    // Nothing that was answered to one user reaches the next.
    configuration.urlCache = nil
    configuration.httpCookieStorage = nil
    session = URLSession(
      configuration: configuration, delegate: RedirectRefusal(),
      delegateQueue: nil)
  }

  /// Signs in with a password; replace the body with what your server takes.
  @concurrent func signIn(user: String, password: String) async
    -> SignInAnswer
  {
    var request = URLRequest(url: signInServer.appendingPathComponent("sign-in"))
    request.httpMethod = "POST"
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    let credentials = ["user": user, "password": password]
    request.httpBody = try? JSONEncoder().encode(credentials)
    guard let (body, response) = try? await session.data(for: request),
      let status = (response as? HTTPURLResponse)?.statusCode
    else { return .tryAgainLater }
    if status == 403 { return .wrongCredentials }
    guard status == 200, let tokens = try? TokenResponse(parsing: body) else {
      return .tryAgainLater
    }
    return .tokens(tokens)
  }

  @concurrent func refresh(_ request: SessionRestoration.RefreshRequest) async
    -> RefreshAnswer
  {
    await answer(to: form(for: request))
  }

  /// Tokens, a refusal, or neither: the answer to a form that asks for tokens.
  @concurrent func answer(to form: URLRequest) async -> RefreshAnswer {
    guard let (body, response) = try? await session.data(for: form),
      let response = response as? HTTPURLResponse
    else {
      // The connection may be dead: the next request opens another.
      session.flush {}
      return .unreachable
    }
    return RefreshAnswer(
      status: response.statusCode,
      retryAfter: response.value(forHTTPHeaderField: "Retry-After"),
      date: response.value(forHTTPHeaderField: "Date"), body: body)
  }

  /// Tries three times: the session lives on at the server until the request
  /// has arrived there.
  ///
  /// Every status but 200 is a failure: a wrong route is reported.
  @concurrent func revoke(refreshToken: String) async {
    let form = form(
      "revoke", ["token": refreshToken, "token_type_hint": "refresh_token"])
    var status: Int?
    for pause in [0, 2, 10] {
      try? await Task.sleep(for: .seconds(pause))
      let response = try? await session.data(for: form).1
      status = (response as? HTTPURLResponse)?.statusCode
      if status == 200 { return }
    }
    let answer = status.map { "status \($0)" } ?? "no response"
    report("The server did not end a session at sign-out: \(answer)")
  }

  /// A request to the API, to be sent by `AppSession.authorized`.
  @concurrent func get(_ path: String, accessToken: String) async throws -> (
    status: Int, body: Data
  ) {
    var request = URLRequest(url: api.appendingPathComponent(path))
    request.setValue(
      "Bearer \(accessToken)", forHTTPHeaderField: "Authorization")
    let (body, response) = try await session.data(for: request)
    guard let response = response as? HTTPURLResponse else {
      throw URLError(.badServerResponse)
    }
    return (response.statusCode, body)
  }

  func form(for request: SessionRestoration.RefreshRequest) -> URLRequest {
    var form = form(
      "token",
      ["grant_type": "refresh_token", "refresh_token": request.refreshToken])
    form.setValue(request.idempotencyKey, forHTTPHeaderField: "Idempotency-Key")
    return form
  }

  func form(_ path: String, _ members: KeyValuePairs<String, String>)
    -> URLRequest
  {
    var request = URLRequest(url: signInServer.appendingPathComponent(path))
    request.httpMethod = "POST"
    request.setValue(
      "application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    request.httpBody = Data(
      members.map { "\($0)=\($1.formEncoded)" }.joined(separator: "&").utf8)
    return request
  }
}

nonisolated extension String {
  /// The value of a form's member: a `+`, which a token of an earlier system
  /// may have, would be read as a space.
  fileprivate var formEncoded: String {
    let unreserved = CharacterSet.alphanumerics.union(["-", ".", "_", "~"])
    return addingPercentEncoding(withAllowedCharacters: unreserved) ?? self
  }
}
