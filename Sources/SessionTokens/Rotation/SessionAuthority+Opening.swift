// SPDX-License-Identifier: Apache-2.0

extension SessionAuthority {
  /// Opens a session for a user who has just signed in.
  ///
  /// Store the record before you send the tokens: a token without a row is refused.
  ///
  /// - Parameters:
  ///   - subject: The user who signed in, the claim `sub`: not empty, at most 1,024 bytes as JSON.
  ///   - clientID: The client, the claim `client_id` (RFC 9068 §2.2); the same bounds.
  ///   - claims: The host's own claims, for the access token.
  ///   - authenticatedAt: The moment of the sign-in, if it was earlier; the `refresh_ttl` window counts from
  ///     it. A moment ahead of the clock counts as now. If the window has closed already, the tokens are
  ///     expired.
  /// - Returns: The tokens of generation 0, and the record to store.
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

  /// Opens a session with random numbers of a given generator.
  ///
  /// - Parameters:
  ///   - subject: The user who signed in, the claim `sub`: not empty, at most 1,024 bytes as JSON.
  ///   - clientID: The client, the claim `client_id`; the same bounds.
  ///   - claims: The host's own claims, for the access token.
  ///   - authenticatedAt: The moment of the sign-in, if it was earlier.
  ///   - generator: The source of the session's ID and secret, which must be cryptographic outside
  ///     tests. It is asked six times for 64 bits.
  /// - Returns: The tokens of generation 0, and the record to store.
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

  /// Throws for a subject or client ID that a session can't have.
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
