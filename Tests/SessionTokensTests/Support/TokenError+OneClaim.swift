// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension TokenError {
  /// The error of a token in which exactly one claim is wrong.
  static func oneClaim(_ claim: String, _ problem: ClaimFailure.Problem) -> TokenError {
    .invalidClaims([ClaimFailure(claim: claim, problem: problem)])
  }
}
