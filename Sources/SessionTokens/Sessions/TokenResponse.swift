/// The body of a successful sign-in or refresh (RFC 6749 §5.1).
///
/// The tokens never show in `description`, `dump` or a mirror.
public struct TokenResponse: Sendable {
  /// `access_token`: 1 … 16,384 printable ASCII characters.
  public let accessToken: String

  /// `expires_in`: the lifetime of the access token in whole seconds, from the moment of the answer.
  public let expiresIn: Duration

  /// `refresh_token`: 1 … 16,384 printable ASCII characters; `nil` when the server sent none.
  public let refreshToken: String?

  /// `refresh_token_expires_in`: the lifetime of the refresh token in whole seconds; `nil` when the
  /// server sent none.
  public let refreshTokenExpiresIn: Duration?

  /// The maximum number of bytes of a body: room for two tokens of maximum length.
  static let maximumBodyByteCount = 65_536

  /// Creates a body from its members.
  ///
  /// - Parameters:
  ///   - accessToken: 1 … 16,384 printable ASCII characters, space included (RFC 6749 appendix A.12).
  ///   - expiresIn: Whole seconds, 0 … 253402300799.
  ///   - refreshToken: As `accessToken`; `nil` leaves the member out.
  ///   - refreshTokenExpiresIn: As `expiresIn`; `nil` leaves the member out.
  /// - Throws: ``TokenError/invalidClaims(_:)`` with every member outside its range;
  ///   ``TokenError/malformed(_:)`` with `tooLarge` when both tokens together exceed 64 KiB as JSON, which
  ///   takes two of maximum length with nearly every character escaped.
  public init(
    accessToken: String, expiresIn: Duration, refreshToken: String?,
    refreshTokenExpiresIn: Duration?
  ) throws(TokenError) {
    let members = [
      (Member.accessToken, accessToken.isBearerToken), (Member.expiresIn, expiresIn.isLifetime),
      (Member.refreshToken, refreshToken?.isBearerToken ?? true),
      (Member.refreshTokenExpiresIn, refreshTokenExpiresIn?.isLifetime ?? true),
    ]
    let failures = members.filter { !$0.1 }.map { ClaimFailure(claim: $0.0, problem: .malformed) }
    guard failures.isEmpty else { throw .invalidClaims(failures) }
    self.init(
      trusted: accessToken, expiresIn: expiresIn, refreshToken: refreshToken,
      refreshTokenExpiresIn: refreshTokenExpiresIn)
    guard maximumJSONByteCount <= Self.maximumBodyByteCount else { throw .malformed(.tooLarge) }
  }

  /// Creates the body for a pair that this package has signed.
  init(_ pair: TokenPair, decidedAt now: NumericDate) {
    self.init(
      trusted: pair.accessToken, expiresIn: max(.zero, pair.accessExpiresAt - now),
      refreshToken: pair.refreshToken,
      refreshTokenExpiresIn: max(.zero, pair.refreshExpiresAt - now))
  }

  private init(
    trusted accessToken: String, expiresIn: Duration, refreshToken: String?,
    refreshTokenExpiresIn: Duration?
  ) {
    self.accessToken = accessToken
    self.expiresIn = expiresIn
    self.refreshToken = refreshToken
    self.refreshTokenExpiresIn = refreshTokenExpiresIn
  }

  /// The fields that go with the body: `Content-Type` and `Cache-Control: no-store` (RFC 6749 §5.1).
  public static var headerFields: [(name: String, value: String)] {
    [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
  }

  /// The size of the body with the longest lifetimes.
  private var maximumJSONByteCount: Int {
    let fixedCount = 122
    return fixedCount + accessToken.encodedJSONCount + (refreshToken?.encodedJSONCount ?? 0)
  }

  /// The body as JSON text, its members in the order of the properties.
  public var json: String {
    String(capacity: maximumJSONByteCount) { body in
      body.append(UInt8(ascii: "{"))
      body.append(name: Member.accessToken)
      body.append(json: accessToken)
      body.append(name: Member.tokenType)
      body.append(json: "Bearer")
      body.append(name: Member.expiresIn)
      body.append(decimal: expiresIn.clampedSeconds)
      if let refreshToken {
        body.append(name: Member.refreshToken)
        body.append(json: refreshToken)
      }
      if let refreshTokenExpiresIn {
        body.append(name: Member.refreshTokenExpiresIn)
        body.append(decimal: refreshTokenExpiresIn.clampedSeconds)
      }
      body.append(UInt8(ascii: "}"))
    }
  }

  /// The names of the body's members.
  enum Member {
    static let accessToken = "access_token"
    static let tokenType = "token_type"
    static let expiresIn = "expires_in"
    static let refreshToken = "refresh_token"
    static let refreshTokenExpiresIn = "refresh_token_expires_in"

    static let all = [accessToken, tokenType, expiresIn, refreshToken, refreshTokenExpiresIn]
  }
}

extension TokenResponse: Equatable {
  /// Returns true when tokens and lifetimes are the same.
  public static func == (a: TokenResponse, b: TokenResponse) -> Bool {
    a.accessToken.hasSameBytes(as: b.accessToken) && hasSameBytes(a.refreshToken, b.refreshToken)
      && a.expiresIn == b.expiresIn && a.refreshTokenExpiresIn == b.refreshTokenExpiresIn
  }
}

// MARK: - Parsing

extension TokenResponse {
  /// The lifetime of an access token when the server doesn't say (RFC 6749 §5.1 only recommends it).
  private static let defaultLifetime: Duration = .seconds(300)

  /// Reads a body (RFC 6749 §5.1), liberally wherever the user's session isn't at risk.
  ///
  /// The server has rotated its refresh token by the time the body arrives, so a body that can't be read
  /// costs the session. Required is one JSON object in UTF-8, at most 64 KiB, nested at most 32 deep:
  ///
  /// | member | read as |
  /// |---|---|
  /// | `access_token` | 1 … 16,384 printable ASCII characters |
  /// | `token_type` | `Bearer` in any case, or absent |
  /// | `expires_in` | see below; 300 s when absent or unreadable |
  /// | `refresh_token` | as `access_token`; absent when empty |
  /// | `refresh_token_expires_in` | see below; absent when unreadable |
  ///
  /// A lifetime is a number of seconds, or its decimal digits in a string. A fraction is rounded down, a
  /// negative number counts as 0, and one beyond 253402300799 as that. A member that is `null` counts as
  /// absent, and may appear once. Other members, and a byte order mark, are ignored.
  ///
  /// - Parameter body: The bytes of the body.
  /// - Throws: ``TokenError/malformed(_:)`` with `tooLarge`, `json`, or `duplicateName` for a member of
  ///   the table that appears twice; ``TokenError/invalidClaims(_:)`` with every member that is missing or
  ///   malformed.
  public init(parsing body: some Collection<UInt8>) throws(TokenError) {
    guard body.count <= Self.maximumBodyByteCount else { throw .malformed(.tooLarge) }
    self = try body.withSpan { body throws(TokenError) in
      let members: [JSONToken?]
      do throws(JSONError) {
        members = try JSONReader.members(Member.all, of: body)
      } catch {
        throw TokenError(error)
      }
      return try TokenResponse(members, in: body)
    }
  }

  /// Takes the values of ``Member/all``, in that order.
  private init(_ members: [JSONToken?], in body: Span<UInt8>) throws(TokenError) {
    var failures: [ClaimFailure] = []
    let accessToken = members[0]?.text(in: body)
    let type = members[1]?.text(in: body)
    let refreshToken = members[3]?.text(in: body)
    if accessToken?.isBearerToken != true {
      let problem: ClaimFailure.Problem = members[0] == nil ? .missing : .malformed
      failures.append(ClaimFailure(claim: Member.accessToken, problem: problem))
    }
    if members[1] != nil, type?.isBearer != true {
      failures.append(ClaimFailure(claim: Member.tokenType, problem: .malformed))
    }
    if members[3] != nil, refreshToken?.isEmpty != true, refreshToken?.isBearerToken != true {
      failures.append(ClaimFailure(claim: Member.refreshToken, problem: .malformed))
    }
    guard failures.isEmpty, let accessToken else { throw .invalidClaims(failures) }
    self.init(
      trusted: accessToken, expiresIn: members[2]?.lifetime(in: body) ?? Self.defaultLifetime,
      refreshToken: refreshToken?.isEmpty == true ? nil : refreshToken,
      refreshTokenExpiresIn: members[4]?.lifetime(in: body))
    // Written again, a body grows by the members that it lacks at most.
    guard
      body.count < Self.maximumBodyByteCount / 2
        || maximumJSONByteCount <= Self.maximumBodyByteCount
    else { throw .malformed(.tooLarge) }
  }
}

extension JSONToken {
  /// The value of a string.
  fileprivate func text(in body: Span<UInt8>) -> String? {
    if case .string(let string) = self { string.value(in: body) } else { nil }
  }

  /// The lifetime that a number of seconds, or a string of digits, says; `nil` for anything else.
  fileprivate func lifetime(in body: Span<UInt8>) -> Duration? {
    let seconds: Int64? =
      switch self {
      case .number(let number): number.clampedFloor(in: body)
      case .string(let string): string.value(in: body).clampedDecimal
      case .other: nil
      }
    return seconds.map { NumericDate(clamping: $0) - .minimum }
  }
}

extension String {
  /// True for the VSCHARs of RFC 6749 appendix A, as many as a token may have.
  var isBearerToken: Bool {
    guard 1...CompactSerialization.maximumByteCount ~= utf8.count else { return false }
    return utf8.withSpan { bytes in
      for index in bytes.indices where !(0x20...0x7e ~= bytes[index]) { return false }
      return true
    }
  }

  /// True for the only token type that this package can use (RFC 6749 §7.1).
  fileprivate var isBearer: Bool {
    utf8.elementsEqual("bearer".utf8) { $0 | 0x20 == $1 }
  }
}

extension Duration {
  fileprivate var isLifetime: Bool {
    self == .seconds(clampedSeconds) && NumericDate(exactly: clampedSeconds) != nil
  }
}

// MARK: - Codable

#if !$Embedded
  extension TokenResponse: Codable {
    /// Decodes a body as ``init(parsing:)`` reads it, with names in snake_case, or in camelCase as a
    /// key-converting decoder has them.
    ///
    /// Where a name appears in both spellings, the one in snake_case counts. A decoder doesn't say whether
    /// a member appears twice.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when ``init(parsing:)`` would throw.
    public init(from decoder: any Decoder) throws {
      let body = try decoder.container(keyedBy: JSONKey.self)
      var members = JSONObject()
      for name in Member.all {
        let spellings = [JSONKey(name), JSONKey(name.camelCased)]
        if let key = spellings.first(where: body.contains) {
          // `false` is neither a token nor a lifetime.
          members[name] = (try? body.decode(JSONValue.self, forKey: key))?.asMember ?? false
        }
      }
      do throws(TokenError) {
        try self.init(parsing: JSONValue.object(members).serialized())
      } catch {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: error.description))
      }
    }

    /// Encodes the body of RFC 6749 §5.1, its names in snake_case, lifetimes as whole seconds.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var body = encoder.container(keyedBy: JSONKey.self)
      try body.encode(accessToken, forKey: JSONKey(Member.accessToken))
      try body.encode("Bearer", forKey: JSONKey(Member.tokenType))
      try body.encode(expiresIn.clampedSeconds, forKey: JSONKey(Member.expiresIn))
      try body.encodeIfPresent(refreshToken, forKey: JSONKey(Member.refreshToken))
      try body.encodeIfPresent(
        refreshTokenExpiresIn?.clampedSeconds, forKey: JSONKey(Member.refreshTokenExpiresIn))
    }
  }

  extension JSONValue {
    /// The value, where a member of a body can be one and it has a JSON form.
    fileprivate var asMember: JSONValue? {
      switch self {
      case .null, .integer, .string: self
      case .double(let value): value.isFinite ? self : nil
      case .bool, .array, .object: nil
      }
    }
  }

  extension String {
    /// The name as `convertFromSnakeCase` spells it.
    fileprivate var camelCased: String {
      let words = split(separator: "_")
      return words.dropFirst().reduce(String(words[0])) {
        $0 + $1.prefix(1).uppercased() + $1.dropFirst()
      }
    }
  }
#endif
