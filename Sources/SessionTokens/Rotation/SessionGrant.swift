/// Everything that the tokens of one generation follow from: the same grant, the same bytes.
struct SessionGrant {
  let sessionID: SessionID
  let subject: String
  let clientID: String?
  let authenticatedAt: NumericDate
  /// The `iat` of both tokens.
  let rotatedAt: NumericDate
  let generation: Int64
  let identifiers: TokenIdentifiers
}
