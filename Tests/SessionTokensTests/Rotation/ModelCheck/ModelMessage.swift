// SPDX-License-Identifier: Apache-2.0

/// What is on its way.
enum ModelMessage: Hashable {
  /// The number of a request.
  case request(Int)
  /// New tokens for a process that presented a token.
  case answer(app: Int, presented: Int, pair: Int)
  /// "No, for good", for a process that presented a token. "Not now" is not sent: a client that hears
  /// nothing and goes on trying is the harder one.
  case refusal(app: Int, presented: Int, ModelRefusal)
}
