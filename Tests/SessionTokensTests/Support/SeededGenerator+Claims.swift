// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension SeededGenerator {
  /// Claims that are valid at second 1,000, each present or absent.
  mutating func claims() throws -> Claims {
    Claims(
      issuer: maybe { $0.string() }, subject: maybe { $0.string() },
      audience: (0..<below(4)).map { _ in string() },
      expiresAt: maybe { NumericDate(clamping: 1_001 + Int64($0.below(1_000_000_000))) },
      notBefore: maybe { NumericDate(clamping: Int64($0.below(1_001))) },
      issuedAt: maybe { NumericDate(clamping: Int64($0.below(1_001))) },
      id: maybe { $0.string() }, custom: object(depth: 2))
  }

  private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? {
    Bool.random(using: &self) ? make(&self) : nil
  }
}
