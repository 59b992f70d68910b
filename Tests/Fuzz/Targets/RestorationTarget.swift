@testable import SessionTokens

/// The input as a configuration, a store, and events at any moment.
func fuzzRestoration(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let configuration = fixture {
    try SessionRestoration.Configuration(
      margin: .seconds(input.short() % 3_601), requestTimeout: .seconds(1 + input.short() % 600),
      longestBackoff: .seconds(1 + input.short() % 300))
  }
  var app = FuzzedApp(configuration, isHostile: input.choice(4) == 0)
  while !input.isEmpty { app.step(&input) }
}

extension FuzzInput {
  /// Tokens out of a few, with lifetimes near each other or out of all reason.
  mutating func response() -> TokenResponse {
    fixture {
      try TokenResponse(
        accessToken: "access-\(choice(8))", expiresIn: lifetime(),
        refreshToken: choice(8) == 0 ? nil : "refresh-\(choice(8))",
        refreshTokenExpiresIn: flag() ? lifetime() : nil)
    }
  }

  mutating func storedSession(at now: NumericDate) -> StoredSession {
    var generator = SeededGenerator(seed: UInt64(byte()))
    return StoredSession(response(), at: date(near: now), using: &generator)
  }

  mutating func answer() -> RefreshAnswer {
    switch choice(7) {
    case 0: .unavailable(retryAfter: nil, code: nil)
    case 6: .unreachable
    case 1: .unavailable(retryAfter: .seconds(integer(near: 60)), code: nil)
    case 2: .refused(.reuseDetected)
    case 3: .refused(Refusal.Code(rawValue: pick(["unknown_key", "clock_skew", "of_tomorrow"])))
    default: .tokens(response())
    }
  }

  private mutating func lifetime() -> Duration {
    NumericDate(clamping: integer(near: 120)) - .minimum
  }
}
