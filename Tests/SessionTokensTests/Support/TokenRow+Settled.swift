// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

extension TokenRow {
  /// How the design refuses rows that the RFCs leave open; the others it accepts.
  static let refusedThoughOpen: [String: TokenError] = [
    // A fraction of `exp` is rounded down.
    "control/exp-half-second": invalid("exp", .expired(ago: .zero)),
    // Dates end with the year 9999.
    "peer-tink/exp_y10000": invalid("exp", .malformed),
    "peer-tink/exp_1e30": invalid("exp", .malformed),
    "peer-tink/java_iat_1e30": invalid("iat", .malformed),
    // An empty audience isn't an absent one.
    "peer-tink/aud_empty_unchecked": invalid("aud", .malformed),
    // A number beyond the range of doubles is malformed.
    "peer-tink/java_over_double": .malformed(.json),
    // A key with an ID is never a fallback for tokens without a kid.
    "peer-tink/java_kid_absent": .unknownKey,
    // `b64` is refused with `crit` and without.
    "peer-jose/b64_false_no_crit": .unsupportedHeader("b64"),
  ]

  private static func invalid(_ claim: String, _ problem: ClaimFailure.Problem) -> TokenError {
    .invalidClaims([ClaimFailure(claim: claim, problem: problem)])
  }
}
