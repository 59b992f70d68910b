// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

@testable import App

extension AdoptionTests {
  /// The app's actor without HTTP and without a file.
  @Suite struct InMemoryTests {
    private let clock = TestClock()
    private let keychain = MemoryKeychain()
    private let server: MemoryServer

    init() throws { server = try MemoryServer(clock: clock.wallClock) }

    private func launch() async throws -> AppSession {
      let session = try AppSession(
        transport: server, keychain: keychain, clock: clock.wallClock)
      await session.tell(.launched)
      return session
    }

    @Test func `a session resumes after a month`() async throws {
      let first = try await launch()
      await first.tell(.signedIn(server.tokens))
      await first.finishStoreWork()

      clock.advance(by: .seconds(30 * 86_400))
      let session = try await launch()
      let accessToken = try await session.authorized { (200, $0) }.body
      #expect(accessToken != server.tokens.accessToken)
      #expect(await server.refreshCount == 1)
    }

    @Test func `after a sign-out the stored token is refused`() async throws {
      let session = try await launch()
      await session.tell(.signedIn(server.tokens))
      await session.finishStoreWork()
      let stored = await keychain.read()
      await session.tell(.signedOutByUser)
      await session.finishStoreWork()
      #expect(await keychain.read() == .empty)

      guard case .found(let copy) = stored else {
        Issue.record("\(stored)")
        return
      }
      _ = await keychain.write(copy.bytes)
      clock.advance(by: .seconds(30 * 86_400))
      let other = try await launch()
      await #expect(throws: SignInNeeded.self) {
        try await other.authorized { (200, $0) }
      }
    }
  }
}
