// What `AppSession` needs of the system: an HTTP client on URLSession, and a keychain item.
//
// `swift run HTTPAndKeychain` looks at the requests that would be sent.

import Foundation
import SessionTokens

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

// The protocols of `Snippets/AppSession.swift`: a snippet is one file.

protocol Transport: Sendable {
  func refresh(_ request: SessionRestoration.RefreshRequest) async
    -> RefreshAnswer
  func revoke(refreshToken: String) async
}

protocol Keychain: Sendable {
  func read() -> StoredSession.Reading
  mutating func write(_ bytes: [UInt8]) throws
  mutating func delete() throws
}

// snippet.http

/// Follows no redirect: tokens go to the two servers that the app knows, and
/// nowhere else.
final class RedirectRefusal: NSObject, URLSessionTaskDelegate {
  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}

/// The sign-in server and the API, over HTTPS.
struct HTTPTransport: Transport {
  let signInServer: URL
  let api: URL
  let session: URLSession

  init(signInServer: URL, api: URL) {
    self.signInServer = signInServer
    self.api = api
    let configuration = URLSessionConfiguration.ephemeral
    // The same as `SessionRestoration.Configuration.requestTimeout`.
    configuration.timeoutIntervalForRequest = 60
    session = URLSession(
      configuration: configuration, delegate: RedirectRefusal(),
      delegateQueue: nil)
  }

  func refresh(_ request: SessionRestoration.RefreshRequest) async
    -> RefreshAnswer
  {
    guard
      let (body, response) = try? await session.data(
        for: form(for: request)),
      let response = response as? HTTPURLResponse
    else { return .unreachable }
    return RefreshAnswer(
      status: response.statusCode,
      retryAfter: response.value(forHTTPHeaderField: "Retry-After"),
      date: response.value(forHTTPHeaderField: "Date"), body: body)
  }

  func revoke(refreshToken: String) async {
    let form = form(
      "revoke", ["token": refreshToken, "token_type_hint": "refresh_token"])
    _ = try? await session.data(for: form)
  }

  /// A request to the API, to be sent by `AppSession.authorized`.
  func get(_ path: String, accessToken: String) async throws -> (
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

  /// Tokens are digits of base64url and dots, which a form takes as they are.
  private func form(_ path: String, _ members: KeyValuePairs<String, String>)
    -> URLRequest
  {
    var request = URLRequest(url: signInServer.appendingPathComponent(path))
    request.httpMethod = "POST"
    request.setValue(
      "application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    request.httpBody = Data(
      members.map { "\($0)=\($1)" }.joined(separator: "&").utf8)
    return request
  }
}

// snippet.hide

#if canImport(Security)
  import Security
  // snippet.show

  /// One item of the keychain, readable once the device was unlocked after
  /// its start.
  struct KeychainItem: Keychain {
    let service: String

    func read() -> StoredSession.Reading {
      var found: CFTypeRef?
      let query = query([
        kSecReturnData: true, kSecMatchLimit: kSecMatchLimitOne,
      ])
      switch SecItemCopyMatching(query, &found) {
      case errSecSuccess: return StoredSession.Reading(bytes: found as? Data)
      case errSecItemNotFound: return .empty
      default: return .locked
      }
    }

    /// Updates the item, or adds it where there is none: it is never deleted
    /// first.
    mutating func write(_ bytes: [UInt8]) throws {
      let content: [CFString: Any] = [
        kSecValueData: Data(bytes),
        kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
      ]
      var status = SecItemUpdate(query(), content as CFDictionary)
      if status == errSecItemNotFound {
        status = SecItemAdd(query(content), nil)
      }
      guard status == errSecSuccess else { throw KeychainError(status: status) }
    }

    mutating func delete() throws {
      let status = SecItemDelete(query())
      guard status == errSecSuccess || status == errSecItemNotFound else {
        throw KeychainError(status: status)
      }
    }

    private func query(_ more: [CFString: Any] = [:]) -> CFDictionary {
      let attributes: [CFString: Any] = [
        kSecClass: kSecClassGenericPassword, kSecAttrService: service,
        kSecAttrAccount: "session", kSecUseDataProtectionKeychain: true,
      ]
      return attributes.merging(more) { $1 } as CFDictionary
    }
  }

  struct KeychainError: Error {
    let status: OSStatus
  }
#endif
// snippet.hide

func check(_ what: String, _ isTrue: Bool) {
  print(isTrue ? "as it must be: \(what)" : "WRONG: \(what)")
  precondition(isTrue, what)
}

let transport = HTTPTransport(
  signInServer: URL(fileURLWithPath: "/id"), api: URL(fileURLWithPath: "/api"))

check(
  "no redirect is followed", transport.session.delegate is RedirectRefusal)

let signedInAt = NumericDate(clamping: 1_795_000_000)
let answer =
  #"{"access_token":"a.b.c","token_type":"Bearer","expires_in":900,"refresh_token":"d.e.f"}"#
var machine = SessionRestoration()
_ = machine.handle(.launched, at: signedInAt)
_ = machine.handle(.storeRead(.empty), at: signedInAt)
let saving = machine.handle(
  .signedIn(try TokenResponse(parsing: answer.utf8)), at: signedInAt)
guard case .save(let session, _)? = saving.last else {
  preconditionFailure("nothing to save")
}

var relaunched = SessionRestoration()
_ = relaunched.handle(.launched, at: signedInAt)
let effects = relaunched.handle(
  .storeRead(.found(session)), at: signedInAt + .seconds(86_400))
guard case .send(let request, _)? = effects.last else {
  preconditionFailure("nothing to send")
}
let sent = transport.form(for: request)
check(
  "\(sent.httpMethod ?? "") \(sent.url?.path ?? "")", sent.httpMethod == "POST")
let body = String(decoding: sent.httpBody ?? Data(), as: UTF8.self)
check(body, body == "grant_type=refresh_token&refresh_token=d.e.f")
let key = sent.value(forHTTPHeaderField: "Idempotency-Key")
check(
  "the request carries its key",
  key == request.idempotencyKey && key?.utf8.count == 22)
let type = sent.value(forHTTPHeaderField: "Content-Type")
check(type ?? "no type", type == "application/x-www-form-urlencoded")
