// SPDX-License-Identifier: Apache-2.0

@testable public import SessionTokens

// Explorations keep the values that they have reached in sets; the package itself never does.

extension SessionRecord: Hashable {
  /// Hashes the properties that tell one value from another in an exploration.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(version)
    hasher.combine(generation)
  }
}

extension TokenPair: Hashable {
  /// Hashes the properties that tell one value from another in an exploration.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(refreshToken)
  }
}
