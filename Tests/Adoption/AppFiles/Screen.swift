// SPDX-License-Identifier: Apache-2.0

import SessionTokens

/// What the app shows.
enum Screen: Sendable, Equatable {
  /// At launch, as long as nothing is known.
  case loading
  /// The app; offline, with what is cached and with what to say about it.
  case app(offline: SessionRestoration.Suspension?)
  case signIn(SessionRestoration.SignInReason)

  /// The screen of a state, after another screen.
  ///
  /// The app stays on screen while tokens are renewed.
  static func of(
    _ state: SessionRestoration.State, after shown: Screen
  ) -> Screen {
    switch (state, shown) {
    case (.active, _), (.refreshing, .app): .app(offline: nil)
    case (.suspended(let suspension), _): .app(offline: suspension)
    case (.signedOut(let reason), _): .signIn(reason)
    case (.starting, _), (.storeLocked, _), (.refreshing, _): .loading
    @unknown default: shown
    }
  }
}

/// What the app has stored of the user's, and for which session.
@MainActor protocol Cache: AnyObject {
  var sessionName: String? { get set }
  func removeAll()
}

/// Follows the session for as long as the app runs.
@MainActor func follow(
  _ session: AppSession, cache: any Cache, show: (Screen) -> Void,
  querySubscription: @escaping @MainActor () async -> Void
) async {
  var shown = Screen.loading
  for await update in session.updates {
    switch update {
    case .sessionInUse(let name):
      // Another user, perhaps, who signed in through another process.
      if cache.sessionName != name { cache.removeAll() }
      cache.sessionName = name
    case .stateChanged(let state):
      let next = Screen.of(state, after: shown)
      if next != shown { show(next) }
      shown = next
      if state == .active { Task { await querySubscription() } }
    case .accessRenewed: Task { await querySubscription() }
    default: break
    }
  }
}
