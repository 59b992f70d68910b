// SPDX-License-Identifier: Apache-2.0

import SessionTokens
import Testing

/// The rules of a policy, each at its boundary.
@Suite struct RotationPolicyTests {
  /// The arguments of a policy in seconds.
  struct Numbers: Sendable {
    var access: Int64 = 900
    var refresh: Int64 = 86_400
    var idle: Int64?
    var grace: Int64 = 120
    var skew: Int64 = 30

    func policy() throws(ConfigurationError) -> RotationPolicy {
      try RotationPolicy(
        accessTTL: .seconds(access), refreshTTL: .seconds(refresh),
        idleTTL: idle.map { .seconds($0) }, retryGrace: .seconds(grace), clockSkew: .seconds(skew))
    }
  }

  static let century: Int64 = 3_155_760_000

  @Test(arguments: [
    Numbers(access: 1, grace: 0),
    Numbers(access: 86_400),
    Numbers(access: century, refresh: century),
    Numbers(refresh: century),
    Numbers(access: 900, refresh: 900),
    Numbers(idle: 901),
    Numbers(idle: 86_400),
    Numbers(access: 900, refresh: 901, idle: 901),
    Numbers(grace: 0),
    Numbers(grace: 899),
    Numbers(skew: 0),
    Numbers(skew: 600),
  ])
  func `numbers inside the rules and at their ends are accepted as they are`(
    _ numbers: Numbers
  ) throws {
    let policy = try numbers.policy()
    #expect(policy.accessTTL == .seconds(numbers.access))
    #expect(policy.refreshTTL == .seconds(numbers.refresh))
    #expect(policy.idleTTL == numbers.idle.map { .seconds($0) })
    #expect(policy.retryGrace == .seconds(numbers.grace))
    #expect(policy.clockSkew == .seconds(numbers.skew))
  }

  @Test(arguments: [
    (Numbers(access: 0, grace: 0), "accessTTL", "0 < accessTTL <= refreshTTL"),
    (Numbers(access: -1, grace: 0), "accessTTL", "0 < accessTTL <= refreshTTL"),
    (Numbers(access: 86_401), "accessTTL", "0 < accessTTL <= refreshTTL"),
    (Numbers(refresh: -1), "accessTTL", "0 < accessTTL <= refreshTTL"),
    (Numbers(refresh: century + 1), "refreshTTL", "refreshTTL <= 100 years"),
    (Numbers(idle: 900), "idleTTL", "accessTTL < idleTTL <= refreshTTL"),
    (Numbers(access: 900, refresh: 900, idle: 900), "idleTTL", "accessTTL < idleTTL <= refreshTTL"),
    (Numbers(idle: 899), "idleTTL", "accessTTL < idleTTL <= refreshTTL"),
    (Numbers(idle: 86_401), "idleTTL", "accessTTL < idleTTL <= refreshTTL"),
    (Numbers(idle: 0), "idleTTL", "accessTTL < idleTTL <= refreshTTL"),
    (Numbers(grace: -1), "retryGrace", "0 <= retryGrace < accessTTL"),
    (Numbers(grace: 900), "retryGrace", "0 <= retryGrace < accessTTL"),
    (Numbers(access: 120), "retryGrace", "0 <= retryGrace < accessTTL"),
    (Numbers(skew: -1), "clockSkew", "0 … 600 s"),
    (Numbers(skew: 601), "clockSkew", "0 … 600 s"),
  ])
  func `a number one second outside its rule is refused by that rule`(
    _ numbers: Numbers, _ name: String, _ rule: String
  ) {
    #expect(throws: ConfigurationError.outOfRange(name, rule)) { try numbers.policy() }
  }

  /// The extremes of a `Duration`: sums and conversions must not trap.
  @Test(arguments: [
    (Numbers(access: .max, refresh: .max), "refreshTTL"),
    (Numbers(access: .max), "accessTTL"),
    (Numbers(access: .min), "accessTTL"),
    (Numbers(refresh: .max), "refreshTTL"),
    (Numbers(refresh: .min), "accessTTL"),
    (Numbers(idle: .max), "idleTTL"),
    (Numbers(idle: .min), "idleTTL"),
    (Numbers(grace: .max), "retryGrace"),
    (Numbers(grace: .min), "retryGrace"),
    (Numbers(skew: .max), "clockSkew"),
    (Numbers(skew: .min), "clockSkew"),
  ])
  func `the largest numbers are refused and do not trap`(_ numbers: Numbers, _ name: String) {
    #expect { try numbers.policy() } throws: { error in
      if case ConfigurationError.outOfRange(name, _) = error { true } else { false }
    }
  }

  @Test func `durations beyond 64 bits of seconds are refused and do not trap`() {
    let huge = Duration.seconds(Int64.max) + .seconds(Int64.max)
    #expect(throws: ConfigurationError.outOfRange("refreshTTL", "refreshTTL <= 100 years")) {
      try RotationPolicy(accessTTL: .seconds(900), refreshTTL: huge)
    }
    let tiny = Duration.seconds(Int64.min) + .seconds(Int64.min)
    #expect(throws: ConfigurationError.outOfRange("accessTTL", "0 < accessTTL <= refreshTTL")) {
      try RotationPolicy(accessTTL: tiny, refreshTTL: huge)
    }
  }

  @Test(arguments: [Duration.nanoseconds(1), .milliseconds(-1), .milliseconds(500)])
  func `a fraction of a second is refused wherever it is`(_ fraction: Duration) {
    let (access, refresh) = (Duration.seconds(900), Duration.seconds(86_400))
    #expect(throws: ConfigurationError.notWholeSeconds("accessTTL")) {
      try RotationPolicy(accessTTL: access + fraction, refreshTTL: refresh)
    }
    #expect(throws: ConfigurationError.notWholeSeconds("refreshTTL")) {
      try RotationPolicy(accessTTL: access, refreshTTL: refresh + fraction)
    }
    #expect(throws: ConfigurationError.notWholeSeconds("idleTTL")) {
      try RotationPolicy(accessTTL: access, refreshTTL: refresh, idleTTL: access + fraction)
    }
    #expect(throws: ConfigurationError.notWholeSeconds("retryGrace")) {
      try RotationPolicy(accessTTL: access, refreshTTL: refresh, retryGrace: fraction)
    }
    #expect(throws: ConfigurationError.notWholeSeconds("clockSkew")) {
      try RotationPolicy(accessTTL: access, refreshTTL: refresh, clockSkew: fraction)
    }
  }

  @Test func `a fraction is reported before any rule`() {
    #expect(throws: ConfigurationError.notWholeSeconds("clockSkew")) {
      try RotationPolicy(
        accessTTL: .zero, refreshTTL: .zero, clockSkew: .seconds(601) + .nanoseconds(1))
    }
  }

  @Test func `the default is no idle end, and 30 s of skew`() throws {
    let policy = try RotationPolicy(accessTTL: .seconds(900), refreshTTL: .seconds(900))
    #expect(policy.idleTTL == nil)
    #expect(policy.clockSkew == .seconds(30))
  }

  @Test(
    arguments: [
      (1, 0), (2, 1), (3, 1), (5, 2), (60, 30), (120, 60), (121, 60), (238, 119), (239, 119),
      (240, 120), (241, 120), (242, 120), (900, 120), (century, 120),
    ] as [(Int64, Int64)])
  func `the default grace is 120 s, or half of a short access token's life`(
    _ access: Int64, _ grace: Int64
  ) throws {
    let (access, century) = (Duration.seconds(access), Duration.seconds(Self.century))
    let policy = try RotationPolicy(accessTTL: access, refreshTTL: century)
    #expect(policy.retryGrace == .seconds(grace))
    #expect(
      try policy
        == RotationPolicy(
          accessTTL: access, refreshTTL: century, retryGrace: .seconds(grace)))
  }

  @Test(arguments: [Int64.min, -1, 0])
  func `a default grace hides no other fault`(_ access: Int64) {
    #expect(throws: ConfigurationError.outOfRange("accessTTL", "0 < accessTTL <= refreshTTL")) {
      try RotationPolicy(accessTTL: .seconds(access), refreshTTL: .seconds(900))
    }
  }
}
