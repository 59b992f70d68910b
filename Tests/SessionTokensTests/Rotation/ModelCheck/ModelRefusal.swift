// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// What a refusal for good says to a client: what has ended.
enum ModelRefusal: Hashable {
  /// This token can never be used again. The session may go on with a newer one.
  case token
  /// The session has ended, for every token of it.
  case session

  /// `nil` for a refusal that is the server's trouble.
  init?(_ refusal: Refusal) {
    guard refusal.isDefinitive else { return nil }
    self = refusal == .superseded ? .token : .session
  }
}
