// SPDX-License-Identifier: Apache-2.0

// The claims of session tokens, in the shape of RFC 9068 §2.2 and with the names of OpenID Connect.
//
//   access    iss sub aud exp iat jti sid auth_time client_id?      custom…
//   refresh   iss sub aud exp iat jti sid auth_time client_id? gen

/// The claims of a session token: what is signed, and what is read of a token whose signature was verified.
struct SessionClaims {
  /// The maximum number of bytes that a subject or a client ID takes as JSON, and an issuer or an audience.
  ///
  /// With ``CustomClaims/maximumByteCount`` and ``SigningKey/maximumIDByteCount`` they keep every token
  /// within its limit, so that no token is too large once a rotation was decided.
  static let maximumSubjectByteCount = 1_024
  static let maximumIssuerByteCount = 512

  var issuer: String
  var subject: String
  var audience: String
  var expiresAt: NumericDate
  var issuedAt: NumericDate
  var id: TokenID
  var sessionID: SessionID
  var authenticatedAt: NumericDate
  var clientID: String?
  /// The number of rotations before the token was created; `nil` in an access token.
  var generation: Int64?
  /// The host's own claims; empty in a refresh token.
  var custom: JSONObject

  /// The claim `jti`.
  enum TokenID {
    /// An identifier that this package derived, 22 digits of base64url.
    case derived(Identifier128)
    /// Any other text, in an access token of another issuer.
    case text(String)
  }
}

extension SessionClaims.TokenID {
  var text: String {
    switch self {
    case .derived(let identifier): identifier.text
    case .text(let text): text
    }
  }
}

extension SessionClaims: EquatableByContent {
  var content: EqualityContent {
    [
      .text(issuer), .text(subject), .text(audience), .date(expiresAt), .date(issuedAt),
      .text(id.text), .text(sessionID.description), .date(authenticatedAt), .text(clientID),
      generation.map { .number($0) } ?? [], .json(custom),
    ]
  }
}

// MARK: - Writing

extension SessionClaims {
  /// The maximum number of bytes that the claims take as a JSON object.
  fileprivate var maximumEncodedCount: Int {
    var count = ClaimName.maximumEncodedCount + custom.encodedCount
    count += issuer.encodedJSONCount + subject.encodedJSONCount + audience.encodedJSONCount
    if case .text(let text) = id { count += text.encodedJSONCount }
    if let clientID { count += clientID.encodedJSONCount }
    return count
  }
}

extension OutputSpan<UInt8> {
  /// Appends the claims as a JSON object.
  fileprivate mutating func append(_ claims: SessionClaims) {
    append(UInt8(ascii: "{"))
    append(member: .issuer, claims.issuer)
    append(member: .subject, claims.subject)
    append(member: .audience, claims.audience)
    append(member: .expiresAt, claims.expiresAt)
    append(member: .issuedAt, claims.issuedAt)
    switch claims.id {
    case .derived(let identifier): append(member: .id, identifier)
    case .text(let text): append(member: .id, text)
    }
    append(member: .sessionID, claims.sessionID.identifier)
    append(member: .authenticatedAt, claims.authenticatedAt)
    append(member: .clientID, claims.clientID)
    if let generation = claims.generation {
      append(name: ClaimName.generation.rawValue)
      append(decimal: generation)
    }
    append(custom: claims.custom)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(member claim: ClaimName, _ identifier: Identifier128) {
    append(name: claim.rawValue)
    append(UInt8(ascii: "\""))
    append(identifier)
    append(UInt8(ascii: "\""))
  }
}

extension TypedKeyRing {
  /// Signs a token of the claims.
  func sign(_ claims: SessionClaims) -> String {
    withScratch(capacity: claims.maximumEncodedCount) { payload in
      payload.append(claims)
      return sign(payload: payload.span)
    }
  }
}

// MARK: - Reading

extension SessionClaims {
  /// The kinds of session tokens.
  enum Kind {
    case access, refresh
  }

  /// The rules of time that a token is held to, and the moment.
  typealias Time = (rules: TimeRules, now: NumericDate)

  /// Reads the claims of a verified payload; `nil` when `reader` has recorded a failure.
  ///
  /// A refresh token has a `gen`, and a `jti` that this package derived. `iss` must be `issuer`, and `aud` must be or
  /// contain `audience`, compared by bytes. `time` is `nil` for a token whose time is judged elsewhere.
  init?(
    _ slices: ClaimSlices, in payload: Span<UInt8>, of kind: Kind, issuer: String,
    audience: String, time: Time?, _ reader: inout MemberReader
  ) {
    reader.require(issuer, slices[.issuer], in: payload, mayBeArray: false)
    reader.require(audience, slices[.audience], in: payload, mayBeArray: true)
    let sessionID = reader.identifier(reader.required(slices[.sessionID]), in: payload)
    let authenticatedAt = reader.date(
      reader.required(slices[.authenticatedAt]), in: payload, rounding: .up)
    let issuedAt = reader.date(reader.required(slices[.issuedAt]), in: payload, rounding: .up)
    let expiresAt = reader.date(reader.required(slices[.expiresAt]), in: payload, rounding: .down)
    if let time {
      time.rules.check(
        expiresAt: expiresAt,
        notBefore: reader.date(slices[.notBefore], in: payload, rounding: .up),
        issuedAt: issuedAt, at: time.now, &reader)
    }
    if kind == .refresh {
      generation = reader.wholeNumber(reader.required(slices[.generation]), in: payload)
    }
    let id = reader.tokenID(reader.required(slices[.id]), in: payload, of: kind)
    let subject = reader.nonemptyString(reader.required(slices[.subject]), in: payload)
    clientID = reader.nonemptyString(slices[.clientID], in: payload)
    guard reader.failures.isEmpty, let subject, let id, let sessionID, let authenticatedAt,
      let issuedAt, let expiresAt
    else { return nil }
    self.issuer = issuer
    self.subject = subject
    self.audience = audience
    self.expiresAt = expiresAt
    self.issuedAt = issuedAt
    self.id = id
    self.sessionID = SessionID(sessionID)
    self.authenticatedAt = authenticatedAt
    custom = slices.custom
  }
}

extension MemberReader {
  /// Records a failure unless the member has the expected value, or, as an array, contains it.
  fileprivate mutating func require(
    _ expected: String, _ member: JSONMember, in payload: Span<UInt8>, mayBeArray: Bool
  ) {
    let member = required(member)
    if case .string(let value)? = member.value, value.isEqual(to: expected, in: payload) { return }
    if mayBeArray {
      if let actual = strings(member, in: payload) { expect(member, actual, in: [expected]) }
    } else if let actual = string(member, in: payload) {
      expect(member, actual, in: [expected])
    }
  }

  /// Returns a `jti`.
  fileprivate mutating func tokenID(
    _ member: JSONMember, in payload: Span<UInt8>, of kind: SessionClaims.Kind
  ) -> SessionClaims.TokenID? {
    if let identifier = member.value?.identifier(in: payload) { return .derived(identifier) }
    return switch kind {
    case .access: nonemptyString(member, in: payload).map { .text($0) }
    case .refresh: value(member) { _ in nil }
    }
  }

  /// Returns a whole number from 0.
  fileprivate mutating func wholeNumber(_ member: JSONMember, in payload: Span<UInt8>) -> Int64? {
    value(member) { slice in slice.integer(in: payload).flatMap { $0 >= 0 ? $0 : nil } }
  }
}
