// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// What the app has stored of the user's data, and of which session it is.
@MainActor protocol Cache: AnyObject {
  var sessionName: String? { get set }
  func removeAll()
}

/// Follows the session, and keeps the data of one user apart from another's.
@MainActor final class SessionFollower {
  private let session: AppSession
  private let cache: any Cache
  private var screen = Screen.loading
  /// The session that was in use last.
  private var name: String?
  private var isInUse = false

  init(session: AppSession, cache: any Cache) {
    self.session = session
    self.cache = cache
  }

  /// Follows the session for as long as the app runs.
  ///
  /// `query` asks for what depends on the access token, such as the
  /// subscription.
  func run(
    show: (Screen) -> Void, query: @escaping @MainActor () async -> Void
  ) async {
    for await effects in session.updates {
      for effect in effects {
        switch effect {
        case .sessionInUse(let name): begin(name)
        case .stateChanged(.signedOut(let reason)):
          end()
          shows(.signIn(reason), show)
        case .stateChanged(let state):
          // If the session from before the sign-in screen is back, no
          // `sessionInUse` precedes this.
          isInUse = name != nil
          shows(.of(state, after: screen), show)
        default: break
        }
      }
      // One query for both.
      if effects.contains(.accessRenewed)
        || effects.contains(.stateChanged(.active))
      {
        Task { await query() }
      }
    }
  }

  /// Asks for data of the user in a session, and stores the answer only if
  /// that session is still in use.
  func fetch<Value>(
    _ request: @MainActor () async throws -> Value?, store: (Value) -> Void
  ) async rethrows {
    let asked = name
    guard isInUse, let value = try await request() else { return }
    // Another process may have put another session's data into the cache.
    guard isInUse, name == asked, cache.sessionName == asked else { return }
    store(value)
  }

  private func begin(_ next: String) {
    if cache.sessionName != next { cache.removeAll() }
    cache.sessionName = next
    name = next
    isInUse = true
  }

  private func end() {
    isInUse = false
    if cache.sessionName == name { cache.removeAll() }
  }

  private func shows(_ next: Screen, _ show: (Screen) -> Void) {
    if next != screen { show(next) }
    screen = next
  }
}
