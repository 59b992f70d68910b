import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One request to a refresh endpoint, as any client may send it.
struct RefreshCall: Sendable {
  struct Answer: Sendable, Hashable {
    let status: Int
    let body: String

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
    var call = URLRequest(url: server.appending(path: "token"))
    call.httpMethod = "POST"
    call.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    call.setValue(idempotencyKey, forHTTPHeaderField: "Idempotency-Key")
    call.httpBody = Data("grant_type=refresh_token&refresh_token=\(refreshToken)".utf8)
    let (body, response) = try await Self.client.data(for: call)
    return Answer(
      status: (response as? HTTPURLResponse)?.statusCode ?? 0,
      body: String(decoding: body, as: UTF8.self))
  }
}
