// SPDX-License-Identifier: Apache-2.0

/// The session that the app keeps in its store, such as the keychain.
///
/// It holds both tokens, their lifetimes and the time of their receipt, the idempotency key of the next
/// refresh, the session's name, and the time of the sign-in.
///
/// It is one value, created when tokens arrive and stored whole. A retry sends the stored token with the
/// stored key, even after a crash or in another process of the app. The tokens and the key never appear in
/// `description`, `dump`, or a mirror.
public struct StoredSession: Sendable, Equatable {
  let blob: Blob

  /// A *blob*: the content of a stored session, which is the tokens of one sign-in or refresh.
  ///
  /// It is a class because the machine holds the same blob several times and is copied often.
  final class Blob: Sendable {
    let tokens: TokenResponse

    /// The time of receipt of the tokens, by this device's clock.
    ///
    /// All lifetimes count from it, because the dates inside the tokens come from the server's clock.
    let receivedAt: NumericDate

    /// The idempotency key of the next refresh request.
    let idempotencyKey: Identifier128

    /// The session's name, the same from sign-in on.
    let name: SessionName

    /// The time of the sign-in, by this device's clock.
    let signedInAt: NumericDate

    /// The code with which a server definitively refused the refresh token; `nil` while it isn't refused.
    let spentBy: Refusal.Code?

    var accessToken: SecretString { tokens.access }
    var expiresIn: Duration { tokens.expiresIn }
    var refreshToken: SecretString? { tokens.refresh }
    var refreshTokenExpiresIn: Duration? { tokens.refreshTokenExpiresIn }

    init(
      tokens: TokenResponse, receivedAt: NumericDate, idempotencyKey: Identifier128,
      name: SessionName, signedInAt: NumericDate, spentBy: Refusal.Code? = nil
    ) {
      self.tokens = tokens
      self.receivedAt = receivedAt
      self.idempotencyKey = idempotencyKey
      self.name = name
      self.signedInAt = signedInAt
      self.spentBy = spentBy
    }

    /// Returns the blob to save after a server has definitively refused the refresh token with `code`.
    ///
    /// A code of more than 64 characters, which no response gives, becomes `invalid_grant`: the blob has to stay
    /// readable.
    func spent(by code: Refusal.Code) -> Blob {
      Blob(
        tokens: tokens, receivedAt: receivedAt, idempotencyKey: idempotencyKey, name: name,
        signedInAt: signedInAt,
        spentBy: code.rawValue.utf8.count <= Refusal.Code.maximumByteCount ? code : .invalidGrant)
    }
  }

  /// The result of reading the store.
  public enum Reading: Sendable, Equatable {
    /// The store can't be read now, as before the first unlock of a device.
    case locked
    /// The store holds nothing.
    case empty
    /// The store holds bytes that aren't a stored session of a known version.
    case corrupt
    /// The store holds a session.
    case found(StoredSession)

    /// Creates a reading from the bytes that the store holds.
    ///
    /// - Parameter bytes: The stored bytes. `nil` gives ``empty``; bytes that
    ///   ``StoredSession/init(parsing:)`` rejects give ``corrupt``.
    public init(bytes: (some Collection<UInt8>)?) {
      guard let bytes else {
        self = .empty
        return
      }
      self = (try? StoredSession(parsing: bytes)).map { .found($0) } ?? .corrupt
    }
  }
}

extension StoredSession.Blob: Hashable {
  static func == (a: StoredSession.Blob, b: StoredSession.Blob) -> Bool {
    a === b
      || a.idempotencyKey == b.idempotencyKey && a.name == b.name && a.signedInAt == b.signedInAt
        && a.receivedAt == b.receivedAt && a.tokens == b.tokens && a.spentBy == b.spentBy
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(accessToken)
    hasher.combine(idempotencyKey)
    hasher.combine(name)
    hasher.combine(receivedAt)
    hasher.combine(spentBy)
  }
}

/// 64 random bits that name a session on one device: 11 digits of base64url, and not secret.
struct SessionName: Sendable, Hashable {
  private let bits: UInt64

  init(bits: UInt64) { self.bits = bits }

  /// Reads 11 digits of canonical base64url; `nil` for anything else.
  init?(_ text: String) {
    guard text.utf8.count == 11 else { return nil }
    let bits: UInt64? = withScratch(capacity: 8) { bytes in
      guard text.utf8.withSpan({ Base64URL.decode($0, to: &bytes) }) else { return nil }
      return bytes.span.word(at: 0).byteSwapped
    }
    guard let bits else { return nil }
    self.bits = bits
  }

  var text: String {
    unsafe withUnsafeBytes(of: bits.bigEndian) { unsafe Base64URL.encode($0) }
  }
}

// MARK: - The stored form

// Version 2, one JSON object:
//
//   {"version":2,"name":"…","signed_in_at":…,"received_at":…,"idempotency_key":"…",
//    "access_token":"…","expires_in":…,"refresh_token":"…","refresh_token_expires_in":…,"spent":"…"}
//
// The last three are optional. The form belongs to this package alone and is read strictly: an unknown
// member or version means that a newer app wrote it. It is then reported as corrupt. At launch it is left in
// place until the user has signed in; a session in use saves over it.

extension StoredSession {
  private static let version: Int64 = 2

  private enum Member {
    static let version = "version"
    static let name = "name"
    static let signedInAt = "signed_in_at"
    static let receivedAt = "received_at"
    static let idempotencyKey = "idempotency_key"
    static let spent = "spent"
    static let all = [
      version, name, signedInAt, receivedAt, idempotencyKey, TokenResponse.Member.accessToken,
      TokenResponse.Member.expiresIn, TokenResponse.Member.refreshToken,
      TokenResponse.Member.refreshTokenExpiresIn, spent,
    ]
  }

  /// The maximum size of the stored form in bytes: more than two tokens at their limit, every character escaped.
  private static let maximumByteCount = 131_072

  /// Creates a session from its stored form.
  ///
  /// - Parameter bytes: The bytes that ``bytes`` returned, at most 128 KiB.
  /// - Throws: ``TokenError/malformed(_:)`` with `tooLarge`, `duplicateName`, or `json` (also for an
  ///   unknown member), or ``TokenError/invalidClaims(_:)`` with every member that is missing or
  ///   malformed; an unknown version is malformed.
  public init(parsing bytes: some Collection<UInt8>) throws(TokenError) {
    guard bytes.count <= Self.maximumByteCount else { throw .malformed(.tooLarge) }
    self = try bytes.withSpan { bytes throws(TokenError) in
      let members = try TokenError.reading { () throws(JSONError) in
        try JSONMembers(Member.all, of: bytes, isForeign: false)
      }
      var reader = MemberReader()
      _ = reader.value(reader.require(members[Member.version])) {
        $0.integer(in: bytes) == Self.version ? true : nil
      }
      let name = reader.value(reader.require(members[Member.name])) { slice in
        slice.string(in: bytes).flatMap { SessionName($0) }
      }
      let signedInAt = reader.moment(reader.require(members[Member.signedInAt]), in: bytes)
      let receivedAt = reader.moment(reader.require(members[Member.receivedAt]), in: bytes)
      let idempotencyKey = reader.identifier(
        reader.require(members[Member.idempotencyKey]), in: bytes)
      let access = reader.bearerToken(
        reader.require(members[TokenResponse.Member.accessToken]), in: bytes)
      let expiresIn = reader.moment(
        reader.require(members[TokenResponse.Member.expiresIn]), in: bytes)
      let refresh = reader.bearerToken(members[TokenResponse.Member.refreshToken], in: bytes)
      let refreshTokenExpiresIn = reader.moment(
        members[TokenResponse.Member.refreshTokenExpiresIn], in: bytes)
      let spentBy = reader.value(members[Member.spent]) { slice in
        slice.string(in: bytes).map { Refusal.Code(rawValue: $0) }
      }
      guard reader.failures.isEmpty, let name, let signedInAt, let receivedAt, let idempotencyKey,
        let access, let expiresIn
      else { throw .invalidClaims(reader.failures) }
      let tokens = TokenResponse(
        access: access, expiresIn: expiresIn - .minimum, refresh: refresh,
        refreshTokenExpiresIn: refreshTokenExpiresIn.map { $0 - .minimum })
      let blob = Blob(
        tokens: tokens, receivedAt: receivedAt, idempotencyKey: idempotencyKey, name: name,
        signedInAt: signedInAt, spentBy: spentBy)
      return StoredSession(blob: blob)
    }
  }

  /// The session in its stored form: JSON in UTF-8, the same bytes for the same session.
  public var bytes: [UInt8] {
    var members: JSONObject = [
      Member.version: .integer(Self.version),
      Member.name: .string(blob.name.text),
      Member.signedInAt: .integer(blob.signedInAt.secondsSinceEpoch),
      Member.receivedAt: .integer(blob.receivedAt.secondsSinceEpoch),
      Member.idempotencyKey: .string(blob.idempotencyKey.text),
    ]
    for member in blob.tokens.members { members.append(member.name, member.value) }
    members[TokenResponse.Member.tokenType] = nil
    members.append(Member.spent, blob.spentBy.map { .string($0.rawValue) })
    return JSONValue.object(members).serialized()
  }
}

extension MemberReader {
  /// Returns a time of the device's clock, or the end of a lifetime that begins at the epoch: whole seconds.
  fileprivate mutating func moment(_ member: JSONMember, in text: Span<UInt8>) -> NumericDate? {
    value(member) { slice in slice.integer(in: text).flatMap { NumericDate(exactly: $0) } }
  }
}

#if !$Embedded
  extension StoredSession: Codable {
    /// Decodes the session from a single string, the text of ``bytes``.
    ///
    /// - Throws: The errors of `decoder`, and `DecodingError.dataCorrupted` when ``init(parsing:)`` would
    ///   throw.
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

    /// Encodes the session as a single string, the text of ``bytes``.
    ///
    /// - Throws: The errors of `encoder`.
    public func encode(to encoder: any Encoder) throws {
      try String(decoding: bytes, as: UTF8.self).encode(to: encoder)
    }
  }
#endif

// MARK: - Descriptions

extension StoredSession: Redacted {
  /// The time of receipt and the access token's lifetime; never a token or a key.
  public var description: String {
    let spent = blob.spentBy.map { ", spent: \($0.rawValue)" } ?? ""
    return "StoredSession(receivedAt: \(blob.receivedAt), "
      + "expiresIn: \(blob.expiresIn.clampedSeconds) s\(spent))"
  }
}

extension StoredSession.Reading: CustomStringConvertible {
  /// The name of the case; never a token or a key.
  public var description: String {
    switch self {
    case .locked: "locked"
    case .empty: "empty"
    case .corrupt: "corrupt"
    case .found(let session): "found(\(session))"
    }
  }
}
