// SPDX-License-Identifier: Apache-2.0

/// A broken promise.
enum Violation: Error, Hashable {
  /// A swap was written against another version than the row had.
  case lostUpdate
  /// A generation was rotated twice, or a version was skipped or used again.
  case fork
  /// A session came back to life after it was ended.
  case resurrection
  /// Two answers for one generation differ.
  case differentReplay
  /// A device that did nothing wrong shows the sign-in screen.
  case honestDeviceSignedOut(reason: String)
  /// A device found no way back to an access token.
  case deadEnd(state: String)
  /// A device was signed out, and its store still holds a session.
  case storeNotErased
  /// A session that was ended issued tokens.
  case tokensAfterSignOut
  /// A thief and the owner both received tokens, and the session continues.
  case theftUnnoticed
  /// An access token that was just issued wasn't accepted.
  case accessRefused
}
