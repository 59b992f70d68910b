// SPDX-License-Identifier: Apache-2.0

/// A message in flight.
enum ModelMessage: Hashable {
  /// The number of a request.
  case request(Int)
  /// New tokens for a process that presented a token.
  case answer(app: Int, presented: Int, pair: Int)
  /// A definitive refusal, for a process that presented a token. A temporary one isn't sent: a
  /// client without a response, which keeps trying, is the harder case.
  case refusal(app: Int, presented: Int, ModelRefusal)
}
