// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SessionTokens

/// The blob as it is written and read back.
@Suite struct StoredSessionFormTests {
  /// The bytes of `StoredSession.numbered(1)`, which must never change within a version.
  static let golden =
    #"{"version":2,"name":"AAAAAAAAAAE","signed_in_at":1800000000,"received_at":1800000000,"#
    + #""idempotency_key":"AAAAAAAAAAEAAAAAAAAAAQ","access_token":"access-1","expires_in":900,"#
    + #""refresh_token":"refresh-1","refresh_token_expires_in":2592000}"#

  static let goldenWithoutRefreshToken =
    #"{"version":2,"name":"AAAAAAAAAAE","signed_in_at":1800000000,"received_at":1800000000,"#
    + #""idempotency_key":"AAAAAAAAAAEAAAAAAAAAAQ","access_token":"access-1","expires_in":900}"#

  @Test func `the bytes of version 2 stay these`() throws {
    let session = StoredSession.numbered(1)
    #expect(String(decoding: session.bytes, as: UTF8.self) == Self.golden)
    #expect(try StoredSession(parsing: Self.golden.utf8) == session)
  }

  @Test func `an absent member isn't written`() throws {
    let session = StoredSession.numbered(1, hasRefreshToken: false)
    #expect(String(decoding: session.bytes, as: UTF8.self) == Self.goldenWithoutRefreshToken)
    #expect(try StoredSession(parsing: Self.goldenWithoutRefreshToken.utf8) == session)
  }

  @Test func `a spent session has its code at the end`() throws {
    let session = StoredSession.numbered(1, spentBy: .superseded)
    let text = Self.golden.dropLast() + #","spent":"superseded"}"#
    #expect(String(decoding: session.bytes, as: UTF8.self) == text)
    #expect(try StoredSession(parsing: text.utf8) == session)
  }

  @Test func `every member is read into its place`() throws {
    let text = Self.golden.replacing(
      #""signed_in_at":1800000000"#, with: #""signed_in_at":1799999999"#)
    let blob = try StoredSession(parsing: text.utf8).blob
    #expect(blob.accessToken.text == "access-1")
    #expect(blob.expiresIn == .seconds(900))
    #expect(blob.refreshToken?.text == "refresh-1")
    #expect(blob.refreshTokenExpiresIn == .seconds(2_592_000))
    #expect(blob.receivedAt == .receipt(0))
    #expect(blob.idempotencyKey == Identifier128(high: 1, low: 1))
    #expect(blob.name == SessionName(bits: 1))
    #expect(blob.signedInAt == .receipt(-1))
    #expect(blob.spentBy == nil)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a session reads back as it was written`(_ seed: UInt64) throws {
    var source = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let session = source.session()
      let bytes = session.bytes
      let read = try StoredSession(parsing: bytes)
      #expect(read == session)
      #expect(read.bytes == bytes)
      #expect(read.blob.hashValue == session.blob.hashValue)
    }
  }

  @Test func `a blob of the first version is corrupt`() {
    let first =
      #"{"version":1,"received_at":1800000000,"idempotency_key":"AAAAAAAAAAEAAAAAAAAAAQ","#
      + #""access_token":"access-1","expires_in":900}"#
    #expect(StoredSession.Reading(bytes: first.utf8) == .corrupt)
  }

  @Test func `bytes of nothing, something else, or a session are read as such`() {
    #expect(StoredSession.Reading(bytes: nil as [UInt8]?) == .empty)
    #expect(StoredSession.Reading(bytes: [] as [UInt8]) == .corrupt)
    #expect(StoredSession.Reading(bytes: Array("null".utf8)) == .corrupt)
    #expect(StoredSession.Reading(bytes: [0xff, 0xfe] as [UInt8]) == .corrupt)
    #expect(StoredSession.Reading(bytes: StoredSession.numbered(1).bytes) == .found(.numbered(1)))
    #expect(StoredSession.Reading(bytes: Self.golden.utf8) == .found(.numbered(1)))
    let newer = Self.golden.replacing(#""version":2"#, with: #""version":3"#)
    #expect(StoredSession.Reading(bytes: newer.utf8) == .corrupt)
  }

  @Test func `sessions that differ in any member are different blobs`() {
    let confusions = Distinct.confusions { () -> [StoredSession] in
      [
        StoredSession.numbered(1), .numbered(1, session: 2), .numbered(1, signedInAt: 1),
        .numbered(1, lifetime: 901), .numbered(1, hasRefreshToken: false),
        .numbered(2, hasRefreshToken: false, key: 1),
        .numbered(1, refreshLifetime: nil), .numbered(1, refreshLifetime: 900),
        .numbered(1, receivedAt: 1), .numbered(1, key: 9), .numbered(2, key: 1),
        .numbered(1).withRefreshToken("refresh-9", expiresIn: .seconds(2_592_000)),
        .numbered(1, spentBy: .superseded), .numbered(1, spentBy: .expired),
      ]
    }
    #expect(confusions.isEmpty)
  }

  @Test func `tokens are compared as bytes`() {
    let (composed, decomposed) = ("\u{e9}", "e\u{301}")
    #expect(composed == decomposed)
    #expect(
      StoredSession.numbered(1).withRefreshToken(composed, expiresIn: nil)
        != StoredSession.numbered(1).withRefreshToken(decomposed, expiresIn: nil))
  }
}
