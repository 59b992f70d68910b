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

extension Claims: EquatableByContent {
  var content: EqualityContent {
    [
      .text(issuer), .text(subject), .texts(audience), .date(expiresAt), .date(notBefore),
      .date(issuedAt), .text(id), .json(custom),
    ]
  }
}

// MARK: - Writing

extension Claims {
  /// The maximum number of bytes that the claims take as a JSON object.
  var maximumEncodedCount: Int {
    var count = ClaimName.maximumEncodedCount + custom.encodedCount
    if let issuer { count += issuer.encodedJSONCount }
    if let subject { count += subject.encodedJSONCount }
    if let id { count += id.encodedJSONCount }
    for value in audience { count += value.encodedJSONCount + 1 }
    return count
  }
}

extension OutputSpan<UInt8> {
  /// Appends the claims as a JSON object: registered ones in the order of RFC 7519 §4.1, then the
  /// custom ones.
  mutating func append(_ claims: Claims) {
    append(UInt8(ascii: "{"))
    append(member: .issuer, claims.issuer)
    append(member: .subject, claims.subject)
    if claims.audience.count == 1 {
      append(member: .audience, claims.audience[0])
    } else if !claims.audience.isEmpty {
      append(name: ClaimName.audience.rawValue)
      append(json: .array(claims.audience.map { .string($0) }))
    }
    append(member: .expiresAt, claims.expiresAt)
    append(member: .notBefore, claims.notBefore)
    append(member: .issuedAt, claims.issuedAt)
    append(member: .id, claims.id)
    append(custom: claims.custom)
    append(UInt8(ascii: "}"))
  }

  /// Appends the custom claims to an object that is open.
  mutating func append(custom: JSONObject) {
    guard !custom.isEmpty else { return }
    appendSeparator()
    append(members: custom)
  }

  /// Appends a member to an object that is open, unless there is no value.
  mutating func append(member claim: ClaimName, _ value: String?) {
    guard let value else { return }
    append(name: claim.rawValue)
    append(json: value)
  }

  /// Appends a member to an object that is open, unless there is no value.
  mutating func append(member claim: ClaimName, _ value: NumericDate?) {
    guard let value else { return }
    append(name: claim.rawValue)
    append(decimal: value.secondsSinceEpoch)
  }
}

// MARK: - Reading

extension Claims {
  /// Creates claims of those found in a payload; a malformed one is recorded in `reader` and left out.
  ///
  /// - Parameters:
  ///   - issuers: Strings to use themselves where `iss` has their bytes.
  ///   - audiences: The same for `aud`.
  ///   - acceptsNumericSubject: Whether `sub` may be an integer.
  init(
    _ slices: ClaimSlices, in payload: Span<UInt8>, _ reader: inout MemberReader,
    issuers: [String] = [], audiences: [String] = [], acceptsNumericSubject: Bool = false
  ) {
    issuer = reader.string(slices[.issuer], in: payload, known: issuers)
    subject =
      acceptsNumericSubject
      ? reader.stringOrInteger(slices[.subject], in: payload)
      : reader.string(slices[.subject], in: payload)
    audience = reader.strings(slices[.audience], in: payload, known: audiences) ?? []
    expiresAt = reader.date(slices[.expiresAt], in: payload, rounding: .down)
    notBefore = reader.date(slices[.notBefore], in: payload, rounding: .up)
    issuedAt = reader.date(slices[.issuedAt], in: payload, rounding: .up)
    id = reader.string(slices[.id], in: payload)
    custom = slices.custom
  }
}
