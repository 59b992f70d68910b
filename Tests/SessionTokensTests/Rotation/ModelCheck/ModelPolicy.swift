// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The numbers of the modeled sessions, in seconds: as small as the policy's rules and a clear
/// distance between its boundaries allow.
enum ModelPolicy {
  static let accessTTL: Int64 = 6
  static let refreshTTL: Int64 = 50
  static let idleTTL: Int64 = 20
  static let retryGrace: Int64 = 4
  static let clockSkew: Int64 = 2

  /// The maximum number of generations by which a copy of a request may be late (P6).
  static let longestDelay: Int64 = 4

  /// Second 0 of a model's time.
  private static let start: Int64 = 1_700_000_000

  static func date(_ second: Int64) -> NumericDate {
    NumericDate(clamping: start + second)
  }

  static func second(_ date: NumericDate) -> Int64 {
    date.secondsSinceEpoch - start
  }

  static func policy() throws -> RotationPolicy {
    try RotationPolicy(
      accessTTL: .seconds(accessTTL), refreshTTL: .seconds(refreshTTL), idleTTL: .seconds(idleTTL),
      retryGrace: .seconds(retryGrace), clockSkew: .seconds(clockSkew))
  }
}
