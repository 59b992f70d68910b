// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

/// The parts of the app's session, put together once.
@MainActor struct AppModel {
  let transport: HTTPTransport
  let session: AppSession

  init() throws {
    // CHANGE: your log.
    let report: Report = { print("session:", $0) }
    transport = HTTPTransport(
      // CHANGE: your servers.
      signInServer: url("https://id.example.com"),
      api: url("https://api.example.com"), report: report)
    // CHANGE: with extensions, the container of the app group instead.
    let container = try FileManager.default.url(
      for: .applicationSupportDirectory, in: .userDomainMask,
      appropriateFor: nil, create: true)
    let item = KeychainItem(
      // CHANGE: your app's name, and with extensions the keychain group.
      service: "com.example.app", accessGroup: nil,
      report: { problem in
        report(problem)
        assertionFailure(problem)
      })
    session = try AppSession(
      transport: transport,
      keychain: ReinstallGuard(
        item: item, mark: container.appending(path: "installation"),
        report: report),
      // CHANGE: with extensions, FileLock(path: container.path + "/lock").
      lock: nil)
  }

  /// Signs in, and says what to tell the user if that failed.
  func signIn(user: String, password: String) async -> String? {
    switch await transport.signIn(user: user, password: password) {
    case .tokens(let tokens):
      await session.tell(.signedIn(tokens))
      return nil
    case .wrongCredentials: return "The name or the password is wrong."
    case .tryAgainLater: return "The server can't be reached. Try again later."
    }
  }
}

/// What the app has stored of the user's data.
@MainActor final class AppCache: Cache {
  // CHANGE: keep the name in the same storage as the data.
  var sessionName: String? {
    get { UserDefaults.standard.string(forKey: "sessionName") }
    set { UserDefaults.standard.set(newValue, forKey: "sessionName") }
  }

  // CHANGE: remove everything that belongs to the user.
  func removeAll() {}
}

extension SessionRestoration.Suspension.Cause {
  /// What to tell the user about it.
  var text: String {
    switch self {
    case .unreachable: "No connection"
    case .server: "The server is not available"
    case .store: "Waiting for the keychain"
    @unknown default: "Offline"
    }
  }
}

private func url(_ text: StaticString) -> URL {
  guard let url = URL(string: "\(text)") else {
    preconditionFailure("not a URL: \(text)")
  }
  return url
}
