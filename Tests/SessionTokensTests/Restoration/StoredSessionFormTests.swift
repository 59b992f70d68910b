import Testing

@testable import SessionTokens

/// The blob as it is written, and read back.
@Suite struct StoredSessionFormTests {
  /// The bytes of `StoredSession.numbered(1)`, which must never change within a version.
  static let golden =
    #"{"version":1,"received_at":1800000000,"idempotency_key":"idempotency-key-1","#
    + #""access_token":"access-1","expires_in":900,"refresh_token":"refresh-1","#
    + #""refresh_token_expires_in":2592000}"#

  static let goldenWithoutRefreshToken =
    #"{"version":1,"received_at":1800000000,"idempotency_key":"idempotency-key-1","#
    + #""access_token":"access-1","expires_in":900}"#

  @Test func `the bytes are these, and stay these`() throws {
    let session = StoredSession.numbered(1)
    #expect(String(decoding: session.bytes, as: UTF8.self) == Self.golden)
    #expect(try StoredSession(parsing: Self.golden.utf8) == session)
  }

  @Test func `what is not there is not written`() throws {
    let session = StoredSession.numbered(1, hasRefreshToken: false)
    #expect(String(decoding: session.bytes, as: UTF8.self) == Self.goldenWithoutRefreshToken)
    #expect(try StoredSession(parsing: Self.goldenWithoutRefreshToken.utf8) == session)
  }

  @Test func `every member is read into its place`() throws {
    let session = try StoredSession(parsing: Self.golden.utf8)
    #expect(session.accessToken == "access-1")
    #expect(session.expiresIn == .seconds(900))
    #expect(session.refreshToken == "refresh-1")
    #expect(session.refreshTokenExpiresIn == .seconds(2_592_000))
    #expect(session.receivedAt == .receipt(0))
    #expect(session.idempotencyKey == "idempotency-key-1")
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `what is written is read back as it was`(_ seed: UInt64) throws {
    var source = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let session = source.session()
      let bytes = session.bytes
      let read = try StoredSession(parsing: bytes)
      #expect(read == session)
      #expect(read.bytes == bytes)
      #expect(read.hashValue == session.hashValue)
    }
  }

  @Test func `an answer makes a session received now, under a key of its own`() {
    var source = ConstantSource()
    let session = StoredSession(
      .numbered(2, lifetime: 300), previous: .numbered(1), at: .receipt(7), using: &source)
    #expect(session == .renewed(2, at: 7, lifetime: 300))
  }

  @Test func `an answer without a refresh token keeps the one before, its end unknown`() {
    var source = ConstantSource()
    let session = StoredSession(
      .numbered(2, hasRefreshToken: false), previous: .numbered(1), at: .receipt(7), using: &source)
    #expect(session.refreshToken == "refresh-1")
    #expect(session.refreshTokenExpiresIn == nil)
    #expect(session.idempotencyKey == "AAAAAAAAAAAAAAAAAAAAAA")
    let alone = StoredSession(.numbered(2, hasRefreshToken: false), at: .receipt(7), using: &source)
    #expect(alone.refreshToken == nil)
  }

  @Test func `a store that holds nothing, something else, or a session is read as such`() {
    #expect(StoredSession.Reading(bytes: nil as [UInt8]?) == .empty)
    #expect(StoredSession.Reading(bytes: [] as [UInt8]) == .corrupt)
    #expect(StoredSession.Reading(bytes: Array("null".utf8)) == .corrupt)
    #expect(StoredSession.Reading(bytes: [0xff, 0xfe] as [UInt8]) == .corrupt)
    #expect(StoredSession.Reading(bytes: StoredSession.numbered(1).bytes) == .found(.numbered(1)))
    #expect(StoredSession.Reading(bytes: Self.golden.utf8) == .found(.numbered(1)))
    let newer = Self.golden.replacing(#""version":1"#, with: #""version":2"#)
    #expect(StoredSession.Reading(bytes: newer.utf8) == .corrupt)
  }

  @Test func `sessions that differ anywhere are not the same blob`() {
    let session = StoredSession.numbered(1)
    let others = [
      StoredSession.numbered(2), .numbered(1, lifetime: 901), .numbered(1, hasRefreshToken: false),
      .numbered(1, refreshLifetime: nil), .numbered(1, refreshLifetime: 900),
      .numbered(1, receivedAt: 1), .with(accessToken: "access-9"),
      .with(refreshToken: "refresh-9"), .with(idempotencyKey: "idempotency-key-9"),
    ]
    for other in others {
      #expect(other != session)
      #expect(other.bytes != session.bytes)
    }
    #expect(Set(others + [session]).count == others.count + 1)
  }

  @Test func `tokens are compared as bytes`() {
    let (composed, decomposed) = ("\u{e9}", "e\u{301}")
    #expect(composed == decomposed)
    #expect(
      StoredSession.with(accessToken: composed) != StoredSession.with(accessToken: decomposed))
    let first = StoredSession.with(refreshToken: composed)
    let second = StoredSession.with(refreshToken: decomposed)
    #expect(first != second)
    #expect(!first.hasSameRefreshToken(as: second))
    #expect(first.hasSameRefreshToken(as: first))
    #expect(!first.hasSameRefreshToken(as: .numbered(1, hasRefreshToken: false)))
  }
}

extension StoredSession {
  /// Session 1 but for what is given.
  fileprivate static func with(
    accessToken: String = "access-1", refreshToken: String = "refresh-1",
    idempotencyKey: String = "idempotency-key-1"
  ) -> StoredSession {
    StoredSession(
      accessToken: accessToken, expiresIn: .seconds(900), refreshToken: refreshToken,
      refreshTokenExpiresIn: .seconds(2_592_000), receivedAt: .receipt(0),
      idempotencyKey: idempotencyKey)
  }
}
