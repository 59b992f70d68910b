/// The claims of a JWT: the registered ones typed (RFC 7519 §4.1), all others in ``custom``.
///
/// A `Claims` value is unverified; only a ``JWT``'s claims are authenticated. Strings compare by their
/// bytes.
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
  /// All claims that aren't registered, in their order.
  ///
  /// A registered name in here is refused by ``JWT/encode(_:type:key:)``.
  public var custom: JSONObject

  /// Creates claims, of which the token has those that aren't left out.
  public init(
    issuer: String? = nil, subject: String? = nil, audience: [String] = [],
    expiresAt: NumericDate? = nil, notBefore: NumericDate? = nil, issuedAt: NumericDate? = nil,
    id: String? = nil, custom: JSONObject = [:]
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

extension Claims: Equatable {
  /// Returns true when all claims are the same, strings by their bytes.
  public static func == (a: Claims, b: Claims) -> Bool {
    hasSameBytes(a.issuer, b.issuer) && hasSameBytes(a.subject, b.subject)
      && hasSameBytes(a.audience, b.audience)
      && a.expiresAt == b.expiresAt && a.notBefore == b.notBefore && a.issuedAt == b.issuedAt
      && hasSameBytes(a.id, b.id) && a.custom == b.custom
  }
}
