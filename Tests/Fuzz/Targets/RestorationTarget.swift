// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The input as a configuration, a store, and events at any moment.
func fuzzRestoration(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let configuration = fixture {
    try SessionRestoration.Configuration(
      margin: .seconds(input.short() % 3_601), requestTimeout: .seconds(1 + input.short() % 600),
      maximumBackoff: .seconds(1 + input.short() % 300),
      maximumRetryAfter: .seconds(1 + input.short()), sharesStore: input.flag())
  }
  var app = FuzzedApp(configuration)
  while !input.isEmpty { app.step(&input) }
  app.settle()
}

extension FuzzInput {
  /// Tokens out of a few, with lifetimes that are near each other or extreme.
  mutating func response() -> TokenResponse {
    fixture {
      try TokenResponse(
        accessToken: "access-\(choice(8))", expiresIn: lifetime(),
        refreshToken: choice(8) == 0 ? nil : "refresh-\(choice(8))",
        refreshTokenExpiresIn: flag() ? lifetime() : nil)
    }
  }

  mutating func storedSession(at now: NumericDate) -> StoredSession {
    let response = response()
    let name = UInt64(choice(4))
    return StoredSession(
      blob: StoredSession.Blob(
        tokens: response, receivedAt: date(near: now),
        idempotencyKey: Identifier128(high: name, low: UInt64(byte())),
        name: SessionName(bits: name), signedInAt: date(near: now),
        spentBy: choice(8) == 0 ? .superseded : nil))
  }

  mutating func answer() -> RefreshAnswer {
    switch choice(8) {
    case 0: .unreachable
    case 1: .unavailable(retryAfter: .seconds(integer(near: 60)), code: nil)
    case 2: .unavailable(retryAfter: nil, code: .clockSkew)
    case 3: .refused(.reuseDetected)
    case 4:
      .refused(
        pick([.superseded, .retiredKey, .invalidGrant, Refusal.Code(rawValue: "of_tomorrow")]))
    case 5: .refused(.clockSkew)
    default: .tokens(response())
    }
  }

  private mutating func lifetime() -> Duration {
    NumericDate(clamping: integer(near: 120)) - .minimum
  }
}
