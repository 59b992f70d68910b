// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// What has ended, by a definitive refusal.
enum ModelRefusal: Hashable {
  /// This token can never be used again. The session may continue with a newer one.
  case token
  /// The session has ended, for every token of it.
  case session

  /// `nil` for a temporary refusal.
  init?(_ refusal: Refusal) {
    guard refusal.isDefinitive else { return nil }
    self = refusal == .superseded ? .token : .session
  }
}
