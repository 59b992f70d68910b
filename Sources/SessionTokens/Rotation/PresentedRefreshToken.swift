/// A refresh token that its key has signed, presented for rotation: it names the session to look up.
///
/// Nothing is decided yet: whether the token still counts is the record's to say. It holds the
/// claims and not the token itself, and its `description` names the session only.
public struct PresentedRefreshToken: Sendable {
  /// The session to look up: the claim `sid`.
  public let sessionID: SessionID
  /// Who signed in: the claim `sub`.
  public let subject: String
  /// How often the session had been rotated when the token was made: the claim `gen`.
  public let generation: Int64
  /// The client that signed in: the claim `client_id`; `nil` when there was none.
  ///
  /// Where clients authenticate themselves, compare it by bytes with the one that asks: a refresh
  /// token is for the client it was issued to (RFC 6749 §6).
  public let clientID: String?

  let authenticatedAt: NumericDate
  let issuedAt: NumericDate
  let expiresAt: NumericDate
  let id: Identifier

  /// Authenticates a token and takes its claims; time is not judged.
  init(_ refreshToken: String, keys: TypedKeyRing, issuer: String) throws(TokenError) {
    self = try refreshToken.utf8.withSpan { text throws(TokenError) in
      let parts = try keys.authenticate(text)
      return try Base64URL.withDecoded(text.extracting(parts.payload)) {
        payload throws(TokenError) in
        try PresentedRefreshToken(
          ClaimTokens(payload: payload, names: .session), in: payload, issuer: issuer)
      }
    }
  }

  private init(
    _ tokens: ClaimTokens, in payload: Span<UInt8>, issuer: String
  ) throws(TokenError) {
    var extraction = ClaimExtraction()
    extraction.requireIssuer(issuer, tokens, in: payload)
    extraction.requireAudience(issuer, tokens, in: payload)
    let subject = extraction.requiredString(.subject, tokens, in: payload)
    let clientID = extraction.optionalString(.clientID, tokens, in: payload)
    let id = extraction.requiredIdentifier(.id, tokens, in: payload)
    let sessionID = extraction.requiredIdentifier(.sessionID, tokens, in: payload)
    let authenticatedAt = extraction.requiredDate(
      .authenticatedAt, tokens, in: payload, rounding: .up)
    let issuedAt = extraction.requiredDate(.issuedAt, tokens, in: payload, rounding: .up)
    let expiresAt = extraction.requiredDate(.expiresAt, tokens, in: payload, rounding: .down)
    let generation = extraction.requiredGeneration(tokens, in: payload)
    guard extraction.failures.isEmpty, let subject, let id, let sessionID, let authenticatedAt,
      let issuedAt, let expiresAt, let generation
    else { throw .invalidClaims(extraction.failures) }
    self.sessionID = SessionID(sessionID)
    self.subject = subject
    self.generation = generation
    self.clientID = clientID
    self.authenticatedAt = authenticatedAt
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
    self.id = id
  }
}

extension PresentedRefreshToken: CustomStringConvertible, CustomDebugStringConvertible {
  /// The session and the generation.
  public var description: String {
    "PresentedRefreshToken(sid: \(sessionID), gen: \(generation))"
  }

  /// The same as `description`.
  public var debugDescription: String { description }
}

#if !$Embedded
  extension PresentedRefreshToken: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
  }
#endif
