import Foundation
import SessionTokens
import Testing

@testable import API
@testable import App

/// The app on one device: a session, and the file that outlives it.
struct Phone: Sendable {
  let session: AppSession
  let transport: HTTPTransport
  let keychain: FileKeychain
  let clock: TestClock

  init(
    transport: HTTPTransport, keychain: FileKeychain, clock: TestClock, session: AppSession? = nil
  ) async {
    self.transport = transport
    self.keychain = keychain
    self.clock = clock
    self.session =
      session ?? AppSession(transport: transport, keychain: keychain, clock: clock.wallClock)
    await self.session.launch()
  }

  /// The app as it starts anew: all that is left is the file.
  func relaunched() async -> Phone {
    await Phone(transport: transport, keychain: keychain, clock: clock)
  }

  /// Another device, on which somebody has put a copy of this one's file.
  func copied() async throws -> Phone {
    let copy = keychain.file.appendingPathExtension("copy")
    try FileManager.default.copyItem(at: keychain.file, to: copy)
    return await Phone(
      transport: transport, keychain: FileKeychain(file: copy), clock: clock)
  }

  func signIn(as user: String = "amelie", password: String = "correct-horse") async throws {
    await session.signedIn(try await transport.signIn(user: user, password: password))
  }

  func subscription() async throws -> Subscription {
    let (status, body) = try await get("subscription")
    #expect(status == 200)
    return try JSONDecoder().decode(Subscription.self, from: body)
  }

  /// Why the app shows the sign-in screen, if it does.
  func signInReason() async throws -> SessionRestoration.SignInReason? {
    do {
      _ = try await get("subscription")
      return nil
    } catch let error as SignInNeeded {
      return error.reason
    }
  }

  var refreshToken: String? {
    if case .found(let stored) = keychain.read() { stored.refreshToken } else { nil }
  }

  private func get(_ path: String) async throws -> (status: Int, body: Data) {
    try await session.authorized { [transport] in
      try await transport.get(path, accessToken: $0)
    }
  }
}
