// SPDX-License-Identifier: Apache-2.0

/// The body of a successful sign-in or refresh (RFC 6749 §5.1).
///
/// The tokens never appear in `description`, `dump`, or a mirror.
public struct TokenResponse: Sendable, Equatable {
  let access: SecretString

  /// `access_token`: 1 … 16,384 printable ASCII characters.
  public var accessToken: String { access.text }

  /// `expires_in`: the lifetime of the access token in whole seconds, from the time of the response.
  public let expiresIn: Duration

  let refresh: SecretString?

  /// `refresh_token`: 1 … 16,384 printable ASCII characters; `nil` when the server sent none.
  public var refreshToken: String? { refresh?.text }

  /// `refresh_token_expires_in`: the lifetime of the refresh token in whole seconds; `nil` when the
  /// server sent none.
  public let refreshTokenExpiresIn: Duration?
}

extension TokenResponse {
  /// The maximum number of bytes of a body, with room for two tokens of maximum length.
  static let maximumBodyByteCount = 65_536

  /// Creates a body from its members.
  ///
  /// - Parameters:
  ///   - accessToken: 1 … 16,384 printable ASCII characters, space included (RFC 6749 appendix A.12).
  ///   - expiresIn: Whole seconds, 0 … 253402300799.
  ///   - refreshToken: The same range as `accessToken`; `nil` omits the member.
  ///   - refreshTokenExpiresIn: The same range as `expiresIn`; `nil` omits the member.
  /// - Throws: ``TokenError/invalidClaims(_:)`` with every member outside its range;
  ///   ``TokenError/malformed(_:)`` with `tooLarge` when the body exceeds 64 KiB as JSON, as with two tokens
  ///   of maximum length in which nearly every character is escaped.
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
      access: SecretString(accessToken), expiresIn: expiresIn,
      refresh: refreshToken.map { SecretString($0) },
      refreshTokenExpiresIn: refreshTokenExpiresIn)
    guard encodedCount <= Self.maximumBodyByteCount else { throw .malformed(.tooLarge) }
  }

  /// The response's header fields: `Content-Type` and `Cache-Control: no-store` (RFC 6749 §5.1).
  public static var headerFields: [(name: String, value: String)] {
    [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
  }

  /// The body as JSON text, with its members in a fixed order.
  public var json: String { members.json }

  /// The number of bytes of ``json``.
  private var encodedCount: Int { JSONValue.object(members).encodedCount }

  var members: JSONObject {
    var members: JSONObject = [
      Member.accessToken: .string(accessToken), Member.tokenType: "Bearer",
      Member.expiresIn: .integer(expiresIn.clampedSeconds),
    ]
    members.append(Member.refreshToken, refreshToken.map { .string($0) })
    members.append(
      Member.refreshTokenExpiresIn, refreshTokenExpiresIn.map { .integer($0.clampedSeconds) })
    return members
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

extension TokenResponse: Redacted {
  /// The lifetime of the access token, never a token.
  public var description: String { "TokenResponse(expiresIn: \(expiresIn.clampedSeconds) s)" }
}

// MARK: - Parsing

extension TokenResponse {
  /// The lifetime of an access token without `expires_in`, which RFC 6749 §5.1 only recommends.
  private static let defaultLifetime: Duration = .seconds(300)

  /// Reads a body (RFC 6749 §5.1), tolerating deviations that don't put the user's session at risk.
  ///
  /// When the body arrives, the server has already rotated the refresh token, so a body that can't be read
  /// costs the session. The body must be one JSON object in UTF-8, at most 64 KiB, nested at most 32 deep:
  ///
  /// | member | read as |
  /// |---|---|
  /// | `access_token` | 1 … 16,384 printable ASCII characters |
  /// | `token_type` | `Bearer` in any case, or absent |
  /// | `expires_in` | see below; 300 s when absent or unreadable |
  /// | `refresh_token` | the same as `access_token`; an empty one counts as absent |
  /// | `refresh_token_expires_in` | see below; absent when unreadable |
  ///
  /// A lifetime is a number of seconds, or its decimal digits in a string. It is rounded down and clamped to
  /// 0 … 253402300799. A member that is `null` counts as absent, and may appear once. Other members, and a
  /// byte order mark, are ignored.
  ///
  /// - Parameter body: The bytes of the body.
  /// - Throws: ``TokenError/malformed(_:)`` with `tooLarge`, `json`, or `duplicateName` for a member of
  ///   the table that appears twice; ``TokenError/invalidClaims(_:)`` with every member that is missing or
  ///   malformed.
  public init(parsing body: some Collection<UInt8>) throws(TokenError) {
    guard body.count <= Self.maximumBodyByteCount else { throw .malformed(.tooLarge) }
    self = try body.withSpan { body throws(TokenError) in
      let members = try TokenError.reading { () throws(JSONError) in
        try JSONMembers(Member.all, of: body, isForeign: true)
      }
      var reader = MemberReader()
      let access = reader.bearerToken(reader.require(members[Member.accessToken]), in: body)
      _ = reader.value(members[Member.tokenType]) {
        $0.string(in: body)?.isBearer == true ? true : nil
      }
      let refresh =
        members[Member.refreshToken].value?.string(in: body)?.isEmpty == true
        ? nil : reader.bearerToken(members[Member.refreshToken], in: body)
      guard reader.failures.isEmpty, let access else { throw .invalidClaims(reader.failures) }
      let response = TokenResponse(
        access: access,
        expiresIn: members[Member.expiresIn].value?.lifetime(in: body) ?? Self.defaultLifetime,
        refresh: refresh,
        refreshTokenExpiresIn: members[Member.refreshTokenExpiresIn].value?.lifetime(in: body))
      // Re-encoding adds only members that the body lacks, so a small body needn't be measured.
      let maximum = Self.maximumBodyByteCount
      guard body.count < maximum / 2 || response.encodedCount <= maximum else {
        throw .malformed(.tooLarge)
      }
      return response
    }
  }
}

extension MemberReader {
  /// Returns a token; records a failure for a value that isn't 1 … 16,384 printable ASCII characters.
  mutating func bearerToken(_ member: JSONMember, in text: Span<UInt8>) -> SecretString? {
    value(member) { slice in
      slice.string(in: text).flatMap { $0.isBearerToken ? SecretString($0) : nil }
    }
  }
}

extension JSONSlice {
  /// Returns the lifetime that is a number of seconds or a string of digits; `nil` for other values.
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
  /// True when the string is 1 … 16,384 VSCHARs (RFC 6749 appendix A).
  fileprivate var isBearerToken: Bool {
    utf8.withSpan { bytes in
      1...JWS.maximumByteCount ~= bytes.count
        && bytes.indices.allSatisfy { 0x20...0x7e ~= bytes[$0] }
    }
  }

  /// True for `Bearer` in any case, the only token type that this package can use (RFC 6749 §7.1).
  fileprivate var isBearer: Bool { utf8.elementsEqual("bearer".utf8) { $0 | 0x20 == $1 } }
}

extension Duration {
  fileprivate var isLifetime: Bool {
    self == .seconds(clampedSeconds) && NumericDate(exactly: clampedSeconds) != nil
  }
}

// MARK: - Codable

#if !$Embedded
  extension TokenResponse: Codable {
    /// Decodes a body by the rules of ``init(parsing:)`` for the members that it reads.
    ///
    /// Names are in snake_case, or in camelCase from a decoder that converts keys. Where a name appears in
    /// both spellings, the one in snake_case counts. A decoder doesn't report that a member appears twice, and
    /// it has its own rules for other members and for sizes. A lifetime that it can't read as a number counts
    /// as absent.
    ///
    /// - Throws: The errors of `decoder` for a body that isn't an object; `DecodingError.dataCorrupted` for
    ///   members that ``init(parsing:)`` refuses.
    public init(from decoder: any Decoder) throws {
      let body = try decoder.container(keyedBy: JSONKey.self)
      var members = JSONObject()
      for name in Member.all {
        let spellings = [JSONKey(name), JSONKey(name.camelCased)]
        if let key = spellings.first(where: body.contains) {
          let member = try? JSONValue(
            scalarFrom: body.superDecoder(forKey: key), readsLargeIntegers: false)
          // `false` is valid for no member.
          members[name] = member ?? false
        }
      }
      do throws(TokenError) {
        try self.init(parsing: JSONValue.object(members).serialized())
      } catch {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: error.description))
      }
    }

    /// Encodes the body (RFC 6749 §5.1) with names in snake_case and lifetimes in whole seconds.
    ///
    /// - Throws: The errors of `encoder`.
    public func encode(to encoder: any Encoder) throws {
      try JSONValue.object(members).encode(to: encoder)
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
