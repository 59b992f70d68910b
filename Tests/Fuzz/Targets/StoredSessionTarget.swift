// SPDX-License-Identifier: Apache-2.0

@testable import SessionTokens

/// The input as the blob of an app's store.
func fuzzStoredSession(_ bytes: [UInt8]) {
  let reading = StoredSession.Reading(bytes: bytes)
  guard let session = try? StoredSession(parsing: bytes) else {
    return require(reading == .corrupt, "what is no session is corrupt")
  }
  require(reading == .found(session), "what is a session is found")
  let blob = JSONText(bytes)
  require(blob.isAcceptable, "a blob is JSON")
  require(bytes.count <= 131_072, "a blob is within its limit")
  require(blob.integer("version") == 2, "a blob has its version")
  require(
    blob.integer("received_at") == session.blob.receivedAt.secondsSinceEpoch,
    "the time of receipt is the member")
  require(
    blob.integer("signed_in_at") == session.blob.signedInAt.secondsSinceEpoch,
    "the time of the sign-in is the member")
  require(
    blob.string("name") == Array(session.blob.name.text.utf8), "the session's name is the member")
  require(
    blob.string("idempotency_key") == Array(session.blob.idempotencyKey.text.utf8),
    "the key is the member")
  require(
    blob.string("access_token") == Array(session.blob.accessToken.text.utf8),
    "the access token is the member")
  require(
    blob.string("refresh_token") == session.blob.refreshToken.map { Array($0.text.utf8) },
    "the refresh token is the member")
  require(
    blob.string("spent") == session.blob.spentBy.map { Array($0.rawValue.utf8) },
    "the mark of a spent token is the member")
  let written = session.bytes
  guard let reread = try? StoredSession(parsing: written) else {
    return require(false, "what is written reads back")
  }
  require(reread == session, "what is written reads equal")
  require(reread.bytes == written, "a session has one blob")
}
