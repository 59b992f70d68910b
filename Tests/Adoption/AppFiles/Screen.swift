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
