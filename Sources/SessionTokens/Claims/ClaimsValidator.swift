/// What a JWT's claims must be, beside authentic (RFC 7519 §7.2, RFC 8725 §3.8 – §3.10).
///
/// Each expectation is given or explicitly waived. Every claim that is not as expected is reported,
/// not only the first: `iss`, `sub`, `aud`, `exp`, `nbf`, `iat`, `jti`, then the required ones in
/// their order. A malformed registered claim is a failure even where nothing is expected of it; `null` is
/// malformed for `exp`, `nbf` and `iat`, and counts as absent for the others.
public struct ClaimsValidator: Sendable {
  /// What a claim's value must be.
  public enum Expectation: Sendable {
    /// This value, byte for byte; for an audience, it is among the token's.
    case exactly(String)
    /// One of these values, byte for byte; for an audience, one of the token's is among them.
    case oneOf([String])
    /// Any value, or none: the caller waives the check.
    case notChecked
  }

  /// Whether a token may lack an `exp`.
  public enum Expiry: Sendable, Hashable {
    /// A token without `exp` is refused.
    case required
    /// A token without `exp` never expires; one that has it is held to it.
    case whenPresent
  }

  /// The clock that is read once per decoded token.
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
  ///   - issuer: What `iss` must be.
  ///   - audience: What must be among the values of `aud`.
  ///   - expiry: Whether `exp` may be absent.
  ///   - required: Names of claims, registered or not, that must be there and not be `null`.
  ///   - acceptsNumericSubject: Whether `sub` may be a number, as some issuers write it against RFC 7519
  ///     §4.1.2: an integer literal that fits `Int64`, which becomes the subject as it is written. A number
  ///     with a fraction or an exponent, or beyond `Int64`, stays malformed.
  ///   - leeway: How long after `exp`, exclusively, and before `nbf`, inclusively, a token is still
  ///     taken: whole seconds, 0 … 600.
  ///   - issuedAtLeeway: How far ahead `iat` may lie, inclusively: whole seconds, 0 … 600. `nil`
  ///     waives the check, since RFC 7519 §4.1.6 asks for none.
  ///   - clock: The clock to read.
  /// - Throws: ``ConfigurationError/empty(_:)`` for an expectation of one of nothing;
  ///   ``ConfigurationError/notWholeSeconds(_:)`` for a leeway with a fraction of a second;
  ///   ``ConfigurationError/outOfRange(_:_:)`` for one outside 0 … 600 s.
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

  /// Reads the claims of a payload, and finds everything that is wrong with them at `now`.
  func check(
    _ slices: ClaimSlices, in payload: Span<UInt8>, at now: NumericDate
  ) -> (claims: Claims, failures: [ClaimFailure]) {
    var reader = MemberReader()
    let claims = Claims(
      slices, in: payload, &reader, issuers: issuers ?? [], audiences: audiences ?? [],
      acceptsNumericSubject: acceptsNumericSubject)
    check(claims, slices, at: now, &reader)
    return (claims, reader.failures.inClaimOrder())
  }

  private func check(
    _ claims: Claims, _ slices: ClaimSlices, at now: NumericDate, _ reader: inout MemberReader
  ) {
    if let issuer = claims.issuer {
      reader.expect(slices[.issuer], issuer, in: issuers)
    } else if issuers != nil {
      reader.required(slices[.issuer])
    }
    if !claims.audience.isEmpty {
      reader.expect(slices[.audience], claims.audience, in: audiences)
    } else if audiences != nil {
      reader.required(slices[.audience])
    }
    if expiry == .required { reader.required(slices[.expiresAt]) }
    timeRules.check(
      expiresAt: claims.expiresAt, notBefore: claims.notBefore, issuedAt: claims.issuedAt,
      at: now, &reader)
    for name in required where !slices.contains(name) && !reader.hasFailed(name) {
      reader.fail(name, .missing)
    }
  }
}

extension ClaimsValidator.Expectation {
  /// The values of which one must be there; `nil` when the check is waived.
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
