import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

extension Deployment {
  /// How the sign-out endpoint answers to a token, as any client may send it.
  func signOutStatus(_ refreshToken: String) async throws -> Int? {
    var call = URLRequest(url: signInURL.appending(path: "revoke"))
    call.httpMethod = "POST"
    call.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    call.httpBody = Data("token=\(refreshToken)".utf8)
    let (_, response) = try await URLSession.shared.data(for: call)
    return (response as? HTTPURLResponse)?.statusCode
  }
}
