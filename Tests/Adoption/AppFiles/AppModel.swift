// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionTokens

/// The parts of the app's session, put together once.
@MainActor struct AppModel {
  let transport: HTTPTransport
  let session: AppSession
  let cache = AppCache()
  let follower: SessionFollower

  /// Tests give a keychain and a clock of their own.
  init(keychain: (any Keychain)? = nil, clock: WallClock = .system) throws {
    // CHANGE: your log.
    let report: Report = { print("session:", $0) }
    transport = HTTPTransport(
      // CHANGE: your servers.
      signInServer: url("https://id.example.com"),
      api: url("https://api.example.com"), report: report)
    // CHANGE: with extensions, now or later, the container of the app group.
    let container = try FileManager.default.url(
      for: .applicationSupportDirectory, in: .userDomainMask,
      appropriateFor: nil, create: true)
    let item = KeychainItem(
      // CHANGE: your app's name; with extensions, now or later, the keychain
      // group.
      service: "com.example.app", accessGroup: nil,
      report: { problem in
        report(problem)
        assertionFailure(problem)
      })
    session = try AppSession(
      transport: transport,
      // CHANGE: to keep users signed in across a reinstall, item alone.
      keychain: keychain
        ?? ReinstallGuard(
          item: item, mark: container.appending(path: "installation"),
          report: report),
      // CHANGE: with extensions, now or later,
      // FileLock(path: container.path + "/lock").
      lock: nil, clock: clock)
    follower = SessionFollower(session: session, cache: cache)
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

  /// Asks what the user has paid for.
  ///
  /// A 403 says: nothing. After any other failure, what was known stays.
  func querySubscription() async {
    try? await follower.fetch {
      let answer = try await session.authorized { [transport] in
        try await transport.get("subscription", accessToken: $0)
      }
      return switch answer.status {
      case 200: answer.body
      case 403: Data()
      default: nil
      }
    } store: {
      cache.subscription = String(decoding: $0, as: UTF8.self)
    }
  }
}

/// What the app has stored of the user's data.
@MainActor final class AppCache: Cache {
  // CHANGE: with extensions, the storage of the app group.
  private let storage = UserDefaults.standard
  /// Shows the subscription, after each change.
  var show: (String) -> Void = { _ in }

  var sessionName: String? {
    get { storage.string(forKey: "sessionName") }
    set { storage.set(newValue, forKey: "sessionName") }
  }

  var subscription: String {
    get { storage.string(forKey: "subscription") ?? "" }
    set {
      storage.set(newValue, forKey: "subscription")
      show(newValue)
    }
  }

  // CHANGE: remove everything that belongs to the user.
  func removeAll() { subscription = "" }
}

extension SessionRestoration.SignInReason {
  /// What to tell the user above the sign-in form, if anything.
  var text: String? {
    switch self {
    case .neverSignedIn, .signedOutByUser: nil
    case .refused(.windowClosed):
      "You haven't signed in for a long time. Please sign in again."
    case .refused(.revoked), .refused(.reuseDetected):
      "Your session was ended. Please sign in again."
    case .refused, .noRefreshToken, .storeCorrupt: "Please sign in again."
    @unknown default: "Please sign in again."
    }
  }
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
