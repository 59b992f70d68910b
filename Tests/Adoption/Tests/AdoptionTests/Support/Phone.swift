// SPDX-License-Identifier: Apache-2.0

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
  let lock: FileLock?

  init(
    transport: HTTPTransport, keychain: FileKeychain, clock: TestClock, lock: FileLock? = nil,
    session: AppSession? = nil
  ) async throws {
    self.transport = transport
    self.keychain = keychain
    self.clock = clock
    self.lock = lock
    self.session =
      try session
      ?? AppSession(
        transport: transport, keychain: keychain, lock: lock, clock: clock.wallClock)
    await tell(.launched)
  }

  /// The app as it starts again, or another process of it: only the file is left.
  func relaunched() async throws -> Phone {
    try await Phone(transport: transport, keychain: keychain, clock: clock, lock: lock)
  }

  /// Passes an event to the session, and waits for the store work that follows at once.
  func tell(_ event: SessionRestoration.Event) async {
    await session.tell(event)
    await session.finishStoreWork()
  }

  /// Another device, with a copy of this one's file.
  func copied() async throws -> Phone {
    let copy = keychain.file.appendingPathExtension("copy")
    try FileManager.default.copyItem(at: keychain.file, to: copy)
    return try await Phone(
      transport: transport, keychain: FileKeychain(file: copy), clock: clock)
  }

  func signIn(as user: String = "amelie", password: String = "correct-horse") async throws {
    await tell(.signedIn(try await transport.tokens(user: user, password: password)))
  }

  func subscription() async throws -> Subscription {
    let (status, body) = try await get("subscription")
    #expect(status == 200)
    return try JSONDecoder().decode(Subscription.self, from: body)
  }

  /// The reason for which the app shows the sign-in screen, if it does.
  func signInReason() async throws -> SessionRestoration.SignInReason? {
    do {
      _ = try await get("subscription")
      return nil
    } catch let error as SignInNeeded {
      return error.reason
    }
  }

  var refreshToken: String? {
    guard let bytes = try? Data(contentsOf: keychain.file),
      let members = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any]
    else { return nil }
    return members["refresh_token"] as? String
  }

  private func get(_ path: String) async throws -> (status: Int, body: Data) {
    try await session.authorized { [transport] in
      try await transport.get(path, accessToken: $0)
    }
  }
}
