// SPDX-License-Identifier: Apache-2.0

/// What an app stores: a token and, beside it, the key of its use (0 for none), by numbers.
struct ModelBlob: Hashable {
  let token: Int
  let key: Int
  /// True once the token was refused for good: it is never sent again.
  var isSpent = false
}
