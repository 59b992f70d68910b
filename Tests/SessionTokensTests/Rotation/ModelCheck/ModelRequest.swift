// SPDX-License-Identifier: Apache-2.0

/// The sender of a request.
enum ModelSender: Hashable {
  /// A process of the honest app; all share one store.
  case app(Int)
  /// Somebody with a copy of the store.
  case thief
  /// Somebody with the leaked signing key, or with another session's token.
  case stranger
  /// The user, or somebody else, ends the session.
  case ending
}

/// A request to a server: to refresh with a token and perhaps a key, or to end the session.
struct ModelRequest: Hashable {
  let sender: ModelSender
  /// The number of the token, 0 for the end of the session.
  let token: Int
  /// The number of the key, 0 for none.
  let key: Int
}
