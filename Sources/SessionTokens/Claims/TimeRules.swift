// SPDX-License-Identifier: Apache-2.0

// The time rules of RFC 7519 §4.1.4 – §4.1.6. Every interval is half-open.
//
//   expired       now >= exp + leeway
//   too early     now <  nbf - leeway
//   issued ahead  iat >  now + issuedAtLeeway

/// The rules by which a token's dates make it invalid.
struct TimeRules: Sendable {
  private let leeway: Duration
  private let issuedAtLeeway: Duration?

  init(leeway: Duration, issuedAtLeeway: Duration?) throws(ConfigurationError) {
    self.leeway = try leeway.validated(named: "leeway", in: 0...600)
    self.issuedAtLeeway = try issuedAtLeeway?.validated(named: "issuedAtLeeway", in: 0...600)
  }

  /// Records a failure in `reader` for each date that breaks a rule.
  func check(
    expiresAt: NumericDate?, notBefore: NumericDate?, issuedAt: NumericDate?, at now: NumericDate,
    _ reader: inout MemberReader
  ) {
    if let expiresAt, now - expiresAt >= leeway {
      reader.fail(ClaimName.expiresAt.rawValue, .expired(ago: now - expiresAt))
    }
    if let notBefore, notBefore - now > leeway {
      reader.fail(ClaimName.notBefore.rawValue, .notYetValid(in: notBefore - now))
    }
    if let issuedAt, let issuedAtLeeway, issuedAt - now > issuedAtLeeway {
      reader.fail(ClaimName.issuedAt.rawValue, .issuedInFuture(by: issuedAt - now))
    }
  }
}
