// SPDX-License-Identifier: Apache-2.0

/// The rules that an authenticated JWT's claims must satisfy (RFC 7519 §7.2, RFC 8725 §3.8 – §3.10).
///
/// Each expectation is given or explicitly waived. Validation reports every claim that fails, not only the
/// first, in this order: `iss`, `sub`, `aud`, `exp`, `nbf`, `iat`, `jti`, then the required claims in their
/// order. A malformed registered claim fails even when nothing is expected of it. `null` is malformed for
/// `exp`, `nbf` and `iat`; for the other registered claims, it counts as absent. An empty array is malformed for
/// `aud`.
public struct ClaimsValidator: Sendable {
  /// The expected value of a claim.
  public enum Expectation: Sendable {
    /// This value, byte for byte; an audience must contain it.
    case exactly(String)
    /// One of these values, byte for byte; an audience must contain at least one of them.
    case oneOf([String])
    /// Any value or none: the caller waives the check.
    case notChecked
  }

  /// The rule for tokens without `exp`.
  public enum Expiry: Sendable, Hashable {
    /// A token without `exp` is refused.
    case required
    /// A token without `exp` never expires; an `exp` that is present is checked.
    case whenPresent
  }

  /// The clock, which is read once per decoded token.
  public var clock: WallClock

  private let issuers: [String]?
  private let audiences: [String]?
  private let expiry: Expiry
  private let required: [String]
  private let acceptsNumericSubject: Bool
  private let timeRules: TimeRules

  /// Creates a validator.
  ///
  /// - Parameters:
  ///   - issuer: The expected `iss`.
  ///   - audience: The value that `aud` must contain.
  ///   - expiry: The rule for a token without `exp`.
  ///   - required: Names of claims, registered or not, that must be present and not `null`.
  ///   - acceptsNumericSubject: True when `sub` may be a number, which some issuers write against RFC 7519
  ///     §4.1.2. Only an integer literal that fits `Int64` is accepted, and becomes the subject as written. A
  ///     number with a fraction or an exponent, or beyond `Int64`, remains malformed.
  ///   - leeway: The time for which a token is accepted after `exp` (exclusive) and before `nbf` (inclusive):
  ///     whole seconds, 0 … 600.
  ///   - issuedAtLeeway: The maximum time by which `iat` may be ahead (inclusive): whole seconds, 0 … 600.
  ///     `nil` waives the check, which RFC 7519 §4.1.6 doesn't require.
  ///   - clock: The clock to read.
  /// - Throws: ``ConfigurationError/empty(_:)`` for ``Expectation/oneOf(_:)`` without values;
  ///   ``ConfigurationError/notWholeSeconds(_:)`` for a leeway with a fraction of a second;
  ///   ``ConfigurationError/outOfRange(_:_:)`` for a leeway outside 0 … 600 s.
  public init(
    issuer: Expectation, audience: Expectation, expiry: Expiry = .required,
    required: [String] = [], acceptsNumericSubject: Bool = false, leeway: Duration = .zero,
    issuedAtLeeway: Duration? = .seconds(30), clock: WallClock = .system
  ) throws(ConfigurationError) {
    issuers = issuer.values
    audiences = audience.values
    if issuers?.isEmpty == true { throw .empty("issuer") }
    if audiences?.isEmpty == true { throw .empty("audience") }
    self.expiry = expiry
    self.required = required
    self.acceptsNumericSubject = acceptsNumericSubject
    self.timeRules = try TimeRules(leeway: leeway, issuedAtLeeway: issuedAtLeeway)
    self.clock = clock
  }

  /// Reads the claims of a payload, and returns them with every failure at `now`.
  func check(
    _ slices: ClaimSlices, in payload: Span<UInt8>, at now: NumericDate
  ) -> (claims: Claims, failures: [ClaimFailure]) {
    var reader = MemberReader()
    let claims = Claims(
      slices, in: payload, &reader, issuers: issuers ?? [], audiences: audiences ?? [],
      acceptsNumericSubject: acceptsNumericSubject)
    reader.requireMatch(
      slices[.issuer], claims.issuer.map { CollectionOfOne($0) }, in: issuers)
    reader.requireMatch(slices[.audience], claims.audience, in: audiences)
    if expiry == .required { reader.require(slices[.expiresAt]) }
    timeRules.check(
      expiresAt: claims.expiresAt, notBefore: claims.notBefore, issuedAt: claims.issuedAt,
      at: now, &reader)
    for name in required where !slices.contains(name) && !reader.hasFailed(name) {
      reader.fail(name, .missing)
    }
    return (claims, reader.failures.inClaimOrder())
  }
}

extension ClaimsValidator.Expectation {
  /// The accepted values; `nil` when the check is waived.
  var values: [String]? {
    switch self {
    case .exactly(let value): [value]
    case .oneOf(let values): values
    case .notChecked: nil
    }
  }
}

extension ClaimsValidator.Expectation: EquatableByContent {
  var content: EqualityContent {
    switch self {
    case .exactly(let value): ["exactly", .text(value)]
    case .oneOf(let values): ["oneOf", .texts(values)]
    case .notChecked: "notChecked"
    }
  }
}
