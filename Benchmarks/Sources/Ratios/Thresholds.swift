// SPDX-License-Identifier: Apache-2.0

/// The thresholds that are enforced.
///
/// A number here changes only together with a measurement.
/// Ratios are between two operations of one run and never absolute times. A gate is the bar, or,
/// while the bar is missed, the value reached.
enum Thresholds {
  /// The operation that the others are compared with.
  static let reference = "HMAC, signing input"

  /// The factor by which a ratio may exceed its gate: the noise of a shared machine with two busy
  /// cores.
  static let slack = 1.15

  /// The maximum ratio between the cost of a byte of a 16 KiB input and of a 4 KiB input.
  static let growth = 1.2

  /// The bars of the project, each with the gate that is enforced while the bar is missed.
  static let ratios: [RatioBar] =
    peers + [
      RatioBar(
        "sign over HMAC of the same bytes", "sign", over: reference, .atMost(1.3),
        gatedAt: .atMost(1.39)),
      RatioBar(
        "verify over HMAC of the same bytes", "verify", over: reference, .atMost(1.7),
        gatedAt: .atMost(1.95)),
      RatioBar(
        "verify an access token over HMAC of as many bytes", "verify an access token",
        over: reference, .atMost(1.3), gatedAt: .atMost(1.42)),
      RatioBar(
        "HMAC over C -O3, 340 bytes", "HMAC, 340 bytes", over: "C: HMAC, 340 bytes", .atMost(1.1)),
      RatioBar(
        "HMAC over C -O3, 16 KiB", "HMAC, 16384 bytes", over: "C: HMAC, 16384 bytes", .atMost(1.1)),
      RatioBar(
        "a whole refresh over sign", "a whole refresh", over: "sign", .atMost(3.7),
        gatedAt: .atMost(3.75)),
      RatioBar(
        "read a token response, Foundation over ours", "Foundation: read a token response",
        over: "read a token response", nil, gatedAt: .atLeast(1.5)),
      RatioBar(
        "write a token response, Foundation over ours", "Foundation: write a token response",
        over: "write a token response", nil, gatedAt: .atLeast(4.5)),
    ]

  #if Peers
    /// The bars in comparison with other libraries.
    private static let peers: [RatioBar] = [
      RatioBar("jwt-kit over sign", "jwt-kit: sign", over: "sign", .atLeast(12)),
      RatioBar(
        "jwt-kit over verify", "jwt-kit: verify", over: "verify", .atLeast(9),
        gatedAt: .atLeast(6.3)),
      RatioBar(
        "swift-crypto + Foundation, tuned, over sign", "Foundation, tuned: sign", over: "sign",
        .atLeast(3), gatedAt: .atLeast(2.5)),
      RatioBar(
        "swift-crypto + Foundation, tuned, over verify", "Foundation, tuned: verify",
        over: "verify", .atLeast(4), gatedAt: .atLeast(2.4)),
      RatioBar(
        "swift-crypto + Foundation, usual, over sign", "Foundation, usual: sign", over: "sign",
        nil, gatedAt: .atLeast(20)),
      RatioBar(
        "swift-crypto + Foundation, usual, over verify", "Foundation, usual: verify",
        over: "verify", nil, gatedAt: .atLeast(10)),
    ]
  #else
    private static let peers: [RatioBar] = []
  #endif

  /// The maximum allocations of one run of each operation.
  static let allocations: [AllocationBar] = [
    AllocationBar("sign", 1, "the token"),
    AllocationBar("verify", 4, "bar: 4; sub, jti, a custom string, the custom members"),
    AllocationBar("verify an access token", 1, "bar: 2; sub"),
    AllocationBar("verify an access token with custom claims", 6, "sub, and the claims"),
    AllocationBar("verify an Authorization field", 1, "as an access token"),
    AllocationBar("reject a wrong signature", 0, "bar: 0"),
    AllocationBar("reject two parts", 0, "bar: 0"),
    AllocationBar("reject padding", 0, "bar: 0"),
    AllocationBar("reject an unknown key", 0, "bar: 0"),
    AllocationBar("reject an expired token", 1, "bar: 0; the list of failures that is thrown"),
    AllocationBar("reject a refresh token", 0, "bar: 0"),
    AllocationBar("decide: rotate", 2, "two tokens"),
    AllocationBar("decide: replay", 2, "bar: no more than rotate"),
    AllocationBar("decide: revoke", 0, ""),
    AllocationBar("decide: refuse", 0, ""),
    AllocationBar("a whole refresh", 3, "rotate, and sub"),
    AllocationBar("a whole refresh without a record", 3, "two tokens, and sub"),
    AllocationBar("RefreshWindow and its state", 0, ""),
    AllocationBar("launch: resume", 2, "bar: 1; the effects of two events, one with its ticket"),
    AllocationBar("launch: resume from bytes", 6, "bar: 12; the blob, its tokens, the effects"),
    AllocationBar("launch: refresh, answer, save", 7, "the effects of four events, the new blob"),
  ]
}
