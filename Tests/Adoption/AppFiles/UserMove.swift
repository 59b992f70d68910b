// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// Where the app's earlier version kept its token.
protocol OldToken: Sendable {
  @concurrent func read() async -> OldTokenReading
  @concurrent func erase() async
}

nonisolated enum OldTokenReading: Sendable, Equatable {
  case locked, empty, found(String)
}

/// Moves a user over whom the app's earlier version had signed in.
nonisolated struct UserMove: Sendable {
  let session: AppSession
  let transport: HTTPTransport
  let oldToken: any OldToken
  /// Waits; it may return early when connectivity is back.
  var sleep: @Sendable (Duration) async throws -> Void = {
    try await Task.sleep(for: $0)
  }

  /// Returns when the new tokens came, when the user has to sign in, or when
  /// there is nobody to move.
  ///
  /// Run it after `launched`, in the app and not in its extensions. While it
  /// runs, show loading where the state is `signedOut(.neverSignedIn)`, and
  /// after some time offer to sign in: cancel it when the user does.
  ///
  /// - Throws: `CancellationError`, and what `sleep` throws.
  @concurrent func run() async throws {
    var pause = Duration.seconds(2)
    while true {
      var retryAfter = Duration.zero
      switch (await session.readStore(), await oldToken.read()) {
      case (_, .empty), (.corrupt, _): return
      case (.found, .found): return await oldToken.erase()
      case (.locked, _), (_, .locked): break
      case (.empty, .found(let token)):
        switch await transport.exchange(token) {
        case .tokens(let response):
          await session.tell(.signedIn(response))
          return await eraseIfSaved()
        case .refused: return
        case .unavailable(let delay?, _): retryAfter = delay
        case .unavailable, .unreachable: break
        @unknown default: break
        }
      }
      let backoff = pause * Double.random(in: 0.5...1)
      try await sleep(max(backoff, min(retryAfter, .seconds(900))))
      pause = min(pause * 2, .seconds(300))
    }
  }

  /// Erases the old token once the new ones are in the store; else the next
  /// launch does.
  @concurrent private func eraseIfSaved() async {
    if case .found = await session.readStore() { await oldToken.erase() }
  }
}

extension HTTPTransport {
  /// Asks for a session in exchange for a token of the earlier version.
  @concurrent func exchange(_ oldToken: String) async -> RefreshAnswer {
    await answer(to: form("exchange", ["token": oldToken]))
  }
}
