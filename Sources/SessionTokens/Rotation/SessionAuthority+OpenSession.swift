// SPDX-License-Identifier: Apache-2.0

extension SessionAuthority {
  /// Opens a session for a user who has just signed in.
  ///
  /// Store the record before you hand out the tokens: a refresh token without a record is refused.
  ///
  /// - Parameters:
  ///   - subject: The user who signed in, for the claim `sub`: not empty, at most 1,024 bytes as JSON.
  ///   - clientID: The client, for the claim `client_id`, which RFC 9068 §2.2 requires of access tokens that
  ///     other implementations verify: not empty, at most 1,024 bytes as JSON.
  ///   - claims: Custom claims for the access token.
  ///   - authenticatedAt: The time of sign-in, from which the refresh window counts; `nil` is now, and a
  ///     time ahead of the clock counts as now. If the window has already closed, the tokens are expired.
  /// - Returns: The session's first tokens, and the record to store.
  /// - Throws: ``ClaimsError/empty(_:)`` or ``ClaimsError/tooLarge(bytes:)`` for the subject or the
  ///   client ID.
  public func openSession(
    subject: String, clientID: String? = nil, claims: CustomClaims = .empty,
    authenticatedAt: NumericDate? = nil
  ) throws(ClaimsError) -> (tokens: TokenPair, record: SessionRecord) {
    var generator = SystemRandomNumberGenerator()
    return try openSession(
      subject: subject, clientID: clientID, claims: claims, authenticatedAt: authenticatedAt,
      using: &generator)
  }

  /// Opens a session with a generator of random numbers that the caller provides.
  ///
  /// - Parameters:
  ///   - subject: The user who signed in, for the claim `sub`: not empty, at most 1,024 bytes as JSON.
  ///   - clientID: The client, for the claim `client_id`: not empty, at most 1,024 bytes as JSON.
  ///   - claims: Custom claims for the access token.
  ///   - authenticatedAt: The time of sign-in; `nil`, or a time ahead of the clock, is now.
  ///   - generator: The generator of the session's ID and secret, which must be cryptographically secure
  ///     outside tests. It is called six times, for 64 bits each.
  /// - Returns: The session's first tokens, and the record to store.
  /// - Throws: The same errors as ``openSession(subject:clientID:claims:authenticatedAt:)``.
  public func openSession(
    subject: String, clientID: String? = nil, claims: CustomClaims = .empty,
    authenticatedAt: NumericDate? = nil, using generator: inout some RandomNumberGenerator
  ) throws(ClaimsError) -> (tokens: TokenPair, record: SessionRecord) {
    let now = clock.now
    try Self.check(subject: subject, clientID: clientID)
    let record = SessionRecord(
      id: SessionID(Identifier128(using: &generator)), subject: subject, clientID: clientID,
      authenticatedAt: min(authenticatedAt ?? now, now), rotatedAt: now, generation: 0,
      secret: SessionSecret(using: &generator), idempotencyKeys: .empty, revocationReason: nil,
      revokedAt: nil, version: 0)
    return (tokens(for: record, record.secret.hmac, custom: claims, decidedAt: now), record)
  }

  /// Checks that a subject and a client ID are neither empty nor too large.
  static func check(subject: String, clientID: String?) throws(ClaimsError) {
    guard !subject.isEmpty else { throw .empty("subject") }
    guard clientID?.isEmpty != true else { throw .empty("clientID") }
    for text in [subject, clientID ?? ""] {
      let byteCount = text.encodedJSONCount
      guard byteCount <= SessionClaims.maximumSubjectByteCount else {
        throw .tooLarge(bytes: byteCount)
      }
    }
  }
}
