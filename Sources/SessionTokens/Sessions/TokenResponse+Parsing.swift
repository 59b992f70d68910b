extension TokenResponse {
  /// The most bytes a body may have: room for two tokens at their limit and more.
  static let maximumBodyByteCount = 65_536

  /// Reads a body (RFC 6749 §5.1); members it does not know are ignored.
  ///
  /// - Parameter body: At most 64 KiB: one JSON object in strict UTF-8. `access_token` and
  ///   `refresh_token` are 1 … 16,384 printable ASCII characters, `token_type` is `Bearer` in any
  ///   case, lifetimes are numbers of seconds from 0 to 253402300799, fractions dropped.
  ///   `refresh_token` and `refresh_token_expires_in` may be absent or `null`.
  /// - Throws: ``TokenError/malformed(_:)`` with `tooLarge`, `json` or `duplicateName`, or
  ///   ``TokenError/invalidClaims(_:)`` with every member that is missing or malformed.
  public init(parsing body: some Collection<UInt8>) throws(TokenError) {
    guard body.count <= Self.maximumBodyByteCount else { throw .malformed(.tooLarge) }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: body)
    } catch {
      throw TokenError(error)
    }
    guard let members = value.object else { throw .malformed(.json) }
    try self.init(members)
  }

  /// Takes the members of a body.
  init(_ members: JSONObject) throws(TokenError) {
    var extraction = MemberExtraction(members)
    let accessToken = extraction.token(Member.accessToken, isRequired: true)
    extraction.requireBearer(Member.tokenType)
    let expiresIn = extraction.lifetime(Member.expiresIn, isRequired: true)
    let refreshToken = extraction.token(Member.refreshToken, isRequired: false)
    let refreshTokenExpiresIn = extraction.lifetime(Member.refreshTokenExpiresIn, isRequired: false)
    guard extraction.failures.isEmpty, let accessToken, let expiresIn else {
      throw .invalidClaims(extraction.failures)
    }
    self.init(
      accessToken: accessToken, expiresIn: expiresIn, refreshToken: refreshToken,
      refreshTokenExpiresIn: refreshTokenExpiresIn)
  }
}
