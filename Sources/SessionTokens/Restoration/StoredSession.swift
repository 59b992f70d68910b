/// What the app keeps in its keychain: the tokens, when they came, and the idempotency key of the
/// next refresh.
///
/// One blob, made when tokens arrive. A retry, also after a crash or by another process of the app,
/// is the stored token with the stored key: there is no separate journal. The tokens and the key
/// never show in `description`, `dump` or a mirror.
public struct StoredSession: Sendable {
  /// What a look into the store found.
  public enum Reading: Sendable, Hashable {
    /// The store cannot be read now, as before the first unlock of a device.
    case locked
    /// There is nothing in the store.
    case empty
    /// There is something that is no stored session, or one of a version that is not known.
    case corrupt
    /// There is a session.
    case found(StoredSession)

    /// Reads what the store holds: ``empty`` for `nil`, ``corrupt`` for bytes that are no stored
    /// session.
    public init(bytes: (some Collection<UInt8>)?) {
      guard let bytes else {
        self = .empty
        return
      }
      self = (try? StoredSession(parsing: bytes)).map { .found($0) } ?? .corrupt
    }
  }

  let accessToken: String
  let expiresIn: Duration

  /// The refresh token; `nil` when the server gave none.
  public let refreshToken: String?

  let refreshTokenExpiresIn: Duration?

  /// When the tokens came, by this device's clock.
  ///
  /// All lifetimes count from here: the dates inside the tokens are another clock's.
  let receivedAt: NumericDate

  /// The random name of the one use of the refresh token that is to come.
  let idempotencyKey: String

  init(
    accessToken: String, expiresIn: Duration, refreshToken: String?,
    refreshTokenExpiresIn: Duration?, receivedAt: NumericDate, idempotencyKey: String
  ) {
    self.accessToken = accessToken
    self.expiresIn = expiresIn
    self.refreshToken = refreshToken
    self.refreshTokenExpiresIn = refreshTokenExpiresIn
    self.receivedAt = receivedAt
    self.idempotencyKey = idempotencyKey
  }

  /// Makes a session of tokens that came at `now`.
  ///
  /// Where the server gave no new refresh token, the `previous` one goes on (RFC 6749 §6).
  init(
    _ response: TokenResponse, previous: StoredSession? = nil, at now: NumericDate,
    using generator: inout some RandomNumberGenerator
  ) {
    self.init(
      accessToken: response.accessToken, expiresIn: response.expiresIn,
      refreshToken: response.refreshToken ?? previous?.refreshToken,
      refreshTokenExpiresIn: response.refreshTokenExpiresIn, receivedAt: now,
      idempotencyKey: Identifier(using: &generator).text)
  }
}

extension StoredSession: Hashable {
  /// True when both are the same blob.
  public static func == (a: StoredSession, b: StoredSession) -> Bool {
    a.accessToken.hasSameBytes(as: b.accessToken) && hasSameBytes(a.refreshToken, b.refreshToken)
      && a.expiresIn == b.expiresIn && a.refreshTokenExpiresIn == b.refreshTokenExpiresIn
      && a.receivedAt == b.receivedAt && a.idempotencyKey.hasSameBytes(as: b.idempotencyKey)
  }

  /// Feeds the blob to `hasher`.
  public func hash(into hasher: inout Hasher) {
    accessToken.hashBytes(into: &hasher)
    refreshToken?.hashBytes(into: &hasher)
    hasher.combine(receivedAt)
  }
}
