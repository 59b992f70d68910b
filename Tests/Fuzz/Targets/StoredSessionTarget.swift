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
  require(blob.integer("version") == 1, "a blob has its version")
  require(
    blob.integer("received_at") == session.receivedAt.secondsSinceEpoch,
    "the time of receipt is the member")
  require(
    blob.string("idempotency_key")?.elementsEqual(session.idempotencyKey.utf8) == true,
    "the key is the member")
  require(16...64 ~= session.idempotencyKey.utf8.count, "a key has its size")
  require(
    blob.string("access_token")?.elementsEqual(session.accessToken.utf8) == true,
    "the access token is the member")
  require(
    blob.string("refresh_token") == session.refreshToken.map { Array($0.utf8) },
    "the refresh token is the member")
  let written = session.bytes
  guard let reread = try? StoredSession(parsing: written) else {
    return require(false, "what is written reads back")
  }
  require(reread == session, "what is written reads equal")
  require(reread.bytes == written, "a session has one blob")
}
