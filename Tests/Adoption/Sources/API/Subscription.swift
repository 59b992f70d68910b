// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// The user's subscription, which the app asks for whenever it has a new access token.
struct Subscription: ResponseCodable, Equatable {
  let subject: String
  let plan: String
}
