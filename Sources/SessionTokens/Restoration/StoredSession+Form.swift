// The stored form, version 1: one JSON object by our own writer.
//
//   {"version":1,"received_at":…,"idempotency_key":"…","access_token":"…","expires_in":…,
//    "refresh_token":"…","refresh_token_expires_in":…}       the last two where they are there
//
// Strict to read: the form belongs to this package alone, so that an unknown member or version means
// that a newer app has written it. It is then reported as corrupt, and left where it is.

extension StoredSession {
  private enum Member {
    static let version = "version"
    static let receivedAt = "received_at"
    static let idempotencyKey = "idempotency_key"
    static let all = [
      version, receivedAt, idempotencyKey, TokenResponse.Member.accessToken,
      TokenResponse.Member.expiresIn, TokenResponse.Member.refreshToken,
      TokenResponse.Member.refreshTokenExpiresIn,
    ]
  }

  private static let version: Int64 = 1

  /// The most bytes a blob may have: two tokens at their limit, every character of them escaped.
  private static let maximumByteCount = 131_072

  /// Reads a blob.
  ///
  /// - Parameter bytes: What ``bytes`` gave: at most 128 KiB.
  /// - Throws: ``TokenError/malformed(_:)`` with `tooLarge`, `duplicateName` or `json` (also for an
  ///   unknown member), or ``TokenError/invalidClaims(_:)`` with every member that is missing or
  ///   malformed; an unknown version is a malformed one.
  public init(parsing bytes: some Collection<UInt8>) throws(TokenError) {
    guard bytes.count <= Self.maximumByteCount else { throw .malformed(.tooLarge) }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw TokenError(error)
    }
    guard let members = value.object,
      members.allSatisfy({ member in Member.all.contains { $0.hasSameBytes(as: member.name) } })
    else { throw .malformed(.json) }
    try self.init(members)
  }

  private init(_ members: JSONObject) throws(TokenError) {
    var extraction = MemberExtraction(members)
    _ = extraction.value(Member.version, isRequired: true) {
      $0.integer == Self.version ? true : nil
    }
    let receivedAt = extraction.value(Member.receivedAt, isRequired: true) { value in
      value.integer.flatMap { NumericDate(exactly: $0) }
    }
    let idempotencyKey = extraction.value(Member.idempotencyKey, isRequired: true) { value in
      IdempotencyKeys.accepted(value.string)
    }
    let accessToken = extraction.token(TokenResponse.Member.accessToken, isRequired: true)
    let expiresIn = extraction.lifetime(TokenResponse.Member.expiresIn, isRequired: true)
    let refreshToken = extraction.token(TokenResponse.Member.refreshToken, isRequired: false)
    let refreshTokenExpiresIn = extraction.lifetime(
      TokenResponse.Member.refreshTokenExpiresIn, isRequired: false)
    guard extraction.failures.isEmpty, let receivedAt, let idempotencyKey, let accessToken,
      let expiresIn
    else { throw .invalidClaims(extraction.failures) }
    self.init(
      accessToken: accessToken, expiresIn: expiresIn, refreshToken: refreshToken,
      refreshTokenExpiresIn: refreshTokenExpiresIn, receivedAt: receivedAt,
      idempotencyKey: idempotencyKey)
  }

  /// The blob to store: JSON in UTF-8, the same for the same session.
  public var bytes: [UInt8] {
    var members: JSONObject = [
      Member.version: .integer(Self.version),
      Member.receivedAt: .integer(receivedAt.secondsSinceEpoch),
      Member.idempotencyKey: .string(idempotencyKey),
      TokenResponse.Member.accessToken: .string(accessToken),
      TokenResponse.Member.expiresIn: .integer(expiresIn.clampedSeconds),
    ]
    members[TokenResponse.Member.refreshToken] = refreshToken.map { .string($0) }
    members[TokenResponse.Member.refreshTokenExpiresIn] = refreshTokenExpiresIn.map {
      .integer($0.clampedSeconds)
    }
    return JSONValue.object(members).serialized()
  }
}

#if !$Embedded
  extension StoredSession: Codable {
    /// Decodes the blob from one text.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when it is none.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      do throws(TokenError) {
        try self.init(parsing: text.utf8)
      } catch {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: error.description)
      }
    }

    /// Encodes the blob as one text.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(String(decoding: bytes, as: UTF8.self))
    }
  }
#endif
