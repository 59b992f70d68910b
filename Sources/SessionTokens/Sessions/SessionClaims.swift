// SPDX-License-Identifier: Apache-2.0

// The claims of session tokens (RFC 9068 §2.2); sid and auth_time are those of OpenID Connect.
//
//   access    iss sub aud exp iat jti sid auth_time client_id?      custom…
//   refresh   iss sub aud exp iat jti sid auth_time client_id? gen

/// The claims of a session token, either to be signed or read from a verified token.
struct SessionClaims {
  /// The maximum number of bytes of a subject, or of a client ID, as JSON.
  ///
  /// Together with ``maximumIssuerByteCount``, ``CustomClaims/maximumByteCount`` and
  /// ``SigningKey/maximumIDByteCount``, it ensures that no token exceeds 16 KiB. A rotation can't fail
  /// because of a token's size.
  static let maximumSubjectByteCount = 1_024
  /// The maximum number of bytes of an issuer, or of an audience, as JSON.
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
  /// The claim `gen`, the number of the session's rotations before the token; `nil` in an access token.
  var generation: Int64?
  /// The custom claims; empty in a refresh token.
  var custom: JSONObject

  /// The claim `jti`.
  enum TokenID {
    /// An identifier of this package's form: 22 digits of base64url.
    case identifier(Identifier128)
    /// Any other text, in the access token of another implementation.
    case text(String)
  }
}

extension SessionClaims.TokenID {
  var text: String {
    switch self {
    case .identifier(let identifier): identifier.text
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
  /// The maximum number of bytes of the claims as a JSON object.
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
    append(member: "iss", claims.issuer)
    append(member: "sub", claims.subject)
    append(member: "aud", claims.audience)
    append(member: "exp", claims.expiresAt)
    append(member: "iat", claims.issuedAt)
    switch claims.id {
    case .identifier(let identifier): append(member: "jti", identifier)
    case .text(let text): append(member: "jti", text)
    }
    append(member: "sid", claims.sessionID.identifier)
    append(member: "auth_time", claims.authenticatedAt)
    append(member: "client_id", claims.clientID)
    if let generation = claims.generation {
      append(name: "gen")
      append(decimal: generation)
    }
    append(custom: claims.custom)
    append(UInt8(ascii: "}"))
  }

  @inline(__always)
  private mutating func append(member name: StaticString, _ identifier: Identifier128) {
    append(name: name)
    append(UInt8(ascii: "\""))
    append(identifier)
    append(UInt8(ascii: "\""))
  }
}

extension TypedKeyRing {
  /// Returns a token signed with the active key.
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

  /// The time rules to apply to a token, and the current time.
  typealias Time = (rules: TimeRules, now: NumericDate)

  /// Reads the claims of a verified payload; `nil` when `reader` has recorded a failure.
  ///
  /// A refresh token must have a `gen`, and a `jti` of this package's form. `iss` must be `issuer`, and `aud`
  /// must be or contain `audience`, compared by bytes. `time` is `nil` when the caller checks the times.
  init?(
    _ slices: ClaimSlices, in payload: Span<UInt8>, of kind: Kind, issuer: String,
    audience: String, time: Time?, _ reader: inout MemberReader
  ) {
    reader.require(slices[.issuer], matches: issuer, in: payload, mayBeArray: false)
    reader.require(slices[.audience], matches: audience, in: payload, mayBeArray: true)
    let sessionID = reader.identifier(reader.require(slices[.sessionID]), in: payload)
    let authenticatedAt = reader.date(
      reader.require(slices[.authenticatedAt]), in: payload, rounding: .up)
    let issuedAt = reader.date(reader.require(slices[.issuedAt]), in: payload, rounding: .up)
    let expiresAt = reader.date(reader.require(slices[.expiresAt]), in: payload, rounding: .down)
    let notBefore = reader.date(slices[.notBefore], in: payload, rounding: .up)
    if let time {
      time.rules.check(
        expiresAt: expiresAt, notBefore: notBefore, issuedAt: issuedAt, at: time.now, &reader)
    }
    let generation =
      kind == .refresh
      ? reader.wholeNumber(reader.require(slices[.generation]), in: payload) : nil
    let id = reader.tokenID(reader.require(slices[.id]), in: payload, of: kind)
    let subject = reader.nonemptyString(reader.require(slices[.subject]), in: payload)
    let clientID = reader.nonemptyString(slices[.clientID], in: payload)
    guard reader.failures.isEmpty, let subject, let id, let sessionID, let authenticatedAt,
      let issuedAt, let expiresAt
    else { return nil }
    self.init(
      issuer: issuer, subject: subject, audience: audience, expiresAt: expiresAt,
      issuedAt: issuedAt, id: id, sessionID: SessionID(sessionID),
      authenticatedAt: authenticatedAt, clientID: clientID, generation: generation,
      custom: slices.custom)
  }
}

extension MemberReader {
  /// Records a failure unless the member has the expected value, or, as an array, contains it.
  fileprivate mutating func require(
    _ member: JSONMember, matches expected: String, in payload: Span<UInt8>, mayBeArray: Bool
  ) {
    if case .string(let value)? = member.value, value.isEqual(to: expected, in: payload) { return }
    let actual =
      mayBeArray ? strings(member, in: payload) : string(member, in: payload).map { [$0] }
    requireMatch(member, actual, in: [expected])
  }

  /// Returns the `jti`, which in a refresh token must be 22 digits of canonical base64url.
  fileprivate mutating func tokenID(
    _ member: JSONMember, in payload: Span<UInt8>, of kind: SessionClaims.Kind
  ) -> SessionClaims.TokenID? {
    if let identifier = member.value?.identifier(in: payload) { return .identifier(identifier) }
    return switch kind {
    case .access: nonemptyString(member, in: payload).map { .text($0) }
    case .refresh: value(member) { _ in nil }
    }
  }

  /// Returns an integer of 0 or more.
  fileprivate mutating func wholeNumber(_ member: JSONMember, in payload: Span<UInt8>) -> Int64? {
    value(member) { slice in slice.integer(in: payload).flatMap { $0 >= 0 ? $0 : nil } }
  }
}
