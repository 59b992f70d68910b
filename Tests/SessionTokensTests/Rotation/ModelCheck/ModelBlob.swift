// SPDX-License-Identifier: Apache-2.0

/// An app's stored values: a token and the key of its next request (0 for none), by numbers.
struct ModelBlob: Hashable {
  let token: Int
  let key: Int
  /// True once the token was definitively refused: it is never sent again.
  var isSpent = false
}
