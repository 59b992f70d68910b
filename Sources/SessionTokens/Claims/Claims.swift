/// The claims of a JWT: the registered ones typed (RFC 7519 §4.1), all others in ``custom``.
///
/// Values of this type are what somebody states, not what was proved; only ``JWT`` has verified
/// claims. Strings compare by their bytes.
public struct Claims: Sendable {
  /// `iss`, who made the token.
  public var issuer: String?
  /// `sub`, whom the token is about.
  public var subject: String?
  /// `aud`, whom the token is for; empty when absent.
  ///
  /// One value is written as a plain string.
  public var audience: [String]
  /// `exp`: at this moment and later the token is expired.
  ///
  /// A fraction of a second is rounded down.
  public var expiresAt: NumericDate?
  /// `nbf`: before this moment the token is not valid.
  ///
  /// A fraction of a second is rounded up.
  public var notBefore: NumericDate?
  /// `iat`, when the token was made.
  ///
  /// A fraction of a second is rounded up.
  public var issuedAt: NumericDate?
  /// `jti`, the token's own identifier.
  public var id: String?
  /// All claims that are not registered.
  public var custom: CustomClaims

  /// Makes claims; what is left out is not in the token.
  public init(
    issuer: String? = nil, subject: String? = nil, audience: [String] = [],
    expiresAt: NumericDate? = nil, notBefore: NumericDate? = nil, issuedAt: NumericDate? = nil,
    id: String? = nil, custom: CustomClaims = .none
  ) {
    self.issuer = issuer
    self.subject = subject
    self.audience = audience
    self.expiresAt = expiresAt
    self.notBefore = notBefore
    self.issuedAt = issuedAt
    self.id = id
    self.custom = custom
  }
}

extension Claims: Hashable {
  /// True when all claims are the same, strings by their bytes.
  public static func == (a: Claims, b: Claims) -> Bool {
    hasSameBytes(a.issuer, b.issuer) && hasSameBytes(a.subject, b.subject)
      && hasSameBytes(a.audience, b.audience)
      && a.expiresAt == b.expiresAt && a.notBefore == b.notBefore && a.issuedAt == b.issuedAt
      && hasSameBytes(a.id, b.id) && a.custom == b.custom
  }

  /// Feeds the claims to `hasher`.
  public func hash(into hasher: inout Hasher) {
    issuer?.hashBytes(into: &hasher)
    subject?.hashBytes(into: &hasher)
    for audience in audience { audience.hashBytes(into: &hasher) }
    hasher.combine(expiresAt)
    hasher.combine(notBefore)
    hasher.combine(issuedAt)
    id?.hashBytes(into: &hasher)
    hasher.combine(custom)
  }
}
