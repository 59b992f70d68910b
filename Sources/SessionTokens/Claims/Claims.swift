// SPDX-License-Identifier: Apache-2.0

/// The claims of a JWT: registered claims as typed properties (RFC 7519 §4.1), all others in ``custom``.
///
/// A `Claims` value is unverified; only a ``JWT``'s claims are authenticated. Strings compare by their bytes.
public struct Claims: Sendable {
  /// `iss`, the issuer of the token.
  public var issuer: String?
  /// `sub`, the subject of the token.
  public var subject: String?
  /// `aud`, the recipients that the token is intended for; empty when absent.
  ///
  /// A single value is written as a string, not as an array.
  public var audience: [String]
  /// `exp`, the expiration time: the token is invalid from this time on, or a validator's leeway later.
  ///
  /// A fraction of a second is rounded down when the claim is read.
  public var expiresAt: NumericDate?
  /// `nbf`: the token isn't valid before this time.
  ///
  /// A fraction of a second is rounded up when the claim is read.
  public var notBefore: NumericDate?
  /// `iat`, the time at which the token was issued.
  ///
  /// A fraction of a second is rounded up when the claim is read.
  public var issuedAt: NumericDate?
  /// `jti`, the identifier of the token.
  public var id: String?
  /// All claims that aren't registered, in their order.
  ///
  /// ``JWT/encode(_:type:key:)`` refuses a registered name among them.
  public var custom: JSONObject

  /// Creates claims; a token omits the ones that aren't given.
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
  /// The maximum number of bytes of the claims as a JSON object.
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
    append(member: "iss", claims.issuer)
    append(member: "sub", claims.subject)
    if claims.audience.count == 1 {
      append(member: "aud", claims.audience[0])
    } else if !claims.audience.isEmpty {
      append(name: "aud")
      append(json: .array(claims.audience.map { .string($0) }))
    }
    append(member: "exp", claims.expiresAt)
    append(member: "nbf", claims.notBefore)
    append(member: "iat", claims.issuedAt)
    append(member: "jti", claims.id)
    append(custom: claims.custom)
    append(UInt8(ascii: "}"))
  }

  /// Appends the custom claims to an open object.
  mutating func append(custom: JSONObject) {
    guard !custom.isEmpty else { return }
    appendSeparator()
    append(members: custom)
  }

  /// Appends a member to an open object, unless the value is `nil`.
  @inline(__always)
  mutating func append(member name: StaticString, _ value: String?) {
    guard let value else { return }
    append(name: name)
    append(json: value)
  }

  /// Appends a member to an open object, unless the value is `nil`.
  @inline(__always)
  mutating func append(member name: StaticString, _ value: NumericDate?) {
    guard let value else { return }
    append(name: name)
    append(decimal: value.secondsSinceEpoch)
  }
}

// MARK: - Reading

extension Claims {
  /// Creates claims from the slices of a payload; records each malformed claim in `reader` and leaves it out.
  ///
  /// Uses the string in `issuers` or `audiences` that has the bytes of `iss` or `aud`, instead of creating
  /// one. With `acceptsNumericSubject`, `sub` may be an integer.
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
