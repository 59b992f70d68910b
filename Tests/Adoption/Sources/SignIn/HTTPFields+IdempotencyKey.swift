// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

extension HTTPFields {
  /// The client's name for one use of one refresh token.
  var idempotencyKey: String? {
    HTTPField.Name("Idempotency-Key").flatMap { self[$0] }
  }
}
